"""Which segments ask about so many others that their criteria would grow past all measure once those are put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from microseg.criteria.ast import Criterion, InSegment, walk
from microseg.criteria.definitions import MAX_LEVELS, MAX_PARTS, depth_of

WHY = f"its criteria grow past {MAX_PARTS:,} parts or {MAX_LEVELS} levels once the segments that they ask about are put in"


class _Own(NamedTuple):
    """How much a segment's own criteria say themselves, and whom they ask about."""

    parts: int
    levels: int
    asked: tuple[str, ...]


def overgrown(own: Mapping[str, Criterion], lines: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    """The segments whose criteria pass the bounds that definitions have. `own` are criteria by id, `lines` for each segment the ids whose criteria it has."""
    held = {name: _own(criterion) for name, criterion in own.items()}
    asking = {name for name, one in held.items() if one.asked}
    return frozenset(name for name, line in lines.items() if not asking.isdisjoint(line) and _is_overgrown(name, lines, held))


def _own(criterion: Criterion) -> _Own:
    parts = tuple(walk(criterion))
    return _Own(len(parts), depth_of(criterion), tuple(one.segment for one in parts if isinstance(one, InSegment)))


def _is_overgrown(name: str, lines: Mapping[str, tuple[str, ...]], held: Mapping[str, _Own]) -> bool:
    """Counts what would be put in, path by path, and gives up at the bound. A circle ends where it closes."""
    parts = 0
    waiting: list[tuple[tuple[str, ...], int]] = [((name,), 0)]
    while waiting:
        path, above = waiting.pop()
        said = [held[one] for one in lines[path[-1]]]
        parts += sum(one.parts for one in said)
        levels = above + max((one.levels for one in said), default=0)
        if parts > MAX_PARTS or levels > MAX_LEVELS:
            return True
        waiting += [((*path, asked), levels) for one in said for asked in one.asked if asked in lines and asked not in path]
    return False
