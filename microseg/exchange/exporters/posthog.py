"""For PostHog: each segment of users as the `filters` of a dynamic cohort, as its API takes them.

Traits are person properties named as the dimensions are (`demo.age`, `plan.state`); `use.events` with an `event:`
becomes "performed event n times". A cohort holds persons, so segments of accounts are refused, and so is what PostHog
does not count (active days, visits, minutes, surveys). A group holds either leaves or groups, never both, and a
negated behaviour stands beside something that is not negated: PostHog checks both.
Source: PostHog's `cohort/validation.py`, `property.py` and `hogql_cohort_query.py`.
"""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from microseg.exchange.export import CannotSayError
from microseg.exchange.exporters._json import document, entries, number, pattern, plain
from microseg.exchange.formula import Ask, fold

if TYPE_CHECKING:
    from microseg.criteria.ast import Regularity, Test
    from microseg.criteria.dimensions import Dimensions
    from microseg.criteria.values import Duration
    from microseg.exchange.export import Exported, Request
    from microseg.exchange.formula import Formula
    from microseg.model.segment import Segment

KIND = "criteria"
Leaf = dict[str, Any]
_NOTES = (
    "traits are person properties named after dimensions (plan.state); the traits of an account must be set on its persons too",
    "PostHog counts a window back from the moment it asks, in spans of 24 hours; microseg counts calendar days",
)
_BOUNDS = {"lt": "lt", "lte": "lte", "gt": "gt", "gte": "gte"}
_OPPOSITE = {"lt": "gte", "lte": "gt", "gt": "lte", "gte": "lt"}
_UNITS = {"d": "day", "w": "week", "mo": "month", "y": "year"}


def export(request: Request) -> Exported:
    """The cohorts of all segments of users whose criteria look at traits and events only."""

    def say(segment: Segment, formula: Formula) -> dict[str, Any]:
        group = _homogeneous(fold(formula, ask=lambda one: _asked(one, request.dimensions), every=_every, some=_some))
        if _is_pending(group)[0]:
            raise CannotSayError("it asks who did not do something, and PostHog wants something beside it that holds")
        return {"id": segment.id, "name": segment.name, "description": segment.definition or "", "is_static": False, "filters": {"properties": group}}

    told, refused = entries(request, "PostHog", say, unit="user")
    return document("cohorts", told, refused, request, _NOTES)


def _every(parts: list[Leaf]) -> Leaf:
    return {"type": "AND", "values": parts}


def _some(parts: list[Leaf]) -> Leaf:
    return {"type": "OR", "values": parts}


def _homogeneous(node: Leaf) -> Leaf:
    """A group of leaves, or of groups: a leaf beside groups becomes a group of one."""
    if "values" not in node:
        return _every([node])
    values = node["values"]
    if any("values" in one for one in values):
        values = [_homogeneous(one) for one in values]
    return {"type": node["type"], "values": values}


def _is_pending(group: Leaf) -> tuple[bool, bool]:
    """Whether a negation is left without something beside it, and whether there is anything that is not negated."""
    values = group["values"]
    seen = [_is_pending(one) for one in values] if "values" in values[0] else [(one["negation"], not one["negation"]) for one in values]
    negated, positive = any(one[0] for one in seen), any(one[1] for one in seen)
    return (False, True) if group["type"] == "AND" and negated and positive else (negated, positive)


def _asked(one: Ask, dimensions: Dimensions) -> Leaf:
    test = one.test
    if test.dimension == "use.events":
        return _behaviour(one)
    _refuse(test, dimensions)
    if test.operator == "is_set":
        return _property(test, "is_set" if test.values[0] is one.holds else "is_not_set", None)
    present = _compared(test, one.holds, dimensions)
    return _some([_property(test, "is_not_set", None), present]) if one.with_missing else present


def _refuse(test: Test, dimensions: Dimensions) -> None:
    dimension = dimensions.find(test.dimension)
    if test.window is not None or test.regularity is not None:
        raise CannotSayError(f"{test.dimension} is counted over a time, and of that PostHog counts events only (use.events with `event:`)")
    if dimension is not None and dimension.type in {"set", "version", "date", "duration"}:
        words = {"set": "lists", "version": "versions", "date": "days", "duration": "lengths of time"}
        raise CannotSayError(f"{test.dimension}: PostHog compares texts, numbers and yes or no, not {words[dimension.type]}")
    if test.feature or test.min_n:
        raise CannotSayError(f"{test.dimension} is narrowed to a feature or a number of answers, which PostHog does not know")


def _property(test: Test, operator: str, value: Any) -> Leaf:
    """A leaf about a trait; without `value` where the operator takes none."""
    held = {} if value is None else {"value": value}
    return {"type": "person", "key": test.dimension, "operator": operator, **held, "negation": False}


def _present(test: Test, operator: str, value: Any) -> Leaf:
    """PostHog's negative operators take in who has no value: they need `is set` beside them."""
    return _every([_property(test, "is_set", None), _property(test, operator, value)])


def _compared(test: Test, holds: bool, dimensions: Dimensions) -> Leaf:
    dimension = dimensions.find(test.dimension)
    if test.operator in _BOUNDS:
        operator = test.operator if holds else _OPPOSITE[test.operator]
        return _present(test, operator, _scalar(test.values[0]))
    if test.operator == "between":
        low, high = (_scalar(value) for value in test.values)
        inside = [_property(test, "is_set", None), _property(test, "gte", low), _property(test, "lte", high)]
        return _every(inside) if holds else _every([_property(test, "is_set", None), _some([_property(test, "lt", low), _property(test, "gt", high)])])
    if test.operator in _TEXTS:
        return _present(test, "regex" if holds else "not_regex", _TEXTS[test.operator](str(test.values[0])))
    if test.operator in {"at_least", "at_most"}:
        scale = dimension.values if dimension is not None else ()
        place = scale.index(str(test.values[0]))
        listed: list[Any] = list(scale[place:] if test.operator == "at_least" else scale[: place + 1])
    elif test.operator in {"eq", "in", "ne", "not_in"}:
        listed = [_scalar(value) for value in test.values]
    else:
        raise CannotSayError(f"{test.dimension} asks what changed, and PostHog knows the present value of a property only")
    is_wanted = (test.operator not in {"ne", "not_in"}) == holds
    return _property(test, "exact", listed) if is_wanted else _present(test, "is_not", listed)


def _scalar(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return number(value) if isinstance(value, Fraction) else str(value)


def _behaviour(one: Ask) -> Leaf:
    """So many of an event: as "at least n", negated where fewer are asked for; who did nothing is then in as well."""
    test = one.test
    if test.event is None:
        raise CannotSayError("use.events counts every event here, and PostHog wants one by name (`event:`)")
    if test.platform:
        raise CannotSayError("use.events is narrowed to a platform, which is no part of a PostHog event's name")
    if test.operator == "is_set":
        raise CannotSayError("use.events is always known where events are, so `is_set` says nothing PostHog could count")
    low, high = _counts(test)
    leaves = [*([_at_least(test, low, negated=False)] if low > 0 else []), *([_at_least(test, high + 1, negated=True)] if high is not None else [])]
    if not leaves or (high is not None and high < low):
        raise CannotSayError("the count of use.events in it lets everybody in, or nobody")
    if one.holds:
        return leaves[0] if len(leaves) == 1 else _every(leaves)
    return _some([{**leaf, "negation": not leaf["negation"]} for leaf in leaves]) if len(leaves) > 1 else {**leaves[0], "negation": not leaves[0]["negation"]}


def _counts(test: Test) -> tuple[int, int | None]:
    """The fewest and the most that a test lets through; None: any number."""
    values = [value for value in test.values if isinstance(value, Fraction)]
    match test.operator:
        case "gte":
            return ceil(values[0]), None
        case "gt":
            return floor(values[0]) + 1, None
        case "lte":
            return 0, floor(values[0])
        case "lt":
            return 0, ceil(values[0]) - 1
        case "between":
            return ceil(values[0]), floor(values[1])
        case "eq":
            return ceil(values[0]), floor(values[0])
    raise CannotSayError("use.events is compared with a list of counts or with what it must not be; write `between` or a bound")


def _at_least(test: Test, count: int, *, negated: bool) -> Leaf:
    leaf = {"type": "behavioral", "key": test.event, "event_type": "events", "negation": negated}
    if test.regularity is not None:
        return {**leaf, **_regularly(test.regularity, count, negated=negated)}
    if test.window is None or test.window.last is None:
        raise CannotSayError("use.events is counted between two days or ever, and PostHog counts back from today (`last:`)")
    kind: Leaf = {"value": "performed_event"} if count == 1 else {"value": "performed_event_multiple", "operator": "gte", "operator_value": count}
    return {**leaf, **kind, **_span(test.window.last)}


def _regularly(regularity: Regularity, count: int, *, negated: bool) -> Leaf:
    """In so many of the last periods at least so often; fewer than that in a period is another question."""
    if negated:
        raise CannotSayError("use.events asks for periods with few events, and PostHog counts periods with many")
    periods = {"min_periods": regularity.at_least, "total_periods": regularity.of}
    return {"value": "performed_event_regularly", "operator": "gte", "operator_value": count, **_span(regularity.in_each), **periods}


def _span(length: Duration) -> Leaf:
    if length.unit not in _UNITS or length.amount < 1:
        raise CannotSayError("the time of use.events is in hours or empty, and PostHog counts days, weeks, months and years")
    return {"time_value": length.amount, "time_interval": _UNITS[length.unit]}


_TEXTS = {
    "contains": plain,
    "starts_with": lambda text: f"^{plain(text)}",
    "ends_with": lambda text: f"{plain(text)}$",
    "matches": pattern,
}
