"""What earlier runs worked out, kept in the user's cache folder: it may only save time.

A key is a hash of everything that the entry follows from, the program itself included. Whatever goes wrong with the
cache, from a damaged byte to a full disk, is a miss. It never lies in a workspace, which could bring its own results.
"""

from __future__ import annotations

import contextlib
import os
import stat
import struct
import sys
import zlib
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from microseg.resources import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterable
    from io import BufferedWriter

MOST_BYTES = 256 << 20  # of the caches of all workspaces together
_MOST_OUTCOMES = 8
_MAGIC = b"microseg pack 1\n"
_ENTRY = struct.Struct("=16sII")  # key, length, checksum
_KEY_BYTES = 16
_WRITABLE_BY_OTHERS = 0o022
_PASSING = ".passing"


def open_store(root: Path) -> Store | None:
    """The cache of the workspace at `root`; None where there can be none that is the user's own."""
    from hashlib import sha256

    real = os.path.realpath(root)
    top = cache_folder()
    made_of = _program()
    if made_of is None or Path(os.path.realpath(top)).is_relative_to(real):
        return None
    folder = top / "lint" / sha256(os.fsencode(real)).hexdigest()[:24]
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if all(_is_private(one) for one in (folder, folder.parent)):
            _sweep(folder)
            return Store(folder, made_of)
    return None


def _is_private(folder: Path) -> bool:
    """Is it a real folder of the user's, which nobody else may write into? Systems without owners say yes."""
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode):
        return False
    return not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & _WRITABLE_BY_OTHERS)


def _program() -> bytes | None:
    """What says that rules, words and readers are those of the run that made an entry: every file of the package as it lies there."""
    from hashlib import blake2b

    digest = blake2b(f"{sys.version} {sys.platform}".encode(), digest_size=32)
    waiting = [os.fspath(Path(__file__).parent.parent)]
    try:
        while waiting:
            with os.scandir(waiting.pop()) as held:
                entries = sorted(held, key=lambda entry: entry.name)
            waiting += [entry.path for entry in entries if entry.is_dir() and entry.name != "__pycache__"]
            for entry in entries:
                if entry.is_file():
                    about = entry.stat()
                    digest.update(f"{entry.path}\0{about.st_size}\0{about.st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    except OSError:
        return None  # run from an archive: nothing tells one program from another
    return digest.digest()


class Store:
    """The cache of one workspace."""

    def __init__(self, folder: Path, made_of: bytes) -> None:
        """`made_of` goes into every key."""
        self._folder = folder
        self._made_of = made_of

    @cached_property
    def facts(self) -> Pack:
        """By the bytes of a file: its facts."""
        return Pack(self._folder / "facts")

    @cached_property
    def told(self) -> Pack:
        """By a family and what belongs to it: what rules say of it."""
        return Pack(self._folder / "told")

    def key(self, parts: Iterable[bytes]) -> bytes:
        """The key of what follows from these parts and from the program; no two lists of parts have the same."""
        from hashlib import blake2b

        digest = blake2b(key=self._made_of, digest_size=_KEY_BYTES)
        for part in parts:
            digest.update(struct.pack("=Q", len(part)))
            digest.update(part)
        return digest.digest()

    def outcome(self, key: bytes) -> bytes | None:
        """What a whole run said before."""
        pack = Pack(self._folder / f"{key.hex()}.run")
        found = pack.get(key)
        pack.close()
        return None if found is None else _unpacked(found)

    def keep_outcome(self, key: bytes, said: bytes) -> None:
        """Keep what a whole run said; only a few such are kept."""
        pack = Pack(self._folder / f"{key.hex()}.run")
        pack.put(key, zlib.compress(said, 1))
        pack.close()
        with contextlib.suppress(OSError):
            for old in sorted(self._folder.glob("*.run"), key=lambda one: one.stat().st_mtime_ns)[:-_MOST_OUTCOMES]:
                old.unlink()

    def close(self) -> None:
        """Write what is new, and let go of the oldest where all of it is too much."""
        for name in ("facts", "told"):
            pack = self.__dict__.pop(name, None)
            if pack is not None:
                pack.close()
        thin_out(self._folder.parent)


def _unpacked(data: bytes) -> bytes | None:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return None


class Pack:
    """Many entries in one file, which is written anew as a whole, or not at all."""

    def __init__(self, path: Path) -> None:
        """Read what is there, and trust nothing that does not match its checksum."""
        self._path = path
        self._old = self._read()
        self._used: set[bytes] = set()
        self._passing = path.with_name(f"{path.name}.{os.getpid()}{_PASSING}")
        self._new: BufferedWriter | None = None
        self._fresh: set[bytes] = set()

    def get(self, key: bytes) -> bytes | None:
        """The entry of a key; None where there is none, or a damaged one."""
        held = self._places.get(key)
        if held is None:
            return None
        start, size, checksum = held
        found = self._old[start : start + size]
        if len(found) != size or zlib.crc32(found) != checksum:
            return None
        self._used.add(key)
        return found

    def put(self, key: bytes, entry: bytes) -> None:
        """Add an entry; it is on the disk at once, and found when the pack has been closed."""
        if key in self._fresh:
            return
        self._fresh.add(key)
        self._used.discard(key)
        with contextlib.suppress(OSError):
            if self._new is None:
                self._new = self._begin()
            self._new.write(_ENTRY.pack(key, len(entry), zlib.crc32(entry)) + entry)

    def close(self) -> None:
        """Put the new file in the place of the old one, the entries that were used again included; leave it where nothing is new."""
        if self._new is None:
            return
        try:
            for key in sorted(self._used):
                start, size, checksum = self._places[key]
                self._new.write(_ENTRY.pack(key, size, checksum) + self._old[start : start + size])
            size = self._new.tell()
            self._new.close()
            if size <= MOST_BYTES // 2:
                self._passing.replace(self._path)
        except OSError:
            pass
        finally:
            self._new = None
            with contextlib.suppress(OSError):
                self._passing.unlink(missing_ok=True)

    @cached_property
    def _places(self) -> dict[bytes, tuple[int, int, int]]:
        """Where each entry lies, its length and its checksum."""
        places: dict[bytes, tuple[int, int, int]] = {}
        data, at = self._old, len(_MAGIC)
        while at + _ENTRY.size <= len(data):
            key, size, checksum = _ENTRY.unpack_from(data, at)
            places[key] = (at + _ENTRY.size, size, checksum)
            at += _ENTRY.size + size
        return places

    def _read(self) -> bytes:
        try:
            handle = os.open(self._path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
            with os.fdopen(handle, "rb") as stream:
                data = stream.read() if os.fstat(handle).st_size <= MOST_BYTES else b""
        except OSError:
            return b""
        return data if data.startswith(_MAGIC) else b""

    def _begin(self) -> BufferedWriter:
        """A new file beside the old one, of which a run that dies leaves nothing for long."""
        handle = os.open(self._passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        stream = os.fdopen(handle, "wb")
        stream.write(_MAGIC)
        return stream


def _sweep(folder: Path) -> None:
    """Take away what runs that were killed have left half written."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f"*{_PASSING}"):
            pid = left.name.removesuffix(_PASSING).rpartition(".")[2]
            if not pid.isdigit() or not _is_alive(int(pid)):
                left.unlink(missing_ok=True)


def _is_alive(pid: int) -> bool:
    if pid == os.getpid() or os.name == "nt":
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def thin_out(folder: Path, most: int = MOST_BYTES) -> None:
    """Take away the caches that were written longest ago, a workspace at a time, until the rest has at most `most` bytes."""
    with contextlib.suppress(OSError):
        held = []
        for workspace in folder.iterdir():
            sizes = [(one.stat().st_size, one.stat().st_mtime_ns) for one in workspace.iterdir()]
            held.append((max((when for _, when in sizes), default=0), sum(size for size, _ in sizes), workspace))
        total = sum(size for _, size, _ in held)
        for _, size, workspace in sorted(held):
            if total <= most:
                break
            for one in workspace.iterdir():
                one.unlink()
            workspace.rmdir()
            total -= size
