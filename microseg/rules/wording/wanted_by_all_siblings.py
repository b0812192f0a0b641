"""The same need under most siblings.

What most parts of a segment want is what the segment wants. Written once at the parent, all children inherit it, it
is scored and solved once, and what stays below is what sets each of them apart. Word forms, word order and small
words make no difference; a paraphrase in other words goes unnoticed.

## Flagged
```yaml
name: Corporate trainers
split_by: firmo.headcount
segments:
  - name: Trainers in small companies
    pain_points:
      - statement: New hires are enrolled by hand, days after their first shift.   # MS203
      - statement: The insurer's letter asks for a briefing by Friday, and a slide deck is bought on Thursday night.
  - name: Trainers in mid-size companies
    pain_points:
      - statement: By hand, days after the first shift, new hires are enrolled.
      - statement: Expiry dates live in one spreadsheet, and its keeper is on leave when they fall due.
  - name: Trainers in large companies
    pain_points:
      - statement: Four regions keep four course lists, and head office adds them up for a week.
```

## Fixed
```yaml
name: Corporate trainers
split_by: firmo.headcount
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
segments:
  - name: Trainers in small companies
    pain_points:
      - statement: The insurer's letter asks for a briefing by Friday, and a slide deck is bought on Thursday night.
  - name: Trainers in mid-size companies
    pain_points:
      - statement: Expiry dates live in one spreadsheet, and its keeper is on leave when they fall due.
  - name: Trainers in large companies
    pain_points:
      - statement: Four regions keep four course lists, and head office adds them up for a week.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.likeness import Index
from microseg.lint.needs import KINDS, Held, own, shared_needs, twins_of
from microseg.lint.rule import Context, Family, Found, Note, rule
from microseg.lint.statements import Kind
from microseg.lint.where import called, few
from microseg.model.segment import Segment


@rule("MS203", scope="family", severity="warning", needs=("ideal_solutions", "pain_points"))
def check(family: Family, context: Context) -> Iterator[Found]:
    """At the first of the siblings that have it. What an ancestor has already is MS307, what only twins share MS110."""
    count = sum(one.status != "retired" for one in family.children)
    if family.parent is None or count < 2:  # noqa: PLR2004 - siblings are two
        return
    for kind in KINDS:
        needs = [one for one in shared_needs(family, kind, context) if 2 * len(one) > count]
        if not needs:
            continue
        twins = [{one.id for one in group} for group in twins_of(family, kind, context)]
        above = Index(one.text for segment in (family.parent, *family.ancestors) for one in own(segment, kind, context))
        for need in needs:
            holders = {one.segment.id for one in need}
            if above.find(need[0].statement.text) is None and not any(holders <= group for group in twins):
                yield _found(family.parent, need, kind, count)


def _found(above: Segment, need: tuple[Held, ...], kind: Kind, count: int) -> Found:
    first, parent = need[0], called(above)
    related = few(Note(one.statement.place, f"{called(one.segment)} has it too") for one in need[1:])
    message = f"{len(need)} of the {count} segments under {parent} have this {kind}, so it belongs to {parent}"
    help_ = f"move it to {parent}, which all of them inherit from, and keep here what only this segment needs"
    return Found(first.statement.place, message, help_, related.notes, segment=first.segment, item=first.statement.text, route=first.statement.route)
