"""On how many of the days they could have, did they take part?

**Formula**: Σ days on which a person was active ÷ Σ days of `window` on which the person could have been, over everybody in the
segment, the inactive included.

**Unit**: share, with a 95 % interval by the delta method (members as clusters, from ten members on). **n**: people.

**Edge cases**: who joined in between (acct.since) has fewer days that count, and weighs less by that, while
events from before that day count as any others; for a group that was there the
whole time it is the plain mean of each person's share. Nobody there: n/a. An `active` that is not "did it at least once" has
no daily meaning: n/a.

**Fields**: `active`, `window` (left out: 28d).

**Source**: GrowthBook's daily participation, pooled over people and days; Deng et al. 2018 for the interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from microseg.measure.asking import behaviour_of, length, newest, pairs, pairs_of
from microseg.measure.expression import Eligible, PeopleAmount, PeopleWho, Setting, Sum, Times
from microseg.measure.metric import NOT_AVAILABLE, SHARE, MetricValue, ratio
from microseg.measure.statistics import ratio_interval
from microseg.model.metric import Metric

_DEFAULT = "28d"


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """People, the days they were active on, and the days they could have been."""
    found = behaviour_of(metric.active, setting)
    if found is None:
        return ()
    days = newest(setting, length(metric.window, _DEFAULT))
    people = PeopleWho(None, setting.as_of)
    could = Times(Eligible(days.first or setting.as_of, days.last), people)
    return (Sum("n", people), *pairs(PeopleAmount(found.counted_as("use.active_days", days)), could))


def value(_: Metric, counted: Mapping[str, int], __: Setting) -> MetricValue:
    """The share of the days that were used."""
    if not counted["x"]:
        return MetricValue(None, counted["n"], 0, SHARE, note=f"{NOT_AVAILABLE}: nobody was there in that time")
    interval = ratio_interval(pairs_of(counted), highest=Fraction(1))
    return MetricValue(ratio(counted["y"], counted["x"]), counted["n"], 0, SHARE, *(interval or (None, None)))


def why_not(metric: Metric, setting: Setting) -> str:
    """Only something done at least once has active days."""
    return "" if behaviour_of(metric.active, setting) else "a day counts as active from one action on: write active: {use.active_days: {gte: 1, last: 28d}}"
