"""A targeted segment with no metric, or with more than five.

Each segment has a few key metrics that stand for its users' journey. Without one nobody can tell whether it got better
for them; with ten, one of them always did.

## Flagged
```yaml
name: Corporate trainers
focus: now   # MS701
```

```yaml
name: Corporate trainers
focus: now
metrics: [free to paid, first course live, yearly churn, NPS of creators, weekly visits, courses a month]   # MS701
```

## Fixed
```yaml
name: Corporate trainers
focus: now
metrics: [free to paid, yearly churn]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, rule
from microseg.lint.where import called

_MOST = 5


@rule("MS701", scope="chain", severity="info", needs=("focus",))
def check(chain: Chain, _: Context) -> Iterator[Found]:
    """Segments in focus now."""
    segment = chain.segment
    count = len(segment.metrics)
    if segment.focus != "now" or 1 <= count <= _MOST or segment.status == "retired":
        return
    if count:
        yield Found(segment.at.key("metrics"), f"{called(segment)}: {count} metrics; a few are followed, {count} are not", "keep the one to five that stand for their journey", segment=segment, route="metrics")
    else:
        yield Found(segment.at.key("focus"), f"{called(segment)}: in focus now, and no metric says whether it gets better for them", "add `metrics:` with one to five that stand for their journey", segment=segment, route="metrics")
