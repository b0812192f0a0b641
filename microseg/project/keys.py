"""What cached results follow from, as keys: the bytes of files, the settings, the rules and the day that were asked for."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Mapping

    from microseg.lint.engine import Options
    from microseg.lint.rule import Family
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace
    from microseg.project.cache import Store

_BYTES = 16


def digests_of(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """A hash of each file's bytes."""
    return {path: blake2b(data, digest_size=_BYTES).digest() for path, data in contents.items()}


def run_key(store: Store, files: Iterable[tuple[str, bytes]], options: Options, shown: object) -> bytes:
    """The key of everything that a run says: `files` are all files with a hash of each, `shown` says how it is told."""
    from microseg.project.encode import encode

    baseline = () if options.baseline is None else options.baseline[:2]
    asked = (options.select, options.ignore, _day(options.as_of), options.suppress, baseline, shown)
    parts = [encode(asked)]
    for path, digest in files:
        parts += (path.encode("utf-8", "surrogatepass"), digest)
    return store.key(parts)


def family_keys(store: Store, workspace: Workspace, digests: Mapping[str, bytes], settings: bytes, asked: Options) -> Callable[[Family], bytes]:
    """The key of what rules say of a family: its members with their files, the settings, which rules, and the day.

    A family in which parents go round in a circle has none, for then rules see more than its members.
    """
    from microseg.project.encode import encode

    base = [settings, encode((asked.select, asked.ignore, _day(asked.as_of or workspace.newest_date)))]
    idents: dict[int, bytes] = {}

    def ident(segment: Segment) -> bytes:
        found = idents.get(id(segment))
        if found is None:
            at = segment.at
            told = encode((at.path, at.start, segment.id, segment.level, segment.parent and segment.parent.written))
            found = idents[id(segment)] = blake2b(told + digests.get(at.path, b""), digest_size=_BYTES).digest()
        return found

    def key_of(family: Family) -> bytes:
        above = (*(() if family.parent is None else (family.parent,)), *family.ancestors)
        names = {one.id for one in above}
        if any(child.id in names for child in family.children):
            return b""
        own = [ident(child) + (b"1" if workspace.parent(child) is family.parent else b"0") for child in family.children]  # two parents may have one id
        return store.key([*base, b"".join(map(ident, above)), *own])

    return key_of


def _day(day: datetime.date | None) -> str:
    return "" if day is None else day.isoformat()
