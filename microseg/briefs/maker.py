"""What makes the pages, as a hash: this version, its templates, and the team's own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path

from microseg import __version__
from microseg.resources import folder


def made_with(formats: Sequence[str], templates: Path | None, *asked: str) -> str:
    """A hash that changes with whatever turns a workspace into pages; `asked` are further options, as texts."""
    parts = [__version__, ",".join(formats), *asked]
    for place in (Path(__file__).parent, folder("templates"), templates):
        if place is not None and place.is_dir():
            parts += [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(place.iterdir()) if path.is_file()]
    return whole_key(parts)


def whole_key(parts: Iterable[str]) -> str:
    """One hash over texts, in order."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
