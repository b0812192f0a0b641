"""Whether a regular expression is one, and whether it is sure to come to an end in time on whatever text it meets."""

from __future__ import annotations

import importlib
import re
import warnings
from collections.abc import Iterable, Iterator
from typing import Any

LONGEST_PATTERN = 200
_MANY = 16  # repeated so often at most, a part costs little however it is ambiguous
_MOST_OPEN = 4  # each open repeat multiplies the time by the length of the text
_REPEATS = frozenset({"MAX_REPEAT", "MIN_REPEAT"})


def is_pattern(text: str) -> bool:
    """Is it a regular expression of a length that somebody can read?"""
    return len(text) <= LONGEST_PATTERN and _parts(text) is not None


def is_slow(text: str) -> bool:
    """Could it take years on some text: a repeat of what can itself match in several ways, or many open repeats in a row?

    Each item of a pattern as the standard library parses it is looked at; what is refused needlessly can be written
    without the inner repeat.
    """
    opened = [least_most for name, least_most, _ in _repeats(_parts(text) or ()) if name in _REPEATS and _is_open(least_most)]
    nested = any(_varies(inner) for _, least_most, inner in _repeats(_parts(text) or ()) if least_most[1] > _MANY)
    return nested or len(opened) > _MOST_OPEN


def _parts(text: str) -> Any:
    """The pattern as a tree of (operation, operand); None where it is none."""
    parser: Any = importlib.import_module("re._parser")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            re.compile(text)
            return parser.parse(text)
    except (re.error, OverflowError, RecursionError):
        return None


def _is_open(least_most: tuple[int, int]) -> bool:
    return least_most[1] - least_most[0] > _MANY


def _repeats(parts: Iterable[Any]) -> Iterator[tuple[str, tuple[int, int], Any]]:
    """Every repeat of a pattern, inner ones included: its kind, how often at least and at most, and what is repeated."""
    for operation, operand in parts:
        if str(operation) in _REPEATS:
            yield str(operation), (int(operand[0]), int(operand[1])), operand[2]
        for inner in _inside(operand):
            yield from _repeats(inner)


def _varies(parts: Iterable[Any]) -> bool:
    """Can it match in more than one way: does it hold a choice, or a repeat of no fixed number?"""
    return any(str(operation) == "BRANCH" or (str(operation) in _REPEATS and operand[0] != operand[1]) or any(map(_varies, _inside(operand))) for operation, operand in parts)


def _inside(operand: Any) -> Iterator[Any]:
    """The patterns inside an operand, however it holds them."""
    if type(operand).__name__ == "SubPattern":
        yield operand
    elif isinstance(operand, tuple | list):
        for one in operand:
            yield from _inside(one)
