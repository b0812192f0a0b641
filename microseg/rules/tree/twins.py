"""Siblings with the same pains, or with the same solutions.

What sets a micro-segment apart is what hurts it and what would help it. Two that share all of it are one segment
under two names: whatever is built for one is built for the other. Word forms, word order and small words make no
difference; a paraphrase in other words goes unnoticed.

## Flagged
```yaml
name: Corporate trainers
split_by: firmo.headcount
segments:
  - name: Trainers in small companies
    pain_points:
      - statement: New hires are enrolled by hand, days after their first shift.
  - name: Trainers in large companies   # MS110
    pain_points:
      - statement: By hand, days after the first shift, a new hire is enrolled.
```

## Fixed
```yaml
name: Corporate trainers
split_by: firmo.headcount
segments:
  - name: Trainers in small companies
    pain_points:
      - statement: New hires are enrolled by hand, days after their first shift.
  - name: Trainers in large companies
    pain_points:
      - statement: Four regions keep four course lists, and head office adds them up for a week.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.needs import KINDS, twins_of
from microseg.lint.rule import Context, Family, Found, Note, rule
from microseg.lint.statements import Kind
from microseg.lint.where import called, place_of
from microseg.model.segment import Segment

_SHOWN = 3
_WORDS = {"pain": "pain points", "solution": "ideal solutions"}


@rule("MS110", scope="family", severity="warning", needs=("ideal_solutions", "pain_points"))
def check(family: Family, context: Context) -> Iterator[Found]:
    """One finding a segment that comes after its twins, the first of them first among the related places."""
    if family.parent is None:
        return
    told: set[str | None] = set()
    for kind in KINDS:
        for group in twins_of(family, kind, context):
            for number, segment in enumerate(group[1:], start=1):
                if segment.id not in told:
                    told.add(segment.id)
                    yield _found(segment, group, number, kind)


def _found(segment: Segment, group: tuple[Segment, ...], number: int, kind: Kind) -> Found:
    notes = tuple(Note(place_of(one), f"{called(one)} has them too") for one in group[: min(number, _SHOWN)])
    more = f", and {number - _SHOWN} more" if number > _SHOWN else ""
    message = f"{called(segment)} has the same {_WORDS[kind]} as {', '.join(called(one) for one in group[: min(number, _SHOWN)])}{more}"
    return Found(place_of(segment), message, "make one segment of them, or say what only one of them is hurt by", notes, segment=segment, route=f"twins/{kind}")
