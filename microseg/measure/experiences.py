"""What an experience has changed: its metric before it began and after, and against those who were left without it.

The metric is asked as of the day before `start`, and as of `end` (or the data's day, if that comes first), both times of
the members as they are today. `holdout` names a definition or a segment: then those in it are compared with the
others, and the difference has a 95 % interval (shares: Newcombe 1998; scores: their margins). Without a holdout a change
may have had any other cause, and the result says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from microseg.criteria.ast import All, Criterion
from microseg.criteria.definitions import resolve
from microseg.measure.chosen import Chosen, chain_of, metric_behind
from microseg.measure.expression import AdoptionBand, Both, Compare, Either, Expression, Holds, Known, Not, Returned, Setting, Sum, Truth, Unit, Unknown, When
from microseg.measure.metric import Ask, MetricValue, sums_of, value_of
from microseg.measure.statistics import Interval, difference, root
from microseg.model.segment import Experience, Segment
from microseg.model.workspace import Workspace

_TRUTHS = (Holds, Known, Returned, AdoptionBand, Both, Either, Not, Unknown, Compare)
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Trial:
    """An experience that can be measured: its metric, its days, whom it is for and who is left without it."""

    key: str
    segment: str
    experience: Experience
    chosen: Chosen
    unit: Unit
    before: dt.date | None
    after: dt.date
    members: Criterion | None
    holdout: Criterion | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class TrialResult:
    """The metric before and after, and without it; `difference` is after (with it) less without it."""

    trial: Trial
    before: MetricValue | None
    after: MetricValue | None
    without: MetricValue | None = None
    difference: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    note: str = ""


def trials_of(segment: Segment, workspace: Workspace, setting: Setting) -> tuple[Trial, ...]:
    """The experiences of a segment that have begun by the data's day, with a metric the workspace defines."""
    found = []
    for number, one in enumerate(segment.experiences, 1):
        chosen = metric_behind(one.metric, workspace, f"{segment.id}-experience-{number}")
        if chosen is None or one.start is None or one.start > setting.as_of or one.status in {"planned", "dropped"}:
            continue
        after = min(one.end or setting.as_of, setting.as_of)
        holdout = None if one.holdout is None else _group(one.holdout, workspace, setting)
        note = f"`{one.holdout}` is no definition and no segment, so nobody can be compared" if one.holdout and holdout is None else ""
        members = None if one.for_ is None or one.for_.where is None else resolve(one.for_.where, setting.definitions)
        found.append(Trial(f"experience {segment.id} {number}", segment.id or "", one, chosen, setting.unit, one.start - _DAY, after, members, holdout, note))
    return tuple(found)


def asks_of(trial: Trial, setting: Setting) -> tuple[Ask, ...]:
    """What is summed for a trial: before, after, and after in the holdout."""
    held = _held(trial, setting)
    found = []
    for name, day, outside in _times(trial):
        group = () if outside is None else ((Not(held),) if outside else (held,)) if held is not None else ()
        sums = sums_of(trial.chosen.metric, replace(setting, as_of=day))
        found.append(Ask(f"{trial.key} {name}", trial.unit, tuple(Sum(one.name, _narrowed(one.expression, (*_members(trial, setting), *group))) for one in sums)))
    return tuple(found)


def result_of(trial: Trial, sums: Mapping[str, Mapping[str, int]], setting: Setting) -> TrialResult:
    """What the sums say of a trial."""
    values = {name: value_of(trial.chosen.metric, sums.get(f"{trial.key} {name}", {}), replace(setting, as_of=day)) for name, day, _ in _times(trial)}
    after, without = values.get("after"), values.get("without")
    if after is None or without is None:
        note = trial.note or "no holdout is named, so the change may have another cause"
        return TrialResult(trial, values.get("before"), after, note=note)
    interval = gap_between(after, without)
    gap = None if after.value is None or without.value is None else after.value - without.value
    return TrialResult(trial, values.get("before"), after, without, gap, *(interval or (None, None)))


def gap_between(first: MetricValue, second: MetricValue) -> Interval | None:
    """The interval of a difference: of shares from their counts, of scores from their margins; None where neither is known."""
    if first.hits is not None and second.hits is not None:
        return difference((first.hits, first.n), (second.hits, second.n))
    one, other = _margin(first), _margin(second)
    if first.value is None or second.value is None or one is None or other is None:
        return None
    half = root(one**2 + other**2)
    return Interval(first.value - second.value - half, first.value - second.value + half)


def _margin(found: MetricValue) -> Fraction | None:
    """How far an interval reaches: by its longer side, for the other may be cut where the scale ends."""
    if found.value is None or found.low is None or found.high is None:
        return None
    return max(found.high - found.value, found.value - found.low)


def _times(trial: Trial) -> tuple[tuple[str, dt.date, bool | None], ...]:
    """Name, day, and whether those outside the holdout are asked (True), those inside (False), or there is none."""
    outside = None if trial.holdout is None else True
    before = () if trial.before is None else (("before", trial.before, outside),)
    return (*before, ("after", trial.after, outside), *((("without", trial.after, False),) if trial.holdout is not None else ()))


def _held(trial: Trial, setting: Setting) -> Truth | None:
    return None if trial.holdout is None else Holds(trial.holdout, setting.as_of)


def _members(trial: Trial, setting: Setting) -> tuple[Truth, ...]:
    return () if trial.members is None else (Holds(trial.members, setting.as_of),)


def _narrowed(expression: Expression, to: tuple[Truth, ...]) -> Expression:
    """The same sum over those alone for whom all of these hold."""
    if not to:
        return expression
    return Both(*to, expression) if isinstance(expression, _TRUTHS) else When(to[0] if len(to) == 1 else Both(*to), expression)


def _group(name: str, workspace: Workspace, setting: Setting) -> Criterion | None:
    """The criterion of a definition or of a segment of the same unit, by its id."""
    if name in setting.definitions:
        return setting.definitions[name]
    segment = workspace.by_id.get(name)
    if segment is None or workspace.unit(segment) != setting.unit:
        return None
    chain = chain_of(segment, workspace, setting.definitions)
    return All(chain) if chain else None
