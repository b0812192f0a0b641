"""Stage two over many families: what rules say of each, from the cache where it is known, else shared between processes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from microseg.lint.local import AT_ONCE, Hit, batches
from microseg.lint.rule import Found, Mend, Note
from microseg.model.places import Place
from microseg.project.workers import MOST_PIECES, share
from microseg.record import NamedTuple
from microseg.source.edits import TextEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from microseg.lint.local import Judge
    from microseg.lint.rule import Family
    from microseg.model.segment import Segment
    from microseg.project.pack import Pack

    _Made = list[tuple[list[Hit], bytes]]  # what is said of each family, and what the cache keeps of it (empty without one)


class Kept(NamedTuple):
    """The cache, and the key of a family in it: empty where what is said of the family must not be kept."""

    pack: Pack
    key_of: Callable[[Family], bytes]


def share_families(families: Sequence[Family], work: Judge, *, segments: Sequence[Segment], among: int, kept: Kept | None = None) -> Iterator[list[Hit]]:
    """What `work` says of the families, in their order; other processes begin at once, this one when it is asked."""
    from microseg.project.encode import encode
    from microseg.project.pipe import from_child, to_parent

    numbers = {id(segment): number for number, segment in enumerate(segments)}
    known: dict[int, list[Hit]] = {}
    keys = [b""] * len(families)
    for index, family in enumerate(families if kept is not None else ()):
        keys[index] = kept.key_of(family)  # type: ignore[union-attr]  # there are no families to go through without it
        hits = _known(family, keys[index], kept, numbers)
        if hits is not None:
            known[index] = hits
    pieces = _pieces([index for index in range(len(families)) if index not in known], families)

    def make(number: int) -> _Made:
        piece = pieces[number]
        made = zip(piece, work([families[index] for index in piece]), strict=True)
        return [(hits, encode(plain(hits, families[index], segments)) if keys[index] else b"") for index, hits in made]

    def sent(number: int, made: _Made) -> bytes:
        return to_parent([(plain(hits, families[index], segments), line) for index, (hits, line) in zip(pieces[number], made, strict=True)])

    def taken(number: int, data: bytes) -> _Made:
        return [(hits_of(rows, families[index], numbers), line) for index, (rows, line) in zip(pieces[number], from_child(data), strict=True)]

    shared = share(len(pieces), make, encode=sent, decode=taken, among=among)
    return _in_order(shared, pieces, known, keys, None if kept is None else kept.pack)


def _known(family: Family, key: bytes, kept: Kept | None, numbers: dict[int, int]) -> list[Hit] | None:
    line = kept.pack.get(key) if kept is not None and key else None
    if line is None:
        return None
    from microseg.project.encode import decode

    try:
        return hits_of(decode(line), family, numbers)
    except ValueError:
        return None


def _in_order(shared: Iterator[tuple[int, _Made]], pieces: list[list[int]], known: dict[int, list[Hit]], keys: list[bytes], pack: Pack | None) -> Iterator[list[Hit]]:
    """What is said of each family, in the order of the families, as soon as that can be told."""
    due = 0
    for number, made in shared:
        for index, (hits, line) in zip(pieces[number], made, strict=True):
            known[index] = hits
            if pack is not None and keys[index]:
                pack.put(keys[index], line)
        while due in known:
            yield known.pop(due)
            due += 1
    yield from (known[index] for index in sorted(known))


def _pieces(indexes: list[int], families: Sequence[Family]) -> list[list[int]]:
    """Neighbouring families together, in so many pieces at most as can be shared."""
    wanted = [families[index] for index in indexes]
    least = -(-sum(len(family.children) for family in wanted) // (MOST_PIECES // 2))
    left = iter(indexes)
    return [list(islice(left, len(batch))) for batch in batches(wanted, max(least, AT_ONCE))]


def members(family: Family) -> tuple[Segment, ...]:
    """Everybody in a family, the children first."""
    return (*family.children, *(() if family.parent is None else (family.parent,)), *family.ancestors)


def plain(hits: list[Hit], family: Family, segments: Sequence[Segment]) -> list[Any]:
    """What is said of a family as plain values; a segment is the place it has among the members. Raises KeyError for a stranger."""
    ranks = {id(member): rank for rank, member in enumerate(members(family))}
    return [
        (
            hit.code,
            -1 if hit.where < 0 else ranks[id(segments[hit.where])],
            _plain_found(hit.found),
            None if hit.found.segment is None else ranks[id(hit.found.segment)],
        )
        for hit in hits
    ]


def _plain_found(found: Found) -> tuple[Any, ...]:
    """What a rule found in tuples without names, its segment left out: marshal takes no others, and to look for them in all that is sent takes longer than all else."""
    place, message, help_, notes, mend, _, *rest = found
    mended = None if mend is None else (mend.title, tuple([(path, tuple(edit)) for path, edit in mend.edits]), mend.safe)
    return (tuple(place), message, help_, tuple([(tuple(where), words) for where, words in notes]), mended, None, *rest)


def hits_of(rows: list[Any], family: Family, numbers: dict[int, int]) -> list[Hit]:
    """What `plain` made plain. Raises ValueError for anything else."""
    if not rows:
        return []
    those = members(family)
    try:
        return [Hit(code, -1 if where < 0 else numbers[id(those[where])], found_of(found, None if rank is None else those[rank])) for code, where, found, rank in rows]
    except (TypeError, LookupError) as error:
        raise ValueError from error


def found_of(row: list[Any], segment: Segment | None) -> Found:
    """What a rule found, of its plain values and the segment it is about. Raises TypeError or ValueError for anything else."""
    place, message, help_, notes, mend, _, item, confidence, severity, label, route = row
    told = tuple([Note(Place(*where), words) for where, words in notes]) if notes else ()
    return Found(Place(*place), message, help_, told, None if mend is None else _mend(*mend), segment, item, confidence, severity, label, route)


def _mend(title: str, edits: list[Any], safe: bool) -> Mend:
    return Mend(title, tuple([(path, TextEdit(*edit)) for path, edit in edits]), safe)
