"""Two items of one segment that say the same.

Scores, evidence and solutions are split between the two, so both look half as important as the one they are. Word
forms, word order and small words make no difference; a paraphrase in other words goes unnoticed.

## Flagged
```yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
  - statement: Enrolling a new hire by hand happens days after the first shift.   # MS308
```

## Fixed
```yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
  - statement: An auditor picks one name, and two people search sign-in sheets for two days.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.likeness import groups
from microseg.lint.needs import KINDS, doubtful_of
from microseg.lint.rule import Chain, Context, Found, Note, rule
from microseg.lint.where import called


@rule("MS308", scope="chain", severity="warning", needs=("ideal_solutions", "pain_points"))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """Own items of one kind; the later one is reported, with the first beside it."""
    segment = chain.segment
    for kind in KINDS:
        items = doubtful_of(segment, kind, context)
        if len(items) < 2:  # noqa: PLR2004 - a pair
            continue
        items = sorted(items, key=lambda one: one.place)
        for number, (one, first) in enumerate(zip(items, groups([item.text for item in items]), strict=True)):
            if first != number:
                note = Note(items[first].place, "it says the same")
                help_ = "make one of the two, with the scores and the evidence of both"
                yield Found(one.place, f"{called(segment)} has two {kind}s that say the same", help_, (note,), segment=segment, item=one.text, route=one.route)
