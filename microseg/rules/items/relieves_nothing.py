"""A solution that names no pain.

A feature without a pain behind it is somebody's favorite. The link shows whom it helps, lets it be ranked by how
much the pain matters, and tells when it can be dropped. The pain's `solved_by` is the same link from the other side.

## Flagged
```yaml
name: Corporate trainers
pain_points:
  - id: enrolled-late
    statement: New hires are enrolled by hand, days after their first shift.
ideal_solutions:
  - statement: Enrol new hires from the HR system before their first shift.   # MS304
```

## Fixed
```yaml
name: Corporate trainers
pain_points:
  - id: enrolled-late
    statement: New hires are enrolled by hand, days after their first shift.
ideal_solutions:
  - statement: Enrol new hires from the HR system before their first shift.
    relieves: [enrolled-late]
```

## Fine
```yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    solved_by: [enrol-from-hr]
ideal_solutions:
  - id: enrol-from-hr
    statement: Enrol new hires from the HR system before their first shift.
  - A pack for each trade that follows the order of the insurer's letter.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Context, Found, rule
from microseg.lint.where import called
from microseg.model.workspace import Workspace


@rule("MS304", scope="linked", severity="warning")
def check(workspace: Workspace, _: Context) -> Iterator[Found]:
    """Own solutions; one that was typed as a plain text is a draft and is left alone."""
    named = {reference.written for segment in workspace.segments for pain in segment.pain_points for reference in pain.solved_by}
    for segment in workspace.segments:
        if segment.status == "retired":
            continue
        for solution in segment.ideal_solutions:
            is_draft = solution.at.is_plain_text or not solution.statement
            if is_draft or solution.relieves or solution.id in named or solution.stage == "retired":
                continue
            yield Found(
                solution.at.value("statement"),
                f"this solution of {called(segment)} names no pain that it relieves",
                "add `relieves:` with the id of a pain here, above or below; if there is none, ask what hurts them without it",
                segment=segment,
                item=solution.statement,
                route=f"solution/{solution.id}" if solution.id else "",
            )
