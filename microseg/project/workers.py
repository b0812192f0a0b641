"""Work shared between this process and forked children: what comes back is the same, sooner.

Pieces of work are numbers in a pipe, written before the first fork: whoever is free reads the next. A child sends what
it made through a pipe of its own. Nothing has to be locked or cleaned up: a child that dies leaves its piece to be done
here, and when this process dies the children's pipes break and end them.
"""

from __future__ import annotations

import contextlib
import os
import struct
import sys
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from microseg.record import NamedTuple

T = TypeVar("T")

MOST_PROCESSES = 4
MOST_PIECES = 8_000  # so that their numbers fit into a pipe that nobody reads yet
_NUMBER = struct.Struct("=I")
_HEAD = struct.Struct("=II")
_AT_ONCE = 1 << 20
_SET_PIPE_SIZE = 1031  # F_SETPIPE_SZ of Linux, which the fcntl of some Pythons does not name


class _Child(NamedTuple):
    """A forked process, the end of its pipe, and what it has sent so far of a piece."""

    pid: int
    pipe: int
    sent: bytearray


def processes() -> int:
    """How many processes may work at once: the cores that this one may use, up to four; 1 where forking is not safe."""
    if not hasattr(os, "fork") or sys.platform == "darwin" or _has_threads():
        return 1
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores, MOST_PROCESSES)


def _has_threads() -> bool:
    threading = sys.modules.get("threading")
    return threading is not None and threading.active_count() > 1


def share(count: int, work: Callable[[int], T], *, encode: Callable[[int, T], bytes], decode: Callable[[int, bytes], T], among: int) -> Iterator[tuple[int, T]]:
    """`work(0)` to `work(count - 1)`, each once, in `among` processes and in any order: the number and what came of it.

    Children begin at once, this process when the result is asked for. What a child makes is sent with `encode` and taken
    with `decode`, which raises ValueError for what is damaged; a piece that does not arrive is done here.
    """
    if among <= 1 or not 1 < count <= MOST_PIECES:
        return ((number, work(number)) for number in range(count))
    queue = _queue(count)
    children: list[_Child] = []
    with contextlib.suppress(OSError):  # no more processes: fewer do it
        while len(children) + 1 < min(among, count):
            children.append(_fork(queue, children, lambda number: encode(number, work(number))))
    return _gathered(count, work, decode, queue, children)


def _gathered(count: int, work: Callable[[int], T], decode: Callable[[int, bytes], T], queue: int, children: list[_Child]) -> Iterator[tuple[int, T]]:
    """Every piece once, whoever made it."""
    left = set(range(count))
    try:
        for number, made in _together(queue, children, work, decode):
            if number in left:
                left.remove(number)
                yield number, made
        yield from ((number, work(number)) for number in sorted(left))
    finally:
        _end(queue, children)


@contextlib.contextmanager
def ahead(work: Callable[[Callable[[], bytes]], T], *, encode: Callable[[T], bytes], decode: Callable[[bytes], T], among: int) -> Iterator[Callable[[bytes], Callable[[], T]]]:
    """Another process begins `work(told)` at once, which calls `told()` for what is not known yet. Hand that in when it is, and ask for what came of it.

    Where that process does not end its work, or work is to be shared `among` one, it is done here. It is ended on leaving, whether or not it was told anything.
    """
    if among <= 1:
        yield lambda data: partial(work, lambda: data)
        return
    inlet, outlet = os.pipe()
    queue = _queue(1)
    children: list[_Child] = []

    def tell(data: bytes) -> Callable[[], T]:
        with contextlib.suppress(OSError):  # it is no more
            _send(outlet, _NUMBER.pack(len(data)) + data)
        made = partial(work, lambda: data)
        return lambda: next((one for _, one in _together(queue, children, lambda _: made(), lambda _, sent: decode(sent))), None) or made()

    try:
        with contextlib.suppress(OSError):
            children.append(_fork(queue, [], lambda _: encode(work(lambda: _told(inlet, outlet)))))
        os.close(inlet)
        yield tell
    finally:
        os.close(outlet)
        _end(queue, children)


def _told(inlet: int, outlet: int) -> bytes:
    """What the parent tells. Raises ValueError where that has ended before it did."""
    os.close(outlet)  # else the pipe would have no end
    with open(inlet, "rb") as pipe:
        head = pipe.read(_NUMBER.size)
        told = pipe.read(*_NUMBER.unpack(head)) if len(head) == _NUMBER.size else b""
    if len(head) + len(told) < _NUMBER.size + sum(_NUMBER.unpack(head)):
        raise ValueError("cut off")
    return told


def _queue(count: int) -> int:
    """The numbers of so many pieces of work, in a pipe."""
    queue, filled = os.pipe()
    _send(filled, b"".join(map(_NUMBER.pack, range(count))))
    os.close(filled)
    return queue


def _send(pipe: int, data: bytes | bytearray) -> None:
    unsent = memoryview(data)
    while unsent:
        unsent = unsent[os.write(pipe, unsent) :]


def _end(queue: int, children: list[_Child]) -> None:
    import signal

    os.close(queue)
    for child in children:
        os.close(child.pipe)
        with contextlib.suppress(OSError):
            os.kill(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)


def _fork(queue: int, others: list[_Child], work: Callable[[int], bytes]) -> _Child:
    """Start a child that works until the queue is empty. It leaves without any clean-up that is its parent's."""
    import signal

    ours, theirs = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        os.close(ours)
        os.close(theirs)
        raise
    if pid == 0:
        try:
            for fd in (ours, *(other.pipe for other in others)):
                os.close(fd)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            _serve(queue, theirs, work)
        finally:
            os._exit(0)
    os.close(theirs)
    os.set_blocking(ours, False)
    return _Child(pid, ours, bytearray())


def _next(queue: int) -> tuple[int] | None:
    number = os.read(queue, _NUMBER.size)
    return None if len(number) < _NUMBER.size else (_NUMBER.unpack(number)[0],)


def _serve(queue: int, pipe: int, work: Callable[[int], bytes]) -> None:
    """Work until the queue is empty, sending what the pipe takes on the way, and the rest at the end."""
    _widen(pipe)
    os.set_blocking(pipe, False)
    unsent = bytearray()
    while number := _next(queue):
        made = work(*number)
        unsent += _HEAD.pack(*number, len(made)) + made
        with contextlib.suppress(BlockingIOError):
            del unsent[: os.write(pipe, unsent)]
    os.set_blocking(pipe, True)
    _send(pipe, unsent)


def _widen(pipe: int) -> None:
    """Room for several pieces, so that a child need not wait until somebody looks."""
    with contextlib.suppress(ImportError, OSError):
        import fcntl

        fcntl.fcntl(pipe, _SET_PIPE_SIZE, _AT_ONCE)


def _together(queue: int, children: list[_Child], work: Callable[[int], T], decode: Callable[[int, bytes], T]) -> Iterator[tuple[int, T]]:
    """Work here while there is work, taking in what children send; then wait for the last of them."""
    import select

    while number := _next(queue):
        yield *number, work(*number)
        for child in children:
            yield from _taken(child, decode)
    waiting = {child.pipe: child for child in children}
    while waiting:
        for pipe in select.select(list(waiting), [], [])[0]:
            yield from _taken(waiting[pipe], decode, ended=waiting)


def _taken(child: _Child, decode: Callable[[int, bytes], T], ended: dict[int, Any] | None = None) -> Iterator[tuple[int, T]]:
    """The whole pieces that a child has sent by now; it is taken out of `ended` when no more will come."""
    try:
        while data := os.read(child.pipe, _AT_ONCE):
            child.sent.extend(data)
        if ended is not None:
            del ended[child.pipe]
    except BlockingIOError:
        pass
    while len(child.sent) >= _HEAD.size:
        number, size = _HEAD.unpack_from(child.sent)
        if len(child.sent) < _HEAD.size + size:
            return
        piece = bytes(child.sent[_HEAD.size : _HEAD.size + size])
        del child.sent[: _HEAD.size + size]
        with contextlib.suppress(ValueError):
            yield number, decode(number, piece)
