"""A segment in focus now, and no word on why it should choose the product.

The value proposition is what makes it worth their while. Without one the team builds and the pitch has nothing to
say, or says what everyone says.

## Flagged
```yaml
name: Corporate trainers
focus: now   # MS311
```

## Fixed
```yaml
name: Corporate trainers
focus: now
value: Proof that holds when an auditor points at one name and one date.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, rule
from microseg.lint.where import called


@rule("MS311", scope="chain", severity="info", needs=("focus",))
def check(chain: Chain, _: Context) -> Iterator[Found]:
    """Own value only: what convinces a parent convinces everyone below it, and that is another sentence."""
    segment = chain.segment
    if segment.focus == "now" and not segment.value and segment.status != "retired":
        message = f"{called(segment)}: in focus now, and nothing says what makes the product worth their while"
        yield Found(segment.at.key("focus"), message, "add `value:` in one sentence that their neighbors would shrug at", segment=segment, route="value")
