"""A pain that matters a great deal and is served well already.

Importance and satisfaction of eight and more mean table stakes: they need it, and they have it. Doing it better moves
nobody. What is worth building matters to them and is served badly.

## Flagged
```yaml
name: Corporate trainers
pain_points:
  - statement: Staff lists from the HR system have to be typed in again for each course.   # MS204
    importance: 8.8
    satisfaction: 9.2
    scored_by: survey
    n: 90
```

## Fixed
```yaml
name: Corporate trainers
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    importance: 8.6
    satisfaction: 3.8
    scored_by: survey
    n: 90
```
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from microseg.lint.rule import Chain, Context, Found, rule
from microseg.model.scores import SCORE_WORDS
from microseg.words.memo import remembered

_HIGH = 8
_CLOSE = 0.001  # where a float may be wrong; further off it is told sooner


@rule("MS204", scope="chain", severity="warning", needs=("pain_points",))
def check(chain: Chain, _: Context) -> Iterator[Found]:
    """Own pains scored in numbers; words are never turned into numbers."""
    segment = chain.segment
    for pain in segment.pain_points if segment.status != "retired" else ():
        if pain.satisfaction is not None and pain.statement and _is_high(pain.importance) and _is_high(pain.satisfaction):
            yield Found(
                pain.at.value("statement"),
                f"by its own scores this is served already: importance {pain.importance}, satisfaction {pain.satisfaction}",
                "move what it asks for under `minimum_expected`, and look for what they are served badly with",
                segment=segment,
                item=pain.statement,
                route=f"pain/{pain.id}" if pain.id else "",
            )


@remembered
def _is_high(score: str | None) -> bool:
    if score is None or score in SCORE_WORDS:
        return False
    about = float(score)
    return Fraction(score) >= _HIGH if abs(about - _HIGH) < _CLOSE else about > _HIGH
