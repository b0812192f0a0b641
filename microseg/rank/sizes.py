"""How many are in a segment: as measured, else as typed; and how many are in two at once, where a measure says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from microseg.model.ranking import Pair
    from microseg.model.saved import Run
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace

COMPARED = 60  # `measure` compares every two children of a segment that has fewer than these


class SizeOf(NamedTuple):
    """A number of members, what one is (account or user), and how it is known: measured or typed."""

    number: int
    unit: str
    known: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes by segment id, overlaps by pair of ids, and the segments of which a pair of children without an overlap shares nobody."""

    by_id: Mapping[str, SizeOf]
    overlaps: Mapping[Pair, int] = field(default_factory=dict)
    compared: frozenset[str] = frozenset()


def typed_sizes(workspace: Workspace) -> Sizes:
    """What the files say."""
    found = ((one.id or "", _typed(one, workspace)) for one in workspace.segments)
    return Sizes({id_: size for id_, size in found if size is not None})


def _typed(segment: Segment, workspace: Workspace) -> SizeOf | None:
    """The typed size in the segment's own unit."""
    unit = workspace.unit(segment)
    if segment.size is None:
        return None
    number = segment.size.users if unit == "user" else segment.size.accounts
    return None if number is None else SizeOf(number, unit, "typed")


def compared_families(run: Run, workspace: Workspace) -> frozenset[str]:
    """The segments of whose children a run lists every pair that shares a member, so that the other pairs share nobody.

    Those of which no member is in several children, and those with few enough children to compare each with each.
    """
    measured = {one.id for one in run.segments}
    few = {one.parent for one in run.coverage if one.parent in workspace.by_id and sum(child.id in measured for child in workspace.children(workspace.by_id[one.parent])) < COMPARED}
    return frozenset(one.parent for one in run.coverage if not one.several) | few


def overlaps_among(names: Iterable[str], sizes: Sizes, workspace: Workspace) -> dict[Pair, int]:
    """How many are in both, for each pair of these segments of which that is known; 0 also where they lie below two that share nobody."""
    paths = {name: _path(workspace.by_id[name], workspace) for name in sorted(names)}
    found = {pair: both for pair, both in sizes.overlaps.items() if pair <= paths.keys()}
    if sizes.compared:
        apart = (frozenset({one, other}) for one, other in combinations(paths, 2) if _is_apart(paths[one], paths[other], sizes))
        found |= {pair: 0 for pair in apart if pair not in found}
    return found


def _is_apart(one: tuple[str, ...], other: tuple[str, ...], sizes: Sizes) -> bool:
    """Do two segments, each with those above it from the head down, lie below two children of one segment that share nobody?"""
    fork = next(((above, a, b) for above, a, b in zip(one, one[1:], other[1:], strict=False) if a != b), None)
    if fork is None or one[0] != other[0]:
        return False
    above, a, b = fork
    are_measured = all(name in sizes.by_id and sizes.by_id[name].known == "measured" for name in (a, b))
    return above in sizes.compared and are_measured and not sizes.overlaps.get(frozenset({a, b}))


def _path(segment: Segment, workspace: Workspace) -> tuple[str, ...]:
    """The ids from the head down to the segment."""
    return tuple(one.id or "" for one in reversed((segment, *workspace.ancestors(segment))))


def with_measured(sizes: Sizes, measured: Mapping[str, SizeOf], overlaps: Mapping[Pair, int], compared: frozenset[str] = frozenset()) -> Sizes:
    """Measured sizes outrank typed ones; a tree that was measured in part keeps no typed sizes beside it, for they are of another count."""
    if not measured:
        return sizes
    return Sizes(dict(measured), overlaps, compared)
