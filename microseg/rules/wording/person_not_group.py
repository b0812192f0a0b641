"""One invented person instead of a group.

A name, an age, a family and a hobby make a persona: it talks in stereotypes, feeds the team's own bias, and none of
its details helps to build the product. A segment is a group of people; what they share is what counts.

## Flagged
```yaml
name: Trainer Tina   # MS401
definition: Sarah, 34, trains her team between two meetings and loves yoga.   # MS401
```

## Fixed
```yaml
name: Corporate trainers
definition: Those who train the teams of their own company.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.portrait import said_of_them
from microseg.lint.rule import Chain, Context, Found, rule
from microseg.words.person import persona


@rule("MS401", scope="chain", severity="warning")
def check(chain: Chain, _: Context) -> Iterator[Found]:
    """What is said of the segment's members, in English."""
    return said_of_them(
        chain.segment,
        persona,
        saying="{text} is about one person, not about a group",
        help_="leave the person out, and say what the members of the group share: what they are, what they do, what they use",
    )
