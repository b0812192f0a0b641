"""Everything known about a segment comes from one side.

One interview, one kind of source or one team sees one side of a group. A second kind shows whether the pain is
common: tickets beside interviews, numbers beside a survey.

## Flagged
```yaml
# file: evidence/2026.yaml
evidence:
  - {id: int-acme, kind: interview, date: 2026-03-14, end_user: true, by: research-team}
# file: segments/example.yaml
name: Corporate trainers   # MS502
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    evidence: [int-acme]
```

## Fixed
```yaml
# file: evidence/2026.yaml
evidence:
  - {id: int-acme, kind: interview, date: 2026-03-14, end_user: true, by: research-team}
  - {id: tickets-enrolment, kind: ticket, date: 2026-06-30, n: 40, by: support-team}
# file: segments/example.yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    evidence: [int-acme, tickets-enrolment]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.claims import backings
from microseg.lint.rule import Context, Found, rule
from microseg.lint.where import called, place_of
from microseg.model.evidence import Evidence
from microseg.model.workspace import Workspace


@rule("MS502", scope="linked", severity="info")
def check(workspace: Workspace, context: Context) -> Iterator[Found]:
    """One finding a segment with evidence; where it is the team's opinion alone, MS503 speaks."""
    for segment, backing in backings(workspace, context):
        side = _side(backing.sources) if backing.is_whole and segment.status != "retired" else ""
        if side:
            message = f"everything known about {called(segment)} comes from {side}"
            yield Found(place_of(segment), message, "look from a second side: another kind of source, gathered by others", segment=segment, route="evidence")


def _side(sources: tuple[Evidence, ...]) -> str:
    """What all sources have in common, in words; empty where they differ."""
    kinds = {one.kind for one in sources}
    if not sources or kinds == {"team_opinion"} or None in kinds:
        return ""
    if len(sources) == 1:
        return f"one piece of evidence, {sources[0].id or (sources[0].kind or '').replace('_', ' ')}"
    if len(kinds) == 1:
        return f"one kind of evidence, {(sources[0].kind or '').replace('_', ' ')}"
    return f"one team, {sources[0].by}" if sources[0].by and len({one.by for one in sources}) == 1 else ""
