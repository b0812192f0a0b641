"""A solution that only denies its pain.

"No manual enrolment" against "Enrolment is manual" says that the pain should go, not what they could do then. Nothing
can be sketched, estimated or tried from it.

## Flagged
```yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    solved_by: New hires are no longer enrolled by hand days after the first shift.   # MS309
```

## Fixed
```yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    solved_by: Enrol new hires from the HR system before their first shift.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.likeness import sense, stems_of
from microseg.lint.needs import own, stems_by
from microseg.lint.rule import Chain, Context, Found, Note, rule
from microseg.lint.statements import Statement, said_by
from microseg.lint.where import called
from microseg.model.segment import IdealSolution, PainPoint, Segment
from microseg.words.language import is_english
from microseg.words.tokens import lowered_words, stem
from microseg.words.vocabulary import NEGATIONS

# words that turn a pain round and add nothing else
_TURNING_WORDS = """
no not never nobody none nothing without longer anymore stop stops stopped avoid avoids avoided eliminate eliminates
eliminated reduce reduces reduced remove removes removed prevent prevents prevented fix fixes fixed solve solves solved end
ends ended less fewer more faster easier better improve improves improved rid instead everyone everybody always again make
makes ensure ensures get gets help helps let lets allow allows provide provides
"""
_TURNS = frozenset(_TURNING_WORDS.split())
_TURNING_STEMS = frozenset(stem(word) for word in _TURNS)
_SHARE = 2  # a mirror repeats at least one half of the pain's words


@rule("MS309", scope="chain", severity="warning", needs=("ideal_solutions", "pain_points"))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """Own solutions and texts behind `solved_by`, each against the pains that it is linked with, here or above."""
    segment = chain.segment
    if segment.status == "retired" or not _may_mirror(chain, context):
        return
    stems = stems_by(context)
    for solution, linked in _linked(segment, _relieved(chain, context), context):
        told = stems(solution.text) - _TURNING_STEMS if linked else frozenset()  # of these a mirror has none of its own
        mirrored = next((pain for pain in linked if told <= stems(pain.text) and _mirrors(solution.text, pain.text)), None)
        if mirrored is not None:
            note = Note(mirrored.place, "the pain that it denies")
            help_ = f"say what {called(segment)} could do then, or what would happen by itself"
            yield Found(solution.place, "this solution only says that the pain should go", help_, (note,), segment=segment, item=solution.text, route=solution.route)


def _may_mirror(chain: Chain, context: Context) -> bool:
    """Has a solution no word of its own beside all pains that it could be linked with? Mostly each has one, and which pain it is linked with need not be known."""
    segment, stems = chain.segment, stems_by(context)
    above = context.once("words of mirrors above", chain.ancestors, lambda: _mirroring(chain.ancestors, context))
    said = said_by(segment, context)
    own_pains = frozenset[str]().union(*[stems(pain.text) for pain in said.pains])
    return True in [stems(one.text) - above <= own_pains for one in (*said.solutions, *said.behind)]


def _mirroring(ancestors: tuple[Segment, ...], context: Context) -> frozenset[str]:
    """The words that a mirror of a pain above may have. The same for all children of a parent."""
    return _TURNING_STEMS.union(*[stems_of(pain.text) for one in ancestors for pain in own(one, "pain", context)])


def _relieved(chain: Chain, context: Context) -> dict[str, Statement]:
    """The pains that own solutions name, by id: the nearest where two have one id. No further up than they are found."""
    named = {reference.written for solution in chain.segment.ideal_solutions for reference in solution.relieves}
    pains: dict[str, Statement] = {}
    for origin in (chain.segment, *chain.ancestors):
        if named <= pains.keys():
            break
        pains = {one.id: one for one in own(origin, "pain", context) if one.id} | pains
    return pains


def _linked(segment: Segment, pains: dict[str, Statement], context: Context) -> Iterator[tuple[Statement, list[Statement]]]:
    solved: dict[str, list[Statement]] = {}
    for pain in own(segment, "pain", context):
        for reference in pain.item.solved_by if isinstance(pain.item, PainPoint) else ():
            if reference.is_id:
                solved.setdefault(reference.written, []).append(pain)
            else:
                yield Statement(reference.written, "solution", reference), [pain]
    for one in own(segment, "solution", context):
        if isinstance(one.item, IdealSolution):
            named = [pains[reference.written] for reference in one.item.relieves if reference.written in pains]
            yield one, named + solved.get(one.id or "", [])


def _mirrors(solution: str, pain: str) -> bool:
    """Does the solution turn the pain round without a word of its own?"""
    told, felt = sense(solution).stems, sense(pain).stems
    if not told - felt <= _TURNING_STEMS:
        return False
    said, hurt = told - _TURNING_STEMS, felt - _TURNING_STEMS
    return bool(said) and _SHARE * len(said) >= len(hurt) and _turns(solution) != _turns(pain) and is_english(solution)


def _turns(text: str) -> frozenset[str]:
    """The words by which a text denies, or turns something round."""
    return (_TURNS | NEGATIONS).intersection(lowered_words(text))
