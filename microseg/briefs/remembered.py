"""What the last build of a folder was made from, kept in the user's own cache and not in the folder.

A manifest beside the pages travels with them, so whoever hands you pages could say in it that they are up to date. What
lies in your own cache cannot be handed to you, and it may only save time: without it all pages are made again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from microseg.resources import cache_folder

_VERSION = 1
_MOST_FOLDERS = 50
_WRITABLE_BY_OTHERS = 0o022


class Remembered(NamedTuple):
    """`key` stands for the whole site; `pages` has, by path, the key of what a page was made from and the hash of the page; `files` every hash."""

    key: str
    pages: Mapping[str, str]
    files: Mapping[str, str]


NOTHING = Remembered("", {}, {})


def recall(out: Path, root: Path | None = None) -> Remembered:
    """What is known of an output folder; nothing where the cache is missing, broken, open to others, or part of the workspace at `root`."""
    path = _file_of(out)
    try:
        if _lies_in(path, root) or not _is_private(path.parent) or not _is_private(path):
            return NOTHING
        held = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return NOTHING
    if not isinstance(held, dict) or held.get("version") != _VERSION or held.get("folder") != _name_of(out):
        return NOTHING
    key, pages, files = held.get("key"), held.get("pages"), held.get("files")
    return Remembered(key, pages, files) if isinstance(key, str) and isinstance(pages, dict) and isinstance(files, dict) else NOTHING


def remember(out: Path, known: Remembered, root: Path | None = None) -> None:
    """Keep what is known of an output folder. Where that cannot be written the next build takes longer, and that is all."""
    path = _file_of(out)
    if _lies_in(path, root):
        return
    data = json.dumps({"version": _VERSION, "folder": _name_of(out), "key": known.key, "pages": dict(known.pages), "files": dict(known.files)})
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        passing = path.with_name(f"{path.name}.{os.getpid()}")
        handle = os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
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
