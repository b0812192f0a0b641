"""Criteria as plain values and back: what a cache keeps and a worker sends is texts, numbers and lists of these.

A record or named tuple becomes its class's name and its values, a fraction, a date or a bare tuple a mark and its
parts. Everything else in a tree of criteria is a text, a whole number, true, false or None, and stays as it is.
"""

from __future__ import annotations

import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Any

from microseg.criteria import ast
from microseg.criteria.values import Duration
from microseg.record import made

Packed = Any
_MEMO = 1 << 10
_SHARED = frozenset({"/", "Window"})
_PLAIN = frozenset({str, int, bool, type(None)})
_CLASSES: dict[str, type] = {
    one.__name__: one
    for one in (ast.Window, ast.Regularity, ast.Bound, ast.Relative, ast.Test, ast.All, ast.AnyOf, ast.NoneOf, ast.Not, ast.Users, ast.Trend, ast.Use, ast.InSegment, Duration)
}


def pack(value: Any) -> Packed:
    """The plain form of a criterion, or of anything inside one."""
    cls = type(value)
    if cls in _PLAIN:
        return value
    if cls is tuple:
        return ("()", *[one if type(one) in _PLAIN else pack(one) for one in value]) if value else ()
    if cls is Fraction:
        return ("/", value.numerator, value.denominator)
    if cls is datetime.date:
        return ("date", value.isoformat())
    return (cls.__name__, *[one if type(one) in _PLAIN else pack(one) for one in value])


def unpack(packed: Packed) -> Any:
    """What `pack` made a plain value of; lists may stand for its tuples."""
    if type(packed) in _PLAIN:
        return packed
    if not packed:
        return ()
    if packed[0] in _SHARED and type(packed) is tuple:
        return _shared(packed)
    return _unpacked(packed)


@lru_cache(_MEMO)
def _shared(packed: Packed) -> Any:
    """A number or a window, made once for all tests that ask for it: a fraction takes as long as the rest of its test."""
    return _unpacked(packed)


def _unpacked(packed: Packed) -> Any:
    mark, *parts = packed
    if mark == "Test":  # as below, by name: most of what there is are tests
        dimension, operator, values, window, event, feature, platform, min_n, missing, regularity, start, end = parts
        return made(ast.Test, (dimension, operator, unpack(values), unpack(window), event, feature, unpack(platform), min_n, missing, unpack(regularity), start, end))
    if mark == "/":
        return Fraction(*parts)
    if mark == "date":
        return datetime.date.fromisoformat(parts[0])
    values = [one if type(one) in _PLAIN else unpack(one) for one in parts]
    return tuple(values) if mark == "()" else made(_CLASSES[mark], values)
