"""How many use a feature.

**Formula**: people who used `feature` within `window` ÷ people who were active at all in that time (`of: active`, left out), or all
people there are (`of: licensed`).

**Unit**: share, with a 95 % Wilson interval. **n**: the people of the denominator, which the name of the metric should say.

**Edge cases**: people are counted, in a segment of accounts too. A login is no adoption: name what people do with the feature.
Nobody active: n/a.

**Fields**: `feature` (a value of the event table's `feature` column, else the name of an event), `of`, `window` (left out: 30d).

**Source**: feature adoption as in Gainsight's glossary; active or licensed named, for they differ by much.
"""

from __future__ import annotations

from collections.abc import Mapping

from microseg.measure.asking import ANYTHING, active_people, in_words, length, newest
from microseg.measure.expression import PeopleWho, Setting, Sum
from microseg.measure.metric import MetricValue, share
from microseg.model.metric import Metric

_DEFAULT = "30d"


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """People who used it, and those who could have."""
    days = newest(setting, length(metric.window, _DEFAULT))
    used = ANYTHING._replace(feature=metric.feature).done(days)
    could = PeopleWho(None, setting.as_of) if metric.of == "licensed" else active_people(setting, days)
    return (Sum("hits", PeopleWho(used, setting.as_of)), Sum("n", could))


def value(metric: Metric, counted: Mapping[str, int], _: Setting) -> MetricValue:
    """The share that used it."""
    nobody = "there are no people in it" if metric.of == "licensed" else f"nobody was active in {in_words(metric.window, _DEFAULT)}"
    return share(counted["hits"], counted["n"], unknown=0, none=nobody)
