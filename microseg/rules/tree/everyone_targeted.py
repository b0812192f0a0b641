"""More segments with `focus: now` than a team can go after.

Micro-segments are there to make a targeted offer without going after everyone. Where most of a tree is in focus,
nothing is, and the next feature is again built for all of them. `lint.max_focus` in microseg.yaml sets the number;
left out it is five.

## Flagged
```yaml
# file: microseg.yaml
lint: {max_focus: 1}
# file: segments/example.yaml
name: Course creators   # MS112
split_by: what they teach for
segments:
  - name: Corporate trainers
    focus: now
  - name: Subject matter experts
    focus: now
```

## Fixed
```yaml
# file: microseg.yaml
lint: {max_focus: 1}
# file: segments/example.yaml
name: Course creators
split_by: what they teach for
segments:
  - name: Corporate trainers
    focus: now
  - name: Subject matter experts
    focus: later
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Context, Found, Note, rule
from microseg.lint.where import called, few, place_of
from microseg.model.workspace import Workspace

_MOST = 5


@rule("MS112", scope="workspace", severity="info")
def check(workspace: Workspace, context: Context) -> Iterator[Found]:
    """Count each tree; the finding stands at its head."""
    settings = context.config.lint
    most = (settings.max_focus if settings else None) or _MOST
    for root in workspace.roots:
        targeted = [one for _, one in workspace.walk(root) if one.focus == "now" and one.status != "retired"]
        if len(targeted) > most:
            related = few(Note(one.at.key("focus"), f"{called(one)} is in focus now") for one in targeted)
            message = f"{len(targeted)} segments of {called(root)} are in focus now; at most {most} are meant to be"
            yield Found(place_of(root), message, "choose those who gain most, and set the others to `focus: later`", related.notes, segment=root, route="focus")
