"""The same id twice in its kind.

A reference to it would point at either, and two pages would be written to one place.
Pains and findings share their ids, for goals refer to both.

## Flagged
```yaml
name: Course creators
pain_points:
  - id: slow-start
    statement: New creators stop at an empty course outline.
  - id: slow-start   # MS101
    statement: Creators wait two weeks for their first learner.
```

## Fixed
```yaml
name: Course creators
pain_points:
  - id: empty-outline
    statement: New creators stop at an empty course outline.
  - id: first-learner
    statement: Creators wait two weeks for their first learner.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.resolve import names_in
from microseg.lint.rule import Context, Found, Note, rule
from microseg.model.workspace import Workspace

_SHOWN = 3


@rule("MS101", scope="workspace", severity="error")
def check(workspace: Workspace, context: Context) -> Iterator[Found]:
    """Each place after the first, with the first as the related one."""
    if not names_in(workspace, context).is_any_twice:
        return
    for space, ids in sorted(workspace.ids.items()):
        for name in sorted(name for name, places in ids.items() if len(places) > 1):
            ordered = sorted(ids[name])
            for place in ordered[1:]:
                yield Found(
                    place,
                    f"the {space} id `{name}` is taken",
                    "give one of the two another id; `microseg rename` changes every reference with it",
                    (Note(ordered[0], "it stands here first"),),
                    route=f"id/{space}/{name}",
                )
