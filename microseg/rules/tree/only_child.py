"""A segment split into one.

A split says that some members want something that the others do not. With one child the others are nowhere: either
they are still to be planned, or the child is the parent under another name. `exhaustive: false` says that there are others.

## Flagged
```yaml
name: Course creators   # MS109
segments:
  - name: Corporate trainers
```

## Fixed
```yaml
name: Course creators
split_by: what they teach for
segments:
  - name: Corporate trainers
  - name: Subject matter experts
```

## Fine
```yaml
name: Online courses
split_by: whether they make courses or take them
exhaustive: false
segments:
  - name: Course creators
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Context, Family, Found, Note, rule
from microseg.lint.where import called, place_of


@rule("MS109", scope="family", severity="info")
def check(family: Family, _: Context) -> Iterator[Found]:
    """A parent whose only child that is not retired stands alone."""
    parent = family.parent
    children = [one for one in family.children if one.status != "retired"]
    if parent is None or len(children) != 1 or parent.status == "retired" or parent.exhaustive is False:
        return
    message = f"{called(parent)} is split into one segment, {called(children[0])}"
    help_ = "plan those of them who want something else beside it, say `exhaustive: false` if they are known and left out, or make one segment of the two"
    yield Found(place_of(parent), message, help_, (Note(place_of(children[0]), "the only child"),), segment=parent, route="segments")
