"""A leaf with no pain and no solution of its own.

It inherits everything, so its brief says what its parent's says and nobody would build anything for it. A micro
segment earns its place by something that its parent as a whole does not feel.

A pain above that names the segment under `felt_by` counts as its own.

## Flagged
```yaml
name: Corporate trainers
pain_points:
  - statement: An auditor picks one name, and two people search sign-in sheets for two days.
    solved_by: Print one signed record for each regulation.
segments:
  - name: Trainers in small companies   # MS111
```

## Fixed
```yaml
name: Corporate trainers
pain_points:
  - statement: An auditor picks one name, and two people search sign-in sheets for two days.
    solved_by: Print one signed record for each regulation.
segments:
  - name: Trainers in small companies
    pain_points:
      - statement: The insurer's letter asks for a briefing by Friday, and a slide deck is bought on Thursday night.
```

## Fine
```yaml
name: Corporate trainers
pain_points:
  - statement: An auditor picks one name, and two people search sign-in sheets for two days.
    felt_by: [large-companies]
segments:
  - id: large-companies
    name: Trainers in large companies
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Context, Found, Note, rule
from microseg.lint.where import called, place_of
from microseg.model.segment import Segment
from microseg.model.workspace import Workspace


@rule("MS111", scope="linked", severity="warning")
def check(workspace: Workspace, _: Context) -> Iterator[Found]:
    """Leaves below something that has pains or solutions to inherit; where nothing is inherited MS301 speaks."""
    for segment in workspace.segments:
        if segment.pain_points or segment.ideal_solutions or segment.status == "retired" or workspace.children(segment):
            continue
        ancestors = workspace.ancestors(segment)
        source = next((one for one in ancestors if one.pain_points or one.ideal_solutions), None)
        if source is not None and not _is_named(segment, ancestors):
            message = f"{called(segment)} has no pain point and no ideal solution of its own, only those of {called(source)}"
            help_ = "write what hurts them and not their neighbors, name them under `felt_by` of a pain above, or plan them as part of their parent"
            yield Found(place_of(segment), message, help_, (Note(place_of(source), "what it inherits comes from here"),), segment=segment, route="pain_points")


def _is_named(segment: Segment, ancestors: tuple[Segment, ...]) -> bool:
    return any(reference.written == segment.id for one in ancestors for pain in one.pain_points for reference in pain.felt_by)
