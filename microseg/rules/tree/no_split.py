"""Children, and no word about what they differ in.

A split by company size is another split than one by what people do with the product. Where `split_by` is missing,
children of different kinds get mixed, they overlap, and nobody can tell whether one is left out.

## Flagged
```yaml
name: Corporate trainers   # MS108
segments:
  - name: Trainers in small companies
  - name: Trainers in large companies
```

## Fixed
```yaml
name: Corporate trainers
split_by: firmo.headcount
segments:
  - name: Trainers in small companies
  - name: Trainers in large companies
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Context, Family, Found, Note, rule
from microseg.lint.where import called, few, place_of


@rule("MS108", scope="family", severity="warning")
def check(family: Family, _: Context) -> Iterator[Found]:
    """A parent of two or more that are not retired."""
    parent = family.parent
    if parent is None or parent.split_by is not None or parent.status == "retired":
        return
    children = [one for one in family.children if one.status != "retired"]
    if len(children) > 1:
        related = few(Note(place_of(one), "one of them") for one in children)
        message = f"{called(parent)} is split into {len(children)} segments, and nothing says what they differ in"
        yield Found(place_of(parent), message, "add `split_by:` with a dimension such as firmo.headcount, or a few plain words", related.notes, segment=parent, route="split_by")
