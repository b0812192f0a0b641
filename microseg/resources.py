"""Where templates, samples and the user's caches lie."""

import os
import sys
from pathlib import Path

from microseg.errors import MicrosegError

_PACKAGE = Path(__file__).parent
SETTINGS_FILE = "microseg.yaml"
BASELINE_FILE = "microseg-baseline.json"


def folder(name: str) -> Path:
    """The folder `templates` or `sample_workspace`. Raises MicrosegError when the installation lacks it."""
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise MicrosegError(f"this installation of microseg lacks its folder {name}", "install it again: python -m pip install --force-reinstall microseg")


def cache_folder() -> Path:
    """Where the user's caches lie: $XDG_CACHE_HOME, else as is the custom of the system."""
    named = os.environ.get("XDG_CACHE_HOME", "")
    if named and Path(named).is_absolute():
        return Path(named) / "microseg"
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"]) / "microseg" / "cache"
    return Path(os.path.expanduser("~")) / ".cache" / "microseg"  # noqa: PTH111 - Path.home() raises where there is none
