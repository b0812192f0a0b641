"""Criteria that add nothing to those above.

Everybody who is in the parent is in the child too, so the split separates nobody, and both will count the same
members. Either the line is drawn in the wrong place, or it is drawn by something that the criteria do not say yet.

## Flagged
```yaml
# file: microseg.yaml
product: {name: LearnDash, business_model: b2b}
# file: segments/example.yaml
name: Corporate trainers
split_by: firmo.headcount
criteria:
  firmo.headcount: {gte: 50}
segments:
  - name: Trainers in larger companies
    criteria:   # MS604
      firmo.headcount: {gte: 20}
  - name: Trainers in very large companies
    criteria:
      firmo.headcount: {gte: 5000}
```

## Fixed
```yaml
# file: microseg.yaml
product: {name: LearnDash, business_model: b2b}
# file: segments/example.yaml
name: Corporate trainers
split_by: firmo.headcount
criteria:
  firmo.headcount: {gte: 50}
segments:
  - name: Trainers in larger companies
    criteria:
      firmo.headcount: {gte: 500, lt: 5000}
  - name: Trainers in very large companies
    criteria:
      firmo.headcount: {gte: 5000}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, Note, rule
from microseg.lint.standing import standing_of
from microseg.lint.where import called


@rule("MS604", scope="chain", severity="warning", needs=("criteria",))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """A segment with criteria, below one with criteria; without any it is silent."""
    segment = chain.segment
    above = next((one for one in chain.ancestors if one.criteria is not None), None)
    if above is None or segment.status == "retired" or not standing_of(chain, context).adds_nothing:
        return
    message = f"the criteria of {called(segment)} add nothing: everybody in {called(above)} meets them"
    note = Note(above.at.key("criteria"), "these are as narrow, or narrower")
    yield Found(segment.at.key("criteria"), message, "draw the line where the two differ, or leave the criteria out until you know it", (note,), segment=segment, route="criteria")
