"""A pattern of files, followed without leaving the workspace: `**` enters no link, and no other part one that leads out."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from fnmatch import translate
from pathlib import Path

_SIGNS = frozenset("*?[")


def has_signs(part: str) -> bool:
    """Does a part of a path stand for several names?"""
    return bool(_SIGNS & set(part))


def fixed_part(pattern: str) -> Path:
    """The folder or file that a pattern names before its first part with a sign."""
    parts = Path(pattern).parts
    return Path(*parts[: next((place for place, part in enumerate(parts) if has_signs(part)), len(parts))])


def found_by(pattern: str, inside: Path | None) -> Iterator[str]:
    """The files and folders that a pattern names, in no order; `inside`: the folder, links resolved, that is not left through a link.

    Hidden names are only found by a part that begins with a point itself, as in a shell.
    """
    fixed = fixed_part(pattern)
    parts = Path(pattern).parts[len(fixed.parts) :]
    parts = (*parts, "*") if parts[-1:] == ("**",) else parts
    left, met = [(str(fixed), 0)], set()  # a list rather than calls in calls, for folders may lie in folders a thousand deep
    while left:
        at = left.pop()
        if at in met:  # several `**` lead to the same place in many ways
            continue
        met.add(at)
        folder, place = at
        if place < len(parts):
            left += _next(folder, place, parts[place], inside, is_last=place == len(parts) - 1)
        elif os.path.lexists(folder):
            yield folder


def _next(folder: str, place: int, part: str, inside: Path | None, *, is_last: bool) -> Iterator[tuple[str, int]]:
    """Where one part of a pattern leads from a folder, each with the place of the part that comes next."""
    if part == "**":
        yield folder, place + 1
        yield from ((entry.path, place) for entry in _entries(folder) if not entry.name.startswith(".") and _is_folder(entry, None, enters_links=False))
    elif has_signs(part):
        fits = re.compile(translate(part)).match
        for entry in _entries(folder):
            if fits(entry.name) and (part.startswith(".") or not entry.name.startswith(".")) and (is_last or _is_folder(entry, inside)):
                yield entry.path, place + 1
    else:
        named = os.path.join(folder, part)  # noqa: PTH118 - many names, and a Path each would take its time
        if (part != ".." and not os.path.islink(named)) or _stays(named, inside):  # noqa: PTH114 - as above
            yield named, place + 1


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as held:
            return list(held)
    except (OSError, ValueError):  # no folder, or none that may be read
        return []


def _is_folder(entry: os.DirEntry[str], inside: Path | None, *, enters_links: bool = True) -> bool:
    try:
        if not entry.is_symlink():
            return entry.is_dir()
        return enters_links and entry.is_dir() and _stays(entry.path, inside)
    except OSError:
        return False


def _stays(name: str, inside: Path | None) -> bool:
    """Does what a link leads to lie inside that folder?"""
    try:
        return inside is None or Path(name).resolve().is_relative_to(inside)
    except (OSError, RuntimeError):  # a link to itself
        return False
