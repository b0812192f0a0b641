"""A targeted micro-segment whose every solution is what all products owe.

With the minimum expected requirements taken away nothing is left to sell to them. That is the game of selling the
obvious: a good UI, stable software. Ask what only this segment wants.

## Flagged
```yaml
name: Corporate trainers
segments:
  - name: Trainers in small companies   # MS206
    focus: now
    ideal_solutions:
      - statement: A good UI
      - statement: Bug-free software
```

## Fixed
```yaml
name: Corporate trainers
segments:
  - name: Trainers in small companies
    focus: now
    ideal_solutions:
      - statement: A pack for each trade whose briefing and quiz follow the order of the insurer's letter.
    minimum_expected:
      - A good UI
      - Bug-free software
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.expected import ExpectedItems
from microseg.lint.judged import around, is_owed
from microseg.lint.rule import Chain, Context, Family, Found, rule
from microseg.lint.statements import statements_of
from microseg.lint.where import called, place_of
from microseg.model.segment import Segment


@rule("MS206", scope="family", severity="warning", needs=("focus",))
def check(family: Family, context: Context) -> Iterator[Found]:
    """Longtails in focus now; inherited solutions count, guesses of the judge do not. Where there is none at all, MS302 speaks."""
    above = (*((family.parent,) if family.parent else ()), *family.ancestors)
    for segment in family.children:
        if segment.level != "longtail" or segment.focus != "now" or segment.status == "retired":
            continue
        count = _count_owed(family, segment, above, context)
        if count:
            message = f"nothing is left to sell to {called(segment)}: {'the one solution' if count == 1 else f'all {count} solutions'} planned for them {'is' if count == 1 else 'are'} what every product owes"
            yield Found(place_of(segment), message, "ask what only they wait for, redo, lose or work around, and what would relieve that", segment=segment, route="ideal_solutions")


def _count_owed(family: Family, segment: Segment, above: tuple[Segment, ...], context: Context) -> int:
    """How many solutions there are if every product owes all of them, else 0."""
    surrounding = around(family, segment, context)
    expected = ExpectedItems.of(Chain(segment, above), context)
    must_be = {one.statement for origin in (segment, *above) for one in origin.ideal_solutions if one.kano is not None and one.kano.is_must_be}
    count = 0
    for one in (one for origin in (segment, *above) for one in statements_of(origin, context) if one.kind == "solution"):
        if not (one.text in must_be or is_owed(one.text, surrounding, context, kind="solution") or expected.find(one.text)):
            return 0
        count += 1
    return count
