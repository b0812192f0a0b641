"""A cure where a pain belongs.

"We need SSO" names what to build and hides what hurts, so nobody can find a better cure, and nobody can tell when it
is cured. People can rarely say what they need; they can say what they wait for, redo, lose or work around.

## Flagged
```yaml
name: Corporate trainers
pain_points:
  - statement: We need SSO.   # MS305
```

## Fixed
```yaml
name: Corporate trainers
pain_points:
  - statement: Shift workers keep a password on paper at the shared terminal, and one signs the training of another.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.pain_wording import faulty_pains
from microseg.lint.rule import Chain, Context, Found, rule
from microseg.lint.where import quoted


@rule("MS305", scope="chain", severity="warning", needs=("pain_points",))
def check(chain: Chain, context: Context) -> Iterator[Found]:
    """Own pains in English."""
    segment = chain.segment
    for pain, fault in faulty_pains(segment, context):
        if fault.kind == "cure":
            help_ = "say what happens without it: who waits, redoes, loses or works around what, and what that costs; the cure goes under `solved_by`"
            label = f"`{fault.words}` asks for a cure" if fault.words else ""
            yield Found(pain.place, f"{quoted(pain.text)}: {fault.reason}", help_, segment=segment, item=pain.text, label=label, route=pain.route)
