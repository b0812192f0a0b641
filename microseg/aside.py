"""Files on their way: written beside their place under a name that nobody else has, and moved there whole.

The name is known before the file is there, so that whoever is stopped at any moment can still take it away.
"""

import os
from functools import partial
from pathlib import Path
from typing import IO, Any

PASSING = ".microseg-"
_PRIVATE = 0o600


def passing(folder: Path, suffix: str = "") -> Path:
    """A hidden name in a folder that no file has: eight random hexadecimal digits."""
    return folder / f"{PASSING}{os.urandom(4).hex()}{suffix}"


def open_new(path: Path, mode: str = "xb", **how: Any) -> IO[Any]:
    """A new file, open for writing and readable by its owner only. Raises FileExistsError where something is there."""
    return open(path, mode, opener=partial(os.open, mode=_PRIVATE), **how)
