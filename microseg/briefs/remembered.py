"""What the last build of a folder was made from, kept in the user's own cache and not in the folder.

A manifest beside the pages travels with them, so whoever hands you pages could say in it that they are up to date. What
lies in your own cache cannot be handed to you, and it may only save time: without it all pages are made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from microseg.briefs.pieces import Kept
from microseg.resources import cache_folder

if TYPE_CHECKING:
    from microseg.lint.finding import Seen

_VERSION = 3
_MOST_FOLDERS = 50
_WRITABLE_BY_OTHERS = 0o022
_UNSURE = 50_000_000  # nanoseconds: more than a tick of any file system's clock that counts below milliseconds
_PARTING = re.compile(r"[\t\n]")


class Remembered(NamedTuple):
    """`key` stands for the whole site; `pages` has, by path, the key of what a page was made from; `files` the hash of every file, `stamps` when and how large it was.

    `marks` have, by path, what was shown of a source (see `microseg.project.edited`), and `made_with` stands for what is none: the
    settings, the templates, the day. `pieces` is the hash of what is kept of all segments; nothing else goes with these marks.
    """

    key: str
    pages: Mapping[str, str]
    files: Mapping[str, str]
    stamps: Mapping[str, str] = MappingProxyType({})
    marks: Mapping[str, str] = MappingProxyType({})
    made_with: str = ""
    pieces: str = ""


class Before(NamedTuple):
    """What the last build of a folder left: what is known of it; and, read when it is asked for, what it said of each segment and what is shown of what was found in each file (ValueError where that is lost)."""

    known: Remembered
    kept: Callable[[], Kept]
    found: Callable[[], Mapping[str, Sequence[Seen]]]


NOTHING = Remembered("", {}, {})


def recall(out: Path, root: Path | None = None) -> Remembered:
    """What is known of an output folder; nothing where the cache is missing, broken, open to others, or part of the workspace at `root`."""
    try:
        held = json.loads(_read(_file_of(out), root))
    except (ValueError, RecursionError):
        return NOTHING
    if not isinstance(held, dict) or held.get("version") != _VERSION or held.get("folder") != _name_of(out):
        return NOTHING
    parts: list[Any] = [held.get(name) for name in Remembered._fields]
    return Remembered(*parts) if list(map(type, parts)) == [str, dict, dict, dict, dict, str, str] else NOTHING


def remember(out: Path, known: Remembered, root: Path | None = None) -> None:
    """Keep what is known of an output folder. Where that cannot be written the next build takes longer, and that is all."""
    now = time.time_ns() - _UNSURE
    stamps = {path: stamp for path, stamp in known.stamps.items() if stamp and int(stamp.split(" ")[2]) < now}  # a file may be written twice at one tick of the clock
    held = {name: one if isinstance(one, str) else dict(one) for name, one in known._replace(stamps=stamps)._asdict().items()}
    data = json.dumps({"version": _VERSION, "folder": _name_of(out), **held})
    _keep(_file_of(out), data.encode(), root)


def recall_pieces(out: Path, root: Path | None = None) -> Kept:
    """What the last build said of each segment; nothing where that is missing, broken or not the user's own."""
    checksum, _, text = _read(_file_of(out).with_suffix(".pieces"), root).partition(b"\n")
    hash_ = _hash(text)
    if checksum.decode("ascii", "replace") != hash_:
        return Kept({})
    frame, *lines = text.decode("utf-8", "surrogateescape").split("\n")
    parted = (line.split("\t", 2) for line in lines if line)
    return Kept({name: (key, piece) for name, key, piece in parted}, frame, hash_)


def remember_pieces(out: Path, kept: Kept, root: Path | None = None) -> Kept:
    """Keep what is said of each segment, for the next build of the folder; gives it with its hash."""
    lines = (f"{name}\t{key}\t{piece}\n" for name, (key, piece) in kept.pieces.items() if not _PARTING.search(name))
    text = f"{kept.frame}\n{''.join(lines)}".encode("utf-8", "surrogateescape")
    hash_ = _hash(text)
    _keep(_file_of(out).with_suffix(".pieces"), f"{hash_}\n".encode() + text, root)
    return kept._replace(hash=hash_)


def _hash(text: bytes) -> str:
    digest = hashlib.sha256(b"%d\n" % _VERSION)
    digest.update(text)
    return digest.hexdigest()[:32]


def _read(path: Path, root: Path | None) -> bytes:
    """A file of the cache; empty where it is missing, open to others, or part of the workspace at `root`."""
    try:
        return b"" if _lies_in(path, root) or not _is_private(path.parent) or not _is_private(path) else path.read_bytes()
    except OSError:
        return b""


def _keep(path: Path, data: bytes, root: Path | None) -> None:
    if _lies_in(path, root):
        return
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        passing = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        passing.replace(path)
        _thin_out(path.parent)


def _file_of(out: Path) -> Path:
    return cache_folder() / "sites" / f"{hashlib.sha256(_name_of(out).encode('utf-8', 'surrogateescape')).hexdigest()[:24]}.json"


def _name_of(out: Path) -> str:
    return os.path.realpath(out).encode("utf-8", "backslashreplace").decode()


def _lies_in(path: Path, root: Path | None) -> bool:
    """Would the cache be part of the workspace, which could then bring its own?"""
    return root is not None and Path(os.path.realpath(path)).is_relative_to(os.path.realpath(root))


def _is_private(path: Path) -> bool:
    """Does it belong to the user, and may nobody else write it? Systems without owners say yes."""
    about = path.lstat()
    if stat.S_ISLNK(about.st_mode):
        return False
    return not hasattr(os, "getuid") or (about.st_uid == os.getuid() and not about.st_mode & _WRITABLE_BY_OTHERS)


def _thin_out(folder: Path) -> None:
    """Forget the folders that were built longest ago."""
    held = sorted(folder.glob("*.json"), key=lambda one: one.stat().st_mtime, reverse=True)
    for path in held[_MOST_FOLDERS:]:
        path.unlink(missing_ok=True)
        path.with_suffix(".pieces").unlink(missing_ok=True)
