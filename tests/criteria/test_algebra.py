"""The algebra of criteria against brute force over every member that small domains can make."""

import datetime
import itertools
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.criteria.algebra import Atom, TooManyError, atoms_of, space_of
from microseg.criteria.ast import All, AnyOf, InSegment, NoneOf, Not, Test
from microseg.criteria.cells import in_words, runs
from microseg.criteria.dimensions import Dimensions
from microseg.criteria.evaluate import evaluate
from microseg.criteria.values import Duration

DIMENSIONS = Dimensions()
AS_OF = datetime.date(2026, 6, 30)
HALVES = tuple(Fraction(number, 2) for number in range(-1, 9))
VALUES = {
    "firmo.headcount": (None, *(Fraction(number) for number in range(6))),
    "firmo.growth_rate": (None, *(Fraction(number, 4) for number in range(-4, 18))),
    "plan.state": (None, "free", "trial", "paid", "lapsed"),
    "tech.crm": (None, "a", "b", "another"),
    "tech.stack": (None, *(frozenset(held) for size in range(4) for held in itertools.combinations("xyz", size))),
}
MISSING = st.sampled_from([None, None, "exclude", "include"])


class Member:
    """Somebody with these values; `inside` answers for membership elsewhere."""

    def __init__(self, values, inside=None):
        self.values = values
        self.inside = inside

    def value(self, question):
        return self.values[question.dimension]

    def in_segment(self, _):
        return self.inside


def _numbers(dimension):
    single = st.builds(Test, st.just(dimension), st.sampled_from(["eq", "ne", "lt", "lte", "gt", "gte"]), st.tuples(st.sampled_from(HALVES[1:])), missing=MISSING)
    between = st.builds(Test, st.just(dimension), st.just("between"), st.tuples(st.sampled_from(HALVES[1:]), st.sampled_from(HALVES[1:])), missing=MISSING)
    several = st.builds(Test, st.just(dimension), st.sampled_from(["in", "not_in"]), st.lists(st.sampled_from(HALVES[1:]), min_size=1, max_size=3).map(tuple), missing=MISSING)
    return st.one_of(single, between, several, _presence(dimension))


def _presence(dimension):
    return st.builds(Test, st.just(dimension), st.just("is_set"), st.tuples(st.booleans()))


def _words(dimension, values):
    single = st.builds(Test, st.just(dimension), st.sampled_from(["eq", "ne"]), st.tuples(st.sampled_from(values)), missing=MISSING)
    several = st.builds(Test, st.just(dimension), st.sampled_from(["in", "not_in"]), st.lists(st.sampled_from(values), min_size=1, max_size=3).map(tuple), missing=MISSING)
    return st.one_of(single, several, _presence(dimension))


def _sets(dimension):
    several = st.builds(
        Test, st.just(dimension), st.sampled_from(["includes_any", "includes_all", "includes_none"]), st.lists(st.sampled_from("xyz"), min_size=1, max_size=3).map(tuple), missing=MISSING
    )
    return st.one_of(several, _presence(dimension))


TESTS = st.one_of(_numbers("firmo.headcount"), _numbers("firmo.growth_rate"), _words("plan.state", ["free", "trial", "paid"]), _words("tech.crm", ["a", "b"]), _sets("tech.stack"))
OPAQUE = st.builds(InSegment, st.just("elsewhere"), st.booleans())


def _trees(leaves):
    def extend(inner):
        parts = st.lists(inner, max_size=3).map(tuple)
        return st.one_of(st.builds(All, parts), st.builds(AnyOf, parts), st.builds(NoneOf, parts), st.builds(Not, inner))

    return st.recursive(leaves, extend, max_leaves=6)


def _members(criterion, *, inside=(None,)):
    used = sorted({atom.dimension for atom in atoms_of(criterion, DIMENSIONS)})
    for held in itertools.product(*(VALUES[name] for name in used)):
        for answer in inside:
            yield Member(dict(zip(used, held, strict=True)), answer)


def _is(criterion, member):
    return evaluate(criterion, member, as_of=AS_OF, dimensions=DIMENSIONS)


def _small(criterion):
    """Few enough members to look at each of them."""
    size = 1
    for name in {atom.dimension for atom in atoms_of(criterion, DIMENSIONS)}:
        size *= len(VALUES[name])
    return size <= 1_500


@pytest.mark.slow
@settings(max_examples=50, deadline=None)
@given(_trees(TESTS).filter(_small))
def test_empty_means_that_nobody_matches(criterion):
    space = space_of([criterion], DIMENSIONS)
    wanted = {"true": True, "false": False}
    found = {_is(criterion, member) for member in _members(criterion)}

    for aspect, answer in wanted.items():
        assert space.is_empty(space.region(criterion, aspect)) is (answer not in found)
    assert space.is_empty(space.region(criterion, "not true")) is (found <= {True})
    assert space.is_empty(space.region(criterion, "not false")) is (found <= {False})


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(_trees(TESTS), _trees(TESTS))
def test_one_implies_the_other_exactly_when_no_member_says_otherwise(first, second):
    both = All((first, second))
    if not _small(both):
        return
    space = space_of([first, second], DIMENSIONS)
    try:
        outside = space.meet(space.region(first), space.region(second, "not true"))
        shared = space.meet(space.region(first), space.region(second))
    except TooManyError:
        return
    members = [(_is(first, member), _is(second, member)) for member in _members(both)]

    assert space.is_empty(outside) is not any(one is True and other is not True for one, other in members)
    assert space.is_empty(shared) is not any(one is True and other is True for one, other in members)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(_trees(st.one_of(TESTS, OPAQUE)).filter(_small))
def test_what_is_opaque_is_never_decided_wrongly(criterion):
    space = space_of([criterion], DIMENSIONS)
    found = any(_is(criterion, member) is True for member in _members(criterion, inside=(True, False, None)))

    answer = space.is_empty(space.region(criterion))

    assert answer is None or answer is not found


@settings(max_examples=40, deadline=None)
@given(_trees(_numbers("firmo.headcount")))
def test_takes_exactly_the_values_of_its_members(criterion):
    atom = Atom("firmo.headcount")
    space = space_of([criterion, Test("firmo.headcount", "is_set", (True,))], DIMENSIONS)
    taken = space.taken(space.region(criterion), atom)
    scale = space.scales[atom]
    everywhere = VALUES["firmo.headcount"]

    members = {value for value in everywhere if _is(criterion, Member({"firmo.headcount": value})) is True}

    assert {value for value in everywhere if _holds(scale, taken, value)} == members


def _holds(scale, taken, value):
    if value is None:
        return bool(taken & 1)
    number = next(
        place for place, cell in enumerate(scale.cells) if (cell.low == cell.high == value) or (cell.low != cell.high and (cell.low is None or cell.low < value) and (cell.high is None or value < cell.high))
    )
    return bool(taken & (2 << number))


def _gaps(dimension, *tests):
    space = space_of(tests, DIMENSIONS)
    [atom] = {atom for test in tests for atom in atoms_of(test, DIMENSIONS)}
    scale = space.scales[atom]
    free = scale.present
    for test in tests:
        free &= ~space.taken(space.region(test), atom)
    return [in_words(scale, run, length=atom.length, dimension=DIMENSIONS.find(dimension)) for run in runs(scale, free)]


def _number(dimension, operator, *values):
    return Test(dimension, operator, tuple(Fraction(value) for value in values))


def test_says_gaps_in_words():
    headcount = "firmo.headcount"

    assert _gaps(headcount, _number(headcount, "lt", 50), _number(headcount, "gte", 50)) == []
    assert _gaps(headcount, _number(headcount, "lte", 49), _number(headcount, "gte", 50)) == []
    assert _gaps(headcount, _number(headcount, "lt", 50), _number(headcount, "gt", 50)) == ["exactly 50"]
    assert _gaps(headcount, _number(headcount, "lt", 50), _number(headcount, "gte", 1000)) == ["50 to 999"]
    assert _gaps(headcount, _number(headcount, "between", 10, 20)) == ["0 to 9", "from 21"]
    assert _gaps("plan.mrr", _number("plan.mrr", "lt", 50), _number("plan.mrr", "gte", 99)) == ["from 50 to below 99"]
    assert _gaps("plan.mrr", _number("plan.mrr", "gt", 50)) == ["up to 50"]
    assert _gaps("acct.age", Test("acct.age", "lt", (Duration(30, "d"),)), Test("acct.age", "gt", (Duration(60, "d"),))) == ["30 days to 60 days"]
    assert _gaps("acct.age", Test("acct.age", "lt", (Duration(1, "y"),))) == ["from 12 months"]
    assert _gaps("acct.since", Test("acct.since", "lt", (datetime.date(2026, 1, 1),)), Test("acct.since", "gte", (datetime.date(2026, 2, 1),))) == ["2026-01-01 to 2026-01-31"]
    assert _gaps("tech.app_version", Test("tech.app_version", "v_lt", ((3,),)), Test("tech.app_version", "v_gte", ((4, 1),))) == ["from 3 to below 4.1"]


def test_lengths_in_days_and_in_months_are_never_held_against_each_other():
    days, month = Test("acct.age", "lt", (Duration(20, "d"),)), Test("acct.age", "gt", (Duration(1, "mo"),))
    space = space_of([days, month], DIMENSIONS)

    assert {atom.length for atom in space.scales} == {"hours", "months"}
    assert space.is_empty(space.meet(space.region(days), space.region(month))) is False


def test_too_many_alternatives_are_refused():
    parts = tuple(AnyOf(tuple(_number("firmo.headcount" if step % 2 else "firmo.revenue", "eq", step * 10 + one) for one in range(9))) for step in range(3))
    wide = All(tuple(AnyOf(tuple(Test("tech.stack", "includes_all", (f"{step}-{one}",)) for one in range(9))) for step in range(5)))
    space = space_of([*parts, wide], DIMENSIONS)

    try:
        space.region(wide)
    except TooManyError:
        return
    raise AssertionError
