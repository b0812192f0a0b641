"""A head or midtail that nothing lies under.

The longtail is where a micro-segment's own pains and solutions are planned. A leaf that calls itself head or midtail
promises a subset that nobody has written down yet.

## Flagged
```yaml
name: Online courses
segments:
  - name: Course creators
    level: midtail   # MS107
```

## Fixed
```yaml
name: Online courses
segments:
  - name: Course creators
    level: midtail
    segments:
      - name: Subject matter experts
      - name: Corporate trainers
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Context, Found, rule
from microseg.lint.where import called
from microseg.model.workspace import Workspace


@rule("MS107", scope="linked", severity="info")
def check(workspace: Workspace, _: Context) -> Iterator[Found]:
    """Leaves whose level was typed as something else than longtail."""
    for segment in workspace.segments:
        if segment.level == "longtail" or not segment.at.has("level") or segment.status == "retired" or workspace.children(segment):
            continue
        message = f"{called(segment)} is {segment.level}, and no segment lies under it"
        yield Found(segment.at.key("level"), message, "ask what a subset of them wants, and plan it under `segments:`; or call it longtail", segment=segment, route="level")
