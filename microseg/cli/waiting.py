"""How long a run has taken that cannot say how far it is: one line on standard error, after a second, on a terminal only."""

from __future__ import annotations

import signal
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLEAR = "\r\x1b[K"
_PACE = 1.0  # seconds
_BY_SIGNAL = 128  # what a shell adds to the number of the signal


@contextmanager
def waiting(what: str) -> Iterator[None]:
    """Show `what` with the seconds that have gone by, until the work inside is done; a run that is told to end removes what it has spilled."""
    with _told_to_end():
        if sys.stderr.isatty():
            with _shown(what):
                yield
        else:
            yield


@contextmanager
def _told_to_end() -> Iterator[None]:
    """Ctrl-C and a request to end stop the work by an exception, and are the reason of whatever an engine makes of it."""
    told: list[int] = []

    def stop(number: int, _: object) -> None:
        told.append(number)
        raise KeyboardInterrupt

    before = [(number, signal.signal(number, stop)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    except BaseException:
        if told:
            sys.exit(_BY_SIGNAL + told[0])
        raise
    finally:
        for number, handler in before:
            signal.signal(number, handler)


@contextmanager
def _shown(what: str) -> Iterator[None]:
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
