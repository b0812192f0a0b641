"""Criteria that nobody can match.

A child is a part of its parent, so the criteria of all segments above hold as well. Where they leave no value that
somebody could have, the segment will count nobody, in data and in plans.

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
  - name: Trainers in small companies
    criteria:   # MS603
      firmo.headcount: {lt: 50}
  - name: Trainers in large companies
    criteria:
      all:
        - plan.state: free
        - plan.state: paid   # MS603
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
    criteria:
      firmo.headcount: {lt: 50}
  - name: Trainers in large companies
    criteria:
      firmo.headcount: {gte: 50}
      plan.state: [free, paid]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, Note, rule
from microseg.lint.standing import standing_of
from microseg.lint.where import called
from microseg.model.places import Place


@rule("MS603", scope="chain", severity="error", needs=("criteria",))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """At the first segment of a chain that nobody can be in; what is below it only inherits that."""
    segment = chain.segment
    standing = standing_of(chain, context)
    if not standing.is_impossible:
        return
    about = f" about {' and '.join(standing.about)}" if standing.about else ""
    place = segment.at.key("criteria")
    if standing.against is None:
        message = f"nobody can be in {called(segment)}: its criteria contradict each other{about}"
        hint = "no value is all of that at once: mend a bound, or join the alternatives in one list, or under `any:`"
        yield Found(Place(place.path, *standing.span) if standing.span else place, message, hint, segment=segment, route="criteria")
        return
    message = f"nobody can be in {called(segment)}: what it asks{about} contradicts {called(standing.against)}, of which it is a part"
    note = Note(standing.against.at.key("criteria"), "these hold as well")
    yield Found(place, message, "mend one of the two, or move the segment to another parent", (note,), segment=segment, route="criteria")
