"""A reference to something that is nowhere.

A parent, pain, goal, evidence, metric, experience, segment or definition is referred to by its id.
A text with spaces is accepted for evidence and metrics as "not defined yet"; one word that looks like an id must exist.

## Flagged
```yaml
name: Course creators
pain_points:
  - id: empty-outline
    statement: New creators stop at an empty course outline.
    solved_by: [outline-from-sylabus]   # MS102
ideal_solutions:
  - id: outline-from-syllabus
    statement: Turn an uploaded syllabus into a first outline.
    relieves: [empty-outline]
```

## Fixed
```yaml
name: Course creators
pain_points:
  - id: empty-outline
    statement: New creators stop at an empty course outline.
    solved_by: [outline-from-syllabus]
ideal_solutions:
  - id: outline-from-syllabus
    statement: Turn an uploaded syllabus into a first outline.
    relieves: [empty-outline]
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from microseg.criteria.ast import references as references_of_criteria
from microseg.criteria.definitions import PRESETS
from microseg.lint.rule import Context, Found, Mend, rule
from microseg.model.criteria_in import criteria_in
from microseg.model.places import Place
from microseg.model.segment import Segment
from microseg.model.walk import references_in
from microseg.model.workspace import Workspace
from microseg.source.edits import TextEdit
from microseg.source.nearest import nearest

_MOST_SUGGESTIONS = 20
_SPACE_WORDS = {"pain": "pain or finding"}


class _Missing(NamedTuple):
    """A reference that resolves nowhere."""

    written: str
    spaces: tuple[str, ...]
    place: Place
    segment: Segment | None


@rule("MS102", scope="workspace", severity="error")
def check(workspace: Workspace, context: Context) -> Iterator[Found]:
    """Every reference of every segment and setting; held back while a file is unreadable, for it may hold what is missing."""
    missing = list(_missing(workspace, context))
    if workspace.unreadable:
        return
    for index, one in enumerate(missing):
        yield _found(one, workspace, context, suggest=index < _MOST_SUGGESTIONS)


def count_held_back(workspace: Workspace, context: Context) -> int:
    """How many references are not judged while a file is unreadable."""
    return sum(1 for _ in _missing(workspace, context)) if workspace.unreadable else 0


def _missing(workspace: Workspace, context: Context) -> Iterator[_Missing]:
    ids = workspace.ids
    for segment in workspace.segments:
        for reference, spaces in references_in(segment):
            if not reference.is_id or "dimension" in spaces:
                if reference.is_id and context.dimensions.find(reference.written) is None and "." in reference.written:
                    yield _Missing(reference.written, spaces, reference.place, segment)
                continue
            if not any(reference.written in ids.get(space, ()) for space in spaces):
                yield _Missing(reference.written, spaces, reference.place, segment)
        yield from _missing_in_criteria(segment, segment.at.path, segment, ids)
    yield from _missing_in_criteria(workspace.config, workspace.config.at.path, None, ids)


def _missing_in_criteria(record: object, path: str, segment: Segment | None, ids: dict[str, dict[str, list[Place]]]) -> Iterator[_Missing]:
    for criterion in criteria_in(record):
        for kind, name, start, end in references_of_criteria(criterion):
            if name in ids.get(kind, ()) or (kind == "definition" and name in PRESETS):
                continue
            yield _Missing(name, (kind,), Place(path, start, end), segment)


def _found(one: _Missing, workspace: Workspace, context: Context, *, suggest: bool) -> Found:
    known = {name for space in one.spaces for name in workspace.ids.get(space, ())}
    if "definition" in one.spaces:
        known |= set(PRESETS)
    if "dimension" in one.spaces:
        known |= {dimension.id for dimension in context.dimensions.all()}
    hint = nearest(one.written, known) if suggest else None
    what = " or ".join(_SPACE_WORDS.get(space, space) for space in one.spaces)
    if hint:
        help_ = f"did you mean `{hint}`?"
        mend = Mend(f"write `{hint}`", ((one.place.path, TextEdit(one.place.start, one.place.end, hint)),), safe=False)
        return Found(one.place, f"there is no {what} `{one.written}`", help_, mend=mend, segment=one.segment, item=one.written)
    few = ", ".join(sorted(known)[:5])
    help_ = f"those that exist: {few}{' …' if len(known) > 5 else ''}" if known else f"no {what} has an id yet: give one to what is meant"  # noqa: PLR2004 - as many as are shown
    return Found(one.place, f"there is no {what} `{one.written}`", help_, segment=one.segment, item=one.written)
