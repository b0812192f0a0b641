"""A scalar read as the type its dimension asks for: a number stays exact, a state is one of its states."""

import re
from collections.abc import Callable
from types import MappingProxyType

from microseg.criteria.dimensions import TYPE_WORDS, Dimension
from microseg.criteria.patterns import LONGEST_PATTERN, is_pattern, is_slow
from microseg.criteria.reading import DURATION_HELP, Reading, alike, form, is_absent, listed, number_mend, range_words, shown
from microseg.criteria.values import Value, date, duration, number, version
from microseg.source.nearest import nearest
from microseg.source.nodes import Node, Scalar

_TRUTHS = {"yes": "true", "on": "true", "no": "false", "off": "false", "true": "true", "false": "false"}
_FEW = 12
# what people type for a comparison; the signs become operators
_SIGNS = {">=": "gte", "<=": "lte", ">": "gt", "<": "lt", "=": "eq", "==": "eq", "!=": "ne"}
_COMPARISON = re.compile(r"(>=|<=|==|!=|>|<|=)\s*(\S+)")
_OPEN_END = re.compile(r"(\S+)\s*\+")
_RANGE = re.compile(r"([0-9.]+)\s*(?:-|\u2013|to|\.\.)\s*([0-9.]+)")


def read_value(node: Node, reading: Reading, *, dimension: Dimension, mend: bool = False) -> Value | None:
    """One value of a dimension's type and range; `mend` where the node stands for the whole test (`>= 50`)."""
    if not isinstance(node, Scalar) or is_absent(node):
        _report_form(node, reading, dimension)
        return None
    replacement = comparison_mend(node.value, dimension) if mend else None
    if replacement is not None:
        message = f"{dimension.id} is {TYPE_WORDS[dimension.type]}, and {shown(node.value)} is not one"
        reading.report("MS004", message, node, help=f"write {replacement}", replacement=replacement)
        return None
    return _READERS[dimension.type](node, reading, dimension)


def _report_form(node: Node, reading: Reading, dimension: Dimension) -> None:
    help_ = "write `{is_set: false}` for members without a value" if is_absent(node) else "write one value here"
    reading.report("MS004", f"{dimension.id} is compared with {TYPE_WORDS[dimension.type]}, and this is {form(node)}", node, help=help_)


def comparison_mend(text: str, dimension: Dimension) -> str | None:
    """`>= 50`, `50+` and `50-99` as operators, for types that have an order; None for anything else."""
    if dimension.type not in {"number", "money", "duration", "date"}:
        return None
    text = text.strip()
    sign = _COMPARISON.fullmatch(text)
    if sign and _fits(sign[2], dimension):
        return f"{{{_SIGNS[sign[1]]}: {sign[2]}}}"
    open_end = _OPEN_END.fullmatch(text)
    if open_end and _fits(open_end[1], dimension):
        return f"{{gte: {open_end[1]}}}"
    both = _RANGE.fullmatch(text)
    if both and _fits(both[1], dimension) and _fits(both[2], dimension):
        return f"{{between: [{both[1]}, {both[2]}]}}"
    return None


def _fits(text: str, dimension: Dimension) -> bool:
    if dimension.type == "duration":
        return duration(text) is not None
    return (date(text) if dimension.type == "date" else number(text)) is not None


def _text(node: Scalar, reading: Reading, dimension: Dimension) -> str | None:
    if node.value:
        return node.value
    reading.report("MS006", f"{dimension.id} is compared with an empty text", node, help="write `{is_set: false}` for members without a value")
    return None


def _listed_value(node: Scalar, reading: Reading, dimension: Dimension) -> str | None:
    if not dimension.values or node.value in dimension.values:
        return _text(node, reading, dimension)
    near = nearest(node.value, dimension.values)
    meant = f"did you mean `{near}`? " if near else ""
    known = listed(dimension.values[:_FEW]) + (f" and {len(dimension.values) - _FEW} more" if len(dimension.values) > _FEW else "")
    reading.report("MS006", f"{dimension.id} has no value {shown(node.value)}", node, help=f"{meant}its values are: {known}", replacement=near, safe=alike(node.value, near))
    return None


def _number(node: Scalar, reading: Reading, dimension: Dimension) -> Value | None:
    value = number(node.value)
    if value is None:
        help_, replacement = number_mend(node)
        reading.report("MS004", f"{dimension.id} is {TYPE_WORDS[dimension.type]}, and {shown(node.value)} is not one", node, help=help_, replacement=replacement)
        return None
    low, high = dimension.low, dimension.high
    if (low is not None and value < low) or (high is not None and value > high):
        reading.report("MS006", f"{dimension.id} is {range_words(low, high)}, and {shown(node.value)} is outside", node, help=f"write a number: {range_words(low, high)}")
        return None
    return value


def _date(node: Scalar, reading: Reading, dimension: Dimension) -> Value | None:
    value = date(node.value)
    if value is None:
        reading.report("MS006", f"{dimension.id} is a date, and {shown(node.value)} is not a day of the calendar", node, help="write a day as YYYY-MM-DD: 2026-06-30")
    return value


def _duration(node: Scalar, reading: Reading, dimension: Dimension) -> Value | None:
    value = duration(node.value)
    if value is None:
        reading.report("MS006", f"{dimension.id} is a duration, and {shown(node.value)} is not one", node, help=DURATION_HELP)
    return value


def _version(node: Scalar, reading: Reading, dimension: Dimension) -> Value | None:
    value = version(node.value)
    if value is None:
        help_ = "write numbers with points: 3, 3.1 or 3.10.2; or `current` for the current major version"
        reading.report("MS006", f"{dimension.id} is a version, and {shown(node.value)} is not one", node, help=help_)
    return value


def _boolean(node: Scalar, reading: Reading, dimension: Dimension) -> Value | None:
    return read_truth(node, reading, what=dimension.id)


def read_truth(node: Node, reading: Reading, *, what: str) -> bool | None:
    """`true` or `false`; `yes`, `on` and their kind get the mend."""
    text = node.value if isinstance(node, Scalar) and not is_absent(node) else None
    if text in {"true", "false"}:
        return text == "true"
    near = _TRUTHS.get(text.lower()) if text is not None else None
    seen = form(node) if text is None else shown(text)
    help_ = f"write `{near}`" if near else "write `true` or `false`"
    reading.report("MS004", f"{what} is `true` or `false`, and this is {seen}", node, help=help_, replacement=near)
    return None


def read_pattern(node: Node, reading: Reading, *, dimension: Dimension) -> str | None:
    """A regular expression, looked for anywhere in the text."""
    if not isinstance(node, Scalar) or is_absent(node):
        _report_form(node, reading, dimension)
        return None
    if not is_pattern(node.value):
        help_ = f"a pattern is a regular expression of at most {LONGEST_PATTERN} characters; for a plain piece of text use `contains`"
        reading.report("MS006", f"{shown(node.value)} is not a pattern", node, help=help_)
        return None
    if is_slow(node.value):
        help_ = "repeat nothing that repeats or chooses itself, as (a+)+ and (a|b.)* do, and write at most four of * and +"
        reading.report("MS006", f"{shown(node.value)} could take years to match some texts", node, help=help_)
        return None
    return _text(node, reading, dimension)


_READERS: MappingProxyType[str, Callable[[Scalar, Reading, Dimension], Value | None]] = MappingProxyType(
    {
        "text": _text,
        "enum": _listed_value,
        "ordinal": _listed_value,
        "state": _listed_value,
        "set": _listed_value,
        "number": _number,
        "money": _number,
        "duration": _duration,
        "date": _date,
        "version": _version,
        "boolean": _boolean,
    }
)
