"""One goal, shared by siblings.

Segments are told apart so that the goal for each is distinct and clear. Where two share one, either they are one
segment, or the goal belongs to their parent, or nobody has asked what each of them lacks. Word forms, word order and
small words make no difference.

## Flagged
```yaml
name: Equipment management
split_by: firmo.headcount
segments:
  - name: Large enterprises
    goals:
      - {statement: More power users on mobile., because_of: [nine-taps]}
    pain_points:
      - {id: nine-taps, statement: A foreman in gloves needs nine taps to report a crane as down.}
  - name: Mid-size companies
    goals:
      - {statement: There are more power users on mobile., because_of: [one-gatekeeper]}   # MS704
    pain_points:
      - {id: one-gatekeeper, statement: One dispatcher types in what eleven crews call in to him.}
```

## Fixed
```yaml
name: Equipment management
split_by: firmo.headcount
segments:
  - name: Large enterprises
    goals:
      - {statement: Foremen are content with reporting from the cab., because_of: [nine-taps]}
    pain_points:
      - {id: nine-taps, statement: A foreman in gloves needs nine taps to report a crane as down.}
  - name: Mid-size companies
    goals:
      - {statement: Crews report for themselves., because_of: [one-gatekeeper]}
    pain_points:
      - {id: one-gatekeeper, statement: One dispatcher types in what eleven crews call in to him.}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.likeness import groups
from microseg.lint.rule import Context, Family, Found, Note, rule
from microseg.lint.where import called


@rule("MS704", scope="family", severity="warning", needs=("goals",))
def check(family: Family, _: Context) -> Iterator[Found]:
    """Goals of siblings that say the same: the later one by path and line, with the first beside it."""
    if family.parent is None:
        return
    held = [(child, goal) for child in family.children if child.status != "retired" for goal in child.goals if goal.statement]
    held.sort(key=lambda one: one[1].at.value("statement"))
    first_of = groups([goal.statement or "" for _, goal in held])
    for (segment, goal), number in zip(held, first_of, strict=True):
        first, other = held[number]
        if first is not segment:
            note = Note(other.at.value("statement"), f"the goal of {called(first)}")
            message = f"{called(segment)} and {called(first)} share one goal"
            help_ = "say what each of them lacks, or give the goal to their parent"
            yield Found(goal.at.value("statement"), message, help_, (note,), segment=segment, item=goal.statement, route=f"goal/{goal.id}" if goal.id else "")
