"""Growth: one span of time against the one before it, compared without dividing."""

from __future__ import annotations

from microseg.criteria.ast import Bound, Trend
from microseg.measure import sql
from microseg.measure.answers import Answer
from microseg.measure.compare import if_missing
from microseg.measure.sql import Parameters, Sql


def grown(trend: Trend, now: Answer, before: Answer, parameters: Parameters) -> Sql:
    """(now - before) / before against each bound; unknown where either is, or where nothing was before."""
    missing = if_missing(trend.missing)
    if "unknown" in {now.kind, before.kind}:
        return missing
    # (a/b) / (c/d) - 1 = (ad - bc) / bc, in 38 digits
    left, right = _product(now.expression, before), _product(before.expression, now)
    # what was before may be negative (an NPS): both sides change their sign with it
    sign = sql.case((sql.compared(before.expression, "lt", sql.number(0)), sql.number(-1)), default=sql.number(1))
    above, below = sql.times(sql.minus(left, right), sign), sql.times(right, sign)
    lost = [one.missing for one in (now, before) if one.missing is not None] + [sql.compared(before.expression, "eq", sql.number(0))]
    return sql.case((sql.any_of(lost), missing), default=sql.all_of(_held(bound, above, below, parameters) for bound in trend.bounds))


def _product(above: Sql, other: Answer) -> Sql:
    """A numerator times the other's denominator."""
    below = other.below if not isinstance(other.below, int) else sql.number(other.below)
    return sql.times(sql.cast(above, "DECIMAL(19, 0)"), sql.cast(below, "DECIMAL(19, 0)"))


def _held(bound: Bound, above: Sql, below: Sql, parameters: Parameters) -> Sql:
    """Is the quotient of the two, the second being positive, on the right side of the bound?"""
    operators = ("gte", "lte") if bound.operator == "between" else (bound.operator,)
    return sql.all_of(
        sql.compared(_times(above, value.denominator, parameters), operator, _times(below, value.numerator, parameters)) for operator, value in zip(operators, bound.values, strict=True)
    )


def _times(left: Sql, factor: int, parameters: Parameters) -> Sql:
    narrow = sql.cast(left, "DECIMAL(28, 0)")
    return narrow if factor == 1 else sql.times(narrow, sql.cast(parameters.bind(str(factor)), "DECIMAL(10, 0)"))
