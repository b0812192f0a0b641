"""Evidence that nothing cites.

Somebody went to hear it, and no pain, solution, finding or fact rests on it. Either a claim is missing, or the link.

## Flagged
```yaml
# file: evidence/2026.yaml
evidence:
  - {id: int-acme, kind: interview, date: 2026-03-14, end_user: true}
  - {id: tickets-enrolment, kind: ticket, date: 2026-06-30, n: 40}   # MS506
# file: segments/example.yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    evidence: [int-acme]
```

## Fixed
```yaml
# file: evidence/2026.yaml
evidence:
  - {id: int-acme, kind: interview, date: 2026-03-14, end_user: true}
  - {id: tickets-enrolment, kind: ticket, date: 2026-06-30, n: 40}
# file: segments/example.yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    evidence: [int-acme, tickets-enrolment]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.claims import cited_ids
from microseg.lint.rule import Context, Found, rule
from microseg.model.workspace import Workspace


@rule("MS506", scope="workspace", severity="info")
def check(workspace: Workspace, context: Context) -> Iterator[Found]:
    """Sources of the evidence files; held back while a file is unreadable, for it may hold what cites them."""
    if workspace.unreadable:
        return
    cited = cited_ids(workspace, context)
    for source in workspace.evidence:
        if source.id is None:
            message = f"nothing can cite this {(source.kind or 'source').replace('_', ' ')}: it has no id"
            yield Found(source.at.key("kind"), message, "add `id:`, and cite it under `evidence:` where it shows something")
        elif source.id not in cited:
            yield Found(source.at.value("id"), f"nothing cites {source.id}", "cite it under `evidence:` of the pain, solution or finding that it shows", item=source.id, route=f"evidence/{source.id}")
