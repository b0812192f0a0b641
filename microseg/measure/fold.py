"""From groups to segments: sizes, unknowns, overlaps, coverage and sums, added up on planes of bits.

A column of numbers is kept as planes: plane k is one large whole number whose bit g says whether bit k of the number of
group g is set. Adding up a column over the groups of a segment is then a few ANDs and counts of bits, which Python does
at the speed of C, whether there are ten groups or fifty thousand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from microseg.measure.counted import Coverage, Overlap
from microseg.measure.plan import WORD, Plan


class Planes(NamedTuple):
    """A column by its bits; `lowest` was taken away from each number first, so that none is below zero."""

    bits: tuple[int, ...]
    lowest: int

    def total(self, members: int) -> int:
        """The sum over the groups whose bit is set."""
        summed = sum((plane & members).bit_count() << place for place, plane in enumerate(self.bits))
        return summed + self.lowest * members.bit_count()


def planes(column: Sequence[int]) -> Planes:
    """A column of whole numbers as planes of bits."""
    lowest = min(column, default=0)
    width = max((max(column, default=0) - lowest).bit_length(), 1)
    text = "".join(f"{value - lowest:0{width}b}" for value in reversed(column))
    return Planes(tuple(int(text[width - 1 - place :: width] or "0", 2) for place in range(width)), lowest)


class Block(NamedTuple):
    """One block of segments: of each, the groups certainly in it and those that may be; how many, and every sum."""

    inside: Mapping[str, int]
    unsure: Mapping[str, int]
    many: Planes
    sums: tuple[Planes, ...]
    everybody: int


class Folded(NamedTuple):
    """What one segment adds up to: how many are certainly in, how many may be, each sum, and each sum over the unknown."""

    size: int
    unknown: int
    sums: tuple[int, ...]
    of_unknown: tuple[int, ...]


def read_blocks(plan: Plan, rows: Sequence[Sequence[int | None]]) -> tuple[Block, ...]:
    """The rows of a plan's statement, block by block."""
    found, place = [], 0
    words = [(len(block) + WORD - 1) // WORD for block in plan.blocks]
    last = sum(words) * 2
    for block, count in zip(plan.blocks, words, strict=True):
        # where several blocks are grouped apart, the words of the others are null
        held = [row for row in rows if row[place] is not None]
        columns = [[int(value or 0) for value in column] for column in zip(*held, strict=True)] or [[] for _ in range(last + 1 + plan.width)]
        found.append(_block(block, columns[place : place + 2 * count], columns[last : last + 1 + plan.width]))
        place += 2 * count
    return tuple(found)


def _block(segments: Sequence[str], words: Sequence[Sequence[int]], counts: Sequence[Sequence[int]]) -> Block:
    half = len(words) // 2
    inside, unsure = ([_spread(word) for word in side] for side in (words[:half], words[half:]))
    places = {segment: divmod(index, WORD) for index, segment in enumerate(segments)}
    return Block(
        {segment: inside[word][bit] for segment, (word, bit) in places.items()},
        {segment: unsure[word][bit] for segment, (word, bit) in places.items()},
        planes(counts[0]),
        tuple(planes(column) for column in counts[1:]),
        (1 << len(counts[0])) - 1,
    )


def _spread(word: Sequence[int]) -> tuple[int, ...]:
    """A word's bits as planes, one a segment of the block."""
    held = planes((*word, 0))
    mask = (1 << len(word)) - 1
    return tuple(plane & mask for plane in (*held.bits, *(0,) * WORD))[:WORD]


def folded(block: Block, segment: str) -> Folded:
    """What a segment of the block adds up to."""
    inside, unsure = block.inside[segment], block.unsure[segment]
    return Folded(block.many.total(inside), block.many.total(unsure), tuple(one.total(inside) for one in block.sums), tuple(one.total(unsure) for one in block.sums))


def everybody(block: Block) -> Folded:
    """What all members of the unit add up to."""
    return Folded(block.many.total(block.everybody), 0, tuple(one.total(block.everybody) for one in block.sums), tuple(0 for _ in block.sums))


def overlap(block: Block, first: str, second: str) -> Overlap:
    """How many are certainly in both, and how many more may be."""
    both = block.inside[first] & block.inside[second]
    possible = (block.inside[first] | block.unsure[first]) & (block.inside[second] | block.unsure[second])
    return Overlap(first, second, block.many.total(both), block.many.total(possible & ~both))


def overlaps_of(block: Block, family: Sequence[str]) -> tuple[Overlap, ...]:
    """Every pair of siblings that share a member, or may."""
    found = (overlap(block, first, second) for first, second in combinations(family, 2))
    return tuple(one for one in found if one.both or one.unknown)


def coverage(block: Block, parent: str, whose: str, family: Sequence[str]) -> Coverage:
    """Of the certain members of `whose` (what `parent` equals), how many are in no child, in one, in several; or it is not known."""
    members = block.inside[whose]
    once = twice = unsure = 0
    for child in family:
        twice |= once & block.inside[child]
        once |= block.inside[child]
        unsure |= block.unsure[child]
    several = members & twice
    one = members & once & ~twice & ~unsure
    none = members & ~once & ~unsure
    rest = members & ~(several | one | none)
    return Coverage(parent, *(block.many.total(held) for held in (none, one, several, rest)))
