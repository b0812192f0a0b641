"""How often those who use it do so: daily of monthly, or weekly of monthly.

**Formula**: `of: month` (left out): the mean number of people active on a day, over `days` days, ÷ the people active in those
days (DAU ÷ MAU). `of: week`: the mean number of people active in a week, over the newest four whole weeks of those days, ÷ the
people active in those days (WAU ÷ MAU), for products used weekly.

**Unit**: share, with a 95 % interval by the delta method (members as clusters, from ten members on). **n**: the people active in
those days. People are counted, in a segment of accounts too.

**Edge cases**: the same rule for active stands above and below the line, and a day counts from one such action on. Nobody active:
n/a. An `active` that is not "did it at least once" has no daily meaning: n/a.

**Fields**: `active`, `of`, `days` (left out: 28; 28 or 30).

**Source**: DAU/MAU as in June's and metrickittools' guides. (PostHog calls the histogram of active days stickiness.) Deng et al. 2018 for the
interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from microseg.criteria.values import Duration
from microseg.measure.asking import behaviour_of, newest, pairs, pairs_of
from microseg.measure.expression import PeopleAmount, PeopleWho, Plus, Setting, Sum
from microseg.measure.metric import NOT_AVAILABLE, SHARE, MetricValue, ratio
from microseg.measure.statistics import ratio_interval
from microseg.model.metric import Metric

_DAYS, _WEEKS = 28, 4


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """The people active in the time, and their active days, or those of each week."""
    found = behaviour_of(metric.active, setting)
    if found is None:
        return ()
    days = newest(setting, Duration(metric.days or _DAYS, "d"))
    people = PeopleWho(found.done(days), setting.as_of)
    if metric.of != "week":
        return pairs(PeopleAmount(found.counted_as("use.active_days", days)), people)
    weeks = (newest(setting, Duration(1, "w"), back=number) for number in range(_WEEKS))
    return pairs(Plus(*(PeopleWho(found.done(week), setting.as_of) for week in weeks)), people)


def value(metric: Metric, counted: Mapping[str, int], _: Setting) -> MetricValue:
    """The mean share of the people active on a day, or in a week."""
    n, days = counted["x"], metric.days or _DAYS
    if not n:
        return MetricValue(None, 0, 0, SHARE, note=f"{NOT_AVAILABLE}: nobody was active in {days} days")
    times = _WEEKS if metric.of == "week" else days
    interval = ratio_interval(pairs_of(counted), highest=Fraction(times))
    ends = (None, None) if interval is None else (interval.low / times, interval.high / times)
    return MetricValue(ratio(Fraction(counted["y"], times), n), n, 0, SHARE, *ends)


def why_not(metric: Metric, setting: Setting) -> str:
    """Only something done at least once has active days."""
    return "" if behaviour_of(metric.active, setting) else "a day counts as active from one action on: write active: {use.active_days: {gte: 1, last: 28d}}"
