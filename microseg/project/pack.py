"""Many entries in a file, found by their keys: written anew as a whole or not at all, and beside it what few runs have added since.

A pack is a large file and a small one. What a run adds goes into the small one, which is soon copied; once that is no
longer small, a run that has used all that is still of use writes the large one anew, and leaves the rest behind.
"""

from __future__ import annotations

import contextlib
import os
import struct
import zlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from io import BufferedWriter

MOST_BYTES = 256 << 20  # of the caches of all workspaces together
PASSING = ".passing"
_ASIDE = ".aside"
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
_MAGIC = b"microseg pack 2\n"
_PLACE = struct.Struct("=16sQII")  # key, where the entry begins, its length, its checksum
_FOOT = struct.Struct("=QII")  # where the places begin, how many, their checksum
_SHARE = 4  # what lies aside may have one part in so many of what lies in the large file
LITTLE = 1 << 20  # bytes that may lie aside in any case


class _File:
    """One file of a pack, read an entry at a time; nothing is trusted that does not match its checksum."""

    def __init__(self, path: Path) -> None:
        """A file that is not there, or is none of ours, holds nothing."""
        self.size = 0
        self.places: dict[bytes, tuple[int, int, int]] = {}
        self._handle = -1
        with contextlib.suppress(OSError, struct.error):
            self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | _BINARY)
            self._begin()

    def get(self, key: bytes) -> bytes | None:
        """The entry of a key, if there is a whole one."""
        held = self.places.get(key)
        if held is None:
            return None
        start, size, checksum = held
        try:
            found = self._read(start, size)
        except OSError:
            return None
        return found if len(found) == size and zlib.crc32(found) == checksum else None

    def close(self) -> None:
        """Let go of the file, so that another may take its place."""
        if self._handle >= 0:
            os.close(self._handle)
        self._handle = -1

    def __del__(self) -> None:
        self.close()

    def _read(self, start: int, size: int) -> bytes:
        os.lseek(self._handle, start, os.SEEK_SET)
        return os.read(self._handle, size)

    def _begin(self) -> None:
        size = os.fstat(self._handle).st_size
        if size > MOST_BYTES or self._read(0, len(_MAGIC)) != _MAGIC:
            return
        start, count, checksum = _FOOT.unpack(self._read(size - _FOOT.size, _FOOT.size))
        if start + count * _PLACE.size + _FOOT.size != size:
            return
        places = self._read(start, count * _PLACE.size)
        if zlib.crc32(places) == checksum:
            self.size = size
            self.places = {key: (at, length, crc) for key, at, length, crc in _PLACE.iter_unpack(places)}


class Pack:
    """The entries that earlier runs kept under a name, and those that this one adds."""

    def __init__(self, path: Path) -> None:
        """Read nothing yet."""
        self._path = path
        self._passing = path.with_name(f"{path.name}.{os.getpid()}{PASSING}")
        self._used: set[bytes] = set()
        self._new: BufferedWriter | None = None
        self._fresh: dict[bytes, tuple[int, int, int]] = {}

    @property
    def is_heavy(self) -> bool:
        """Does so much lie aside that it is time for a run that uses all of it?"""
        return not self._is_little(self._aside.size)

    def _is_little(self, size: int) -> bool:
        return size <= max(LITTLE, self._main.size // _SHARE)

    def get(self, key: bytes) -> bytes | None:
        """The entry of a key; None where there is none, or a damaged one."""
        found = self._aside.get(key) or self._main.get(key)
        if found is not None:
            self._used.add(key)
        return found

    def holds(self, key: bytes) -> bool:
        """Is there an entry of a key? Then it is one that is used."""
        is_held = key in self._aside.places or key in self._main.places
        if is_held:
            self._used.add(key)
        return is_held

    def put(self, key: bytes, entry: bytes) -> None:
        """Add an entry; it is on the disk at once, and found when the pack has been closed."""
        if key in self._fresh:
            return
        with contextlib.suppress(OSError):
            if self._new is None:
                self._new = self._begin()
            self._add(self._new, key, entry)

    def close(self, *, whole: bool = True) -> None:
        """Put what is new in its place. `whole`: all that is of use was asked for or added, so that the rest may go."""
        if self._new is None:
            return
        try:
            path = self._filled(self._new, whole=whole)
            self._new.close()
            for file in (self._aside, self._main):
                file.close()
            if self._passing.stat().st_size <= MOST_BYTES // 2:
                self._passing.replace(path)
                if path == self._path:
                    self._beside.unlink(missing_ok=True)
        except OSError:
            pass
        finally:
            self._new = None
            with contextlib.suppress(OSError):
                self._passing.unlink(missing_ok=True)

    def _filled(self, stream: BufferedWriter, *, whole: bool) -> Path:
        """Add what is to be kept of the old files and the table of all places; the path that the new file belongs to."""
        is_small = self._main.size > 0 and self._is_little(stream.tell() + self._aside.size)
        kept: Any = self._used if whole else self._aside.places
        for key in sorted(kept) if not is_small else sorted(self._aside.places):
            held = None if key in self._fresh else self._aside.get(key) or self._main.get(key)
            if held is not None:
                self._add(stream, key, held)
        start = stream.tell()
        places = b"".join(_PLACE.pack(key, *place) for key, place in self._fresh.items())
        stream.write(places + _FOOT.pack(start, len(self._fresh), zlib.crc32(places)))
        return self._path if whole and not is_small else self._beside

    def _add(self, stream: BufferedWriter, key: bytes, entry: bytes) -> None:
        self._fresh[key] = (stream.tell(), len(entry), zlib.crc32(entry))
        stream.write(entry)

    @cached_property
    def _main(self) -> _File:
        return _File(self._path)

    @cached_property
    def _aside(self) -> _File:
        return _File(self._beside)

    @property
    def _beside(self) -> Path:
        return self._path.with_name(f"{self._path.name}{_ASIDE}")

    def _begin(self) -> BufferedWriter:
        """A new file beside the old one, of which a run that dies leaves nothing for long."""
        handle = os.open(self._passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0) | _BINARY, 0o600)
        stream = os.fdopen(handle, "wb")
        stream.write(_MAGIC)
        return stream
