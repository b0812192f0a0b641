"""Criteria that only join tests, compared atom by atom: most are so, and are compared at a fraction of what the algebra costs.

Where criteria are nothing but tests that must all hold, each atom can be looked at alone: somebody is in them if every
atom has a value left. What is more (alternatives, negation, people inside an account, sets, text patterns) is left to
`microseg.criteria.algebra`, and a test holds the two to the same answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from microseg.criteria.algebra import NOWHERE, Alternative, Atom, Region, Space, atom_of, is_opaque
from microseg.criteria.ast import Test, tests_in
from microseg.criteria.cells import LISTED, MISSING, ORDERED, Scale, mask, number_of, scale_of
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from microseg.criteria.ast import Criterion
    from microseg.criteria.dimensions import Dimension, Dimensions

_POINTS = frozenset({"eq", "in"})
_OTHERS = frozenset({"ne", "not_in"})


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
        found.append(Asked(atom_of(one), one, dimension))
    return tuple(found)


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


def narrowed(above: Mapping[Atom, list[Asked]], own: Plain) -> Narrowed:
    """What own tests make of those above, which somebody passes."""
    somebody, leaves_out = True, False
    for atom, tests in by_atom((own,)).items():
        one = _narrowed(above.get(atom, []), tests)
        somebody &= one.somebody
        leaves_out |= one.leaves_out
    return Narrowed(somebody, leaves_out)


def laid_out(plains: Iterable[Plain], dimensions: Dimensions) -> tuple[Space, list[Region]]:
    """The space in which plain criteria can be compared, and where each of them is true."""
    values: dict[Atom, set[Any]] = {}
    held = []
    for plain in plains:
        held.append(plain)
        for one in plain:
            values.setdefault(one.atom, set()).update(_numbers(one))
    of = {one.atom: one.dimension for plain in held for one in plain}
    scales = {atom: scale_of(of[atom], frozenset(found)) for atom, found in values.items()}
    regions: list[Region] = []
    known: dict[tuple[Any, ...], int] = {}  # siblings ask much the same
    for plain in held:
        taken: dict[Atom, int] = {}
        for one in plain:
            atom, test = one.atom, one.test
            asked = (atom, test.operator, test.values, test.missing)
            if asked not in known:
                known[asked] = _true_in(scales[atom], one)
            taken[atom] = taken.get(atom, -1) & known[asked]
        is_nowhere = len(plain) > 1 and 0 in taken.values()
        regions.append(NOWHERE if is_nowhere else (Alternative(taken, frozenset()),))
    return Space(dimensions, scales), regions


def _narrowed(above: list[Asked], own: list[Asked]) -> Narrowed:
    """The same for the tests of one atom."""
    if above and all(_is_among(one.test, above) for one in own):
        return Narrowed(somebody=True, leaves_out=False)
    kind = own[0].dimension.type
    if kind in ORDERED or kind == "boolean" or not all(one.test.operator in _POINTS or one.test.operator in _OTHERS for one in (*above, *own)):
        return _by_cells(above, own)
    base = next((one for one in above if one.test.operator in _POINTS), None)
    if base is None:
        return _by_cells(above, own) if above or kind in LISTED else _first(own)
    left = {value for value in base.test.values if kind not in LISTED or value in base.dimension.values}
    left = {value for value in left if all(_holds(one.test, value) for one in above)}
    missing = all(one.test.missing == "include" for one in above)
    somebody = any(all(_holds(one.test, value) for one in own) for value in left) or (missing and all(one.test.missing == "include" for one in own))
    leaves_out = any(not _holds(one.test, value) for one in own for value in left) or (missing and any(one.test.missing != "include" for one in own))
    return Narrowed(somebody, leaves_out)


def _first(own: list[Asked]) -> Narrowed:
    """Of an open list of words nobody has asked for yet, one test always takes some and leaves out those of whom nothing is known."""
    if len(own) == 1 and own[0].test.missing != "include":
        return Narrowed(somebody=True, leaves_out=True)
    return _by_cells([], own)


def _is_among(test: Test, above: list[Asked]) -> bool:
    return any(one.test.operator == test.operator and one.test.values == test.values and one.test.missing == test.missing for one in above)


def _holds(test: Test, value: object) -> bool:
    return (value in test.values) == (test.operator in _POINTS)


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


def _numbers(one: Asked) -> list[Any]:
    """The values of a test as its dimension is cut at them."""
    test, length = one.test, one.atom.length
    return [] if test.operator == "is_set" else [number_of(value, length) for value in test.values]


def _true_in(scale: Scale, one: Asked) -> int:
    """The cells in which a test is true; in all others it is not."""
    test = one.test
    if test.operator == "is_set":
        return scale.present if test.values[0] is True else MISSING
    cells = mask(scale, test.operator, tuple(_numbers(one)))
    return cells | MISSING if test.missing == "include" else cells
