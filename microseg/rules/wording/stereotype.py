"""A caricature of a generation, a sex or a way of life.

"Millennials who live on their phones" fits nobody anyone has met, and it carries the team's own bias into the
product. What people do, use or wait for can be checked; what their generation is said to be like cannot.

## Flagged
```yaml
name: Course creators
definition: Tech-savvy millennials who cannot live without their phones.   # MS402
```

## Fixed
```yaml
name: Course creators
definition: Those who record and publish their lessons on a phone.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.portrait import said_of_them
from microseg.lint.rule import Chain, Context, Found, rule
from microseg.words.person import stereotype


@rule("MS402", scope="chain", severity="warning")
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """What is said of the segment's members, in English."""
    return said_of_them(
        chain.segment,
        stereotype,
        context,
        saying="{text} is a caricature",
        help_="say what these people do, use or wait for instead; an age or a sex belongs here only where the product treats it differently",
    )
