"""A targeted experience without a hypothesis or a metric.

An experience is an experiment: it is there to find the lever that changes something. Without a hypothesis it cannot
fail, and without a metric nobody will know that it did.

## Flagged
```yaml
name: Corporate trainers
experiences:
  - id: team-lead-view
    statement: A view with three buttons for team leads.   # MS702
    status: planned
```

## Fixed
```yaml
name: Corporate trainers
experiences:
  - id: team-lead-view
    statement: A view with three buttons for team leads.
    status: planned
    hypothesis: Team leads enrol their people without the admin.
    metric: team leads who are active
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.rule import Chain, Context, Found, rule
from microseg.model.places import Place
from microseg.model.segment import Experience


@rule("MS702", scope="chain", severity="warning", needs=("experiences",))
def check(chain: Chain, _: Context) -> Iterator[Found]:
    """Own experiences, save those that were dropped."""
    segment = chain.segment
    for one in segment.experiences:
        missing = [name for name, value in (("hypothesis", one.hypothesis), ("metric", one.metric)) if not value]
        if missing and one.status != "dropped" and segment.status != "retired":
            help_ = f"add {' and '.join(f'`{name}:`' for name in missing)}: what you expect to change, and what will show it"
            message = f"this experience has no {' and no '.join(missing)}"
            yield Found(_place(one), message, help_, segment=segment, item=one.statement or one.id, route=f"experience/{one.id}" if one.id else "")


def _place(one: Experience) -> Place:
    field = next((name for name in ("statement", "id", "kind", "for_") if one.at.has(name)), "statement")
    return one.at.value(field)
