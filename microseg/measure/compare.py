"""A test of a criterion on a value, in SQL: true, false, or null where the value is missing.

It says what `criteria.evaluate` says; bounds are rounded to the grid on which a column's values lie, so that whole
numbers are compared with whole numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor
from types import MappingProxyType
from typing import Any

from microseg.criteria.ast import Test
from microseg.criteria.values import CURRENT_VERSION, Duration, back, version_of
from microseg.measure import conversions, sql
from microseg.measure.answers import Answer, Place
from microseg.measure.sql import Parameters, Sql

DECIMALS = 10**6
_LARGE = 10**6  # factors beyond it leave 64 bits behind
_LOWER = frozenset({"lt", "gte"})
_TURNED = MappingProxyType({"lt": "gt", "lte": "gte", "gt": "lt", "gte": "lte"})


def decided(test: Test, value: Answer, place: Place, *, matching: Sequence[str] = ()) -> Sql:
    """The truth of a test without a window of its own. `matching` are the values that a `matches` lets through."""
    if test.operator == "is_set":
        there = sql.true() if value.missing is None else sql.negated(value.missing)
        return there if test.values[0] else sql.negated(there)
    if value.kind == "unknown":
        return if_missing(test.missing)
    truth = _compared(test, value, place, matching)
    if value.missing is None or (test.missing is None and _is_unknown_by_itself(truth, value)):
        return truth
    return sql.case((value.missing, if_missing(test.missing)), default=truth)


def _is_unknown_by_itself(truth: Sql, value: Answer) -> bool:
    """Does the comparison come out as unknown where the value is missing, because it looks at the column that is null then?"""
    return value.missing == sql.is_null(value.expression) and any(sql.columns_of(truth))


def if_missing(missing: str | None) -> Sql:
    """What a missing value makes of a test: unknown, unless the test says otherwise."""
    return sql.false() if missing == "exclude" else sql.true() if missing == "include" else sql.unknown()


def _compared(test: Test, value: Answer, place: Place, matching: Sequence[str]) -> Sql:
    if CURRENT_VERSION in test.values:
        return sql.unknown()
    parameters = place.facts.ground.parameters
    if test.operator.startswith("includes"):
        return _on_set(test, value)
    if test.operator in {"at_least", "at_most"}:
        return _on_scale(test, value, place)
    if value.kind == "text":
        return _on_text(test, value, parameters, matching)
    if value.kind == "version":
        keys: list[Any] = [conversions.version_key(version_of(one)) for one in test.values]  # type: ignore[arg-type]  # a version dimension
        return by_value(test.operator.removeprefix("v_"), value.expression, [parameters.bind(one) for one in keys])
    if value.kind == "boolean":
        return by_value(test.operator, value.expression, [sql.number(int(one is True)) for one in test.values])
    if isinstance(test.values[0], Duration):
        return _on_age(test, value, place)
    if isinstance(test.values[0], dt.date):
        return by_value(test.operator, value.expression, [parameters.bind(one) for one in test.values])  # type: ignore[arg-type]  # all are days
    return on_number(test.operator, value, test.values, parameters)  # type: ignore[arg-type]  # all are numbers


def by_value(operator: str, left: Sql, values: Sequence[Sql]) -> Sql:
    """A comparison with values of the column's own type; none at all: nothing can be equal to them."""
    if operator in {"eq", "in", "ne", "not_in"}:
        found = sql.among(left, values) if len(values) > 1 else sql.compared(left, "eq", values[0]) if values else sql.false()
        return found if operator in {"eq", "in"} else sql.negated(found)
    if operator == "between":
        return sql.within(left, values[0], values[1])
    return sql.compared(left, operator, values[0])


def _on_set(test: Test, value: Answer) -> Sql:
    has = value.has
    if has is None:
        return sql.unknown()
    items = [has(str(one)) for one in test.values]
    if test.operator == "includes_all":
        return sql.all_of(items)
    return sql.any_of(items) if test.operator == "includes_any" else sql.negated(sql.any_of(items))


def _on_scale(test: Test, value: Answer, place: Place) -> Sql:
    """A step of a scale, by its place; what is no step is unknown."""
    dimension = place.facts.ground.dimensions.find(test.dimension)
    scale = dimension.values if dimension else ()
    if test.values[0] not in scale:
        return sql.unknown()
    index = scale.index(str(test.values[0]))
    fits, fails = (scale[index:], scale[:index]) if test.operator == "at_least" else (scale[: index + 1], scale[index + 1 :])
    parameters = place.facts.ground.parameters
    branches = [(sql.among(value.expression, [parameters.bind(one) for one in steps]), truth) for steps, truth in ((fits, sql.true()), (fails, sql.false())) if steps]
    return sql.case(*branches, default=sql.unknown())


def _on_text(test: Test, value: Answer, parameters: Parameters, matching: Sequence[str]) -> Sql:
    wanted = str(test.values[0])
    if test.operator == "matches":
        return by_value("in", value.expression, [parameters.bind(one) for one in matching])
    if test.operator == "contains":
        return sql.compared(sql.position(value.expression, parameters.bind(wanted)), "gt", sql.number(0))
    if test.operator in {"starts_with", "ends_with"}:
        side = "LEFT" if test.operator == "starts_with" else "RIGHT"
        return sql.compared(sql.function(side, value.expression, sql.number(len(wanted))), "eq", parameters.bind(wanted))
    return by_value(test.operator, value.expression, [parameters.bind(str(one)) for one in test.values])


def _on_age(test: Test, value: Answer, place: Place) -> Sql:
    """A length of time in days; of a day on which it began, the comparison is turned around."""
    midnight = dt.datetime(place.on.year, place.on.month, place.on.day)  # noqa: DTZ001 - calendar days have no zone
    lengths = [Fraction((midnight - back(midnight, one)) // dt.timedelta(hours=1), 24) for one in test.values]  # type: ignore[arg-type]  # durations
    if value.kind == "days":
        return on_number(test.operator, Answer("integer", value.expression, value.missing), lengths, place.facts.ground.parameters)
    operator, days = on_grid(test.operator, lengths, 1)
    turned = _TURNED.get(operator, operator)
    began = [_back(place.on, one) for one in days]
    return by_value(turned, value.expression, [place.facts.ground.parameters.bind(one) for one in (reversed(began) if operator == "between" else began)])


def _back(day: dt.date, days: int) -> dt.date:
    try:
        return day - dt.timedelta(days=days)
    except OverflowError:
        return dt.date.min if days > 0 else dt.date.max


def on_grid(operator: str, values: Sequence[Fraction], grid: int) -> tuple[str, list[int]]:
    """The same test for values that are multiples of 1/grid: bounds as multiples, equalities off the grid left out."""
    scaled = [value * grid for value in values]
    if operator in {"eq", "in", "ne", "not_in"}:
        return operator, [int(one) for one in scaled if one.denominator == 1]
    if operator == "between":
        return operator, [ceil(scaled[0]), floor(scaled[1])]
    return operator, [(ceil if operator in _LOWER else floor)(scaled[0])]


def on_number(operator: str, value: Answer, wanted: Sequence[Fraction], parameters: Parameters) -> Sql:
    """A number against others; of a quotient both sides are multiplied out."""
    if value.kind == "decimal":
        operator, scaled = on_grid(operator, wanted, DECIMALS)
        return by_value(operator, value.expression, [_decimal(one, parameters) for one in scaled])
    if isinstance(value.below, int):
        operator, whole = on_grid(operator, wanted, value.below)
        return by_value(operator, value.expression, [_whole(one, parameters) for one in whole])
    pieces = [_against(value, one, parameters) for one in wanted]
    if operator in {"eq", "in", "ne", "not_in"}:
        found = sql.any_of(sql.compared(left, "eq", right) for left, right in pieces)
        return found if operator in {"eq", "in"} else sql.negated(found)
    if operator == "between":
        return sql.all_of([sql.compared(pieces[0][0], "gte", pieces[0][1]), sql.compared(pieces[1][0], "lte", pieces[1][1])])
    return sql.compared(pieces[0][0], operator, pieces[0][1])


def _decimal(scaled: int, parameters: Parameters) -> Sql:
    """A multiple of a millionth as a decimal; one that no column can hold is the nearest that is out of its reach."""
    held = max(min(scaled, 10**24 - 1), 1 - 10**24)
    sign, digits = ("-" if held < 0 else ""), f"{abs(held):07d}"
    return sql.cast(parameters.bind(f"{sign}{digits[:-6]}.{digits[-6:]}"), sql.NUMBER)


def _whole(value: int, parameters: Parameters) -> Sql:
    return parameters.bind(max(min(value, 2**63 - 1), 1 - 2**63))


def _against(value: Answer, wanted: Fraction, parameters: Parameters) -> tuple[Sql, Sql]:
    """Both sides multiplied out: the value by the denominator, what is below it by the numerator."""
    below = value.below if not isinstance(value.below, int) else sql.number(value.below)
    return multiplied(value.expression, wanted.denominator, parameters), multiplied(below, wanted.numerator, parameters)


def multiplied(left: Sql, factor: int, parameters: Parameters) -> Sql:
    """A product with a number of the criterion, in 38 digits where 18 may not do."""
    if factor == 1:
        return left
    if abs(factor) <= _LARGE:
        return sql.times(left, sql.number(factor))
    return sql.times(sql.cast(left, "DECIMAL(19, 0)"), sql.cast(parameters.bind(str(factor)), "DECIMAL(19, 0)"))


def decimal_multiplied(left: Sql, factor: int, parameters: Parameters) -> Sql:
    """A product of a decimal; null where the decimal is beyond a million millions, for 38 digits are all there are."""
    fits = sql.within(left, sql.number(-(10**12) + 1), sql.number(10**12 - 1))
    held = sql.times(sql.cast(left, "DECIMAL(18, 6)"), sql.cast(parameters.bind(str(factor)), "DECIMAL(19, 0)"))
    return sql.case((fits, held))
