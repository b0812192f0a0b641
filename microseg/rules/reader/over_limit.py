"""A file past the bounds: size, nesting, number of values, aliases.

The bounds stop a file that is made to choke its reader, and no file that people write comes near them.

The bounds: 8 MiB a file, 64 levels, 200,000 values, 1,000 aliases, 100,000 files. `limits:` in microseg.yaml may lower them.

## Flagged
```yaml
name: &a [*a]   # MS007
```

## Fixed
```yaml
name: Course creators
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.named_criteria import found_in_definitions
from microseg.lint.rule import Context, Found, rule
from microseg.model.workspace import Workspace


@rule("MS007", scope="workspace", severity="error")
def check(workspace: Workspace, _: Context) -> Iterator[Found]:
    """Definitions that double with every use; the other bounds are kept while a file is read."""
    return found_in_definitions(workspace.config, "MS007")
