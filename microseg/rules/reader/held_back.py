"""Checks or findings that were left out, as a count.

While a file is unreadable, an id that seems to be missing may stand in it, so references are not judged; and a file
with more than a thousand findings has one cause, so the rest are only counted. Neither is kept from you in silence.

## Flagged
```yaml
# file: segments/example.yaml
name: Course creators
pain_points:
  - statement: New creators stop at an empty course outline.
    solved_by: [outline-from-syllabus]
# file: segments/trainers.yaml
name: Corporate trainers   # MS012
  parent: example
```

## Fixed
```yaml
# file: segments/example.yaml
name: Course creators
pain_points:
  - statement: New creators stop at an empty course outline.
    solved_by: [outline-from-syllabus]
# file: segments/trainers.yaml
name: Corporate trainers
parent: example
ideal_solutions:
  - id: outline-from-syllabus
    statement: Turn an uploaded syllabus into a first outline.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.resolve import missing_references
from microseg.lint.rule import Context, Found, Note, rule
from microseg.model.places import Place
from microseg.model.workspace import Workspace

_SHOWN = 3


@rule("MS012", scope="workspace", severity="info")
def check(workspace: Workspace, context: Context) -> Iterator[Found]:
    """How many references wait for files that cannot be read, at the first of these files."""
    if not workspace.unreadable:
        return
    waiting = list(missing_references(workspace, context))
    if not waiting:
        return
    notes = tuple(Note(one.place, f"waits: {one.written}") for one in waiting[:_SHOWN])
    count = len(waiting)
    message = f"{count} reference{'s are' if count > 1 else ' is'} not judged while this file cannot be read: what {'they name' if count > 1 else 'it names'} may stand in it"
    yield Found(Place(min(workspace.unreadable), 0, 0), message, "mend the file and run again", notes)
