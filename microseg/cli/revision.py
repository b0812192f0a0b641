"""The git revision that a folder stands at, read from .git itself: no program is run for it."""

from __future__ import annotations

import re
from pathlib import Path

_HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?\Z")
_SHOWN = 10
_LONGEST = 4096


def revision_of(folder: Path) -> str:
    """The first ten digits of the commit that is checked out; empty where there is none."""
    for place in (folder.resolve(), *folder.resolve().parents):
        if (place / ".git").exists():
            git = _git_folder(place / ".git")
            return _commit(git)[:_SHOWN]
    return ""


def _git_folder(found: Path) -> Path:
    """The folder itself, or the one that a worktree's file leads to."""
    text = _read(found) if found.is_file() else ""
    return (found.parent / text.removeprefix("gitdir:").strip()) if text.startswith("gitdir:") else found


def _commit(git: Path) -> str:
    head = _read(git / "HEAD")
    if not head.startswith("ref:"):
        return head if _HASH.match(head) else ""
    name = head.removeprefix("ref:").strip()
    if ".." in Path(name).parts or Path(name).is_absolute():
        return ""
    shared = _read(git / "commondir")
    for place in (git, git / shared) if shared else (git,):
        loose = _read(place / name)
        if _HASH.match(loose):
            return loose
        packed = re.search(rf"^([0-9a-f]+) {re.escape(name)}$", _read(place / "packed-refs", whole=True), re.MULTILINE)
        if packed is not None and _HASH.match(packed[1]):
            return packed[1]
    return ""


def _read(path: Path, *, whole: bool = False) -> str:
    try:
        with path.open("rb") as file:
            return file.read(-1 if whole else _LONGEST).decode("utf-8", "replace").strip()
    except OSError:
        return ""
