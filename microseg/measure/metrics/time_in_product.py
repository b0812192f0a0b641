"""How long they are in the product.

**Formula**: minutes within `window` ÷ people who were active in it (`per: user`, left out), or ÷ visits (`per: visit`).

**Unit**: minutes, with a 95 % interval by the delta method (members as clusters, from ten members on). **n**: the people, or the visits.

**Edge cases**: rows without minutes add nothing and are counted by `microseg measure --check-data`. Members whose minutes the
data does not know are the unknown. Nobody active: n/a. It is a mean: a few long sittings move it.

**Fields**: `window` (left out: 30d), `per`.

**Source**: time in product as Gainsight PX and PostHog report it, per active user; Deng et al. 2018 for the interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from microseg.measure.asking import ANYTHING, active_people, in_words, length, newest, pairs, pairs_of
from microseg.measure.expression import Amount, Known, Not, Setting, Sum
from microseg.measure.metric import NOT_AVAILABLE, MetricValue, ratio
from microseg.measure.statistics import ratio_interval
from microseg.model.metric import Metric

_DEFAULT, _SECONDS = "30d", 60


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """Seconds, and the people or the visits."""
    days = newest(setting, length(metric.window, _DEFAULT))
    minutes = ANYTHING.counted_as("use.minutes", days)
    per = Amount(ANYTHING.counted_as("use.visits", days)) if metric.per == "visit" else active_people(setting, days)
    return (*pairs(Amount(minutes, _SECONDS), per), Sum("unknown", Not(Known(minutes))))


def value(metric: Metric, counted: Mapping[str, int], _: Setting) -> MetricValue:
    """Minutes for each of them."""
    n = counted["x"]
    note = "" if n else f"{NOT_AVAILABLE}: nobody was active in {in_words(metric.window, _DEFAULT)}"
    interval = ratio_interval(pairs_of(counted))
    low, high = (None, None) if interval is None else (interval.low / _SECONDS, interval.high / _SECONDS)
    return MetricValue(ratio(Fraction(counted["y"], _SECONDS), n), n, counted["unknown"], metric.unit or "minutes", low, high, note)
