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

from microseg.project.hashes import blake2b
from microseg.project.pack import MOST_BYTES, PASSING, Pack
from microseg.resources import cache_folder

if TYPE_CHECKING:
    from collections.abc import Iterable

_MOST_OUTCOMES = 8
_KEY_BYTES = 16
_WRITABLE_BY_OTHERS = 0o022


def open_store(root: Path) -> Store | None:
    """The cache of the workspace at `root`; None where there can be none that is the user's own."""
    real = os.path.realpath(root)
    top = cache_folder()
    made_of = _program()
    if made_of is None or Path(os.path.realpath(top)).is_relative_to(real):
        return None
    folder = top / "lint" / blake2b(os.fsencode(real), digest_size=12).hexdigest()
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

    @cached_property
    def settled(self) -> Pack:
        """By their own hash: what the last run said of each file."""
        return Pack(self._folder / "settled")

    def pieces(self, key: bytes) -> bytes | None:
        """How the last run that showed things in this way put them together (see `microseg.project.pieces`)."""
        return Pack(self._folder / "pieces").get(key)

    def keep_pieces(self, key: bytes, pieces: bytes) -> None:
        """Keep how this run put together what it showed."""
        pack = Pack(self._folder / "pieces")
        pack.put(key, pieces)
        pack.close()

    def last(self, key: bytes) -> bytes | None:
        """The table of the last run of this key (see `microseg.project.last_run`)."""
        return Pack(self._folder / "last").get(key)

    def keep_last(self, key: bytes, table: bytes) -> None:
        """Let the next run start from this one."""
        pack = Pack(self._folder / "last")
        pack.put(key, table)
        pack.close()

    def key(self, parts: Iterable[bytes]) -> bytes:
        """The key of what follows from these parts and from the program; no two lists of parts have the same."""
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

    def close(self, *, whole: bool = True) -> None:
        """Write what is new, and let go of the oldest where all of it is too much. `whole`: all that is of use was asked for."""
        for name in ("facts", "told", "settled"):
            pack = self.__dict__.pop(name, None)
            if pack is not None:
                pack.close(whole=whole)
        thin_out(self._folder.parent)


def _unpacked(data: bytes) -> bytes | None:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return None


def _sweep(folder: Path) -> None:
    """Take away what runs that were killed have left half written."""
    with contextlib.suppress(OSError):
        for left in folder.glob(f"*{PASSING}"):
            pid = left.name.removesuffix(PASSING).rpartition(".")[2]
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
