"""Net promoter score: would they recommend it?

**Formula**: 100 x (promoters - detractors) ÷ answers. Promoters answer 9 or 10, passives 7 or 8, detractors 0 to 6; each person's
newest answer within `window` counts.

**Unit**: points, -100 to 100, not rounded before it is shown. **n**: answers, passives included. The interval is the margin of
error 196 x √((P + D - (P - D)²) ÷ n) on both sides, P and D as shares.

**Edge cases**: people who did not answer are the unknown. Fewer than `min_n` answers (left out: 30): no value, for the
margin of a few answers is meaningless (6, 4 and 2 of 12 are 33 ± 42; all promoters are ± 0). No answers: n/a. Asked on 0 to 10 only.

**Fields**: `window` (left out: 90d), `min_n`.

**Source**: Reichheld 2003 for the score; the margin from the variance of a variable that is 1, 0 or -1. (A vendor's help page
that calls "under 6" a detractor gets every 6 wrong.)
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from microseg.criteria.ast import Test, Window
from microseg.criteria.values import Value
from microseg.measure.asking import in_words, length
from microseg.measure.expression import PeopleUnknown, PeopleWho, Setting, Sum
from microseg.measure.metric import NOT_AVAILABLE, MetricValue, Part, ratio
from microseg.measure.statistics import nps, nps_margin
from microseg.model.metric import Metric

MIN_N = 30
_DEFAULT = "90d"
_KINDS = {"promoters": (9, 10), "passives": (7, 8), "detractors": (0, 6)}
_TEN, _POINTS = 10, 100


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """People by their newest answer, and those without one."""
    found = tuple(Sum(name, PeopleWho(_between(metric, *ends), setting.as_of)) for name, ends in _KINDS.items())
    return (*found, Sum("unknown", PeopleUnknown(_between(metric, 0, _TEN), setting.as_of)))


def value(metric: Metric, counted: Mapping[str, int], _: Setting) -> MetricValue:
    """The score with its margin."""
    up, down = counted["promoters"], counted["detractors"]
    n = up + counted["passives"] + down
    score, margin = nps(up, down, n), nps_margin(up, down, n)
    if score is None or margin is None:
        return MetricValue(None, 0, counted["unknown"], "points", note=f"{NOT_AVAILABLE}: nobody answered in the last {in_words(metric.window, _DEFAULT)}")
    parts = tuple(Part(name, ratio(counted[name], n), n) for name in _KINDS)
    low, high = max(score - margin, Fraction(-_POINTS)), min(score + margin, Fraction(_POINTS))
    return MetricValue(score, n, counted["unknown"], "points", low, high, parts=parts)


def why_not(metric: Metric, _: Setting) -> str:
    """Another scale has no promoters."""
    return "" if metric.scale in {None, _TEN} else f"a net promoter score is asked on 0 to 10, and `scale` says {metric.scale}"


def _between(metric: Metric, low: int, high: int) -> Test:
    ends: tuple[Value, ...] = (Fraction(low), Fraction(high))
    return Test("sent.nps_score", "between", ends, Window(last=length(metric.window, _DEFAULT)))
