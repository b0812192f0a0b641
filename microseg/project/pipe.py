"""Plain values between a process and the one that it was forked from, as bytes of marshal, which takes a third of the time of JSON.

Whoever writes such bytes can crash the program that reads them. So they go only through the pipe of `microseg.project.workers`,
which nobody else can write into, and never into a file.
"""

from __future__ import annotations

import marshal
from typing import Any

_ALL_ANEW = 2  # the version of marshal that looks for nothing that was written before


def to_parent(value: Any, *, repeats: bool = True) -> bytes:
    """Plain values (bytes too) for the process that this one was forked from; where there is a named tuple, all lists and tuples around and in it become tuples.

    Where hardly anything `repeats`, a quarter of the time goes without looking for what is in it several times.

    Raises ValueError for anything else, and for a named tuple inside a dictionary.
    """
    version = marshal.version if repeats else _ALL_ANEW
    try:
        return marshal.dumps(value, version)
    except ValueError:  # it takes no named tuples; facts hold hardly any, so nobody looks before
        return marshal.dumps(_bare(value), version)


def from_child(data: bytes) -> Any:
    """What `to_parent` made. Raises ValueError for what is damaged."""
    try:
        return marshal.loads(data)  # noqa: S302 - of our own child, through a pipe that nobody else has
    except (EOFError, TypeError):
        raise ValueError from None


def _bare(value: Any) -> Any:
    """The same in tuples without names."""
    return tuple(map(_bare, value)) if isinstance(value, (tuple, list)) else value
