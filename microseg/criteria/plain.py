"""Criteria that only join tests, compared atom by atom: most are so, and are compared at a fraction of what the algebra costs.

Where criteria are nothing but tests that must all hold, each atom can be looked at alone: somebody is in them if every
atom has a value left. What is more (alternatives, negation, people inside an account, sets, text patterns) is left to
`microseg.criteria.algebra`, and a test holds the two to the same answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from microseg.criteria.algebra import NOWHERE, Alternative, Atom, Claim, Region, Space, atom_of, is_opaque
from microseg.criteria.ast import Test, tests_in
from microseg.criteria.cells import LISTED, MISSING, ORDERED, Scale, mask, number_of, scale_of
from microseg.record import NamedTuple, made

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from microseg.criteria.ast import Criterion
    from microseg.criteria.dimensions import Dimension, Dimensions

_POINTS = frozenset({"eq", "in"})
_BY_VALUE = _POINTS | {"ne", "not_in"}
_NO_CLAIMS: frozenset[Claim] = frozenset()
_FEW = 16  # values: among more it is quicker to look one up than to go through them


class Asked(NamedTuple):
    """One test, what it asks about, its dimension, its number among `KnownTests`, and its values as the dimension is cut at them."""

    atom: Atom
    test: Test
    dimension: Dimension
    number: int
    cuts: tuple[Any, ...]


Plain = tuple[Asked, ...]
"""Tests that must all hold."""


class KnownTests(dict[tuple[Any, ...], "Asked | None"]):
    """Tests as they are compared, by what they ask and wherever they stand: those that ask the same are one object, told by its number.

    None for a test that the algebra has to look at.
    """

    __slots__ = ("_dimensions",)

    def __init__(self, dimensions: Dimensions) -> None:
        """Begin with none; `dimensions` are those that may be asked about."""
        super().__init__()
        self._dimensions = dimensions

    def __missing__(self, fields: tuple[Any, ...]) -> Asked | None:
        """Look at a test by the fields that equality looks at, which are all but where it starts and ends."""
        test = made(Test, (*fields, 0, 0))
        dimension = self._dimensions.find(test.dimension)
        found = None
        if dimension is not None and dimension.type != "set" and not is_opaque(test):
            atom = atom_of(test)
            found = made(Asked, (atom, test, dimension, len(self), _cuts(test, dimension, atom.length)))
        self[fields] = found
        return found


def _cuts(test: Test, dimension: Dimension, length: str) -> tuple[Any, ...]:
    if test.operator == "is_set":
        return ()
    return tuple([number_of(value, length) for value in test.values]) if dimension.type in ORDERED else test.values


class Narrowed(NamedTuple):
    """What further tests make of those above: is somebody left, and does any of them leave somebody out?"""

    somebody: bool
    leaves_out: bool


def plain_of(criterion: Criterion, known: KnownTests) -> Plain | None:
    """The tests of a criterion that does nothing but join tests; None for any other."""
    tests = tests_in(criterion)
    if tests is None:
        return None
    found = [known[one[:-2]] for one in tests]  # type: ignore[index]  # at run time a record is a tuple
    return None if None in found else tuple(found)  # type: ignore[arg-type]  # there is none


def by_atom(plains: Iterable[Iterable[Asked]]) -> dict[Atom, list[Asked]]:
    """The tests of several plain criteria, by what they ask about."""
    found: dict[Atom, list[Asked]] = {}
    for plain in plains:
        for asked in plain:
            found.setdefault(asked.atom, []).append(asked)
    return found


class Left(NamedTuple):
    """What the tests of one atom leave: the values, where they name some (None where they have to be cut into cells), and those of whom none is known."""

    tests: list[Asked]
    values: Sequence[Any] | None
    missing: bool

    @property
    def somebody(self) -> bool:
        """Can somebody pass all of them?"""
        return _by_cells([], self.tests).somebody if self.values is None else self.missing or bool(self.values)


_UNASKED = Left([], None, missing=True)


def left_by(plains: Iterable[Iterable[Asked]]) -> dict[Atom, Left]:
    """What several plain criteria leave together, by what they ask about."""
    return {atom: _left_of(tests) for atom, tests in by_atom(plains).items()}


def _left_of(tests: list[Asked]) -> Left:
    base = next((one for one in tests if one.test.operator in _POINTS), None) if _are_by_value(tests) else None
    if base is None:
        return Left(tests, None, missing=False)
    known = base.dimension.values if base.dimension.type in LISTED else None
    values = base.test.values if known is None else [value for value in base.test.values if value in known]
    return Left(tests, _passing(values, [one for one in tests if one is not base]), _includes_missing(tests))


def narrowed(above: Mapping[Atom, Left], own: Plain, known: Collection[int] = ()) -> Narrowed:
    """What own tests make of those above, which somebody passes; `known`: the numbers of those above, for nothing is added by asking so again."""
    somebody, leaves_out = True, False
    for atom, tests in by_atom([[one for one in own if one.number not in known]]).items():
        one = _narrowed(above.get(atom, _UNASKED), tests)
        somebody &= one.somebody
        leaves_out |= one.leaves_out
    return Narrowed(somebody, leaves_out)


def laid_out(plains: Iterable[Plain], dimensions: Dimensions) -> tuple[Space, list[Region]]:
    """The space in which plain criteria can be compared, and where each of them is true."""
    held = list(plains)
    asked = {one.number: one for plain in held for one in plain}  # siblings ask much the same
    scales = {atom: _scale(tests) for atom, tests in by_atom([asked.values()]).items()}
    cells = {number: _true_in(scales[one.atom], one) for number, one in asked.items()}
    return Space(dimensions, scales), [_region(plain, cells) for plain in held]


def _scale(tests: list[Asked]) -> Scale:
    """The cells of what some tests ask about."""
    return scale_of(tests[0].dimension, frozenset([value for one in tests for value in one.cuts]))


def _region(plain: Plain, cells: Mapping[int, int]) -> Region:
    """Where all tests are true; `cells`: where each of them is, by its number."""
    taken: dict[Atom, int] = {}
    for atom, _, _, number, _ in plain:
        taken[atom] = taken.get(atom, -1) & cells[number]
    is_nowhere = len(plain) > 1 and 0 in taken.values()
    return NOWHERE if is_nowhere else (made(Alternative, (taken, _NO_CLAIMS)),)


def _narrowed(above: Left, own: list[Asked]) -> Narrowed:
    """The same for the tests of one atom."""
    if not above.tests and own[0].dimension.type not in LISTED and _are_by_value(own):
        return _first(own)
    if above.values is None or not _are_by_value(own):
        return _by_cells(above.tests, own)
    kept = _passing(above.values, own)
    is_missing_kept = above.missing and _includes_missing(own)
    return Narrowed(bool(kept) or is_missing_kept, len(kept) < len(above.values) or above.missing != is_missing_kept)


def _are_by_value(tests: list[Asked]) -> bool:
    """Do all of them ask for words, or leave some out?"""
    kind = tests[0].dimension.type
    return kind not in ORDERED and kind != "boolean" and _BY_VALUE.issuperset([one.test.operator for one in tests])


def _first(own: list[Asked]) -> Narrowed:
    """Of an open list of words nobody has asked for yet: one that asks for some leaves out all others, and those of whom nothing is known."""
    left = _left_of(own)
    return _by_cells([], own) if left.values is None else Narrowed(left.somebody, leaves_out=True)


def _includes_missing(tests: list[Asked]) -> bool:
    return False not in [one.test.missing == "include" for one in tests]


def _passing(values: Sequence[Any], tests: list[Asked]) -> Sequence[Any]:
    """The values that pass all tests, which ask for some or leave some out."""
    for one in tests:
        held: Collection[Any] = one.test.values
        if len(held) > _FEW:
            held = frozenset(held)
        is_asked = one.test.operator in _POINTS
        values = [value for value in values if (value in held) == is_asked]
    return values


def _by_cells(above: list[Asked], own: list[Asked]) -> Narrowed:
    """With the values of the dimension cut into cells, as the algebra does."""
    scale = _scale([*above, *own])
    before = scale.present | MISSING
    for one in above:
        before &= _true_in(scale, one)
    together = before
    for one in own:
        together &= _true_in(scale, one)
    return Narrowed(together != 0, together != before)


def _true_in(scale: Scale, one: Asked) -> int:
    """The cells in which a test is true; in all others it is not."""
    test = one.test
    if test.operator == "is_set":
        return scale.present if test.values[0] is True else MISSING
    cells = mask(scale, test.operator, one.cuts)
    return cells | MISSING if test.missing == "include" else cells
