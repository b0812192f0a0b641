"""A minimum expected requirement that reads like a need of this segment.

What stands under `minimum_expected` is met and never sold. If only this segment has the need, that gives away a
reason to choose the product; it may belong among the pains or the solutions.

## Flagged
```yaml
name: Corporate trainers
minimum_expected:
  - New hires are enrolled into mandatory courses by hand, days after their first shift.   # MS208
```

## Fixed
```yaml
name: Corporate trainers
minimum_expected:
  - A good UI
  - Single sign-on
```
"""

from __future__ import annotations

from collections.abc import Iterator

from microseg.lint.judged import around, judged
from microseg.lint.left_over import left_over
from microseg.lint.rule import Context, Family, Found, rule
from microseg.lint.where import called

_CLEARLY = 0.2  # at most this likely to be owed by every product
_LEFT = 5  # words that tell a situation


@rule("MS208", scope="family", severity="info", needs=("minimum_expected",))
def check(family: Family, context: Context) -> Iterator[Found]:
    """Own items that the judge calls specific without doubt, and that tell a situation rather than name a function."""
    for segment in family.children:
        for one in segment.minimum_expected if segment.status != "retired" else ():
            if not one.statement or len(left_over(one.statement)) < _LEFT:
                continue
            verdict = judged(one.statement, around(family, segment, context), context)
            if verdict.label != "specific" or verdict.score > _CLEARLY:
                continue
            yield Found(
                one.at.value("statement"),
                f"this reads like a need of {called(segment)}, not like what every product owes",
                "ask which segment would not want it; if there is one, plan it as a pain or a solution",
                segment=segment,
                item=one.statement,
                confidence="maybe",
                route=f"minimum/{one.id}" if one.id else "",
            )
