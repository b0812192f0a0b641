"""What makes the pages, as a hash: this version, its templates, and the team's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from microseg import __version__
from microseg.resources import folder


def made_with(formats: Sequence[str], templates: Path | None, *asked: str) -> str:
    """A hash that changes with whatever turns a workspace into pages; `asked` are further options, as texts."""
    return whole_key([__version__, ",".join(formats), *asked, *_ours(), *(() if templates is None else _files_in(templates))])


@cache
def _ours() -> tuple[str, ...]:
    """What of this program makes pages, which is the same as long as it runs."""
    return (*_files_in(Path(__file__).parent), *_files_in(folder("templates")))


def _files_in(place: Path) -> tuple[str, ...]:
    """The files of a folder, if it is there, each by its name and a hash of it."""
    return tuple(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(place.iterdir()) if path.is_file()) if place.is_dir() else ()


def whole_key(parts: Iterable[str]) -> str:
    """One hash over texts, in order."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
