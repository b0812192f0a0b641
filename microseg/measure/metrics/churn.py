"""How many of those who were customers at the start have left.

**Formula**: those who met `active` on the day `over` before the data's day and do not meet it on the data's day ÷ those who
met it at the start.

**Unit**: share, with a 95 % Wilson interval. **n**: those active at the start of whom it is known whether they still are.

**Edge cases**: who came in between is in neither part, so it lies between 0 and 100 %. Who left and came back within the
time is no loss. Nobody active at the start: n/a. It needs the past of a plan or state (`data.tables.history`); without it the
answer is n/a, never 0 %. A segment whose own criteria shut out those who left (a segment of paying accounts), or everybody
else, cannot show churn: n/a, ask it of the parent.

**Fields**: `active`, `over`.

**Source**: customer churn by the count at the start, as in Mergelane's metrics guide. (Its worked example divides 50 by 500, the
count at the end; by its own rule it is 50 of 550, or 9.1 %.)
"""

from __future__ import annotations

from collections.abc import Mapping

from microseg.criteria.ast import Criterion
from microseg.criteria.ast import Not as NotCriterion
from microseg.measure.asking import in_words, length, shares, then_and_now, without_past
from microseg.measure.expression import Not, Setting, Sum
from microseg.measure.metric import MetricValue, share
from microseg.model.metric import Metric

_DEFAULT = "90d"


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """Those active at the start, and those of them who are no longer."""
    if metric.active is None:
        return ()
    then, now = then_and_now(metric.active, setting, length(metric.over, _DEFAULT))
    return shares(then, Not(now))


def value(metric: Metric, counted: Mapping[str, int], _: Setting) -> MetricValue:
    """The share that left."""
    return share(counted["hits"], counted["n"], unknown=counted["unknown"], none=f"nobody was active {in_words(metric.over, _DEFAULT)} ago")


def why_not(metric: Metric, setting: Setting) -> str:
    """A plan without a past has no churn."""
    return without_past((metric.active,), setting)


def ends_as(metric: Metric) -> Criterion | None:
    """What those who count as lost meet in the end."""
    return None if metric.active is None else NotCriterion(metric.active)
