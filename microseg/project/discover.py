"""Which files belong to a workspace: YAML under segments/ and evidence/, hidden and foreign files left alone."""

from __future__ import annotations

import datetime
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from microseg.record import NamedTuple
from microseg.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Collection

FOLDERS: tuple[FileKind, ...]
FileKind = Literal["segments", "evidence"]
FOLDERS = ("segments", "evidence")
MOST_FILES = 100_000
LARGEST_FILE = 8_388_608
_LEADS_OUT = Problem("MS011", "a link that leads out of the workspace is not followed", 0, 0, "copy the file here")
_LEADS_TO_FOLDER = Problem("MS011", "a link to a folder is not followed", 0, 0, "move the folder here, or delete the link if it is read where it is")
_SUFFIXES = (".yaml", ".yml")
_BINARY = getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Found(NamedTuple):
    """A file of the workspace: its path with `/`, and why it is not read, if it is not."""

    path: str
    kind: FileKind
    problem: Problem | None = None


def discover(root: Path, *, most: int = MOST_FILES) -> list[Found]:
    """All files of a workspace, sorted by path. What looks like one and cannot be read has its problem."""
    found: list[Found] = []
    for kind in FOLDERS:
        if (root / kind).is_symlink() and not _lies_inside(root, root / kind):
            found.append(Found(kind, kind, _LEADS_OUT))
            continue
        waiting: list[str] = [kind]
        while waiting:
            waiting += _scan(root, waiting.pop(), kind, found)
    found.sort(key=lambda one: one.path)
    if len(found) > most:
        first = found[most]
        problem = Problem("MS007", f"more than {most:,} files; from here on none is read", 0, 0, "split the workspace in two")
        return [*found[:most], first._replace(problem=problem)]
    return found


def measured_days(root: Path) -> tuple[datetime.date, ...]:
    """The days of the saved measures, by the names of their files alone: measures/2026-06-30.json."""
    try:
        with os.scandir(root / "measures") as held:
            names = sorted(entry.name for entry in held)
    except OSError:
        return ()
    return tuple(day for name in names if (day := _day(name)) is not None)


def _day(name: str) -> datetime.date | None:
    stem = name.removesuffix(".json")
    try:
        day = datetime.date.fromisoformat(stem)
    except ValueError:
        return None
    return day if name != stem and stem == day.isoformat() else None


def kind_of(path: str) -> FileKind | None:
    """The kind of a relative path, or None where it is no file of a workspace."""
    parts = path.split("/")
    if len(parts) == 1 or any(part.startswith(".") for part in parts) or not path.lower().endswith(_SUFFIXES):
        return None
    return next((kind for kind in FOLDERS if parts[0] == kind), None)


def is_below(path: str, named: Collection[str]) -> bool:
    """Is a path one of those named, or inside a folder that is?"""
    return path in named or any(path.startswith(one.rstrip("/") + "/") for one in named)


def _scan(root: Path, folder: str, kind: FileKind, found: list[Found]) -> list[str]:
    """Add the files of one folder (relative, with `/`) to those found; the folders inside it, still to be looked at."""
    folders: list[str] = []
    try:
        with os.scandir(f"{root}/{folder}") as held:
            entries = [entry for entry in held if not entry.name.startswith(".")]
    except FileNotFoundError:
        return folders
    except OSError as error:
        found.append(Found(folder, kind, unreadable(error)))
        return folders
    for entry in entries:
        path = f"{folder}/{entry.name}"
        is_yaml = entry.name.lower().endswith(_SUFFIXES)
        if entry.is_symlink() and not _stays_inside(root, Path(entry.path)):
            if is_yaml or entry.is_dir():
                found.append(Found(path, kind, _LEADS_TO_FOLDER if _lies_inside(root, Path(entry.path)) else _LEADS_OUT))
        elif entry.is_dir(follow_symlinks=False):
            if is_yaml:
                found.append(Found(path, kind, Problem("MS010", "this is a folder, not a file", 0, 0, "rename the folder: a name that ends in .yaml is for a file")))
            else:
                folders.append(path)
        elif is_yaml:
            found.append(Found(path, kind))
    return folders


def _stays_inside(root: Path, link: Path) -> bool:
    """A link to a file inside is followed; a link to a folder is not, for it would be read twice or for ever."""
    return _lies_inside(root, link) and not link.is_dir()


def _lies_inside(root: Path, link: Path) -> bool:
    return Path(os.path.realpath(link)).is_relative_to(os.path.realpath(root))


def read_bytes(path: str | Path, *, largest: int = LARGEST_FILE) -> bytes | Problem:
    """The bytes of a regular file, or why they cannot be had. Never blocks on a pipe, never reads past the bound."""
    try:
        about = os.stat(path)  # noqa: PTH116 - a path object a file is a tenth of the time of a cold run
        if not stat.S_ISREG(about.st_mode):
            return Problem("MS010", "this is not a regular file", 0, 0, "put a plain text file here, or remove it")
        if about.st_size > largest:
            return too_large(about.st_size, largest)
        handle = os.open(path, os.O_RDONLY | _BINARY)
        try:
            data = os.read(handle, about.st_size + 1)
            while len(data) != about.st_size and (more := os.read(handle, largest + 1)):  # it has grown, or came in parts
                data += more
                if len(data) > largest:
                    return too_large(len(data), largest)
        finally:
            os.close(handle)
    except OSError as error:
        return unreadable(error)
    return data


def too_large(size: int, largest: int) -> Problem:
    """MS007 for a file over the bound, both in bytes."""
    return Problem("MS007", f"the file has {size:,} bytes; at most {largest:,} are read", 0, 0, "split it into several files")


def unreadable(error: OSError) -> Problem:
    """MS010 in the system's own words."""
    return Problem("MS010", f"this cannot be read: {(error.strerror or 'unknown reason').lower()}", 0, 0, "check that it exists and that you may read it")
