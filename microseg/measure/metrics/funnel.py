"""How far they get, step by step.

**Formula**: those who reached the last step ÷ those who entered by the first. A step is reached by who met it and all steps before
it. Shown for each step: the share of all who entered, and beside it the share of the step before.

**Unit**: share, with a 95 % Wilson interval. **n**: those who entered. Where `within` is given, only who entered long enough ago to
have had that time; the others are the unknown.

**Edge cases**: where every step is something people do ("at least once"), a later step counts from the day of the first on, within
`within`; two steps on one day count in either order. Other criteria are asked on the data's day, and the first of them `within`
earlier; of whom it is not known how far they got is unknown. The step rate misleads across groups (it may fall while more people finish), so it is never the value. Nobody entered: n/a.

**Fields**: `steps` (criteria, in order), `within`.

**Source**: unconditional funnel metrics as in GrowthBook's documentation.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from microseg.criteria.values import duration
from microseg.measure.asking import Behaviour, before, behaviour_of, started, started_by, without_past
from microseg.measure.expression import Both, Either, Holds, Not, Returned, Setting, Sum, Truth, Unknown
from microseg.measure.metric import MetricValue, Part, nobody, ratio, share
from microseg.model.metric import Metric


class _Way(NamedTuple):
    """Who entered, who entered too late to tell, and each later step."""

    entered: Truth
    late: Truth
    steps: tuple[Truth, ...]


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """Those who entered, and those who reached each step and all before it."""
    if not metric.steps:
        return ()
    way = _way(metric, setting)
    reached = tuple(Sum(f"step {number + 2}", Both(way.entered, *way.steps[: number + 1])) for number in range(len(way.steps)))
    return (Sum("n", way.entered), *reached, Sum("unknown", way.late))


def value(metric: Metric, counted: Mapping[str, int], _: Setting) -> MetricValue:
    """The share that got to the end, and each step on the way."""
    n = counted["n"]
    reached = [n, *(counted[f"step {number}"] for number in range(2, len(metric.steps) + 1))]
    if not n:
        return nobody("nobody entered by the first step, or not long enough ago", unknown=counted["unknown"])
    found = share(reached[-1], n, unknown=counted["unknown"], none="")
    parts: list[Part] = []
    for number, count in enumerate(reached, 1):
        parts.append(Part(f"step {number}", ratio(count, n), n))
        if number > 1:
            parts.append(Part(f"step {number} of step {number - 1}", ratio(count, reached[number - 2]), reached[number - 2]))
    return replace(found, parts=tuple(parts))


def why_not(metric: Metric, setting: Setting) -> str:
    """A first step that was met some time ago needs a past."""
    return without_past(metric.steps[:1], setting) if metric.within and metric.steps and _done(metric, setting) is None else ""


def _done(metric: Metric, setting: Setting) -> tuple[Behaviour, ...] | None:
    """The steps as behaviours, where all of them are."""
    found = tuple(behaviour_of(step, setting) for step in metric.steps)
    known = tuple(one for one in found if one is not None)
    return known if len(known) == len(found) else None


def _way(metric: Metric, setting: Setting) -> _Way:
    done = _done(metric, setting)
    return _by_criteria(metric, setting) if done is None else _by_behaviour(done, metric, setting)


def _by_behaviour(done: tuple[Behaviour, ...], metric: Metric, setting: Setting) -> _Way:
    """Later steps count from the day of the first on."""
    start = done[0].counted_as("use.events")
    days = _whole_days(metric, setting)
    entered = started(start) if days is None else started_by(start, setting.as_of - dt.timedelta(days=days))
    later = tuple(Returned(start, one.counted_as("use.events", one.days._replace(last=setting.as_of)), 0, days) for one in done[1:])
    # without a limit nobody is too early
    return _Way(entered, Both(started(start), Not(entered)), later)


def _by_criteria(metric: Metric, setting: Setting) -> _Way:
    """Other criteria are asked on the day the data stands for, the first of them `within` earlier."""
    days = _whole_days(metric, setting)
    first = Holds(metric.steps[0], setting.as_of if days is None else setting.as_of - dt.timedelta(days=days))
    steps = tuple(Holds(step, setting.as_of) for step in metric.steps[1:])
    lost = Either(*(Unknown(Both(first, *steps[:number])) for number in range(len(steps) + 1)))
    return _Way(Both(first, Not(lost)), lost, steps)


def _whole_days(metric: Metric, setting: Setting) -> int | None:
    span = duration(metric.within or "")
    return None if span is None else (setting.as_of - before(setting, span)).days
