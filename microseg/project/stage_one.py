"""Stage one over many files: each by itself, from the cache where it is known, else shared between processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.project.workers import MOST_PIECES, processes, share
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microseg.project.discover import FileKind
    from microseg.project.facts import FileFacts, Read
    from microseg.project.pack import Pack

    _Made = list[tuple[FileFacts, bytes]]  # facts, and what the cache keeps of them (empty without one)

FEW = 200  # below so many files a fork, or looking into a cache, costs more than it saves
_AT_ONCE = 24  # files a piece: some milliseconds of work


class File(NamedTuple):
    """A file that has been got and not read yet; `key` is what the cache knows it by, empty without one."""

    path: str
    kind: FileKind
    data: bytes
    key: bytes = b""


def read_many(files: list[File], read: Read, cache: Pack | None = None) -> Iterator[FileFacts]:
    """The facts of all files, in any order; `read` is pure, and may run in another process."""
    unknown = []
    for file in files:
        known = _known(file, cache)
        if known is None:
            unknown.append(file)
        else:
            yield known
    among = processes() if len(unknown) >= FEW else 1
    if among == 1 and cache is None:
        yield from (read(file.path, file.kind, file.data) for file in unknown)
        return
    size = max(_AT_ONCE, -(-len(unknown) // MOST_PIECES))
    for number, made in _shared([unknown[start : start + size] for start in range(0, len(unknown), size)], read, among=among, is_kept=cache is not None):
        for file, (facts, line) in zip(unknown[number * size : (number + 1) * size], made, strict=True):
            if cache is not None:
                cache.put(file.key, line)
            yield facts


def _known(file: File, cache: Pack | None) -> FileFacts | None:
    """The facts that the cache has of a file; None where it has none, or nothing that can be read."""
    line = None if cache is None else cache.get(file.key)
    if line is None:
        return None
    from microseg.project.encode import decode, facts_of

    try:
        return facts_of(file.path, file.kind, decode(line))
    except ValueError:
        return None


def _shared(pieces: list[list[File]], read: Read, *, among: int, is_kept: bool) -> Iterator[tuple[int, _Made]]:
    """The facts of each piece, made here or in a child, with what the cache keeps of them."""
    from microseg.project.encode import encode, facts_of, plain
    from microseg.project.pipe import from_child, to_parent

    def work(number: int) -> _Made:
        made = [read(file.path, file.kind, file.data) for file in pieces[number]]
        return [(facts, encode(plain(facts)) if is_kept else b"") for facts in made]

    def sent(_: int, made: _Made) -> bytes:
        return to_parent([(plain(facts), line) for facts, line in made], repeats=False)

    def taken(number: int, data: bytes) -> _Made:
        return [(facts_of(file.path, file.kind, row), line) for file, (row, line) in zip(pieces[number], from_child(data), strict=True)]

    return share(len(pieces), work, encode=sent, decode=taken, among=among)
