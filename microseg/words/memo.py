"""Functions of one argument that remember what they said, so that asking again is one look-up in C."""

from collections.abc import Callable
from typing import TypeVar

K = TypeVar("K")
V = TypeVar("V")

MOST = 1 << 16
"""How many answers are remembered where nothing else is said: more words than one workspace mostly has."""


class Memo(dict[K, V]):
    """What a function says of its arguments; asked for a new one, it calls the function.

    Emptied when it grows large, which only costs time: to keep the newest ones, as `lru_cache` does, costs more with
    each look-up than it saves.
    """

    __slots__ = ("_function", "_most")

    def __init__(self, function: Callable[[K], V], most: int = MOST) -> None:
        """Remember at most so many answers of a function that gives the same one every time."""
        super().__init__()
        self._function = function
        self._most = most

    def __missing__(self, key: K) -> V:
        """Ask the function."""
        if len(self) >= self._most:
            self.clear()
        found = self[key] = self._function(key)
        return found


def remembered(function: Callable[[K], V]) -> Callable[[K], V]:
    """Make a function one that remembers."""
    return Memo(function).__getitem__
