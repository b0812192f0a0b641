"""A value proposition that every product could sign.

The value proposition says why this segment should choose the product. "Easy to use and reliable" is what all others
promise too, so it gives them no reason.

## Flagged
```yaml
name: Corporate trainers
value: A good UI   # MS207
```

## Fixed
```yaml
name: Corporate trainers
value: Proof that holds when an auditor points at one name and one date.
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.judged import around, judged
from microseg.lint.left_over import left_over
from microseg.lint.rule import Context, Family, Found, rule
from microseg.lint.where import called, quoted

_LEFT = 2  # a value proposition is a slogan, short by nature: one that tells a situation says whom it is for


@rule("MS207", scope="family", severity="warning", needs=("value",))
def check(family: Family, context: Context) -> Iterator[Found]:
    """A sure verdict is a warning, a guess an info; nothing where words of a situation are left."""
    for segment in family.children:
        if not segment.value or segment.status == "retired":
            continue
        verdict = judged(segment.value, around(family, segment, context), context, kind="solution")
        if verdict.label == "mer" and len(left_over(segment.value)) <= _LEFT:
            is_sure = verdict.confidence == "sure"
            yield Found(
                segment.at.key("value"),
                f"the value proposition is what every product owes: {quoted(segment.value)}",
                f"say what those in {called(segment)} get that their neighbors would not even want",
                segment=segment,
                item=segment.value,
                confidence="sure" if is_sure else "maybe",
                severity=None if is_sure else "info",
                route="value",
            )
