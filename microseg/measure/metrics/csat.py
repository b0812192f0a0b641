"""Customer satisfaction: how many are satisfied?

**Formula**: answers in the top two of the scale (4 and 5 of 5) ÷ answers. Each person's newest answer within `window` counts.

**Unit**: share, with a 95 % Wilson interval. **n**: answers.

**Edge cases**: a 3 of 5 is not satisfied, and the mean of the answers is something else. People who did not answer are the
unknown. Fewer than `min_n` answers (left out: 30): no value. No answers: n/a. Answers are read on 1 to 5, so a longer `scale` is n/a.

**Fields**: `window` (left out: 90d), `min_n`, `scale` (the highest answer, at most 5; left out: 5).

**Source**: top-two-box CSAT as in Delighted's guide (74 of 107 is 69 %).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from microseg.criteria.ast import Test, Window
from microseg.measure.asking import in_words, length
from microseg.measure.expression import PeopleUnknown, PeopleWho, Setting, Sum
from microseg.measure.metric import MetricValue, share
from microseg.model.metric import Metric

MIN_N = 30
_DEFAULT, _SCALE = "90d", 5


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """People whose newest answer is one of the top two, all who answered, and those who did not."""
    anything = _at_least(metric, 1)
    return (
        Sum("hits", PeopleWho(_at_least(metric, (metric.scale or _SCALE) - 1), setting.as_of)),
        Sum("n", PeopleWho(anything, setting.as_of)),
        Sum("unknown", PeopleUnknown(anything, setting.as_of)),
    )


def value(metric: Metric, counted: Mapping[str, int], _: Setting) -> MetricValue:
    """The share that is satisfied."""
    if not counted["n"]:
        return share(0, 0, unknown=0, none=f"nobody answered in the last {in_words(metric.window, _DEFAULT)}")
    return share(counted["hits"], counted["n"], unknown=counted["unknown"], none="")


def why_not(metric: Metric, _: Setting) -> str:
    """Answers above 5 are not read."""
    return f"satisfaction is read on 1 to 5, and `scale` says {metric.scale}" if (metric.scale or _SCALE) > _SCALE else ""


def _at_least(metric: Metric, score: int) -> Test:
    return Test("sent.csat_score", "gte", (Fraction(score),), Window(last=length(metric.window, _DEFAULT)))
