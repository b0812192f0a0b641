"""The values of one dimension cut into cells: between two neighboring cuts no criterion can tell two values apart.

A set of values is then a number whose bits are the cells it holds. Bit 0 stands for "no value is known"; the others
follow the order of the values. With all cuts of the criteria compared, this is exact.
"""

import datetime
from bisect import bisect_left
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from types import MappingProxyType
from typing import Any

from microseg.criteria.dimensions import Dimension
from microseg.criteria.values import Duration, Value, decimal_text, duration_text, hours, months
from microseg.record import NamedTuple

MISSING = 1
WHOLE_NUMBERS = frozenset({"demo.age", "firmo.headcount", "use.visits", "use.active_days", "use.events", "acct.active_users", "sent.nps_score", "sent.csat_score"})
ORDERED = frozenset({"number", "money", "duration", "date", "version"})
LISTED = frozenset({"ordinal", "enum", "state"})
_FIRST_VERSION = (0,)
_SCALES = 1 << 10  # segments of one workspace mostly cut a dimension at the same few values


class Cell(NamedTuple):
    """One value (`low` is `high`), or all values between two cuts, both left out; None is an open end."""

    low: Any
    high: Any


class Scale(NamedTuple):
    """The cells of one dimension. `whole`: only whole numbers count; `by_value`: the cell of each cut or listed value."""

    kind: str
    whole: bool
    cells: tuple[Cell, ...]
    by_value: dict[Any, int]
    cuts: tuple[Any, ...]
    below: tuple[int, ...]  # for each cut: how many cells lie below it

    @property
    def present(self) -> int:
        """Every cell, without the missing value."""
        return ((1 << len(self.cells)) - 1) << 1


def number_of(value: Value, length: str) -> Any:
    """A typed value as something that orders: days as numbers, durations as hours, or as months where `length` says so."""
    if isinstance(value, datetime.date):
        return value.toordinal()
    if isinstance(value, Duration):
        return months(value) if length == "months" else hours(value)
    return value


def length_of(values: Iterable[Value]) -> str | None:
    """The measure that durations share, "hours" or "months"; empty where there are none, None where they are mixed."""
    found = {"hours" if months(value) is None else "months" for value in values if isinstance(value, Duration)}
    return found.pop() if len(found) == 1 else None if found else ""


@lru_cache(maxsize=_SCALES)
def scale_of(dimension: Dimension, values: frozenset[Any]) -> Scale:
    """Cut a dimension at these values (as `number_of` gives them), or list its own."""
    if dimension.type == "boolean":
        return _listed("listed", (False, True), open_end=False)
    if dimension.type in LISTED:
        return _listed("listed", dimension.values, open_end=False)
    if dimension.type not in ORDERED:
        return _listed("text", sorted(values), open_end=True)
    whole = dimension.id in WHOLE_NUMBERS or dimension.type == "date"
    low, high = (_FIRST_VERSION, None) if dimension.type == "version" else (dimension.low, dimension.high)
    inside = {value for value in values if (low is None or value >= low) and (high is None or value <= high)}
    cuts = sorted(inside | {one for one in (low, high) if one is not None})
    return _ordered(cuts, whole=whole, dense=dimension.type == "version", low=low, high=high)


def _listed(kind: str, values: Iterable[Any], *, open_end: bool) -> Scale:
    cells = [Cell(value, value) for value in values]
    by_value = {cell.low: number for number, cell in enumerate(cells)}
    if open_end:
        cells.append(Cell(None, None))
    return Scale(kind, whole=False, cells=tuple(cells), by_value=by_value, cuts=(), below=())


def _ordered(cuts: list[Any], *, whole: bool, dense: bool, low: Any, high: Any) -> Scale:
    cells: list[Cell] = []
    by_value: dict[Any, int] = {}
    below: list[int] = []
    for before, cut in zip([None, *cuts], cuts, strict=False):
        if (before is not None or low is None) and (dense or not whole or _holds_a_whole(before, cut)):
            cells.append(Cell(before, cut))
        below.append(len(cells))
        if not whole or cut == floor(cut):
            by_value[cut] = len(cells)
            cells.append(Cell(cut, cut))
    if high is None:
        cells.append(Cell(cuts[-1] if cuts else None, None))
    return Scale("ordered", whole, tuple(cells), by_value, tuple(cuts), tuple(below))


def _holds_a_whole(low: Any, high: Any) -> bool:
    """Is there a whole number strictly between the two?"""
    return low is None or floor(low) + 1 <= ceil(high) - 1


def mask(scale: Scale, operator: str, values: tuple[Any, ...]) -> int:
    """The cells whose values answer a test with yes; values as `number_of` gives them."""
    if operator in {"eq", "in"}:
        return _points(scale, values)
    if operator in {"ne", "not_in"}:
        return scale.present & ~_points(scale, values)
    if operator == "between":
        return _from(scale, values[0]) & _up_to(scale, values[1])
    if operator in {"at_least", "at_most"}:
        place = scale.by_value[values[0]]
        return scale.present & (-1 << (place + 1)) if operator == "at_least" else ((1 << (place + 1)) - 1) << 1
    reading, is_kept = _READINGS[operator.removeprefix("v_")]
    found = reading(scale, values[0])
    return found if is_kept else scale.present & ~found


def _points(scale: Scale, values: tuple[Any, ...]) -> int:
    found = 0
    for value in values:
        if value in scale.by_value:
            found |= 2 << scale.by_value[value]
    return found


def _from(scale: Scale, value: Any) -> int:
    """The cells of that value and above."""
    if not scale.cuts or value > scale.cuts[-1]:
        return 0
    place = scale.below[bisect_left(scale.cuts, value)]
    return scale.present & (-1 << (place + 1))


def _up_to(scale: Scale, value: Any) -> int:
    """The cells of that value and below."""
    return scale.present & ~_from(scale, value) | _points(scale, (value,))


_READINGS = MappingProxyType({"lt": (_from, False), "gte": (_from, True), "lte": (_up_to, True), "gt": (_up_to, False)})


def runs(scale: Scale, found: int) -> list[tuple[int, int]]:
    """The cells of a set as runs of neighbors: first and last cell of each."""
    cells = [number for number in range(len(scale.cells)) if found & (2 << number)]
    ends: list[tuple[int, int]] = []
    for number in cells:
        if ends and ends[-1][1] == number - 1:
            ends[-1] = (ends[-1][0], number)
        else:
            ends.append((number, number))
    return ends


def in_words(scale: Scale, run: tuple[int, int], *, length: str, dimension: Dimension) -> str:
    """A run of cells as a person would say it: "500 to 999", "exactly 50", "between 49 and 50", "above 5,000"."""
    first, last = scale.cells[run[0]], scale.cells[run[1]]
    low, high = first.low, last.high
    low_in, high_in = first.low == first.high, last.low == last.high
    if scale.whole:
        low, low_in = (low, True) if low_in or low is None else (floor(low) + 1, True)
        high, high_in = (high, True) if high_in or high is None else (ceil(high) - 1, True)
    said = [None if end is None else _said(end, length=length, dimension=dimension) for end in (low, high)]
    if said[0] is None or said[1] is None:
        return "anything" if said == [None, None] else f"{'from' if low_in else 'above'} {said[0]}" if said[0] else f"{'up to' if high_in else 'below'} {said[1]}"
    if low == high:
        return f"exactly {said[0]}"
    if low_in and high_in:
        return f"{said[0]} to {said[1]}"
    return f"between {said[0]} and {said[1]}" if not low_in and not high_in else f"{'from' if low_in else 'above'} {said[0]} {'up to' if high_in else 'to below'} {said[1]}"


def _said(value: Any, *, length: str, dimension: Dimension) -> str:
    if dimension.type == "date":
        return datetime.date.fromordinal(int(value)).isoformat()
    if dimension.type == "duration":
        return duration_text(Duration(int(value), "mo") if length == "months" else Duration(int(value) // 24, "d") if value % 24 == 0 else Duration(int(value), "h"))
    if dimension.type == "version":
        return ".".join(map(str, value))
    return decimal_text(Fraction(value))
