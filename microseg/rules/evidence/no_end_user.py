"""No end user was heard.

Buyers, consultants and the team itself tell what users need at second hand. Whoever uses the product tells what it is
like: mark their words with `end_user: true`.

## Flagged
```yaml
# file: evidence/2026.yaml
evidence:
  - {id: calls-q2, kind: sales_call, date: 2026-06-20, end_user: false, by: sales-team}
  - {id: crm-2026, kind: crm_data, date: 2026-06-30, by: sales-team}
# file: segments/example.yaml
name: Corporate trainers   # MS505
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    evidence: [calls-q2, crm-2026]
```

## Fixed
```yaml
# file: evidence/2026.yaml
evidence:
  - {id: calls-q2, kind: sales_call, date: 2026-06-20, end_user: false, by: sales-team}
  - {id: int-acme, kind: interview, date: 2026-06-30, end_user: true, by: research-team}
# file: segments/example.yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    evidence: [calls-q2, int-acme]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.claims import backings
from microseg.lint.rule import Context, Found, Note, rule
from microseg.lint.where import called, few, place_of
from microseg.model.workspace import Workspace


@rule("MS505", scope="linked", severity="warning")
def check(workspace: Workspace, context: Context) -> Iterator[Found]:
    """Segments with evidence of their own, none of it an end user's; opinions alone are MS503."""
    for segment, backing in backings(workspace, context):
        if not backing.sources or not backing.is_whole or segment.status == "retired":
            continue
        if any(one.end_user for one in backing.sources) or {one.kind for one in backing.sources} == {"team_opinion"}:
            continue
        related = few(Note(one.at.key("kind"), "not an end user's words") for one in backing.sources)
        message = f"no end user of {called(segment)} was heard"
        yield Found(place_of(segment), message, "talk to one who uses the product, and cite it with `end_user: true`", related.notes, segment=segment, route="evidence")
