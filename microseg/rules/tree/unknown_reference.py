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

from microseg.criteria.definitions import PRESETS
from microseg.lint.resolve import Missing, missing_references, names_in
from microseg.lint.rule import Context, Found, Mend, rule
from microseg.model.workspace import Workspace
from microseg.source.edits import TextEdit
from microseg.source.nearest import nearest

_MOST_SUGGESTIONS = 20
_SHOWN = 5
_SPACE_WORDS = {"pain": "pain or finding"}


@rule("MS102", scope="workspace", severity="error")
def check(workspace: Workspace, context: Context) -> Iterator[Found]:
    """Every reference of every segment and setting; held back while a file is unreadable, for it may hold what is missing."""
    if workspace.unreadable:
        return
    for index, one in enumerate(missing_references(workspace, context)):
        yield _found(one, workspace, context, suggest=index < _MOST_SUGGESTIONS)


def _found(one: Missing, workspace: Workspace, context: Context, *, suggest: bool) -> Found:
    known = _known(one, workspace, context)
    hint = nearest(one.written, known) if suggest else None
    message = f"there is no {' or '.join(_SPACE_WORDS.get(space, space) for space in one.spaces)} `{one.written}`"
    if hint:
        mend = Mend(f"write `{hint}`", ((one.place.path, TextEdit(one.place.start, one.place.end, hint)),), safe=False)
        return Found(one.place, message, f"did you mean `{hint}`?", mend=mend, segment=one.segment, item=one.written)
    few = ", ".join(sorted(known)[:_SHOWN])
    what = " or ".join(_SPACE_WORDS.get(space, space) for space in one.spaces)
    help_ = f"those that exist: {few}{' …' if len(known) > _SHOWN else ''}" if known else f"no {what} has an id yet: give one to what is meant"
    return Found(one.place, message, help_, segment=one.segment, item=one.written)


def _known(one: Missing, workspace: Workspace, context: Context) -> set[str]:
    """Every id that the reference could have meant."""
    names = names_in(workspace, context)
    known = {name for space in one.spaces for name in names.known.get(space, ())}
    if "definition" in one.spaces:
        known |= set(PRESETS)
    if "dimension" in one.spaces:
        known |= {dimension.id for dimension in context.dimensions.all()}
    return known
