"""What cached results follow from, as keys: the bytes of files, the settings, the rules and the day that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.project.hashes import blake2b

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


def content_key(data: bytes) -> bytes:
    """The key of an entry that is known by what it says."""
    return blake2b(data, digest_size=_BYTES).digest()


def last_key(store: Store, settings: bytes, options: Options, measured: Iterable[datetime.date]) -> bytes:
    """The key of what a run says beside the bytes of the files that it reads: the settings, which rules, the day."""
    from microseg.project.encode import encode

    asked = (options.select, options.ignore, _day(options.as_of), options.suppress, [_day(one) for one in measured])
    return store.key([b"last", settings, encode(asked)])


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
