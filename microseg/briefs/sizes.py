"""How many there are: measured where the tree was measured, as typed elsewhere, and never a share of one in the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from microseg.briefs.material import Material
    from microseg.model.segment import Segment


class Size(NamedTuple):
    """A count of accounts or users, measured or typed."""

    number: int
    unit: str  # "accounts" or "users"
    is_measured: bool

    @property
    def one(self) -> str:
        """What one of them is."""
        return self.unit.removesuffix("s")


def size_of(segment: Segment, material: Material) -> Size | None:
    """The size to show: measured where it was, else as typed; None where nobody knows."""
    return measured_size(segment, material) or typed_size(segment)


def typed_size(segment: Segment) -> Size | None:
    """The size as it was typed, accounts before users."""
    if segment.size is None:
        return None
    if segment.size.accounts is not None:
        return Size(segment.size.accounts, "accounts", is_measured=False)
    return None if segment.size.users is None else Size(segment.size.users, "users", is_measured=False)


def measured_size(segment: Segment, material: Material) -> Size | None:
    """The size in the newest run that measured the segment."""
    latest = material.latest(segment)
    return None if latest is None else Size(latest[0].size, f"{latest[0].unit}s", is_measured=True)


def is_estimate(size: Size, segment: Segment, material: Material) -> bool:
    """Is a typed size shown in a tree whose other sizes were measured?"""
    return not size.is_measured and is_measured_tree(segment, material)


def size_in_tree(segment: Segment, material: Material) -> Size | None:
    """The size that shares are made of: all measured or all typed in one tree."""
    return measured_size(segment, material) if is_measured_tree(segment, material) else typed_size(segment)


def part_of(segment: Segment, whole: Segment, material: Material) -> tuple[int, int] | None:
    """A segment's size and that of another, to divide; None where one is unknown, nobody is there, or they count different things."""
    part, total = size_in_tree(segment, material), size_in_tree(whole, material)
    if part is None or total is None or not total.number or part.unit != total.unit:
        return None
    return part.number, total.number


def is_measured_tree(segment: Segment, material: Material) -> bool:
    """Were the head of a tree and one below it measured? Then what was typed is an estimate there."""
    if not material.runs:
        return False
    root = (segment, *material.ancestors(segment))[-1]
    return material.once("measured tree", root, lambda: material.latest(root) is not None and any(material.latest(one) is not None for depth, one in material.workspace.walk(root) if depth))
