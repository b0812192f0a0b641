"""Only the team's own opinion stands behind a segment.

A team of people who think alike builds for people like themselves. Opinions are a good start and no evidence: they
feel the same whether they are right or wrong.

## Flagged
```yaml
# file: evidence/2026.yaml
evidence:
  - {id: workshop-june, kind: team_opinion, date: 2026-06-12, by: product-team}
# file: segments/example.yaml
name: Corporate trainers   # MS503
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    evidence: [workshop-june]
```

## Fixed
```yaml
# file: evidence/2026.yaml
evidence:
  - {id: workshop-june, kind: team_opinion, date: 2026-06-12, by: product-team}
  - {id: int-acme, kind: interview, date: 2026-06-20, end_user: true, by: research-team}
# file: segments/example.yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    evidence: [workshop-june, int-acme]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.claims import backings
from microseg.lint.rule import Context, Found, Note, rule
from microseg.lint.where import called, few, place_of
from microseg.model.workspace import Workspace


@rule("MS503", scope="linked", severity="warning")
def check(workspace: Workspace, context: Context) -> Iterator[Found]:
    """Segments whose own pains, solutions and findings cite opinions and nothing else."""
    for segment, backing in backings(workspace, context):
        if backing.sources and backing.is_whole and segment.status != "retired" and {one.kind for one in backing.sources} == {"team_opinion"}:
            related = few(Note(one.at.key("kind"), "an opinion of the team") for one in backing.sources)
            message = f"nothing but the team's own opinion stands behind {called(segment)}"
            yield Found(place_of(segment), message, "ask someone who is in the segment, or count something they do", related.notes, segment=segment, route="evidence")
