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

import re
from collections.abc import Iterator

from microseg.lint.portrait import said_of_them
from microseg.lint.rule import Chain, Context, Found, rule
from microseg.words.giveaway import Giveaway
from microseg.words.person import persona

_WHO = frozenset(("name", "definition"))
_SHORTEST = 3
_MANY = re.compile(r"\s*(?:all |any )?(?:those|people|companies|firms|teams|schools|users|customers)\b", re.IGNORECASE)


@rule("MS401", scope="chain", severity="warning")
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """Name and definition, in English; a single trait of a list is too short to tell a person from a group."""
    return said_of_them(
        chain.segment,
        _person_in,
        context,
        saying="{text} is about one person, not about a group",
        help_="leave the person out, and say what the members of the group share: what they are, what they do, what they use",
        fields=_WHO,
    )


def _person_in(text: str) -> Giveaway | None:
    """A definition that begins with "Those who" is about many, whatever it sounds like; a letter is about nobody."""
    found = persona(text)  # first, for it mostly finds nothing and is known already
    return None if found is None or _MANY.match(text) or len(text.strip()) < _SHORTEST else found
