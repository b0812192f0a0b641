"""A definition that nothing uses.

Whoever reads microseg.yaml takes it for a word of the team. If no criteria use it, it was given up, or the criteria
that were meant to use it spell out something else.

## Flagged
```yaml
# file: microseg.yaml
definitions:
  power-user: {use.active_days: {gte: 12, last: 30d}}   # MS609
# file: segments/example.yaml
name: Corporate trainers
unit: user
criteria: {use.active_days: {gte: 10, last: 30d}}
```

## Fixed
```yaml
# file: microseg.yaml
definitions:
  power-user: {use.active_days: {gte: 12, last: 30d}}
# file: segments/example.yaml
name: Corporate trainers
unit: user
criteria: {use: power-user}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.criteria.ast import references
from microseg.lint.rule import Context, Found, rule
from microseg.model.criteria_in import criteria_in
from microseg.model.workspace import Workspace


@rule("MS609", scope="workspace", severity="info")
def check(workspace: Workspace, _: Context) -> Iterator[Found]:
    """The workspace's own definitions; held back while a file is unreadable, for it may hold what uses them."""
    if workspace.unreadable or not workspace.config.definitions:
        return
    used = {found.name for record in (workspace.config, *workspace.segments) for criterion in criteria_in(record) for found in references(criterion) if found.kind == "definition"}
    for entry in workspace.config.definitions:
        if entry.name not in used:
            yield Found(entry.place, f"no criteria use the definition `{entry.name}`", f"write `use: {entry.name}` where it is meant, or delete it", item=entry.name, route=f"definition/{entry.name}")
