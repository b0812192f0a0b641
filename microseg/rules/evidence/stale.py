"""Evidence or a review that is older than the team allows.

Groups change: what hurt last year may be solved by now. A claim that rests on old evidence alone is asked again, and
a segment is read through from time to time. `lint.stale_after` in microseg.yaml sets the age, 180 days if left out;
today is `--as-of`, or else the newest date in the workspace.

## Flagged
```yaml
# as of: 2026-11-12
# file: evidence/2025.yaml
evidence:
  - id: int-acme
    kind: interview
    date: 2025-03-14   # MS504
    end_user: true
# file: segments/example.yaml
name: Corporate trainers
reviewed: 2026-01-15   # MS504
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    evidence: [int-acme]
```

## Fixed
```yaml
# as of: 2026-11-12
# file: evidence/2025.yaml
evidence:
  - {id: int-acme, kind: interview, date: 2025-03-14, end_user: true}
  - {id: int-acme-again, kind: interview, date: 2026-09-02, end_user: true}
# file: segments/example.yaml
name: Corporate trainers
reviewed: 2026-11-10
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    evidence: [int-acme, int-acme-again]
```
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from microseg.criteria.values import days_back, duration, duration_text
from microseg.lint.claims import Claim, claims_of, evidence_by_id, numbers_of, source_of
from microseg.lint.rule import Context, Found, Note, rule
from microseg.lint.where import called, few, quoted
from microseg.model.evidence import Evidence
from microseg.model.workspace import Workspace

_AFTER = "180d"


@rule("MS504", scope="workspace", severity="warning")
def check(workspace: Workspace, context: Context) -> Iterator[Found]:
    """Each source that a claim rests on with nothing fresher beside it, and each review, before the limit."""
    settings = context.config.lint
    after = duration((settings.stale_after if settings else None) or _AFTER)
    if context.as_of is None or after is None:
        return
    limit = days_back(context.as_of, after)
    age = duration_text(after)
    for claims in _stale(workspace, context, limit).values():
        yield _found(claims[1], claims[0], age, workspace)
    for segment in workspace.segments:
        if segment.reviewed is not None and segment.reviewed < limit and segment.status != "retired":
            message = f"{called(segment)} was last read through on {segment.reviewed.isoformat()}, more than {age} ago"
            yield Found(segment.at.key("reviewed"), message, "read it through, and set `reviewed:` to that day", segment=segment, route="reviewed")


def _stale(workspace: Workspace, context: Context, limit: datetime.date) -> dict[tuple[str, int], tuple[list[Claim], Evidence]]:
    """By place: the old sources, each with the claims that have nothing newer."""
    known = evidence_by_id(workspace, context)
    fresh = frozenset([name for name, one in known.items() if one.date is not None and one.date >= limit])
    found: dict[tuple[str, int], tuple[list[Claim], Evidence]] = {}
    for segment in workspace.segments:
        if segment.status == "retired":
            continue
        for claim in claims_of(segment, unless=fresh) + numbers_of(segment):
            sources = [one for one in (source_of(reference, known) for reference in claim.cited) if one is not None]
            if any(one.date is not None and one.date >= limit for one in sources):
                continue
            for one in sources:
                if one.date is not None:
                    found.setdefault((one.at.path, one.at.start), ([], one))[0].append(claim)
    return found


def _found(source: Evidence, claims: list[Claim], age: str, workspace: Workspace) -> Found:
    related = few(Note(one.place, f"{called(one.segment)}: rests on it with nothing newer") for one in claims)
    is_due = any(workspace.status(one.segment) == "active" for one in claims)
    message = f"this is more than {age} old, and {quoted(claims[0].text)} rests on it{related.more}"
    day = source.date.isoformat() if source.date is not None else ""
    return Found(source.at.key("date"), message, "ask again, and cite what is newer beside it", related.notes, severity=None if is_due else "info", item=source.id or day, route=f"evidence/{source.id}" if source.id else "")
