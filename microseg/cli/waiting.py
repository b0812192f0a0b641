"""How long a run has taken that cannot say how far it is: one line on standard error, after a second, on a terminal only."""

from __future__ import annotations

import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLEAR = "\r\x1b[K"
_PACE = 1.0  # seconds


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show `what` with the seconds that have gone by, until the work inside is done."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(what, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(what: str, done: threading.Event) -> None:
    begun = time.monotonic()
    is_shown = False
    while not done.wait(_PACE):
        is_shown = True
        sys.stderr.write(f"{_CLEAR}{what}, {time.monotonic() - begun:.0f} s")
        sys.stderr.flush()
    if is_shown:
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()
