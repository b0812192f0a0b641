"""Siblings that can share members, and do not say so.

Segments of one split are meant to be told apart. Where the same account can be in two, it is counted twice, hears two
stories and gets two roadmaps. If that is meant, `related:` on either side says so.

Only what is certain is told: both ask about the same dimension, and there are values that fit both.

## Flagged
```yaml
# file: microseg.yaml
product: {name: LearnDash, business_model: b2b}
# file: segments/example.yaml
name: Corporate trainers
split_by: firmo.headcount
segments:
  - name: Trainers in small companies
    criteria: {firmo.headcount: {lt: 60}}
  - name: Trainers in mid-size companies   # MS605
    criteria: {firmo.headcount: {gte: 50, lt: 500}}
  - name: Trainers in large companies
    criteria: {firmo.headcount: {gte: 500}}
```

## Fixed
```yaml
# file: microseg.yaml
product: {name: LearnDash, business_model: b2b}
# file: segments/example.yaml
name: Corporate trainers
split_by: firmo.headcount
segments:
  - name: Trainers in small companies
    criteria: {firmo.headcount: {lt: 50}}
  - name: Trainers in mid-size companies
    criteria: {firmo.headcount: {gte: 50, lt: 500}}
  - name: Trainers in large companies
    criteria: {firmo.headcount: {gte: 500}}
```

## Fine
```yaml
# file: microseg.yaml
product: {name: LearnDash, business_model: b2b}
# file: segments/example.yaml
name: Corporate trainers
split_by: firmo.headcount
segments:
  - id: small-companies
    name: Trainers in small companies
    criteria: {firmo.headcount: {lt: 60}}
  - name: Trainers in mid-size companies
    criteria: {firmo.headcount: {gte: 50, lt: 500}}
    related: [{segment: small-companies, how: overlaps, note: companies that are just growing}]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from microseg.lint.rule import Context, Family, Found, Note, rule
from microseg.lint.siblings import overlapping, side_by_side
from microseg.lint.where import called, place_of
from microseg.model.segment import Segment

_SHOWN = 3


@rule("MS605", scope="family", severity="warning", needs=("criteria",))
def check(family: Family, context: Context) -> Iterator[Found]:
    """One finding a segment, at the later of two by path and line; the others are related places."""
    side = side_by_side(family, context)
    if side is None:
        return
    tied = _tied(side.siblings)
    notes = _Notes(side.siblings)
    for number, by_group in sorted(overlapping(side).items()):
        known = tied.get(number, set())
        nearest = sorted(chain.from_iterable([group[: _SHOWN + len(known)] for group in by_group]))
        shown = [other for other in nearest if other not in known][:_SHOWN]
        count = sum(map(len, by_group)) - (sum(other in known for group in by_group for other in group) if known else 0)
        if shown:
            yield _found(side.siblings[number], [notes[other] for other in shown], count)


def _tied(siblings: tuple[Segment, ...]) -> dict[int, set[int]]:
    """For each sibling those that it names under `related`, or that name it."""
    found: dict[int, set[int]] = {}
    if not any(one.related for one in siblings):
        return found
    numbers = {one.id: number for number, one in enumerate(siblings)}
    for number, one in enumerate(siblings):
        for related in one.related:
            other = numbers.get(related.segment.written) if related.segment is not None else None
            if other is not None:
                found.setdefault(number, set()).add(other)
                found.setdefault(other, set()).add(number)
    return found


class _Notes(dict[int, tuple[str, Note]]):
    """What siblings are called, and the note about each, by their number: mostly all name the same few."""

    __slots__ = ("_siblings",)

    def __init__(self, siblings: tuple[Segment, ...]) -> None:
        super().__init__()
        self._siblings = siblings

    def __missing__(self, number: int) -> tuple[str, Note]:
        one = self._siblings[number]
        name = called(one)
        found = self[number] = name, Note(one.at.key("criteria"), f"{name} can have the same members")
        return found


def _found(segment: Segment, others: list[tuple[str, Note]], count: int) -> Found:
    more = f", and {count - len(others)} more" if count > len(others) else ""
    names = ", ".join([name for name, _ in others])
    message = f"{called(segment)} can share members with {names}{more}, and neither says so"
    help_ = "draw the line so that nobody is in both, or name the other under `related:` with `how: overlaps`"
    return Found(place_of(segment), message, help_, tuple([note for _, note in others]), segment=segment, route="criteria")
