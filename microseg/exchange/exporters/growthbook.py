"""For GrowthBook: each segment as the condition of a saved group, over attributes named as the dimensions are.

`plan.state` is the attribute `state` inside `plan`, as GrowthBook reads a name with a point. Dates are texts
(2026-06-30), versions texts of three numbers (3.1.0), sets lists. Every test says that its attribute must exist, for GrowthBook compares a
missing number as 0; a segment holds those of whom its criteria are certainly true, and so does the condition.
Source: the operators of GrowthBook's SDKs (`evalOperatorCondition`).
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from microseg.criteria.values import CURRENT_VERSION
from microseg.exchange.export import CannotSayError
from microseg.exchange.exporters._json import document, entries, number, pattern, plain
from microseg.exchange.formula import Ask, fold

if TYPE_CHECKING:
    from microseg.criteria.ast import Test
    from microseg.criteria.dimensions import Dimensions
    from microseg.criteria.values import Value
    from microseg.exchange.export import Exported, Request
    from microseg.exchange.formula import Formula
    from microseg.model.segment import Segment

KIND = "criteria"
_PLAIN = {
    "eq": "$eq", "ne": "$ne", "lt": "$lt", "lte": "$lte", "gt": "$gt", "gte": "$gte", "in": "$in", "not_in": "$nin",
    "v_lt": "$vlt", "v_lte": "$vlte", "v_gt": "$vgt", "v_gte": "$vgte", "includes_any": "$in", "includes_none": "$nin", "includes_all": "$all",
}  # fmt: skip
_LISTS = frozenset({"in", "not_in", "includes_any", "includes_none", "includes_all"})
_PARTS = 3  # of a version
_VERSIONS = {"eq": "$veq", "ne": "$vne"}
_NOTES = ("attributes are named after dimensions: plan.state is `state` inside `plan`; dates are texts such as 2026-06-30, versions texts of three numbers such as 3.1.0, sets lists of texts",)


def export(request: Request) -> Exported:
    """The conditions of all segments whose criteria look at attributes only."""

    def say(segment: Segment, formula: Formula) -> dict[str, Any]:
        condition = fold(formula, ask=lambda one: _asked(one, request.dimensions), every=lambda parts: {"$and": parts}, some=lambda parts: {"$or": parts})
        return {"id": segment.id, "name": segment.name, "unit": request.workspace.unit(segment), "condition": condition}

    told, refused = entries(request, "GrowthBook", say)
    return document("saved_groups", told, refused, request, _NOTES)


def _asked(one: Ask, dimensions: Dimensions) -> dict[str, Any]:
    test, name = one.test, one.test.dimension
    _refuse(test)
    if test.operator == "is_set":
        return {name: {"$exists": test.values[0] is one.holds}}
    compared = _compared(test, dimensions)
    present = {name: {"$exists": True, **compared}} if one.holds else {"$and": [{name: {"$exists": True}}, {"$not": {name: compared}}]}
    return {"$or": [{name: {"$exists": False}}, present]} if one.with_missing else present


def _refuse(test: Test) -> None:
    if test.window is not None or test.regularity is not None:
        raise CannotSayError(f"{test.dimension} is counted over a time, and GrowthBook knows attributes, not events")
    if CURRENT_VERSION in test.values:
        raise CannotSayError(f"{test.dimension} is compared with the current version, which GrowthBook does not know")
    if test.feature or test.platform or test.event or test.min_n:
        raise CannotSayError(f"{test.dimension} is narrowed to some events or answers, and GrowthBook knows attributes only")


def _compared(test: Test, dimensions: Dimensions) -> dict[str, Any]:
    """The operators on the value of an attribute that is there."""
    dimension = dimensions.find(test.dimension)
    kind = dimension.type if dimension is not None else "text"
    if kind == "duration":
        raise CannotSayError(f"{test.dimension} grows day by day, and a condition knows no today; use acct.since with a day")
    if test.operator == "between":
        return {"$gte": _value(test.values[0]), "$lte": _value(test.values[1])}
    if test.operator in {"at_least", "at_most"}:
        scale = dimension.values if dimension is not None else ()
        place = scale.index(str(test.values[0]))
        return {"$in": list(scale[place:] if test.operator == "at_least" else scale[: place + 1])}
    if test.operator in _TEXTS:
        return {"$regex": _TEXTS[test.operator](str(test.values[0]))}
    if kind == "version":
        return _versions(test)
    held = [_value(value) for value in test.values]
    return {_PLAIN[test.operator]: held if test.operator in _LISTS else held[0]}


def _versions(test: Test) -> dict[str, Any]:
    """A list of versions is refused: GrowthBook would compare the texts, and 3 and 3.0 are one version."""
    if test.operator in _LISTS:
        raise CannotSayError(f"{test.dimension} is compared with a list of versions, which GrowthBook would compare as texts")
    return {_VERSIONS.get(test.operator) or _PLAIN[test.operator]: _value(test.values[0])}


def _value(value: Value) -> Any:
    if isinstance(value, bool | str):
        return value
    if isinstance(value, Fraction):
        return number(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    if len(value) > _PARTS:
        raise CannotSayError("a version in it has more than three numbers, and GrowthBook compares three")
    return ".".join(str(part) for part in (*value, 0, 0)[:_PARTS])


_TEXTS = {
    "contains": plain,
    "starts_with": lambda text: f"^{plain(text)}",
    "ends_with": lambda text: f"{plain(text)}$",
    "matches": pattern,
}
