"""Where templates and samples lie: inside the installed package, or beside it in a checkout."""

from pathlib import Path

from microseg.errors import MicrosegError

_PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `templates` or `sample_workspace`. Raises MicrosegError when the installation lacks it."""
    for place in (_PACKAGE / name, _PACKAGE.parent / name):
        if place.is_dir():
            return place
    raise MicrosegError(f"this installation of microseg lacks its folder {name}", "install it again: python -m pip install --force-reinstall microseg")
