"""What a metric type is, and what it says: a module of `measure.metrics` that names integer sums and makes a value of them.

A module offers `sums(metric, setting)`, the whole numbers that are added up over the members of a segment, and
`value(metric, counted, setting)`, what follows from those; it may offer `why_not(metric, setting)`, a reason why the
data cannot answer, and `MIN_N`, below which no value is given unless the metric says otherwise. Sums are additive over
disjoint groups, so that those of a parent are those of its parts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from importlib import import_module
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol, cast

from microseg.criteria.ast import All, AnyOf, Criterion, InSegment, NoneOf, Not, Test, Trend, Use, Users
from microseg.criteria.definitions import resolve
from microseg.measure.expression import Setting, Sum, Unit
from microseg.measure.statistics import Interval, wilson
from microseg.model.fields import shape_of
from microseg.model.metric import REQUIRED, Metric
from microseg.record import replace as changed

SHARE = "share"
_ATTRIBUTES = {"from": "from_"}
NOT_AVAILABLE = "n/a"
_PEOPLE = ("acct.active_users", "the data does not say which person did what: name a table of users (with their `account:`) and one of events (with its `user:`) under data.tables")
_EVENTS = ("use.events", "the data does not say who did what: name a table of events, and one of the users (with their `account:`) that it speaks of, under data.tables")
_MINUTES = ("use.minutes", "the data does not say how long anything took: name a table of events with its `minutes:` under data.tables")
_ANSWERS = ("the data does not say who answered what: name a table of answers, and one of users (with their `account:`), under data.tables",)
_NEEDS: Mapping[str, tuple[tuple[str, str], ...]] = MappingProxyType(  # a sum over what nobody recorded is 0, and would be told as a figure
    {
        "active_users": (_PEOPLE,),
        "adoption": (_PEOPLE,),
        "participation": (_PEOPLE,),
        "stickiness": (_PEOPLE,),
        "time_in_product": (_MINUTES, _PEOPLE),
        "retention": (_EVENTS,),
        "rogers": (_EVENTS,),
        "nps": (("sent.nps_score", *_ANSWERS),),
        "csat": (("sent.csat_score", *_ANSWERS),),
    }
)
_CRITERIA = (All, AnyOf, NoneOf, Not, Test, Users, Trend, Use, InSegment)


class Ask(NamedTuple):
    """What is to be summed over the members of every measured segment of a unit; `key` names it in the answer."""

    key: str
    unit: Unit
    sums: tuple[Sum, ...]


class Part(NamedTuple):
    """A figure behind the value: a step of a funnel, a kind of member. `n` is what it is a share or a mean of."""

    name: str
    value: Fraction | None
    n: int
    unit: str = SHARE


@dataclass(frozen=True, slots=True)
class MetricValue:
    """What a metric says of one segment.

    `value` is None where there is none, and `note` says why. `n` is what the value was worked out from, `unknown` how
    many could not be told, `low` and `high` a 95 % interval. `hits` is the numerator where the value is a share of n.
    """

    value: Fraction | None
    n: int
    unknown: int
    unit: str
    low: Fraction | None = None
    high: Fraction | None = None
    note: str = ""
    parts: tuple[Part, ...] = ()
    hits: int | None = None


class MetricType(Protocol):
    """What each module of `measure.metrics` offers."""

    def sums(self, metric: Metric, setting: Setting) -> tuple[Sum, ...]:
        """The whole numbers to be added up over the members of a segment."""

    def value(self, metric: Metric, counted: Mapping[str, int], setting: Setting) -> MetricValue:
        """What follows from the sums, by their names."""


def metric_type(name: str) -> MetricType:
    """The module of a metric type; `name` is one of `model.metric.METRIC_TYPES`."""
    return cast("MetricType", import_module(f"microseg.measure.metrics.{name}"))


def sums_of(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """What is summed for a metric; nothing where the data cannot answer it."""
    metric = resolved(metric, setting)
    return () if reason_against(metric, setting) else metric_type(metric.type or "").sums(metric, setting)


def value_of(metric: Metric, counted: Mapping[str, int], setting: Setting) -> MetricValue:
    """The value of a metric, or None with the reason: nobody to divide by, fewer than `min_n`, nothing in the data."""
    metric = resolved(metric, setting)
    reason = reason_against(metric, setting)
    if reason:
        return MetricValue(None, 0, 0, "", note=f"{NOT_AVAILABLE}: {reason}")
    module = metric_type(metric.type or "")
    found = module.value(metric, counted, setting)
    least: Any = metric.min_n or getattr(module, "MIN_N", 0)
    if found.value is not None and found.n < least:
        return replace(found, value=None, low=None, high=None, hits=None, parts=(), note=f"{found.n:,} {_answers(metric, found.n)}, and at least {least:,} are needed")
    return found


def reason_against(metric: Metric, setting: Setting) -> str:
    """Why the data cannot answer a metric, in words; empty where it can."""
    missing = [name for name in REQUIRED[metric.type or ""] if not getattr(metric, _ATTRIBUTES.get(name, name))]
    if missing:
        return f"the metric says no `{missing[0]}`; `microseg lint` tells what is wrong with it"
    why_not: Any = getattr(metric_type(metric.type or ""), "why_not", None)
    return (str(why_not(metric, setting)) if why_not else "") or _lacking(metric, setting)


def _lacking(metric: Metric, setting: Setting) -> str:
    """What a metric counts and the data does not hold at all, in words; empty where it does."""
    needs = _NEEDS.get(metric.type or "", ())
    return next((reason for name, reason in needs if setting.mapped is not None and name not in setting.mapped), "")


def ends_as(metric: Metric) -> Criterion | None:
    """What the members that a metric counts as its outcome meet in the end, where that is a criterion; `metric` is resolved."""
    of: Any = getattr(metric_type(metric.type or ""), "ends_as", None)
    found: Criterion | None = of(metric) if of else None
    return found


def resolved(metric: Metric, setting: Setting) -> Metric:
    """The metric with each `use:` in its criteria replaced by what it names."""
    found: dict[str, Any] = {}
    for name in shape_of(Metric).attributes:
        held = getattr(metric, name)
        if isinstance(held, _CRITERIA):
            found[name] = _resolved(held, setting)
        elif name == "steps" and held:
            found[name] = tuple(_resolved(step, setting) for step in held)
    return changed(metric, **found)


def share(hits: int, n: int, *, unknown: int, none: str) -> MetricValue:
    """A share with its Wilson interval; of nobody it is n/a, and `none` says who is missing."""
    interval: Interval | None = wilson(hits, n)
    if interval is None:
        return nobody(f"unknown for all {unknown:,}" if unknown else none, unknown=unknown)
    return MetricValue(Fraction(hits, n), n, unknown, SHARE, interval.low, interval.high, hits=hits)


def nobody(why: str, *, unknown: int = 0) -> MetricValue:
    """A share of nobody: no value, and why there is none."""
    return MetricValue(None, 0, unknown, SHARE, note=f"{NOT_AVAILABLE}: {why}")


def ratio(total: int | Fraction, n: int) -> Fraction | None:
    """A quotient; None of nobody."""
    return Fraction(total) / n if n else None


def _resolved(criterion: Criterion, setting: Setting) -> Criterion:
    return resolve(criterion, setting.definitions)


def _answers(metric: Metric, n: int) -> str:
    word = "answer" if metric.type in {"nps", "csat"} else "member"
    return word if n == 1 else f"{word}s"
