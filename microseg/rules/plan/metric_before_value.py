"""Metrics, and no word on the value they stand for.

First comes where a segment finds value, then the metrics that capture it. A metric chosen before that measures what
is easy to count.

## Flagged
```yaml
name: Corporate trainers
metrics: [yearly churn]   # MS703
```

## Fixed
```yaml
name: Corporate trainers
value: Proof that holds when an auditor points at one name and one date.
metrics: [yearly churn]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, rule
from microseg.lint.where import called


@rule("MS703", scope="chain", severity="info", needs=("metrics",))
def check(chain: Chain, _: Context) -> Iterator[Found]:
    """Own metrics without an own value; in focus now, the missing value is MS311."""
    segment = chain.segment
    if segment.metrics and not segment.value and segment.focus != "now" and segment.status != "retired":
        message = f"{called(segment)}: metrics, and nothing says which value they stand for"
        yield Found(segment.at.key("metrics"), message, "add `value:` first, then ask which numbers would show it", segment=segment, route="value")
