"""How many are in a segment: as measured, else as typed; and how many are in two at once, where a measure says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microseg.model.ranking import Pair
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace


class SizeOf(NamedTuple):
    """A number of members, what one is (account or user), and how it is known: measured or typed."""

    number: int
    unit: str
    known: str


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes by segment id, overlaps by pair of ids."""

    by_id: Mapping[str, SizeOf]
    overlaps: Mapping[Pair, int] = field(default_factory=dict)


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


def with_measured(sizes: Sizes, measured: Mapping[str, SizeOf], overlaps: Mapping[Pair, int]) -> Sizes:
    """Measured sizes outrank typed ones; a tree that was measured in part keeps no typed sizes beside it, for they are of another count."""
    if not measured:
        return sizes
    return Sizes(dict(measured), overlaps)
