"""The JSON Schema (draft-07) of criteria, built from the tables that the parser reads by.

It helps an editor while one types and is never stricter than the parser: whatever the parser accepts, it accepts.
Numbers and dates may stand in quotes, and a text field takes what an editor's YAML made of it (010, true, a date).
"""

from typing import Any

from microseg.criteria.definitions import PRESETS
from microseg.criteria.dimensions import BUILT_IN, LIST_OPERATORS, OPERATORS, TYPE_WORDS, Dimension, category_of
from microseg.criteria.own_dimensions import ID_PATTERN
from microseg.criteria.parse_tests import MISSING, allowed_keys
from microseg.criteria.parse_users import BOUNDS

Schema = dict[str, Any]

_CRITERIA: Schema = {"$ref": "#/definitions/criteria"}
_ANY_TEXT: Schema = {"type": ["string", "number", "boolean"]}
_TEXTS: Schema = {"anyOf": [_ANY_TEXT, {"type": "array", "items": _ANY_TEXT, "minItems": 1}]}
_NUMBER: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^[-+]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$"}]}
_DATE: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_DURATION: Schema = {"type": "string", "pattern": "^[0-9]+(h|d|w|mo|y)$"}
_VERSION: Schema = {"anyOf": [{"type": "number"}, {"type": "string", "pattern": "^(current|v?[0-9]+(\\.[0-9]+)*)$"}]}
_TRUTH: Schema = {"enum": [True, False, "true", "false"]}
_TRUE: Schema = {"enum": [True, "true"]}

_OPERATOR_WORDS = {
    "eq": "equals",
    "ne": "does not equal",
    "in": "is any of",
    "not_in": "is none of",
    "is_set": "is there a value at all",
    "lt": "less than",
    "lte": "at most",
    "gt": "more than",
    "gte": "at least",
    "between": "from the first to the second, both included",
    "contains": "contains this text",
    "starts_with": "starts with this text",
    "ends_with": "ends with this text",
    "matches": "matches this regular expression anywhere",
    "at_least": "this step of the scale or above",
    "at_most": "this step of the scale or below",
    "v_lt": "an earlier version",
    "v_lte": "this version or earlier",
    "v_gt": "a later version",
    "v_gte": "this version or later",
    "includes_any": "includes at least one of",
    "includes_all": "includes all of",
    "includes_none": "includes none of",
    "changed_to": "became this within the window",
}
_OTHER_KEYS: dict[str, Schema] = {
    "last": {**_DURATION, "description": "the window: so long up to today, 30d"},
    "from": {**_DATE, "description": "the first day of the window"},
    "to": {**_DATE, "description": "the last day of the window"},
    "ever": {**_TRUE, "description": "no window: since the beginning"},
    "in_each": {**_DURATION, "description": "regularly: the length of one period, 7d"},
    "at_least": {**_NUMBER, "description": "regularly: in at least so many periods"},
    "of": {**_NUMBER, "description": "regularly: of the last so many periods"},
    "event": {**_ANY_TEXT, "description": "only this action counts"},
    "feature": {**_ANY_TEXT, "description": "which feature"},
    "platform": {**_TEXTS, "description": "only on these platforms"},
    "min_n": {**_NUMBER, "description": "fewer answers than this: unknown"},
    "missing": {"enum": list(MISSING), "description": "a member without a value is out (exclude) or in (include); left out: unknown"},
}


def criteria_schema() -> dict[str, Schema]:
    """The definitions a schema needs for `{"$ref": "#/definitions/criteria"}`."""
    return {"criteria": _criteria(), "criteria_users": _users(), "criteria_trend": _trend()}


def _criteria() -> Schema:
    dimensions = {dimension.id: _test(dimension) for dimension in BUILT_IN}
    return {
        "type": ["object", "null"],
        "description": "Who is in: everything here must hold.",
        "properties": {**_combinators(), **dimensions},
        "patternProperties": {ID_PATTERN: {"description": "a dimension of your own, from `dimensions:` in microseg.yaml"}},
        "additionalProperties": False,
    }


def _combinators() -> dict[str, Schema]:
    parts: Schema = {"type": "array", "items": _CRITERIA, "minItems": 1}
    segment = {"type": "object", "properties": {"is": _ANY_TEXT, "is_not": _ANY_TEXT}, "additionalProperties": False, "minProperties": 1}
    return {
        "all": {**parts, "description": "every one of these must hold"},
        "any": {**parts, "description": "at least one of these must hold"},
        "none": {**parts, "description": "none of these may hold"},
        "not": {"allOf": [_CRITERIA], "description": "this must not hold"},
        "use": {**_TEXTS, "description": f"a definition of microseg.yaml, or a ready-made one: {', '.join(PRESETS)}"},
        "segment": {**segment, "description": "members of another segment, or those outside it"},
        "users": {"$ref": "#/definitions/criteria_users"},
        "trend": {"$ref": "#/definitions/criteria_trend"},
    }


def _test(dimension: Dimension) -> Schema:
    """The long form of a test, and the short one (a value, or a list of them) where the dimension needs no window."""
    value = _value(dimension)
    operators = {name: {**_operand(name, value), "description": _OPERATOR_WORDS[name]} for name in OPERATORS[dimension.type]}
    others = {name: _OTHER_KEYS[name] for name in allowed_keys(dimension) if name not in operators}
    long: Schema = {"type": "object", "properties": {**operators, **others}, "additionalProperties": False}
    category = category_of(dimension)
    description = f"{dimension.words} ({TYPE_WORDS[dimension.type]}; {category.words}); of {_whose(dimension)}"
    if dimension.windowed == "always":
        return {**long, "description": f"{description}; needs a window, such as last: 30d"}
    return {"anyOf": [value, {"type": "array", "items": value, "minItems": 1}, long], "description": description}


def _whose(dimension: Dimension) -> str:
    return {"user": "a user", "account": "an account", "either": "a user or an account"}[dimension.of]


def _operand(operator: str, value: Schema) -> Schema:
    if operator == "is_set":
        return _TRUTH
    if operator == "between":
        return {"type": "array", "items": value, "minItems": 2, "maxItems": 2}
    return {"type": "array", "items": value, "minItems": 1} if operator in LIST_OPERATORS else value


def _value(dimension: Dimension) -> Schema:
    if dimension.values:
        return {"enum": list(dimension.values)}
    if dimension.type in {"number", "money"}:
        return _ranged(dimension)
    return {"date": _DATE, "duration": _DURATION, "version": _VERSION, "boolean": _TRUTH}.get(dimension.type, _ANY_TEXT)


def _ranged(dimension: Dimension) -> Schema:
    """A range says nothing about a number in quotes, so there it is left to the parser."""
    bounds = {name: int(bound) for name, bound in (("minimum", dimension.low), ("maximum", dimension.high)) if bound is not None}
    return {"anyOf": [{"type": "number", **bounds}, _NUMBER["anyOf"][1]]}


def _bounds() -> dict[str, Schema]:
    return {name: {**_operand(name, _NUMBER), "description": _OPERATOR_WORDS[name]} for name in BOUNDS}


def _users() -> Schema:
    share = {"type": "object", "properties": _bounds(), "additionalProperties": False}
    properties: dict[str, Schema] = {
        "where": {"allOf": [_CRITERIA], "description": "which of its users"},
        "at_least": {**_NUMBER, "description": "at least so many of them"},
        "at_most": {**_NUMBER, "description": "at most so many of them"},
        "share": {"anyOf": [share, _NUMBER], "description": "their share of all users, {gte: 0.5}; beside below_share_of a number"},
        "every": {**_TRUE, "description": "all users of the account"},
        "none": {**_TRUE, "description": "no user of the account"},
        "below_share_of": {"type": "string", "description": "fewer than `share` times this number of the account"},
        "above_share_of": {"type": "string", "description": "more than `share` times this number of the account"},
    }
    return {"type": "object", "properties": properties, "additionalProperties": False, "description": "How many people inside the account."}


def _trend() -> Schema:
    filters = {name: _OTHER_KEYS[name] for name in ("event", "feature", "platform", "missing")}
    of = {"enum": [dimension.id for dimension in BUILT_IN if dimension.type == "number" and dimension.windowed == "always"], "description": "which behaviour"}
    over = {**_DURATION, "description": "this long, against the same length before"}
    return {
        "type": "object",
        "properties": {"of": of, "over": over, **_bounds(), **filters},
        "required": ["of", "over"],
        "additionalProperties": False,
        "description": "Growth over time as a share: 0.05 is 5 % more.",
    }
