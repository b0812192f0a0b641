"""A tree without a head.

The head says what the whole tree is about, in a phrase that everyone in the market would search for. Without it
nothing says what the others are a part of.

## Flagged
```yaml
name: Corporate trainers
level: longtail   # MS105
```

## Fixed
```yaml
name: Corporate trainers
level: head
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Context, Family, Found, rule
from microseg.lint.where import called, key_of


@rule("MS105", scope="family", severity="error")
def check(family: Family, _: Context) -> Iterator[Found]:
    """Every segment at the top of a tree is a head."""
    if family.parent is not None:
        return
    for root in family.children:
        if root.level != "head" and root.parent is None:
            message = f"{called(root)} is {root.level} and has no parent, so its tree has no head"
            yield Found(key_of(root, "level"), message, "name its parent, or call it a head", segment=root, route="level")
