"""A pain or ideal solution that every product owes.

"A good UI": nobody wants a bad one, so a good one sells nothing. Such an item says nothing about who the product is
for; it belongs under `minimum_expected`, where it is met and left out of the pitch.

How it is judged: words of grammar, words of praise, words about products in general and the group's own words are
struck out. What every product owes leaves almost nothing behind; a need of this segment leaves its situation. Words
that tell what its members are or do speak for a need; a guess is surer where most siblings have the item or where it
stands at the head. A sure verdict is a warning, a guess is an info.

## Flagged
```yaml
name: Corporate trainers
pain_points:
  - statement: The software is slow and buggy.   # MS201
ideal_solutions:
  - statement: A good UI   # MS201
```

## Fixed
```yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled into mandatory courses by hand, days after their first shift.
minimum_expected:
  - A good UI
  - Fast, stable software
```

## Fine
```yaml
name: Crane operators
ideal_solutions:
  - statement: Fast re-certification of crane operators between two shifts.
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from microseg.lint.judged import around
from microseg.lint.move import move_to_minimum_expected
from microseg.lint.needs import said_by_most
from microseg.lint.rule import Context, Family, Found, Mend, rule
from microseg.lint.statements import Statement, statements_of
from microseg.lint.where import called, quoted
from microseg.model.places import Place
from microseg.model.segment import IdealSolution, PainPoint, Segment
from microseg.record import replace
from microseg.words.context import Context as Surroundings
from microseg.words.verdict import Verdict, verdict

if TYPE_CHECKING:
    from microseg.words.explain import Explanation


@rule("MS201", scope="family", severity="warning", needs=("ideal_solutions", "pain_points"))
def check(family: Family, context: Context) -> Iterator[Found]:
    """Judge each own statement of each child in its surroundings; what a survey calls must-be is MS205."""
    most = said_by_most(family, context)
    for segment in family.children:
        statements = statements_of(segment, context)
        if not statements or segment.status == "retired":
            continue
        surrounding = around(family, segment, context)
        surrounding = replace(surrounding, must_be=frozenset()) if surrounding.must_be else surrounding
        items: dict[Place, PainPoint | IdealSolution] = {}
        for one in statements:
            where = replace(surrounding, shared=True) if most and (one.kind, one.text) in most else surrounding
            judged = verdict(context.analyse(one.text), where, kind=one.kind)
            if judged.label == "mer":
                items = items or _by_place(segment)
                yield _found(one, segment, _explained(one, where, judged), _mend(segment, items.get(one.place), context))


def _by_place(segment: Segment) -> dict[Place, PainPoint | IdealSolution]:
    records: tuple[PainPoint | IdealSolution, ...] = (*segment.pain_points, *segment.ideal_solutions)
    return {one.at.value("statement"): one for one in records}


def _mend(segment: Segment, item: PainPoint | IdealSolution | None, context: Context) -> Mend | None:
    edits = move_to_minimum_expected(segment, item, context) if item is not None else ()
    return Mend("move it under `minimum_expected`", edits, safe=False) if edits else None


def _explained(one: Statement, surrounding: Surroundings, judged: Verdict) -> Explanation:
    from microseg.words.explain import explain

    return explain(one.text, surrounding, kind=one.kind, found=judged)


def _found(one: Statement, segment: Segment, told: Explanation, mend: Mend | None) -> Found:
    is_sure = told.verdict.confidence == "sure"
    return Found(
        one.place,
        f"{quoted(one.text)}: {told.reason}",
        f"say in which situation of {called(segment)} it matters, or move it under `minimum_expected`",
        mend=mend,
        segment=segment,
        item=one.text,
        confidence="sure" if is_sure else "maybe",
        severity=None if is_sure else "info",
        label=told.question,
        route=one.route,
    )
