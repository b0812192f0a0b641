"""Writing into a workspace: whole or not at all, with the encoding and line ends that the file has."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from microseg.errors import OutputError
from microseg.source.text import decode


def encode_like(original: bytes, text: str) -> bytes:
    """A text in the encoding of the file that it came from, with its byte order mark."""
    decoded = decode(original)
    return decoded.bom + text.encode(decoded.encoding)


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file through a temporary one beside it, so that no reader ever sees half. Raises OutputError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        target = Path(os.path.realpath(path))
        handle, name = tempfile.mkstemp(prefix=".microseg-", dir=target.parent)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            Path(name).chmod(target.stat().st_mode & 0o7777 if target.exists() else 0o666 & ~_umask())
            Path(name).replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                Path(name).unlink()
            raise
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {(error.strerror or 'unknown reason').lower()}", "check the folder and its permissions") from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
