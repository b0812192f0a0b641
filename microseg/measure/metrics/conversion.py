"""How many of those who could turn into something did so in time: free into paid.

**Formula**: those who met `from` on the day `within` before the data's day, and met `to` since (on the data's day, or, where
`to` asks for one state, at any time in between) ÷ those who met `from` on that day.

**Unit**: share, with a 95 % Wilson interval. **n**: those who met `from` then and of whom `to` is known.

**Edge cases**: everybody counted has had the whole time, so nobody is judged too early; who began to meet `from` later is
told apart ("not counted yet"). A trial that lapsed again after it was paid is a conversion. Nobody met `from` then: n/a. It needs
the past of a plan or state (`data.tables.history`); without it the answer is n/a, never 0 %. A segment whose own criteria
shut out those who converted (a segment of free accounts), or everybody else (one of paid accounts), cannot show a conversion:
n/a, ask it of the parent.

**Fields**: `from`, `to`, `within`.

**Source**: trial-to-paid conversion by closed cohort (the same members above and below the line), as in the guides of
metrickittools and Glassfy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from microseg.criteria.ast import All, Criterion, Test, Window
from microseg.measure.asking import in_words, length, shares, then_and_now, without_past
from microseg.measure.expression import Both, Either, Holds, Not, Setting, Sum, Truth
from microseg.measure.metric import MetricValue, Part, share
from microseg.model.metric import Metric
from microseg.record import replace as changed

_DEFAULT = "30d"


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """Those who entered, those of them who converted, and those who entered too late to tell."""
    if metric.from_ is None or metric.to is None:
        return ()
    span = length(metric.within, _DEFAULT)
    entered, still = then_and_now(metric.from_, setting, span)
    won: Truth = Holds(metric.to, setting.as_of)
    turned = _turned(metric.to, metric, setting)
    if turned is not None:
        won = Either(won, Holds(turned, setting.as_of))
    return (*shares(entered, won), Sum("waiting", Both(still, Not(entered))))


def value(metric: Metric, counted: Mapping[str, int], _: Setting) -> MetricValue:
    """The share that converted."""
    span = in_words(metric.within, _DEFAULT)
    found = share(counted["hits"], counted["n"], unknown=counted["unknown"], none=f"nobody could have converted {span} ago")
    return replace(found, parts=(Part("not counted yet", None, counted["waiting"], "members"),)) if counted["waiting"] else found


def why_not(metric: Metric, setting: Setting) -> str:
    """A plan without a past has no conversions."""
    return without_past((metric.from_, metric.to), setting)


def ends_as(metric: Metric) -> Criterion | None:
    """What those who count as converted meet in the end."""
    return metric.to


def _turned(to: Criterion, metric: Metric, setting: Setting) -> Criterion | None:
    """`to` as a change within the window, where it is one state whose changes are known."""
    while isinstance(to, All) and len(to.parts) == 1:
        to = to.parts[0]
    if not isinstance(to, Test) or to.operator != "eq" or to.dimension not in setting.history:
        return None
    dimension = setting.dimensions.find(to.dimension)
    if dimension is None or dimension.type != "state":
        return None
    return changed(to, operator="changed_to", window=Window(last=length(metric.within, _DEFAULT)))
