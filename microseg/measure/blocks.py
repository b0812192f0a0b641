"""Which segments share a word: whole families, so that siblings are compared, and never so many that every member is a group of its own.

Segments that ask one question with other bounds cut members into few groups (one more than there are bounds); segments
that ask different questions multiply them. So a block is filled only as long as the product stays small.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import prod
from typing import NamedTuple

from microseg.criteria.ast import Criterion, InSegment, Test, Trend, Users, walk
from microseg.record import replace

SIZE = 60  # segments of a block, and of a family whose siblings are all compared
GROUPS = 20_000  # that the segments of a block may cut members into, as far as one can tell


class Subject(NamedTuple):
    """A segment to be counted: its criteria with its ancestors', its own first; () is everybody of the unit.

    `parent` is the nearest ancestor that is counted, and has the members of the parent; `family` the parent itself.
    """

    id: str
    chain: tuple[Criterion, ...]
    parent: str | None = None
    family: str | None = None


class Family(NamedTuple):
    """A parent, whom it equals among those that are counted, and its counted children."""

    parent: str
    whose: str
    children: tuple[str, ...]

    @property
    def is_large(self) -> bool:
        """Are there too many children to compare each with each?"""
        return len(self.children) >= SIZE


def families_of(subjects: Sequence[Subject]) -> tuple[Family, ...]:
    """Every family of the subjects, in their order."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in subjects:
        if one.family is not None and one.parent is not None:
            found.setdefault((one.family, one.parent), []).append(one.id)
    return tuple(Family(parent, whose, tuple(children)) for (parent, whose), children in found.items())


def blocks_of(subjects: Sequence[Subject], pairs: Sequence[tuple[str, str]] = ()) -> tuple[tuple[str, ...], ...]:
    """Segments in blocks: all in one if they are few, else family by family; then what has no family, and pairs that are asked for."""
    by_id = {one.id: one for one in subjects}
    families = [one for one in families_of(subjects) if not one.is_large]
    if len(by_id) <= SIZE and len(families) == len(families_of(subjects)) and (len(families) == 1 or _estimate(subjects) <= GROUPS):
        return (tuple(by_id),)
    groups = [(one.whose, *one.children) for one in families] + [pair for pair in pairs if set(pair) <= by_id.keys() and pair[0] != pair[1]]
    blocks = _joined(groups, by_id)
    placed = {one for block in blocks for one in block}
    return (*blocks, *_alone([one for one in subjects if one.id not in placed]))


def _joined(groups: Iterable[tuple[str, ...]], by_id: Mapping[str, Subject]) -> list[tuple[str, ...]]:
    """Families one after the other: they mostly lie in different parents, so that their groups add up."""
    blocks: list[dict[str, None]] = []
    sizes: list[int] = []
    for group in groups:
        held = dict.fromkeys(group)
        if any(held.keys() <= block.keys() for block in blocks):
            continue
        size = _estimate([by_id[one] for one in group])
        if blocks and len(blocks[-1] | held) <= SIZE and sizes[-1] + size <= GROUPS:
            blocks[-1] |= held
            sizes[-1] += size
        else:
            blocks.append(held)
            sizes.append(size)
    return [tuple(block) for block in blocks]


def _alone(subjects: Sequence[Subject]) -> list[tuple[str, ...]]:
    """Segments that need no other beside them, those with one question together."""
    blocks: list[list[Subject]] = []
    for one in sorted(subjects, key=lambda one: tuple(sorted(map(repr, _questions(one))))):
        if blocks and len(blocks[-1]) < SIZE and _estimate([*blocks[-1], one]) <= GROUPS:
            blocks[-1].append(one)
        else:
            blocks.append([one])
    return [tuple(one.id for one in block) for block in blocks]


def _estimate(subjects: Sequence[Subject]) -> int:
    """Into how many groups their own criteria may cut members: for each question one more than there are bounds."""
    bounds = Counter(question for one in subjects for question in _questions(one))
    return prod(count + 1 for count in bounds.values())


def _questions(subject: Subject) -> frozenset[Criterion]:
    """What a segment's own criteria look at: its tests without what they are compared with."""
    own = subject.chain[:1]
    return frozenset(_bare(part) for criterion in own for part in walk(criterion) if isinstance(part, Test | Trend | Users | InSegment))


def _bare(part: Test | Trend | Users | InSegment) -> Criterion:
    if isinstance(part, Test):
        return replace(part, operator="", values=())
    if isinstance(part, Users):
        return replace(part, at_least=None, at_most=None, share=(), every=False, none=False)
    return replace(part, bounds=()) if isinstance(part, Trend) else part
