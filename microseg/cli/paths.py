"""Files and folders that somebody named on the command line: whether they are there, what is in the way, and how a text is written."""

from __future__ import annotations

import errno
from pathlib import Path

from microseg.errors import UsageError, cannot_write, short

_NOWHERE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP})


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


def write_file(path: Path, text: str, *, hint: str) -> None:
    """Write a text as UTF-8; what UTF-8 cannot hold (a file may be named so) as the terminal shows it. Raises OutputError."""
    try:
        path.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
    except OSError as error:
        raise cannot_write(path, error, hint) from None
    except ValueError:
        raise cannot_write(path, "this cannot be a path", hint) from None
