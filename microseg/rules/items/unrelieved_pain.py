"""A pain that no solution relieves.

A pain without a reliever is a complaint in a drawer. It may be left for later, so it is a to-do; for a segment that the
team goes after now it is a gap in the plan. A solution of the segment, of one above or of one below counts.

## Flagged
```yaml
name: Corporate trainers
status: active
focus: now
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.   # MS303
```

## Fixed
```yaml
name: Corporate trainers
status: active
focus: now
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    solved_by: Enrol new hires from the HR system before their first shift.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Context, Found, rule
from microseg.lint.where import called
from microseg.model.workspace import Workspace


@rule("MS303", scope="linked", severity="warning")
def check(workspace: Workspace, _: Context) -> Iterator[Found]:
    """Own pains only; one typed as a plain text is a draft, and one whose `solved_by` leads nowhere is MS102."""
    for segment in workspace.segments:
        if segment.status == "retired":
            continue
        own = {reference.written for solution in segment.ideal_solutions for reference in solution.relieves}
        for pain in segment.pain_points:
            if pain.id in own or pain.at.is_plain_text or not pain.statement or pain.solved_by or workspace.reliefs(segment, pain):
                continue
            is_due = segment.focus == "now" and workspace.status(segment) == "active"
            yield Found(
                pain.at.value("statement"),
                f"no solution relieves this pain of {called(segment)}",
                "say what would relieve it: `solved_by:` here, or `relieves:` in a solution",
                severity=None if is_due else "info",
                segment=segment,
                item=pain.statement,
                route=f"pain/{pain.id}" if pain.id else "",
            )
