"""Criteria that only join tests, compared atom by atom: most are so, and are compared at a fraction of what the algebra costs.

Where criteria are nothing but tests that must all hold, each atom can be looked at alone: somebody is in them if every
atom has a value left. What is more (alternatives, negation, people inside an account, sets, text patterns) is left to
`microseg.criteria.algebra`, and a test holds the two to the same answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from microseg.criteria.algebra import NOWHERE, Alternative, Atom, Region, Space, atom_of, is_opaque
from microseg.criteria.ast import All, Test, tests_in
from microseg.criteria.cells import LISTED, MISSING, ORDERED, Scale, mask, number_of, scale_of
from microseg.record import NamedTuple, made

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from microseg.criteria.ast import Criterion
    from microseg.criteria.dimensions import Dimension, Dimensions

_POINTS = frozenset({"eq", "in"})
_BY_VALUE = _POINTS | {"ne", "not_in"}


class Asked(NamedTuple):
    """One test, what it asks about, and its dimension."""

    atom: Atom
    test: Test
    dimension: Dimension


Plain = tuple[Asked, ...]
"""Tests that must all hold."""


class Narrowed(NamedTuple):
    """What further tests make of those above: is somebody left, and does any of them leave somebody out?"""

    somebody: bool
    leaves_out: bool


def plain_of(criterion: Criterion, dimensions: Dimensions) -> Plain | None:
    """The tests of a criterion that does nothing but join tests; None for any other."""
    tests = tests_in(criterion)
    if tests is None:
        return None
    found: list[Asked] = []
    for one in tests:
        dimension = dimensions.find(one.dimension)
        if dimension is None or dimension.type == "set" or is_opaque(one):
            return None
        found.append(made(Asked, (atom_of(one), one, dimension)))
    return tuple(found)


def key_of(criterion: Criterion) -> Hashable:
    """What two equal criteria share, and no others: hashed in C where nothing but tests is joined."""
    if criterion.__class__ is Test:
        return _compared(criterion)
    if criterion.__class__ is All and False not in [part.__class__ is Test for part in criterion.parts]:
        return tuple(map(_compared, criterion.parts))
    return criterion


def _compared(test: Any) -> tuple[Any, ...]:
    """The fields of a test that equality looks at: where it starts and ends stands last."""
    fields: tuple[Any, ...] = test[:-2]
    return fields


Way = tuple[str, str | None, tuple[Any, ...]]
"""How something is asked: by which operator, what a missing value means, and for which values."""


def ways_of(tests: Iterable[Asked]) -> frozenset[Way]:
    """How they ask; of what is asked in one way above, nothing is added by asking so again."""
    return frozenset([(one.test.operator, one.test.missing, one.test.values) for one in tests])


def by_atom(plains: Iterable[Plain]) -> dict[Atom, list[Asked]]:
    """The tests of several plain criteria, by what they ask about."""
    found: dict[Atom, list[Asked]] = {}
    for plain in plains:
        for asked in plain:
            found.setdefault(asked.atom, []).append(asked)
    return found


def is_somebody_in(above: Mapping[Atom, list[Asked]]) -> bool:
    """Can somebody pass all these tests?"""
    return all(_narrowed([], tests).somebody for tests in above.values())


def narrowed(above: Mapping[Atom, list[Asked]], own: Plain, ways: Mapping[Atom, frozenset[Way]] | None = None) -> Narrowed:
    """What own tests make of those above, which somebody passes; `ways` in which each atom is asked about above, if they are known."""
    somebody, leaves_out = True, False
    for atom, tests in by_atom((own,)).items():
        asked = above.get(atom)
        if asked is not None and ways_of(tests) <= (ways_of(asked) if ways is None else ways[atom]):
            continue
        one = _narrowed(asked or [], tests)
        somebody &= one.somebody
        leaves_out |= one.leaves_out
    return Narrowed(somebody, leaves_out)


def laid_out(plains: Iterable[Plain], dimensions: Dimensions) -> tuple[Space, list[Region]]:
    """The space in which plain criteria can be compared, and where each of them is true."""
    held = list(plains)
    first: dict[Atom, Asked] = {}
    values: dict[Atom, set[Any]] = {}
    for plain in held:
        for one in plain:
            if one.atom not in first:
                first[one.atom] = one
                values[one.atom] = set()
            values[one.atom].update(_numbers(one))
    scales = {atom: scale_of(first[atom].dimension, frozenset(found)) for atom, found in values.items()}
    known: dict[tuple[Any, ...], int] = {}  # siblings ask much the same
    return Space(dimensions, scales), [_region(plain, scales, known) for plain in held]


def _region(plain: Plain, scales: Mapping[Atom, Scale], known: dict[tuple[Any, ...], int]) -> Region:
    taken: dict[Atom, int] = {}
    for one in plain:
        atom, test = one.atom, one.test
        asked = (atom, test.operator, test.values, test.missing)
        cells = known.get(asked)
        if cells is None:
            cells = known[asked] = _true_in(scales[atom], one)
        taken[atom] = taken[atom] & cells if atom in taken else cells
    is_nowhere = len(plain) > 1 and 0 in taken.values()
    return NOWHERE if is_nowhere else (Alternative(taken, frozenset()),)


def _narrowed(above: list[Asked], own: list[Asked]) -> Narrowed:
    """The same for the tests of one atom."""
    kind = own[0].dimension.type
    if kind in ORDERED or kind == "boolean" or not _BY_VALUE.issuperset([one.test.operator for one in (*above, *own)]):
        return _by_cells(above, own)
    base = next((one for one in above if one.test.operator in _POINTS), None)
    if base is None:
        return _by_cells(above, own) if above or kind in LISTED else _first(own)
    left = [value for value in base.test.values if kind not in LISTED or value in base.dimension.values]
    left = [value for value in left if _passes(above, value)] if len(above) > 1 else left
    missing = _includes_missing(above)
    kept = sum([_passes(own, value) for value in left])
    is_missing_kept = missing and _includes_missing(own)
    return Narrowed(kept > 0 or is_missing_kept, kept < len(left) or missing != is_missing_kept)


def _first(own: list[Asked]) -> Narrowed:
    """Of an open list of words nobody has asked for yet: one that asks for some leaves out all others, and those of whom nothing is known."""
    if len(own) == 1 and own[0].test.missing != "include":
        return Narrowed(somebody=True, leaves_out=True)
    base = next((one for one in own if one.test.operator in _POINTS), None)
    if base is None:
        return _by_cells([], own)
    return Narrowed(_includes_missing(own) or True in [_passes(own, value) for value in base.test.values], leaves_out=True)


def _includes_missing(tests: list[Asked]) -> bool:
    return False not in [one.test.missing == "include" for one in tests]


def _passes(tests: list[Asked], value: object) -> bool:
    """Does a value pass all of them, which ask for values or leave some out?"""
    for one in tests:
        test = one.test
        if (value in test.values) != (test.operator in _POINTS):
            return False
    return True


def _by_cells(above: list[Asked], own: list[Asked]) -> Narrowed:
    """With the values of the dimension cut into cells, as the algebra does."""
    values = frozenset([value for one in (*above, *own) for value in _numbers(one)])
    scale = scale_of(own[0].dimension, values)
    before = scale.present | MISSING
    for one in above:
        before &= _true_in(scale, one)
    together = before
    for one in own:
        together &= _true_in(scale, one)
    return Narrowed(together != 0, together != before)


def _numbers(one: Asked) -> Sequence[Any]:
    """The values of a test as its dimension is cut at them."""
    test, length = one.test, one.atom.length
    if one.dimension.type in ORDERED:
        return [] if test.operator == "is_set" else [number_of(value, length) for value in test.values]
    return () if test.operator == "is_set" else test.values


def _true_in(scale: Scale, one: Asked) -> int:
    """The cells in which a test is true; in all others it is not."""
    test = one.test
    if test.operator == "is_set":
        return scale.present if test.values[0] is True else MISSING
    cells = mask(scale, test.operator, tuple(_numbers(one)))
    return cells | MISSING if test.missing == "include" else cells
