"""The criteria of siblings side by side: which of them provably share members, and which numbers none of them takes."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import chain, combinations
from operator import and_, or_
from typing import TYPE_CHECKING

from microseg.criteria.algebra import EVERYWHERE, Atom, Region, Space, TooManyError, atoms_of, space_of
from microseg.criteria.cells import MISSING, ORDERED, in_words, runs
from microseg.criteria.plain import laid_out
from microseg.lint.named_criteria import plainly, resolved
from microseg.record import NamedTuple, made

if TYPE_CHECKING:
    from microseg.criteria.ast import Criterion
    from microseg.criteria.dimensions import Dimension
    from microseg.criteria.plain import Plain
    from microseg.lint.rule import Context, Family
    from microseg.model.segment import Segment

_MOST_COMPARED = 16  # for each segment; among thousands of siblings that all overlap a few tell it
# what is known of one says something about the other, so that they cannot be taken apart
_TIED = (
    frozenset({"acct.age", "acct.since", "acct.joined_version"}),
    frozenset({"adopt.rogers", "adopt.rank_pct"}),
    frozenset({"use.visits", "use.active_days", "use.events", "use.minutes", "use.minutes_per_visit", "feature.minutes", "acct.active_users"}),
    frozenset({"sent.nps", "sent.nps_score"}),
    frozenset({"sent.csat", "sent.csat_score"}),
    frozenset({"plan.state", "plan.mrr", "plan.tier", "plan.model"}),
)


class Group(NamedTuple):
    """Siblings with one and the same criteria, by their number in the family."""

    region: Region
    atoms: frozenset[Atom]
    single: frozenset[Atom]  # those of dimensions with one value
    kind: int  # the same for all that ask about the same atoms
    numbers: list[int]
    cells: tuple[int, ...] | None  # what is left of each atom of the space below the parent, where it is as simple as that


class _Alike(NamedTuple):
    """Criteria that several siblings may have: with definitions put in unless it only joins tests, then its tests, and whose they are."""

    criterion: Criterion
    plain: Plain | None
    numbers: list[int]


class Gap(NamedTuple):
    """Numbers that no sibling takes, in words, and what they are numbers of."""

    about: str
    words: tuple[str, ...]


class Side(NamedTuple):
    """A family's criteria in one space: the siblings that are not retired, and where the parent's hold."""

    space: Space
    siblings: tuple[Segment, ...]
    groups: tuple[Group, ...]
    above: Region


def side_by_side(family: Family, context: Context) -> Side | None:
    """Worked out once for both rules; None where there is nothing to compare, or where it grows too large."""
    return context.once("siblings", family, lambda: _compare(family, context))


def _compare(family: Family, context: Context) -> Side | None:
    try:
        return _laid_out(family, context)
    except TooManyError:
        return None


def _laid_out(family: Family, context: Context) -> Side | None:
    siblings = tuple([one for one in family.children if one.status != "retired"])
    members = _members(siblings, context)
    if family.parent is None or not members or len(siblings) < 2:  # noqa: PLR2004 - a pair
        return None
    above_all = [one.criteria for one in (family.parent, *family.ancestors) if one.criteria is not None]
    plains = [*[one.plain for one in members], *[plainly(one, context) for one in above_all]]
    if None not in plains:
        space, regions = laid_out([one for one in plains if one is not None], context.dimensions)
    else:
        criteria = [*[resolved(one.criterion, context) for one in members], *[resolved(one, context) for one in above_all]]
        space = space_of(criteria, context.dimensions)
        regions = [space.region(criterion) for criterion in criteria]
    above = EVERYWHERE
    for region in regions[len(members) :]:
        above = space.meet(above, region)
    return Side(space, siblings, _groups(space, members, regions, above), above)


def _members(siblings: tuple[Segment, ...], context: Context) -> list[_Alike]:
    """The criteria of siblings, each once."""
    found: dict[Hashable, _Alike] = {}
    for number, one in enumerate(siblings):
        if one.criteria is not None:
            plain = plainly(one.criteria, context)
            key = resolved(one.criteria, context) if plain is None else tuple([test.number for test in plain])
            known = found.get(key)
            if known is None:
                known = found[key] = made(_Alike, (key if plain is None else one.criteria, plain, []))
            known.numbers.append(number)
    return list(found.values())


def _groups(space: Space, members: list[_Alike], regions: list[Region], above: Region) -> tuple[Group, ...]:
    """A group for each of the criteria; `regions` begin with theirs."""
    kinds: dict[frozenset[Atom], tuple[frozenset[Atom], frozenset[Atom], int]] = {}
    held_above = _cells_in(space, above)
    found = []
    for one, region in zip(members, regions, strict=False):
        asked = atoms_of(one.criterion, space.dimensions) if one.plain is None else frozenset([test.atom for test in one.plain])
        kind = kinds.get(asked)
        if kind is None:
            kind = kinds[asked] = asked, frozenset([atom for atom in asked if atom in space.scales]), len(kinds)
        found.append(made(Group, (region, *kind, one.numbers, _simple(space, region, held_above))))
    return tuple(found)


def _cells_in(space: Space, region: Region) -> Mapping[Atom, int] | None:
    """The cells of a region by atom, where it is one alternative without claims and sets."""
    if len(region) != 1 or region[0].claims or not region[0].cells.keys() <= space.scales.keys():
        return None
    return region[0].cells


def _simple(space: Space, region: Region, above: Mapping[Atom, int] | None) -> tuple[int, ...] | None:
    """The cells of a region below its parent, where both are as simple as that and do not contradict each other."""
    own = _cells_in(space, region)
    if own is None or above is None:
        return None
    cells = tuple([own.get(atom, -1) & above.get(atom, -1) for atom in space.scales])
    return None if 0 in cells else cells


def overlapping(side: Side) -> dict[int, list[list[int]]]:
    """For each sibling that shares members with an earlier one: the numbers of those it may share them with, by group."""
    found: dict[int, list[list[int]]] = defaultdict(list)
    may_share: dict[tuple[int, int], bool] = {}
    for first, second in _each_with_each(side.groups) if _are_few(side.groups) else _pairs(side):
        about = (first.kind, second.kind)
        may = may_share.get(about)
        if may is None:
            may = may_share[about] = bool(first.single & second.single) and not _are_tied(first.atoms | second.atoms)
        if not may or not _share(side, first, second):
            continue
        if len(first.numbers) == len(second.numbers) == 1 and first is not second:
            earlier, later = (first, second) if first.numbers < second.numbers else (second, first)
            found[later.numbers[0]].append(earlier.numbers)
            continue
        for one, other in ((first, second), (second, first)) if first is not second else ((first, second),):
            for number in one.numbers:
                before = other.numbers[: bisect_left(other.numbers, number)]
                if before:
                    found[number].append(before)
    return found


def _share(side: Side, first: Group, second: Group) -> bool:
    """Can somebody provably be in both, by what is asked of a dimension that both ask about?"""
    if first.cells is not None and second.cells is not None:
        return 0 not in map(and_, first.cells, second.cells)
    try:
        shared = side.space.meet(side.space.meet(first.region, second.region), side.above)
    except TooManyError:
        return False
    return side.space.is_empty(shared) is False


def _are_tied(atoms: frozenset[Atom]) -> bool:
    """Is one dimension asked about in two ways (two windows, two features), or two that hang together?"""
    dimensions = [atom.dimension for atom in atoms]
    return len(set(dimensions)) < len(dimensions) or any(len(tie.intersection(dimensions)) > 1 for tie in _TIED)


def _are_few(groups: Sequence[Group]) -> bool:
    """May each be compared with each? Among a few that is less work than to sweep; it says the same where all are simple, and ask for a value."""
    if len(groups) > _MOST_COMPARED or None in [one.cells for one in groups]:
        return False
    return not MISSING & reduce(or_, chain.from_iterable([one.region[0].cells.values() for one in groups]), 0)


def _each_with_each(groups: Sequence[Group]) -> Iterator[tuple[Group, Group]]:
    """All pairs, and each group that several siblings are in with itself."""
    return chain([(one, one) for one in groups if len(one.numbers) > 1], combinations(groups, 2))


def _pairs(side: Side) -> Iterator[tuple[Group, Group]]:
    """Pairs of groups that may share members: those whose values of the most telling common dimension touch."""
    by_atoms: dict[frozenset[Atom], list[Group]] = {}
    for group in side.groups:
        by_atoms.setdefault(group.single, []).append(group)
        if len(group.numbers) > 1:
            yield group, group
    kinds = list(by_atoms.items())
    for place, (atoms, groups) in enumerate(kinds):
        for others, other_groups in kinds[place:]:
            common = atoms & others
            if common:
                together = groups if groups is other_groups else [*groups, *other_groups]
                yield from _touching(side.space, together, _most_telling(side.space, together, common), None if groups is other_groups else atoms)


def _most_telling(space: Space, groups: list[Group], common: Iterable[Atom]) -> Atom:
    """The common atom on which the groups differ most; of several, the first by its name."""
    differing = {atom: len({space.taken(group.region, atom) for group in groups}) for atom in common}
    most = max(differing.values())
    found = [atom for atom, count in differing.items() if count == most]
    return found[0] if len(found) == 1 else min(found, key=str)


def _touching(space: Space, groups: list[Group], atom: Atom, one_side: frozenset[Atom] | None) -> Iterator[tuple[Group, Group]]:
    """Sweep over the values of one atom: each group is compared with those that are still open where it begins."""
    spans = []
    for number, group in enumerate(groups):
        taken = space.taken(group.region, atom) & space.scales[atom].present
        if taken:
            spans.append(((taken & -taken).bit_length(), taken.bit_length(), number))
    opened: list[tuple[int, int]] = []
    soonest = 0  # the first end among the open ones: with thousands that stay open there is mostly nothing to close
    for low, high, number in sorted(spans):
        if soonest < low:
            opened = [one for one in opened if one[0] >= low]
            soonest = min((one[0] for one in opened), default=high)
        candidates = (groups[other] for _, other in reversed(opened))
        compared = 0
        for other in candidates:
            if one_side is not None and (other.single == one_side) == (groups[number].single == one_side):
                continue
            yield other, groups[number]
            compared += 1
            if compared == _MOST_COMPARED:
                break
        opened.append((high, number))
        soonest = min(soonest, high)


def gaps(side: Side, *, up_to_the_ends: bool) -> Iterator[Gap]:
    """Numbers that no sibling takes, on each dimension that all of them draw a line on; without the ends, only between."""
    if sum(len(group.numbers) for group in side.groups) < len(side.siblings):
        return
    for atom, dimension in _drawn_by_all(side):
        scale = side.space.scales[atom]
        taken = 0
        for group in side.groups:
            taken |= side.space.taken(group.region, atom) & scale.present
        free = side.space.taken(side.above, atom) & scale.present & ~taken
        if not up_to_the_ends and taken:
            free &= ((1 << taken.bit_length()) - 1) & -(taken & -taken)
        words = tuple(in_words(scale, run, length=atom.length, dimension=dimension) for run in runs(scale, free) if _is_wide(scale.cells[run[0]].low, scale.cells[run[1]].high))
        if words:
            yield Gap(dimension.words, words)


def _drawn_by_all(side: Side) -> Iterator[tuple[Atom, Dimension]]:
    """The ordered dimensions that all siblings ask about, in the order of their names."""
    shared = frozenset.intersection(*(group.single for group in side.groups))
    ordered = [(atom, dimension) for atom in shared if (dimension := side.space.dimensions.find(atom.dimension)) is not None and dimension.type in ORDERED]
    return iter(sorted(ordered, key=lambda one: str(one[0])) if len(ordered) > 1 else ordered)


def _is_wide(low: object, high: object) -> bool:
    """Between 49 and 50 nobody means a gap, even where a number could be 49.5."""
    if low is None or high is None or low == high or isinstance(low, tuple) or isinstance(high, tuple):
        return True
    return not (low == int(low) and high == int(high) and high - low <= 1)  # type: ignore[call-overload,operator]  # numbers
