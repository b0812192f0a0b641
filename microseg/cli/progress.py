"""How far a long run is: one line on standard error, after a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PATIENCE = 1.0
_PACE = 0.1
_CLEAR = "\r\x1b[K"


@contextmanager
def reading() -> Iterator[Callable[[int, int], None] | None]:
    """A function to be told how many files are read of how many; None where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    begun = time.monotonic()
    last = begun + _PATIENCE - _PACE

    def watch(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _PACE:
            last = now
            sys.stderr.write(f"{_CLEAR}reading {done:,} of {total:,} files")
            sys.stderr.flush()

    try:
        yield watch
    finally:
        if last >= begun + _PATIENCE:
            sys.stderr.write(_CLEAR)
            sys.stderr.flush()
