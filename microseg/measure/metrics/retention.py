"""How many of those who began came back.

**Formula**: those who did `returning` on day `day` after their first `event` ÷ those who began early enough for that day to be
over. `mode: on` asks for that day alone, `mode: rolling` for that day or any later one, `bracket: [7, 13]` for any day from the
first to the last.

**Unit**: share, with a 95 % Wilson interval. **n**: those who began early enough. Who began too late to tell is counted as
unknown. It is the mean over all cohorts weighted by their size, Σ came back ÷ Σ began.

**Edge cases**: day 0 is the day of the first event; with `calendar: false` a day is a span of 24 hours from that moment. In
`rolling` mode the days before `day` are shown too, over the same people, so that the figures never rise. In a segment of
accounts, what its users do counts together. Nobody began early enough: n/a. An `event` that is not "did it at least once" has
no first day: n/a. With a window (`last: 90d`) the first event inside it counts, of old hands too: `ever: true` looks at those who are new.
What was done before `acct.since` counts as any other event: a trial that began before the contract is a beginning.

**Fields**: `event`, `day` (left out: 7) or `bracket`, `mode` (left out: on), `calendar` (left out: true), `returning` (left out: the event).

**Source**: N-day, unbounded and bracket retention as defined by PostHog and Mixpanel; the two meanings of a day by Amplitude.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace

from microseg.measure.asking import Behaviour, behaviour_of, started, started_by
from microseg.measure.expression import Both, Not, Returned, Setting, Sum
from microseg.measure.metric import MetricValue, Part, nobody, ratio, share
from microseg.model.metric import Metric

_DAY, _LATER = 7, (1, 3, 7, 14, 30, 60, 90)


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """Those who began early enough, those who came back, and in rolling mode also on the days before."""
    began, back = _behaviours(metric, setting)
    if began is None or back is None:
        return ()
    low, high, last = _days(metric)
    start, again = began.counted_as("use.events"), back.counted_as("use.events", back.days._replace(last=setting.as_of))
    calendar = metric.calendar is not False
    early = started_by(start, setting.as_of - dt.timedelta(days=last if calendar else last + 1))
    found = (Sum("n", early), Sum("hits", Both(early, Returned(start, again, low, high, calendar))), Sum("unknown", Both(started(start), Not(early))))
    return found + tuple(Sum(f"day {day}", Both(early, Returned(start, again, day, None, calendar))) for day in _milestones(metric))


def value(metric: Metric, counted: Mapping[str, int], _: Setting) -> MetricValue:
    """The share that came back."""
    n, low = counted["n"], _days(metric)[0]
    if not n:
        return nobody("nobody began early enough to tell", unknown=counted["unknown"])
    found = share(counted["hits"], n, unknown=counted["unknown"], none="")
    if not _milestones(metric):
        return found
    curve = tuple(Part(f"day {day}", ratio(counted[f"day {day}"], n), n) for day in _milestones(metric))
    return replace(found, parts=(*curve, Part(f"day {low}", found.value, n)))


def why_not(metric: Metric, setting: Setting) -> str:
    """Only something done at least once has a first day."""
    if metric.bracket and (len(metric.bracket) != 2 or metric.bracket[0] > metric.bracket[1]):  # noqa: PLR2004 - a first and a last day
        return "`bracket` needs a first and a last day, such as [7, 13]"
    if None in _behaviours(metric, setting):
        return "retention needs something people do, such as event: {use.events: {gte: 1, ever: true, event: login}}"
    return ""


def _behaviours(metric: Metric, setting: Setting) -> tuple[Behaviour | None, Behaviour | None]:
    return behaviour_of(metric.event, setting), behaviour_of(metric.returning or metric.event, setting)


def _days(metric: Metric) -> tuple[int, int | None, int]:
    """First and last day asked for (None: any later), and the day that must be over."""
    if metric.bracket:
        return metric.bracket[0], metric.bracket[1], metric.bracket[1]
    day = _DAY if metric.day is None else metric.day
    return day, None if metric.mode == "rolling" else day, day


def _milestones(metric: Metric) -> tuple[int, ...]:
    """The earlier days of a rolling curve."""
    return tuple(day for day in _LATER if day < _days(metric)[0]) if metric.mode == "rolling" and not metric.bracket else ()
