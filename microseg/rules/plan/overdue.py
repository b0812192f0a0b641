"""An assumption, goal or experience past its date without an outcome.

A date that passes in silence teaches the team that dates mean nothing. Write down what came of it, also when it is
nothing, or set a new date. Today is `--as-of`, or else the newest date in the workspace.

## Flagged
```yaml
# as of: 2026-11-12
name: Corporate trainers
assumptions:
  - statement: Insurers accept our log without a wet signature.
    due: 2026-10-01   # MS706
    state: untested
goals:
  - statement: New hires are compliant before their first shift.
    because_of: [enrolled-late]
    by: 2026-09-30   # MS706
experiences:
  - id: team-lead-view
    hypothesis: Team leads enrol their people without the admin.
    metric: active admins
    end: 2026-10-15   # MS706
    status: running
pain_points:
  - id: enrolled-late
    statement: New hires are enrolled by hand, days after their first shift.
```

## Fixed
```yaml
# as of: 2026-11-12
name: Corporate trainers
assumptions:
  - statement: Insurers accept our log without a wet signature.
    due: 2026-10-01
    state: holding
goals:
  - statement: New hires are compliant before their first shift.
    because_of: [enrolled-late]
    by: 2026-09-30
    outcome: Half of them are; the rest wait for their account.
experiences:
  - id: team-lead-view
    hypothesis: Team leads enrol their people without the admin.
    metric: active admins
    end: 2026-10-15
    status: done
    result: Active admins doubled in four weeks.
pain_points:
  - id: enrolled-late
    statement: New hires are enrolled by hand, days after their first shift.
```
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, rule
from microseg.model.places import Place
from microseg.model.segment import Segment
from microseg.record import NamedTuple


class _Due(NamedTuple):
    """Something with a date and no outcome yet."""

    what: str
    text: str
    day: datetime.date
    place: Place
    help: str
    route: str


@rule("MS706", scope="chain", severity="warning", needs=("assumptions", "experiences", "goals"))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """Dates before today, at their key."""
    segment = chain.segment
    if context.as_of is None or segment.status == "retired":
        return
    for one in _open(segment):
        if one.day < context.as_of:
            yield Found(one.place, f"{one.what} was due on {one.day.isoformat()}, and nothing says what came of it", one.help, segment=segment, item=one.text, route=one.route)


def _open(segment: Segment) -> Iterator[_Due]:
    """Assumptions not decided, goals without an outcome, experiences neither dropped nor done with a result."""
    for assumption in segment.assumptions:
        if assumption.due is not None and assumption.state in {None, "untested", "running"}:
            yield _Due("this assumption", assumption.statement or "", assumption.due, assumption.at.key("due"), "set `state:` to holding or refuted, or a new date", "")
    for goal in segment.goals:
        if goal.by is not None and not goal.outcome:
            yield _Due("this goal", goal.statement or "", goal.by, goal.at.key("by"), "write `outcome:`, or set a new date", f"goal/{goal.id}" if goal.id else "")
    for one in segment.experiences:
        if one.end is not None and one.status != "dropped" and not (one.status == "done" and one.result):
            help_ = "write `result:`" if one.status == "done" else "write `result:` and set `status:` to done or dropped, or set a new date"
            yield _Due("this experience", one.statement or one.id or one.hypothesis or "", one.end, one.at.key("end"), help_, f"experience/{one.id}" if one.id else "")
