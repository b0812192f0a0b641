"""An item that a segment above has already.

Children inherit pains and solutions, so a second copy only goes out of step with the first: one gets scored and
the other gets solved. Below belongs what this segment adds. Word forms, word order and small words make no
difference; a paraphrase in other words goes unnoticed.

## Flagged
```yaml
name: Course creators
pain_points:
  - statement: New creators stop at an empty course outline.
segments:
  - name: Subject matter experts
    pain_points:
      - statement: A new creator is stopped at the empty outline of a course.   # MS307
```

## Fixed
```yaml
name: Course creators
pain_points:
  - statement: New creators stop at an empty course outline.
segments:
  - name: Subject matter experts
    pain_points:
      - statement: A tax rate changes in July, forty lessons mention it, and buyers go on using the old one.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.likeness import Index, shares_most, stems_of
from microseg.lint.needs import KINDS, Held, doubtful_of, own
from microseg.lint.rule import Chain, Context, Found, Note, rule
from microseg.lint.statements import Kind
from microseg.lint.where import called
from microseg.model.segment import Segment


@rule("MS307", scope="chain", severity="warning", needs=("ideal_solutions", "pain_points"))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """Own items against those of the same kind above."""
    segment = chain.segment
    if not chain.ancestors or segment.status == "retired":
        return
    for kind in KINDS:
        for one in doubtful_of(segment, kind, context):
            held, said, index = _above(chain.ancestors, kind, context)
            number = index.find(one.text) if shares_most(stems_of(one.text), said) else None
            if number is not None:
                first = held[number]
                note = Note(first.statement.place, f"{called(first.segment)} has it")
                help_ = "take it out here, or say what is different about it for this segment"
                yield Found(one.place, f"{called(first.segment)} has this {kind} already, and {called(segment)} inherits it", help_, (note,), segment=segment, item=one.text, route=one.route)


def _above(ancestors: tuple[Segment, ...], kind: Kind, context: Context) -> tuple[tuple[Held, ...], list[frozenset[str]], Index]:
    """The items of the ancestors, their content stems, and the items looked up by what they say; the same for all children of one parent."""
    return context.once(f"{kind}s above", ancestors, lambda: _indexed(ancestors, kind, context))


def _indexed(ancestors: tuple[Segment, ...], kind: Kind, context: Context) -> tuple[tuple[Held, ...], list[frozenset[str]], Index]:
    held = tuple(Held(segment, one) for segment in ancestors for one in own(segment, kind, context))
    texts = [one.statement.text for one in held]
    return held, [stems_of(text) for text in texts], Index(texts)
