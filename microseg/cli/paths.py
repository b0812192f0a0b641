"""Files and folders that somebody named on the command line: whether they are there, what is in the way, and how a text is written."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from microseg.errors import UsageError, cannot_write, short

_NOWHERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP})
_SETTINGS = "microseg.yaml"
_YAML = frozenset({".yaml", ".yml"})
_SOURCES = frozenset({"segments", "evidence"})


def exists(path: Path) -> bool:
    """Is there a file or folder? Raises UsageError for a path that no system can hold, or that nobody may look at."""
    try:
        path.stat()
    except ValueError:
        raise UsageError(f"{short(path)}: this cannot be a path", "name another one") from None
    except OSError as error:
        if error.errno in _NOWHERE:
            return False
        if error.errno == errno.ENAMETOOLONG:
            raise UsageError(f"{short(path)}: the path is too long", "name a shorter one") from None
        raise UsageError(f"{short(path)}: {(error.strerror or 'unknown reason').lower()}", "name a place that you may read") from None
    return True


def is_taken(path: Path) -> bool:
    """Does anything stand there, a link that leads nowhere included?"""
    return exists(path) or path.is_symlink()


def in_the_way(path: Path) -> Path | None:
    """The nearest of the folders above a path that is none: a file, or a link that leads nowhere."""
    for folder in path.parents:
        if is_taken(folder):
            return None if folder.is_dir() else folder
    return None


def refuse_source(path: Path, hint: str) -> None:
    """Raises OutputError where a result would replace microseg.yaml, a segment or a piece of evidence."""
    held = path.resolve()
    if held.is_file() and (held.name == _SETTINGS or (held.suffix in _YAML and not _SOURCES.isdisjoint(held.parent.parts))):
        raise cannot_write(path, "it holds what you have written, and a result would replace it", hint)


def write_file(path: Path, text: str, *, hint: str) -> None:
    """Write a text as UTF-8; what UTF-8 cannot hold (a file may be named so) as the terminal shows it. Raises OutputError.

    The file is whole or as it was, unless it is a pipe or a device; what a workspace is written in is never replaced.
    """
    from microseg.project.writing import write_atomically

    try:
        refuse_source(path, hint)
        data = text.encode("utf-8", "backslashreplace")
        if path.parent.is_dir() and (path.is_file() or not path.exists()) and os.access(path.parent, os.W_OK):
            write_atomically(path, data)
        else:
            path.write_bytes(data)
    except OSError as error:
        raise cannot_write(path, error, hint) from None
    except ValueError:
        raise cannot_write(path, "this cannot be a path", hint) from None
