"""How far a long question to the data is: one line on standard error, after a second, on a terminal only.

A bar where the engine says how much of its statement is done, and the seconds that have gone by everywhere.
"""

from __future__ import annotations

import signal
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from microseg.measure.engines import Engine

_CLEAR = "\r\x1b[K"
_PATIENCE = 1.0  # seconds before anything is shown
_PACE = 0.25
_WIDTH = 24
_BY_SIGNAL = 128  # what a shell adds to the number of the signal


def _not_known() -> float | None:
    return None


@contextmanager
def waiting(what: str, share: Callable[[], float | None] = _not_known) -> Iterator[Callable[[str], None]]:
    """Show `what` until the work inside is done, and what it is told instead.

    `share` is how much of the present step is done, 0 to 1, or None; it is asked from another thread.
    """
    line = _Line(what, share)
    if not sys.stderr.isatty():
        yield line.say
        return
    with _shown(line):
        yield line.say


@contextmanager
def closing(engine: Engine) -> Iterator[None]:
    """Close an engine when the work inside is done, has failed, or is told to end: what it has spilled goes then too."""
    with _told_to_end():
        try:
            yield
        finally:
            engine.close()


class _Line:
    """What is being done, and how much of it is."""

    def __init__(self, what: str, share: Callable[[], float | None]) -> None:
        self._what, self._share = what, share

    def say(self, what: str) -> None:
        """Something else is done from now on."""
        self._what = what

    def text(self, seconds: float) -> str:
        """The line after so many seconds."""
        share = self._share()
        if share is None:
            return f"{self._what}, {seconds:.0f} s"
        full = int(share * _WIDTH)
        return f"{self._what} [{'#' * full}{'-' * (_WIDTH - full)}] {share:.0%}, {seconds:.0f} s"


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
def _shown(line: _Line) -> Iterator[None]:
    done = threading.Event()
    teller = threading.Thread(target=_tell, args=(line, done), daemon=True)
    teller.start()
    try:
        yield
    finally:
        done.set()
        teller.join()


def _tell(line: _Line, done: threading.Event) -> None:
    begun = time.monotonic()
    if done.wait(_PATIENCE):
        return
    while True:
        sys.stderr.write(f"{_CLEAR}{line.text(time.monotonic() - begun)}")
        sys.stderr.flush()
        if done.wait(_PACE):
            break
    sys.stderr.write(_CLEAR)
    sys.stderr.flush()
