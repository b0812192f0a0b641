"""A goal with no pain or finding behind it.

The pains are what goals are planned from. A goal without one may be the company's own wish, and reaching it changes
nothing for the segment.

## Flagged
```yaml
name: Corporate trainers
goals:
  - id: faster-onboarding
    statement: New hires are compliant before their first shift.   # MS705
```

## Fixed
```yaml
name: Corporate trainers
pain_points:
  - id: enrolled-late
    statement: New hires are enrolled by hand, days after their first shift.
goals:
  - id: faster-onboarding
    statement: New hires are compliant before their first shift.
    because_of: [enrolled-late]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, rule


@rule("MS705", scope="chain", severity="warning", needs=("goals",))
def check(chain: Chain, _: Context) -> Iterator[Found]:
    """Own goals without `because_of`."""
    segment = chain.segment
    for goal in segment.goals:
        if goal.statement and not goal.because_of and segment.status != "retired":
            help_ = "add `because_of:` with the id of a pain or a finding; if there is none, ask whom the goal is for"
            yield Found(goal.at.value("statement"), "no pain and no finding stands behind this goal", help_, segment=segment, item=goal.statement, route=f"goal/{goal.id}" if goal.id else "")
