"""Definitions that use each other in a circle.

Each of them waits for the next to say what it means, so none of them means anything, and a segment that uses one has
no members that could be counted.

## Flagged
```yaml
# file: microseg.yaml
definitions:
  power-user: {use: heavy-user}   # MS610
  heavy-user: {use: power-user}
```

## Fixed
```yaml
# file: microseg.yaml
definitions:
  power-user: {use: heavy-user}
  heavy-user: {use.active_days: {gte: 12, last: 30d}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.named_criteria import found_in_definitions
from microseg.lint.rule import Context, Found, rule
from microseg.model.workspace import Workspace


@rule("MS610", scope="workspace", severity="error")
def check(workspace: Workspace, _: Context) -> Iterator[Found]:
    """One finding a circle, at the first of its uses."""
    return found_in_definitions(workspace.config, "MS610")
