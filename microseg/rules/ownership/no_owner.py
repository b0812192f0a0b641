"""No team answers for the segment.

What nobody owns is never reviewed: claims go stale and questions find no one. An owner at the head holds for all
below it, and `defaults: {owner: …}` in microseg.yaml for every tree.

## Flagged
```yaml
name: Course creators   # MS801
segments:
  - name: Corporate trainers
```

## Fixed
```yaml
name: Course creators
owner: learning-team
segments:
  - name: Corporate trainers
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, rule
from microseg.lint.where import called, place_of


@rule("MS801", scope="chain", severity="info")
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """At the head of a tree alone: what has no owner above it hangs on a head without one, where one line mends it."""
    segment = chain.segment
    if chain.ancestors or segment.owner or context.config.owner or segment.status == "retired":
        return
    message = f"no team answers for {called(segment)}, or for the segments below it that name none"
    yield Found(place_of(segment), message, "add `owner:` here, or under `defaults:` in microseg.yaml", segment=segment, route="owner")
