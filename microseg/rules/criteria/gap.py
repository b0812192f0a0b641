"""Numbers between siblings that no sibling takes.

Companies of 500 to 999 belong to the parent and to none of its children: nobody plans for them, and nobody notices.
Where the children claim to cover all of it (`exhaustive: true`) that is a contradiction, else a question.

## Flagged
```yaml
# file: microseg.yaml
product: {name: LearnDash, business_model: b2b}
# file: segments/example.yaml
name: Corporate trainers
split_by: firmo.headcount   # MS606
exhaustive: true
segments:
  - name: Trainers in small companies
    criteria: {firmo.headcount: {lt: 500}}
  - name: Trainers in large companies
    criteria: {firmo.headcount: {gte: 1000}}
```

## Fixed
```yaml
# file: microseg.yaml
product: {name: LearnDash, business_model: b2b}
# file: segments/example.yaml
name: Corporate trainers
split_by: firmo.headcount
exhaustive: true
segments:
  - name: Trainers in small companies
    criteria: {firmo.headcount: {lt: 500}}
  - name: Trainers in large companies
    criteria: {firmo.headcount: {gte: 500}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Context, Family, Found, Note, rule
from microseg.lint.siblings import gaps, side_by_side
from microseg.lint.where import called, few, key_of

_SHOWN = 3


@rule("MS606", scope="family", severity="warning", needs=("criteria",))
def check(family: Family, context: Context) -> Iterator[Found]:
    """At the parent's `split_by`; with `exhaustive: true` the ends count too."""
    side = side_by_side(family, context)
    parent = family.parent
    if side is None or parent is None or parent.status == "retired":
        return
    for gap in gaps(side, up_to_the_ends=parent.exhaustive is True):
        notes = few(Note(one.at.key("criteria"), f"the line of {called(one)}") for one in side.siblings).notes
        where = ", ".join(gap.words[:_SHOWN]) + (f" and {len(gap.words) - _SHOWN} more" if len(gap.words) > _SHOWN else "")
        message = f"no segment of {called(parent)} takes {gap.about} {where}"
        help_ = "move one of the lines, or add a segment for them" if parent.exhaustive else "move one of the lines, or leave them out on purpose"
        yield Found(key_of(parent, "split_by"), message, help_, notes, severity=None if parent.exhaustive else "info", segment=parent, route=f"gap/{gap.about}")
