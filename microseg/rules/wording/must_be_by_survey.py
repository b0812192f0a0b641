"""A solution that those asked take for granted.

The Kano counts say must-be: its absence upsets them and its presence does not please them. It has to be there, and it
is no reason to choose the product. (Must-be is: Worse at most -0.5 and Better below 0.5.)

## Flagged
```yaml
name: Corporate trainers
ideal_solutions:
  - statement: Keep a record of who passed which edition of a course, and when.   # MS205
    kano: {M: 61, O: 10, A: 8, I: 20, R: 0, Q: 1}
```

## Fixed
```yaml
name: Corporate trainers
ideal_solutions:
  - statement: Print one signed record for each regulation, with the edition in force that day.
    kano: {M: 22, O: 41, A: 58, I: 20, R: 1, Q: 4}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from microseg.criteria.values import decimal_text
from microseg.lint.rule import Chain, Context, Found, rule


@rule("MS205", scope="chain", severity="warning", needs=("ideal_solutions",))
def check(chain: Chain, _: Context) -> Iterator[Found]:
    """Own solutions with Kano counts."""
    segment = chain.segment
    for solution in segment.ideal_solutions if segment.status != "retired" else ():
        kano = solution.kano
        if kano is None or not kano.is_must_be or not solution.statement or kano.worse is None or kano.better is None:
            continue
        figures = f"Worse {decimal_text(_cents(kano.worse))}, Better {decimal_text(_cents(kano.better))}"
        yield Found(
            solution.at.value("statement"),
            f"those asked take this for granted ({figures})",
            "move it under `minimum_expected`, and look for what would please them",
            segment=segment,
            item=solution.statement,
            route=f"solution/{solution.id}" if solution.id else "",
        )


def _cents(share: Fraction) -> Fraction:
    """Two decimals, rounded half away from zero as everywhere else: 1/8 is 0.13."""
    size = int(abs(share) * 100 + Fraction(1, 2))
    return Fraction(size if share >= 0 else -size, 100)
