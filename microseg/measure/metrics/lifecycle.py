"""Who is new, who stays, who comes back, who has gone quiet.

**Formula**: of those active in this interval: *new* did their first thing ever in it, *returning* were active in the interval before
too, *resurrecting* were not, but had been earlier; *dormant* were active in the interval before and are not now. The value is
(new + resurrecting - dormant) ÷ those active in the interval before.

**Unit**: share, by which the active grow or shrink; the four counts are shown apart. **n**: those active in the
interval before of whom it is known whether they are now.

**Edge cases**: choose the interval by how often the product is naturally used, else everybody is dormant at times. `active` should
look back as long as the interval. Nobody active before: n/a. A plan or state needs its past (`data.tables.history`).

**Fields**: `active`, `interval`.

**Source**: PostHog's lifecycle insight.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from microseg.criteria.evaluate import Days
from microseg.measure.asking import ANYTHING, before, day_number, length, then_and_now, without_past
from microseg.measure.expression import Both, Compare, Either, FirstDay, Not, Setting, Sum, Unknown
from microseg.measure.metric import NOT_AVAILABLE, SHARE, MetricValue, Part, ratio
from microseg.model.metric import Metric

_DEFAULT = "30d"
KINDS = ("new", "returning", "resurrecting", "dormant")


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """The four kinds, and those active in the interval before."""
    if metric.active is None:
        return ()
    span = length(metric.interval, _DEFAULT)
    then, now = then_and_now(metric.active, setting, span)
    first = FirstDay(ANYTHING.counted_as("use.events", Days(None, setting.as_of)))
    new = Compare("gt", first, day_number(before(setting, span)))
    # active by a plan and never seen: neither new nor back, for nothing says when it began
    return (
        Sum("n", Both(then, Not(Unknown(now)))),
        Sum("unknown", Either(Unknown(then), Unknown(now))),
        Sum("new", Both(now, Not(then), new)),
        Sum("returning", Both(then, now)),
        Sum("resurrecting", Both(now, Not(then), Not(new))),
        Sum("dormant", Both(then, Not(now))),
    )


def value(_: Metric, counted: Mapping[str, int], setting: Setting) -> MetricValue:
    """By how much the active have grown."""
    n, unit = counted["n"], f"{setting.unit}s"
    parts = tuple(Part(name, Fraction(counted[name]), counted[name], unit) for name in KINDS)
    if not n:
        return MetricValue(None, 0, counted["unknown"], SHARE, note=f"{NOT_AVAILABLE}: nobody was active in the interval before", parts=parts)
    return MetricValue(ratio(counted["new"] + counted["resurrecting"] - counted["dormant"], n), n, counted["unknown"], SHARE, parts=parts)


def why_not(metric: Metric, setting: Setting) -> str:
    """A plan without a past has no lifecycle."""
    return without_past((metric.active,), setting)
