"""A segment under itself.

Each names the next as its parent, and the last names the first: none of them hangs on a head, so none is in a brief.

## Flagged
```yaml
# file: segments/trainers.yaml
name: Corporate trainers
parent: creators   # MS103
# file: segments/creators.yaml
name: Course creators
parent: trainers
```

## Fixed
```yaml
# file: segments/trainers.yaml
name: Corporate trainers
parent: creators
# file: segments/creators.yaml
name: Course creators
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Context, Found, Note, rule
from microseg.model.segment import Segment
from microseg.model.workspace import Workspace

_SHOWN = 3


@rule("MS103", scope="workspace", severity="error")
def check(workspace: Workspace, _: Context) -> Iterator[Found]:
    """One finding a circle, at the member that comes last by path and line."""
    reached = {id(segment) for _, segment in workspace.walk()}
    done: set[int] = set()
    for segment in workspace.segments:
        if id(segment) in reached or id(segment) in done:
            continue
        circle = _circle(workspace, segment)
        if any(id(one) in done for one in circle):
            continue
        done |= {id(one) for one in circle}
        yield _found(circle)


def _circle(workspace: Workspace, start: Segment) -> list[Segment]:
    """The members of the circle that a segment hangs on, in order of path and line."""
    met: dict[str | None, int] = {}
    way: list[Segment] = []
    here: Segment | None = start
    while here is not None and here.id not in met:
        met[here.id] = len(way)
        way.append(here)
        here = workspace.parent(here)
    circle = way if here is None else way[met[here.id] :]
    return sorted(circle, key=lambda one: (one.at.path, one.at.start))


def _found(circle: list[Segment]) -> Found:
    last = circle[-1]
    names = " → ".join(str(one.id) for one in circle[:_SHOWN]) + (" → …" if len(circle) > _SHOWN else "")
    notes = tuple(Note(one.at.value("parent"), f"{one.id} is under {one.parent.written if one.parent else '?'}") for one in circle[:-1][:_SHOWN])
    message = "this segment is its own parent" if len(circle) == 1 else f"{len(circle)} segments lie under each other in a circle: {names}"
    return Found(last.at.value("parent"), message, "take `parent:` away from the one that is the head", notes, segment=last, route="parent")
