"""Criteria compared without data: can anybody match, does one imply another, who is in both, what does none take.

Sets, complements and intervals are decided exactly (see `microseg.criteria.cells`). An atom is a dimension with its
window, event, feature and platform; a set dimension is one yes or no for each value. What cannot be decided so (text
patterns, people inside an account, trends, regularity, membership elsewhere) is opaque: it contradicts only its own
opposite, and an answer that hangs on it is unknown.

A region is where something holds, as alternatives of which each gives every atom its cells. Criteria are true, false
or unknown of a member, so there are four regions: true, false, not true, not false.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal

from microseg.criteria.ast import All, AnyOf, Criterion, InSegment, NoneOf, Not, Test, Window, walk
from microseg.criteria.cells import MISSING, Scale, length_of, mask, number_of, scale_of
from microseg.criteria.dimensions import Dimension, Dimensions
from microseg.criteria.values import CURRENT_VERSION
from microseg.record import NamedTuple, made, record, replace

MOST_ALTERNATIVES = 256

Aspect = Literal["true", "false", "not true", "not false"]
_OPPOSITE: Mapping[Aspect, Aspect] = {"true": "false", "false": "true", "not true": "not false", "not false": "not true"}
_OPAQUE_OPERATORS = frozenset({"contains", "starts_with", "ends_with", "matches", "changed_to"})
_ON_SETS = frozenset({"includes_any", "includes_all", "includes_none"})
_JOINING, _WITH_PARTS = (All, AnyOf), (All, AnyOf, NoneOf)  # made once: `All | AnyOf` makes a type each time it is run
_IN, _OUT = 4, 2  # the cells of one value of a set dimension


class Atom(NamedTuple):
    """What a test asks about. `value`: of a set dimension, the one value that is in or out (empty: is there a set)."""

    dimension: str
    window: Window | None = None
    event: str | None = None
    feature: str | None = None
    platform: tuple[str, ...] = ()
    min_n: int | None = None
    length: str = ""
    value: str | None = None


class Claim(NamedTuple):
    """What an alternative says of something opaque."""

    of: Criterion
    aspect: Aspect


class Alternative(NamedTuple):
    """The cells that each atom may be in, and what is claimed of opaque parts; all of it must hold."""

    cells: Mapping[Atom, int]
    claims: frozenset[Claim]


Region = tuple[Alternative, ...]
EVERYWHERE: Region = (Alternative({}, frozenset()),)
NOWHERE: Region = ()


class TooManyError(Exception):
    """The alternatives of a region multiply past all bounds; the question stays unanswered."""


@record
class Space:
    """The atoms that some criteria ask about, each with its values cut into cells. Made by `space_of`."""

    dimensions: Dimensions
    scales: Mapping[Atom, Scale]

    def region(self, criterion: Criterion, aspect: Aspect = "true") -> Region:
        """Where a criterion is true (false, not true, not false). Raises TooManyError."""
        if isinstance(criterion, Test):
            dimension = self.dimensions.find(criterion.dimension)
            if dimension is not None and not is_opaque(criterion):
                return self._tested(criterion, dimension, aspect)
        if isinstance(criterion, _JOINING):
            return self._joined(criterion, aspect)
        if isinstance(criterion, Not):
            return self.region(criterion.part, _OPPOSITE[aspect])
        if isinstance(criterion, NoneOf):
            return self.region(AnyOf(criterion.parts), _OPPOSITE[aspect])
        if isinstance(criterion, InSegment) and not criterion.member:
            return self.region(replace(criterion, member=True), _OPPOSITE[aspect])
        return (Alternative({}, frozenset({Claim(criterion, aspect)})),)

    def meet(self, first: Region, second: Region) -> Region:
        """Where both hold. Raises TooManyError."""
        if first is EVERYWHERE or second is EVERYWHERE:
            return second if first is EVERYWHERE else first
        found: list[Alternative] = []
        for one in first:
            for other in second:
                cells = dict(one.cells)
                for atom, held in other.cells.items():
                    cells[atom] = cells.get(atom, -1) & held
                joined = Alternative(cells, one.claims | other.claims)
                if self._is_possible(joined):
                    found.append(joined)
                    if len(found) > MOST_ALTERNATIVES:
                        raise TooManyError
        return tuple(found)

    def is_empty(self, region: Region) -> bool | None:
        """True where nobody can be in it, False where somebody can, None where that hangs on something opaque."""
        possible = [one for one in region if self._is_possible(one)]
        if not possible:
            return True
        return False if any(not one.claims for one in possible) else None

    def taken(self, region: Region, atom: Atom) -> int:
        """The cells of an atom that a region may reach: all that it takes, and with opaque parts perhaps more."""
        found = 0
        everything = self.scales[atom].present | MISSING
        for one in region:
            found |= one.cells.get(atom, everything)
        return found & everything

    def _joined(self, criterion: All | AnyOf, aspect: Aspect) -> Region:
        """Everything of `all` must be true, and anything of it false; of `any` the other way round."""
        parts = (self.region(part, aspect) for part in criterion.parts)
        if isinstance(criterion, All) == (aspect in {"true", "not false"}):
            found = EVERYWHERE
            for part in parts:
                found = self.meet(found, part)
            return found
        joined = tuple(one for part in parts for one in part)
        if len(joined) > MOST_ALTERNATIVES:
            raise TooManyError
        return joined

    def _tested(self, test: Test, dimension: Dimension, aspect: Aspect) -> Region:
        """A test is decided where there is a value; without one it is unknown, or what `missing` says."""
        atom = atom_of(test)
        if test.operator == "is_set":
            wanted = test.values[0] is (aspect in {"true", "not false"})
            return self._on_presence(atom, dimension, present=wanted)
        is_with_missing = (
            test.missing == "include" if aspect == "true" else
            test.missing == "exclude" if aspect == "false" else
            test.missing != "include" if aspect == "not true" else
            test.missing != "exclude"
        )  # fmt: skip
        holds = aspect in {"true", "not false"}
        if dimension.type == "set":
            return _on_a_set(test, atom, holds=holds, is_with_missing=is_with_missing)
        scale = self.scales[atom]
        cells = mask(scale, test.operator, tuple(number_of(value, atom.length) for value in test.values))
        cells = cells if holds else scale.present & ~cells
        return (Alternative({atom: cells | (MISSING if is_with_missing else 0)}, frozenset()),)

    def _on_presence(self, atom: Atom, dimension: Dimension, *, present: bool) -> Region:
        if dimension.type == "set":
            return (Alternative({atom._replace(value=""): _OUT if present else MISSING}, frozenset()),)
        return (Alternative({atom: self.scales[atom].present if present else MISSING}, frozenset()),)

    def _is_possible(self, one: Alternative) -> bool:
        """No atom without a cell, no opaque part that contradicts itself, no set that is there and missing at once."""
        if 0 in one.cells.values() or (len(one.claims) > 1 and _contradict(one.claims)):
            return False
        for atom in one.cells:
            if atom.value is not None:
                return self._is_possible_of_sets(one)
        return True

    def _is_possible_of_sets(self, one: Alternative) -> bool:
        together: dict[Atom, int] = {}
        apart: dict[Atom, bool] = {}
        for atom, held in one.cells.items():
            if atom.value is not None:
                whole = atom._replace(value=None)
                together[whole] = together.get(whole, -1) & held
                apart[whole] = apart.get(whole, True) and held & ~MISSING != 0
        return all(held & MISSING or apart[whole] for whole, held in together.items())


def space_of(criteria: Iterable[Criterion], dimensions: Dimensions) -> Space:
    """The space in which these criteria, resolved, can be compared."""
    values: dict[Atom, set[Any]] = {}
    for test in _tests(criteria):
        dimension = dimensions.find(test.dimension)
        if dimension is None or is_opaque(test):
            continue
        atom = atom_of(test)
        if dimension.type == "set":
            for value in (*(test.values if test.operator != "is_set" else ()), ""):
                values.setdefault(atom._replace(value=str(value)), set())
        else:
            held = () if test.operator == "is_set" else (number_of(value, atom.length) for value in test.values)
            values.setdefault(atom, set()).update(held)
    scales = {atom: _scale(atom, found, dimensions) for atom, found in values.items()}
    return Space(dimensions, {atom: scale for atom, scale in scales.items() if scale is not None})


def _scale(atom: Atom, values: set[Any], dimensions: Dimensions) -> Scale | None:
    dimension = dimensions.find(atom.dimension)
    return None if dimension is None or dimension.type == "set" else scale_of(dimension, frozenset(values))


def _tests(criteria: Iterable[Criterion]) -> Iterator[Test]:
    return (part for criterion in criteria for part in walk(criterion) if isinstance(part, Test))


def atoms_of(criterion: Criterion, dimensions: Dimensions) -> frozenset[Atom]:
    """The atoms of the tests that are not opaque and stand outside `users:`; of a set dimension the set as a whole."""
    found: set[Atom] = set()
    waiting = [criterion]
    while waiting:
        one = waiting.pop()
        if isinstance(one, _WITH_PARTS):
            waiting += one.parts
        elif isinstance(one, Not):
            waiting.append(one.part)
        elif isinstance(one, Test) and dimensions.find(one.dimension) is not None and not is_opaque(one):
            found.add(atom_of(one))
    return frozenset(found)


def atom_of(test: Test) -> Atom:
    """What a test asks about."""
    length = length_of(test.values) or "" if isinstance(test.values[0], tuple) else ""
    platform = tuple(sorted(set(test.platform))) if test.platform else ()
    return made(Atom, (test.dimension, test.window, test.event, test.feature, platform, test.min_n, length, None))


def is_opaque(test: Test) -> bool:
    """Can a test not be decided by the values of its dimension?"""
    if test.regularity is not None or test.operator in _OPAQUE_OPERATORS:
        return True
    # durations and versions are tuples; nothing else needs a second look
    return isinstance(test.values[0], tuple) and (CURRENT_VERSION in test.values or length_of(test.values) is None)


def _on_a_set(test: Test, atom: Atom, *, holds: bool, is_with_missing: bool) -> Region:
    """One alternative for each value where any will do, else one for all of them together."""
    atoms = [atom._replace(value=str(value)) for value in dict.fromkeys(test.values)]
    is_wanted = (test.operator != "includes_none") == holds
    cell = _IN if is_wanted else _OUT
    any_will_do = (test.operator == "includes_any") == holds if test.operator != "includes_none" else not holds
    if not any_will_do:
        return (Alternative(dict.fromkeys(atoms, cell | (MISSING if is_with_missing else 0)), frozenset()),)
    found = [Alternative({one: cell}, frozenset()) for one in atoms]
    if is_with_missing:
        found.append(Alternative({atom._replace(value=""): MISSING}, frozenset()))
    return tuple(found)


def _contradict(claims: frozenset[Claim]) -> bool:
    """True and false at once, or true and not true, or false and not false."""
    said: dict[Criterion, set[Aspect]] = {}
    for claim in claims:
        said.setdefault(claim.of, set()).add(claim.aspect)
    pairs: tuple[tuple[Aspect, Aspect], ...] = (("true", "false"), ("true", "not true"), ("false", "not false"))
    return any(first in aspects and second in aspects for aspects in said.values() for first, second in pairs)
