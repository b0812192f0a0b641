"""Which behaviours set a segment apart: means compared with those of its siblings, in standard deviations.

For each behaviour the mean of the segment less the mean of the others, divided by the pooled standard deviation (Cohen's d;
Austin 2009 for the form without sizes), from integer sums of values and of squares over the last 30 days (answers: 90). The others are the
siblings, where no two of them share a member; else everybody else in the parent. What the segment's own criteria ask
about is left out, for it differs by definition. A difference is an association and never a cause.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from microseg.criteria.evaluate import Question
from microseg.criteria.values import Duration
from microseg.measure.asking import newest
from microseg.measure.chosen import events_and_platforms, has_visits, own_dimensions
from microseg.measure.counted import Counted, SegmentCount
from microseg.measure.expression import Amount, Known, Setting, Sum, Times
from microseg.measure.metric import Ask
from microseg.measure.statistics import Moments, difference_of_means, standardised
from microseg.model.segment import Segment
from microseg.model.workspace import Workspace

KEY = "drivers"
SPAN, OF_ANSWERS = Duration(30, "d"), Duration(90, "d")
SMALL = Fraction(2, 10)  # Cohen: 0.2 small, 0.5 medium, 0.8 large
FEWEST = 5
MOST = 3
_MOST_NAMED = 6
_OF_ACCOUNTS = ("use.visits", "use.active_days", "use.events", "use.minutes", "use.minutes_per_visit", "acct.active_users", "sent.nps", "sent.csat")
_OF_USERS = ("use.visits", "use.active_days", "use.events", "use.minutes", "use.minutes_per_visit", "sent.nps_score", "sent.csat_score")
_HOW_MUCH = frozenset({"use.visits", "use.active_days", "use.events", "use.minutes"})
_OF_ANSWERS_TOGETHER = frozenset({"sent.nps", "sent.csat"})
_SCALES = {"use.minutes_per_visit": 100, "sent.nps": 100, "sent.csat": 100}


class Behaviour(NamedTuple):
    """Something that may set a segment apart, and how it is asked."""

    name: str
    words: str
    question: Question
    scale: int
    unit: str
    span: Duration = SPAN


@dataclass(frozen=True, slots=True)
class Driver:
    """One behaviour of a segment beside that of the others. `effect` is in standard deviations, low and high the interval of the difference."""

    name: str
    words: str
    unit: str
    mean: Fraction
    n: int
    others_mean: Fraction
    others_n: int
    effect: Fraction
    low: Fraction
    high: Fraction
    against: str
    span: Duration = SPAN


class Scene(NamedTuple):
    """What segments are compared by: the behaviours of each unit, and the sums of each family whose members are all apart."""

    by_id: Mapping[str, SegmentCount]
    behaviours: Mapping[str, tuple[Behaviour, ...]]
    families: Mapping[str, Mapping[str, int]]


def behaviours(workspace: Workspace, setting: Setting) -> tuple[Behaviour, ...]:
    """The behaviours that the data knows: how much they use it, what they feel, and each action and platform the workspace speaks of."""
    days = newest(setting, SPAN)
    names = _OF_ACCOUNTS if setting.unit == "account" else _OF_USERS
    visits = has_visits(workspace, setting.definitions)
    found = [_plain(name, setting) for name in names if _is_known(name, setting) and (visits or "visit" not in name)]
    if _is_known("use.events", setting):
        events, platforms = events_and_platforms(workspace, setting.definitions)
        found += [Behaviour(f"use.events {one}", f"{one.replace('_', ' ')}", Question("use.events", days, event=one), 1, "times") for one in events[:_MOST_NAMED]]
        found += [Behaviour(f"use.events on {one}", f"actions on {one}", Question("use.events", days, platform=(one,)), 1, "times") for one in platforms[:_MOST_NAMED]]
    return tuple(found)


def ask(workspace: Workspace, setting: Setting) -> Ask:
    """How many have a value, the values, and their squares, for each behaviour."""
    sums: list[Sum] = []
    for one in behaviours(workspace, setting):
        amount = Amount(one.question, one.scale)
        sums += (Sum(f"{one.name} n", Known(one.question)), Sum(f"{one.name} sum", amount), Sum(f"{one.name} squares", Times(amount, amount)))
    return Ask(KEY, setting.unit, tuple(sums))


def scene_of(workspace: Workspace, counted: Counted, by_id: Mapping[str, SegmentCount], settings: Mapping[str, Setting]) -> Scene:
    """What the segments of a run are compared by; worked out once for all of them."""
    parents = {one.id or "": one.parent.written for one in workspace.segments if one.parent is not None}
    mixed = frozenset(parents[one.a] for one in counted.overlaps if one.both and one.a in parents and parents[one.a] == parents.get(one.b))
    families: dict[str, list[SegmentCount]] = {}
    for name, parent in parents.items():
        if name in by_id:
            families.setdefault(parent, []).append(by_id[name])
    apart = {parent: family for parent, family in families.items() if parent not in mixed and len(family) > 1 and len({one.unit for one in family}) == 1}
    totals = {parent: _added(one.sums.get(KEY, {}) for one in family) for parent, family in apart.items()}
    return Scene(by_id, {unit: behaviours(workspace, setting) for unit, setting in settings.items()}, totals)


def drivers_of(segment: Segment, workspace: Workspace, scene: Scene, setting: Setting) -> tuple[Driver, ...]:
    """The three behaviours that differ most from the others', the largest difference first; small ones are left out.

    Visits, active days, actions and minutes all say how much they use it: only the one that differs most is kept.
    """
    own = scene.by_id.get(segment.id or "")
    against = _others(segment, workspace, scene)
    if own is None or against is None:
        return ()
    words, sums = against
    used = own_dimensions(segment, setting.definitions)
    found = (_compared(one, own.sums.get(KEY, {}), sums, words) for one in scene.behaviours[own.unit] if not _is_defining(one, used))
    ranked = sorted((one for one in found if one is not None), key=lambda one: (-abs(one.effect), one.name))
    most = next((one.name for one in ranked if one.name in _HOW_MUCH), "")
    return tuple(one for one in ranked if one.name not in _HOW_MUCH or one.name == most)[:MOST]


def _others(segment: Segment, workspace: Workspace, scene: Scene) -> tuple[str, dict[str, int]] | None:
    """Who a segment is compared with, in words, and their sums: all of them less its own."""
    parent = workspace.parent(segment)
    own = scene.by_id.get(segment.id or "")
    if parent is None or own is None:
        return None
    family, above = scene.families.get(parent.id or ""), scene.by_id.get(parent.id or "")
    if family is not None:
        return f"the other segments of {parent.name or parent.id}", _less(family, own)
    if above is None or above.unit != own.unit:
        return None
    return f"everybody else in {parent.name or parent.id}", _less(above.sums.get(KEY, {}), own)


def _less(whole: Mapping[str, int], own: SegmentCount) -> dict[str, int]:
    mine = own.sums.get(KEY, {})
    return {name: value - mine.get(name, 0) for name, value in whole.items()}


def _added(all_sums: Iterable[Mapping[str, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for sums in all_sums:
        for name, value in sums.items():
            found[name] = found.get(name, 0) + value
    return found


def _compared(one: Behaviour, own: Mapping[str, int], others: Mapping[str, int], against: str) -> Driver | None:
    first, second = _moments(one, own), _moments(one, others)
    effect, interval = standardised(first, second), difference_of_means(first, second)
    if effect is None or interval is None or first.mean is None or second.mean is None:
        return None
    if abs(effect) < SMALL or min(first.n, second.n) < FEWEST:
        return None
    low, high = interval.low / one.scale, interval.high / one.scale
    return Driver(one.name, one.words, one.unit, first.mean / one.scale, first.n, second.mean / one.scale, second.n, effect, low, high, against, one.span)


def _moments(one: Behaviour, sums: Mapping[str, int]) -> Moments:
    return Moments(sums.get(f"{one.name} n", 0), sums.get(f"{one.name} sum", 0), sums.get(f"{one.name} squares", 0))


def _plain(name: str, setting: Setting) -> Behaviour:
    dimension = setting.dimensions.find(name)
    words, unit = (name, "") if dimension is None else (dimension.words, dimension.unit)
    span = OF_ANSWERS if name.startswith("sent.") else SPAN
    words = f"mean {words} of accounts" if name in _OF_ANSWERS_TOGETHER else words  # a metric is of all answers alike
    return Behaviour(name, words, Question(name, newest(setting, span)), _SCALES.get(name, 1), unit, span)


def _is_known(name: str, setting: Setting) -> bool:
    return setting.mapped is None or name in setting.mapped


def _is_defining(one: Behaviour, used: frozenset[str]) -> bool:
    """Is it what the segment is defined by? Measures of how much they use it stand for each other."""
    name = one.question.dimension
    return name in used or (name in _HOW_MUCH and bool(_HOW_MUCH & used))
