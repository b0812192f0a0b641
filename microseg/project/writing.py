"""Writing into a workspace: whole or not at all, with the encoding and line ends that the file has."""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from pathlib import Path

from microseg.aside import PASSING, open_new, passing
from microseg.errors import cannot_write
from microseg.source.text import decode

_ASIDE = re.compile(r"\.microseg-[0-9a-z_]{8}\Z")
_HOUR = 3600.0


def encode_like(original: bytes, text: str) -> bytes:
    """A text in the encoding of the file that it came from, with its byte order mark."""
    decoded = decode(original)
    return decoded.bom + text.encode(decoded.encoding)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it, so that no reader ever sees half.

    Raises OutputError where that fails, and where something stands there that is no regular file: a device would be replaced.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        target = Path(os.path.realpath(path))
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            raise cannot_write(path, "it is not a regular file", "name another file")
        _sweep(target.parent)
        aside = passing(target.parent)
        try:
            with open_new(aside) as stream:
                stream.write(data)
            aside.chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
            aside.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                aside.unlink()
            raise
    except OSError as error:
        raise cannot_write(path, error, "check the folder and its permissions") from None


def _sweep(folder: Path) -> None:
    """Take away what a run that was killed while it wrote has left there; what is younger than an hour may be somebody's."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        left = [one for one in entries if one.name.startswith(PASSING) and _ASIDE.match(one.name) and one.is_file(follow_symlinks=False)]
        for one in left:
            if one.stat(follow_symlinks=False).st_mtime < time.time() - _HOUR:
                Path(one.path).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
