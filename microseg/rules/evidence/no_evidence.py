"""A pain with no evidence.

A pain that nobody was heard to have may be the team's own, and a feature built on it is a guess. An interview, a
batch of tickets or a number is enough to begin with; where the segment is in focus now, a feature may be next.

## Flagged
```yaml
name: Corporate trainers
status: active
focus: now
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.   # MS501
    solved_by: Enrol new hires from the HR system before their first shift.
```

## Fixed
```yaml
name: Corporate trainers
status: active
focus: now
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    solved_by: Enrol new hires from the HR system before their first shift.
    evidence: {kind: ticket, date: 2026-06-30, n: 40}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, rule
from microseg.lint.where import called


@rule("MS501", scope="chain", severity="warning", needs=("pain_points",))
def check(chain: Chain, _: Context) -> Iterator[Found]:
    """Own pains; a warning for those in focus now, else an info. A plain text is a draft and is left alone."""
    segment = chain.segment
    if segment.status == "retired":
        return
    for pain in segment.pain_points:
        if pain.at.is_plain_text or not pain.statement or pain.evidence:
            continue
        yield Found(
            pain.at.value("statement"),
            f"nothing shows this pain of {called(segment)}",
            "cite what does under `evidence:`: an interview, tickets, a survey, usage; `kind: team_opinion` if it is a guess",
            severity=None if segment.focus == "now" else "info",
            segment=segment,
            item=pain.statement,
            route=f"pain/{pain.id}" if pain.id else "",
        )
