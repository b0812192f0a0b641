"""A longtail without a pain point.

The pain is the most crucial part of a micro-segment: most people cannot say what they need, and can say what hurts.
Without one there is nothing to relieve. Pains of the segments above count, for their members have them too.

## Flagged
```yaml
name: Corporate trainers
segments:
  - name: Trainers in companies of 50 and more   # MS301
    definition: Those who train staff across several sites.
```

## Fixed
```yaml
name: Corporate trainers
segments:
  - name: Trainers in companies of 50 and more
    definition: Those who train staff across several sites.
    pain_points:
      - statement: New hires are enrolled by hand, days after their first shift.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, rule
from microseg.lint.where import called, place_of


@rule("MS301", scope="chain", severity="error")
def check(chain: Chain, _: Context) -> Iterator[Found]:
    """A longtail with no pain of its own and none above."""
    segment = chain.segment
    if segment.level != "longtail" or segment.status == "retired":
        return
    if any(one.pain_points for one in (segment, *chain.ancestors)):
        return
    message = f"{called(segment)} has no pain point, and none above it has one"
    yield Found(place_of(segment), message, "ask what hurts them today: what they wait for, redo, lose or work around; write it under `pain_points`", segment=segment, route="pain_points")
