"""Tests that are only joined, compared atom by atom: the algebra must say the same."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.criteria.algebra import EVERYWHERE, space_of
from microseg.criteria.ast import All, AnyOf, Not, Test, Window
from microseg.criteria.dimensions import Dimensions
from microseg.criteria.plain import KnownTests, laid_out, left_by, narrowed, plain_of
from microseg.criteria.values import Duration

DIMENSIONS = Dimensions()
MISSING = st.sampled_from([None, None, "exclude", "include"])
NUMBERS = st.integers(-1, 6).map(Fraction)
WINDOWS = st.sampled_from([None, Window(last=Duration(30, "d")), Window(last=Duration(7, "d"))])


def _tests(dimension, single, several, values):
    return st.one_of(
        st.builds(Test, st.just(dimension), st.sampled_from(single), st.tuples(values), missing=MISSING),
        st.builds(Test, st.just(dimension), st.sampled_from(several), st.lists(values, min_size=1, max_size=3).map(tuple), missing=MISSING),
        st.builds(Test, st.just(dimension), st.just("is_set"), st.tuples(st.booleans())),
    )


ORDERED = ["eq", "ne", "lt", "lte", "gt", "gte"]
TESTS = st.one_of(
    _tests("firmo.headcount", ORDERED, ["in", "not_in"], NUMBERS),
    _tests("firmo.growth_rate", ORDERED, ["in", "not_in"], NUMBERS.map(lambda one: one / 2)),
    _tests("plan.state", ["eq", "ne"], ["in", "not_in"], st.sampled_from(["free", "trial", "paid", "unheard of"])),
    _tests("tech.crm", ["eq", "ne"], ["in", "not_in"], st.sampled_from(["a", "b", "c"])),
    st.builds(Test, st.just("use.active_days"), st.sampled_from(ORDERED), st.tuples(NUMBERS), window=WINDOWS, missing=MISSING),
)
CRITERIA = st.one_of(TESTS, st.lists(TESTS, max_size=4).map(tuple).map(All))


@pytest.mark.slow
@settings(deadline=None, max_examples=400)
@given(st.lists(CRITERIA, max_size=3), CRITERIA)
def test_narrowing_is_what_the_algebra_says(above, own):
    space = space_of([own, *above], DIMENSIONS)
    before = EVERYWHERE
    for one in above:
        before = space.meet(before, space.region(one))
    known = KnownTests(DIMENSIONS)
    left = left_by([plain_of(one, known) for one in above])
    numbers = {asked.number for one in left.values() for asked in one.tests}

    is_somebody = all(one.somebody for one in left.values())
    assert is_somebody is not space.is_empty(before)
    if is_somebody:
        found = narrowed(left, plain_of(own, known))
        assert narrowed(left, plain_of(own, known), numbers) == found
        assert found.somebody is not space.is_empty(space.meet(before, space.region(own)))
        if found.somebody:
            assert found.leaves_out is not space.is_empty(space.meet(before, space.region(own, "not true")))


@pytest.mark.slow
@settings(deadline=None, max_examples=200)
@given(st.lists(CRITERIA, min_size=1, max_size=4))
def test_laid_out_as_the_algebra_lays_them_out(criteria):
    whole = space_of(criteria, DIMENSIONS)
    known = KnownTests(DIMENSIONS)
    space, regions = laid_out([plain_of(one, known) for one in criteria], DIMENSIONS)

    assert space.scales == whole.scales
    for criterion, region in zip(criteria, regions, strict=True):
        there = whole.region(criterion)
        assert whole.is_empty(region) is whole.is_empty(there)
        assert [space.taken(region, atom) for atom in space.scales] == [whole.taken(there, atom) for atom in space.scales]


def test_what_is_not_plain():
    test = Test("plan.state", "eq", ("paid",))
    others = [AnyOf((test,)), Not(test), All((test, Not(test))), Test("tech.stack", "includes_any", ("x",)), Test("tech.crm", "contains", ("a",)), Test("no.such", "eq", ("a",))]

    assert [plain_of(one, KnownTests(DIMENSIONS)) for one in others] == [None] * len(others)


def test_tests_that_ask_the_same_are_one():
    typed = All((Test("firmo.headcount", "gte", (Fraction(5),), start=3, end=9), Test("firmo.headcount", "gte", (Fraction(5),)), Test("firmo.headcount", "lt", (Fraction(5),))))
    first, second, third = plain_of(typed, KnownTests(DIMENSIONS))

    assert first is second
    assert third.number != first.number
