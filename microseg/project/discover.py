"""Which files belong to a workspace: YAML under segments/ and evidence/, hidden and foreign files left alone."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Literal, NamedTuple

from microseg.source.problem import Problem

FOLDERS: tuple[FileKind, ...]
FileKind = Literal["segments", "evidence"]
FOLDERS = ("segments", "evidence")
MOST_FILES = 100_000
LARGEST_FILE = 8_388_608
_LEADS_OUT = Problem("MS011", "a link that leads out of the workspace is not followed", 0, 0, "copy the file here")
_LEADS_TO_FOLDER = Problem("MS011", "a link to a folder is not followed", 0, 0, "move the folder here, or delete the link if it is read where it is")
_SUFFIXES = (".yaml", ".yml")


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
        waiting = [root / kind]
        while waiting:
            waiting += _scan(root, waiting.pop(), kind, found)
    found.sort(key=lambda one: one.path)
    if len(found) > most:
        first = found[most]
        problem = Problem("MS007", f"more than {most:,} files; from here on none is read", 0, 0, "split the workspace in two")
        return [*found[:most], first._replace(problem=problem)]
    return found


def kind_of(path: str) -> FileKind | None:
    """The kind of a relative path, or None where it is no file of a workspace."""
    parts = path.split("/")
    if len(parts) == 1 or any(part.startswith(".") for part in parts) or not path.lower().endswith(_SUFFIXES):
        return None
    return next((kind for kind in FOLDERS if parts[0] == kind), None)


def _scan(root: Path, folder: Path, kind: FileKind, found: list[Found]) -> list[Path]:
    """Add the files of one folder to those found; the folders inside it, still to be looked at."""
    folders: list[Path] = []
    try:
        with os.scandir(folder) as held:
            entries = sorted(held, key=lambda entry: entry.name)
    except FileNotFoundError:
        return folders
    except OSError as error:
        found.append(Found(_relative(root, folder), kind, unreadable(error)))
        return folders
    for entry in entries:
        if entry.name.startswith("."):
            continue
        is_yaml = entry.name.lower().endswith(_SUFFIXES)
        if entry.is_symlink() and not _stays_inside(root, Path(entry.path)):
            if is_yaml or entry.is_dir():
                leads_out = not _lies_inside(root, Path(entry.path))
                found.append(Found(_relative(root, Path(entry.path)), kind, _LEADS_OUT if leads_out else _LEADS_TO_FOLDER))
        elif entry.is_dir(follow_symlinks=False):
            if is_yaml:
                found.append(Found(_relative(root, Path(entry.path)), kind, Problem("MS010", "this is a folder, not a file", 0, 0, "rename the folder: a name that ends in .yaml is for a file")))
            else:
                folders.append(Path(entry.path))
        elif is_yaml:
            found.append(Found(_relative(root, Path(entry.path)), kind))
    return folders


def _stays_inside(root: Path, link: Path) -> bool:
    """A link to a file inside is followed; a link to a folder is not, for it would be read twice or for ever."""
    return _lies_inside(root, link) and not link.is_dir()


def _lies_inside(root: Path, link: Path) -> bool:
    return Path(os.path.realpath(link)).is_relative_to(os.path.realpath(root))


def _relative(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def read_bytes(path: Path, *, largest: int = LARGEST_FILE) -> bytes | Problem:
    """The bytes of a regular file, or why they cannot be had. Never blocks on a pipe, never reads past the bound."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            return Problem("MS010", "this is not a regular file", 0, 0, "put a plain text file here, or remove it")
        if about.st_size > largest:
            return too_large(about.st_size, largest)
        return path.read_bytes()
    except OSError as error:
        return unreadable(error)


def too_large(size: int, largest: int) -> Problem:
    """MS007 for a file over the bound, both in bytes."""
    return Problem("MS007", f"the file has {size:,} bytes; at most {largest:,} are read", 0, 0, "split it into several files")


def unreadable(error: OSError) -> Problem:
    """MS010 in the system's own words."""
    return Problem("MS010", f"this cannot be read: {(error.strerror or 'unknown reason').lower()}", 0, 0, "check that it exists and that you may read it")
