"""How much of the revenue at the start is gone, what stayed customers spend more or less included.

**Formula**: (revenue at the start - revenue now of the same customers) ÷ revenue at the start. The customers are those who met
`active` on the day `over` before the data's day; one who no longer meets it pays nothing now.

**Unit**: share; negative where customers grew by more than was lost. **n**: customers at the start whose revenue is known on
both days. Shown apart, as shares of the revenue at the start: lost (left), contraction (pay less), expansion (pay more).

**Edge cases**: customers who came in between are in neither part. No revenue at the start: n/a. It needs the past of the plan
and of the money (`data.tables.history`); without it the answer is n/a. No interval: sums of money have none without their spread.

**Fields**: `active`, `over`, `value` (a number of the account; left out: `plan.mrr`).

**Source**: net revenue churn as in Mergelane and Stats for Startups: (lost - expansion) ÷ recurring revenue at the start.
"""

from __future__ import annotations

from collections.abc import Mapping

from microseg.criteria.ast import Criterion
from microseg.criteria.ast import Not as NotCriterion
from microseg.measure.asking import before, in_words, length, then_and_now, without_past
from microseg.measure.expression import AmountOn, Both, Compare, Either, Minus, Not, Setting, Sum, Unknown, When
from microseg.measure.metric import NOT_AVAILABLE, SHARE, MetricValue, Part, ratio
from microseg.model.metric import Metric

_DEFAULT = "90d"
_MONEY = "plan.mrr"
_CENTS = 100


def sums(metric: Metric, setting: Setting) -> tuple[Sum, ...]:
    """Cents at the start, and those that left, shrank and grew."""
    if metric.active is None:
        return ()
    span = length(metric.over, _DEFAULT)
    then, now = then_and_now(metric.active, setting, span)
    money = metric.value or _MONEY
    paid, pays = AmountOn(money, before(setting, span), _CENTS), AmountOn(money, setting.as_of, _CENTS)
    stayed, left = Both(then, now), Both(then, Not(now))
    known = Both(then, Not(Unknown(paid)), Either(Not(now), Both(now, Not(Unknown(pays)))))
    return (
        Sum("n", known),
        Sum("unknown", Either(Unknown(then), Both(then, Not(known)), Both(then, Unknown(known)))),
        Sum("start", When(known, paid)),
        Sum("lost", When(Both(known, left), paid)),
        Sum("contraction", When(Both(known, stayed, Compare("lt", pays, paid)), Minus(paid, pays))),
        Sum("expansion", When(Both(known, stayed, Compare("gt", pays, paid)), Minus(pays, paid))),
    )


def value(metric: Metric, counted: Mapping[str, int], _: Setting) -> MetricValue:
    """The net share of revenue that is gone."""
    start = counted["start"]
    if start <= 0:
        return MetricValue(None, counted["n"], counted["unknown"], SHARE, note=f"{NOT_AVAILABLE}: no revenue {in_words(metric.over, _DEFAULT)} ago")
    net = counted["lost"] + counted["contraction"] - counted["expansion"]
    parts = tuple(Part(name, ratio(counted[name], start), counted["n"]) for name in ("lost", "contraction", "expansion"))
    return MetricValue(ratio(net, start), counted["n"], counted["unknown"], SHARE, parts=parts)


def why_not(metric: Metric, setting: Setting) -> str:
    """Revenue without a past has no churn."""
    missing = without_past((metric.active,), setting)
    money = metric.value or _MONEY
    dimension = setting.dimensions.find(money)
    if dimension is None or dimension.type not in {"money", "number"} or dimension.windowed == "always":
        return missing or f"{money} is no amount of an account that could be summed"
    return missing or ("" if money in setting.history else f"the data does not say what {money} was before: name a table of changes under data.tables.history")


def ends_as(metric: Metric) -> Criterion | None:
    """What those who count as lost meet in the end."""
    return None if metric.active is None else NotCriterion(metric.active)
