"""Pains, and no ideal solution.

A pain says what to aim for; a first idea of what would relieve it makes the segment plannable and gives the team
something to show and iterate on. A solution of a segment above counts, and so does one below that relieves a pain
of this one.

## Flagged
```yaml
name: Corporate trainers   # MS302
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
```

## Fixed
```yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    solved_by: Enrol new hires from the HR system before their first shift.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Context, Found, rule
from microseg.lint.where import called, place_of
from microseg.model.workspace import Workspace


@rule("MS302", scope="linked", severity="warning")
def check(workspace: Workspace, _: Context) -> Iterator[Found]:
    """Segments with pains of their own; those that only inherit pains inherit the gap too, and it is told once."""
    for segment in workspace.segments:
        if not segment.pain_points or segment.status == "retired" or segment.ideal_solutions:
            continue
        if any(one.ideal_solutions for one in workspace.ancestors(segment)):
            continue
        if any(pain.solved_by or workspace.reliefs(segment, pain) for pain in segment.pain_points):
            continue
        count = len(segment.pain_points)
        message = f"{called(segment)}: {count} pain point{'s' if count > 1 else ''} and no ideal solution"
        yield Found(place_of(segment), message, "say what would relieve one of them: `solved_by:` at the pain, or an item under `ideal_solutions`", segment=segment, route="ideal_solutions")
