"""Goals that the numbers suggest: the usual goal of a segment's state where it has none, and baselines that nobody has filled in.

Free members are there to convert, paying ones to be kept, unhappy ones to be made happier, and where the number of users
stands still, more people should take part. Suggestions are text to be edited; nothing is written into a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import NamedTuple

from microseg.criteria.ast import Criterion, Test, Trend, walk
from microseg.measure.chosen import certainly
from microseg.measure.expression import Setting
from microseg.measure.metric import MetricValue
from microseg.model.metric import Metric
from microseg.model.segment import Goal, Segment

_LOW_NPS = Fraction(0)
_UNHAPPY = frozenset({"lt", "lte", "between", "eq"})


class State(NamedTuple):
    """A state a segment may be in, the goal that usually follows, and the metric types that show it, the best first."""

    name: str
    because: str
    statement: str
    types: tuple[str, ...]


FREE = State("free", "its members are on the free plan", "More of {name} turn from free to paid.", ("conversion",))
PAID = State("paid", "its members pay", "{name} stay, and pay on.", ("churn", "revenue_churn", "retention"))
UNHAPPY = State("unhappy", "its members are not satisfied", "{name} would recommend us.", ("nps", "csat"))
STATIC = State("static", "the number of its users stands still", "More people at {name} take part.", ("adoption", "active_users", "participation", "stickiness"))


class SuggestedGoal(NamedTuple):
    """A goal to begin with. `metric` is "" where the workspace has none that shows it; `baseline` None where it has no value."""

    segment: str
    state: str
    because: str
    statement: str
    metric: str
    direction: str
    baseline: MetricValue | None
    types: tuple[str, ...]


class Baseline(NamedTuple):
    """A goal that names a metric and no baseline, with the value measured today."""

    segment: str
    goal: str
    metric: str
    value: MetricValue


def suggested(segment: Segment, chain: tuple[Criterion, ...], metrics: Mapping[str, Metric], values: Mapping[str, MetricValue], setting: Setting) -> SuggestedGoal | None:
    """The usual goal of a segment's state, where it has no goal of its own. `values`: what its metrics say, by id."""
    if segment.goals or segment.status == "retired":
        return None
    state = state_of(chain, metrics, values, setting)
    if state is None:
        return None
    named = [name for wanted in state.types for name, metric in metrics.items() if metric.type == wanted]
    name = next((one for one in named if (held := values.get(one)) is not None and held.value is not None), named[0] if named else "")
    direction = (metrics[name].good or _direction(metrics[name])) if name else "up"
    statement = state.statement.format(name=segment.name or segment.id)
    return SuggestedGoal(segment.id or "", state.name, state.because, statement, name, direction, values.get(name), state.types)


def state_of(chain: tuple[Criterion, ...], metrics: Mapping[str, Metric], values: Mapping[str, MetricValue], setting: Setting) -> State | None:
    """The state that a segment's criteria put it in, or its measured NPS; the most telling first."""
    if any(_asks_for_unhappy(one) for one in chain) or _is_unhappy(metrics, values):
        return UNHAPPY
    if certainly(chain, Test("plan.state", "in", ("free", "trial")), setting):
        return FREE
    if any(isinstance(part, Trend) and _is_still(part) for one in chain for part in walk(one)):
        return STATIC
    return PAID if certainly(chain, Test("plan.state", "eq", ("paid",)), setting) else None


def baselines(segment: Segment, values: Mapping[str, MetricValue]) -> tuple[Baseline, ...]:
    """The goals of a segment whose metric has a value now and whose baseline is still open."""
    found = ((goal, goal.metric.written) for goal in segment.goals if _is_open(goal) and goal.metric is not None)
    return tuple(Baseline(segment.id or "", goal.id or goal.statement or "", name, values[name]) for goal, name in found if name in values and values[name].value is not None)


def _is_open(goal: Goal) -> bool:
    return goal.baseline is None and goal.outcome is None


def _asks_for_unhappy(criterion: Criterion) -> bool:
    """Does it ask for a low score: an NPS or an answer below some line?"""
    scores = {"sent.nps", "sent.nps_score", "sent.csat", "sent.csat_score"}
    return any(isinstance(part, Test) and part.dimension in scores and part.operator in _UNHAPPY for part in walk(criterion) if _is_low(part))


def _is_low(part: Criterion) -> bool:
    """Is the upper end of the scores a low one?"""
    highest = {"sent.nps": 0, "sent.nps_score": 6, "sent.csat": 50, "sent.csat_score": 3}
    if not isinstance(part, Test) or part.dimension not in highest or not part.values:
        return False
    return isinstance(part.values[-1], Fraction) and part.values[-1] <= highest[part.dimension]


def _is_unhappy(metrics: Mapping[str, Metric], values: Mapping[str, MetricValue]) -> bool:
    """Is a measured NPS surely below 0, its margin included?"""
    scores: Iterable[MetricValue] = (values[name] for name, metric in metrics.items() if metric.type == "nps" and name in values)
    return any(one.high is not None and one.high < _LOW_NPS for one in scores)


def _is_still(trend: Trend) -> bool:
    """Static: a band around no growth, of users or of use."""
    return all(one.operator == "between" and one.values[0] <= 0 <= one.values[1] for one in trend.bounds)


def _direction(metric: Metric) -> str:
    return "down" if metric.type in {"churn", "revenue_churn"} else "up"
