"""How many a solution reaches: nobody is counted twice, and what is not known is said."""

import time
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from microseg.model.ranking import Bounds, merit, rice, union


def test_one_set_is_itself_and_none_is_nobody():
    assert (union({"a": 5}, {}), union({}, {})) == (Bounds(5, 5), Bounds(0, 0))


def test_a_known_overlap_is_taken_off():
    assert union({"a": 1690, "b": 940}, {frozenset({"a", "b"}): 130}) == Bounds(2500, 2500)


def test_an_unknown_overlap_leaves_limits():
    assert union({"a": 1690, "b": 940}, {}) == Bounds(1690, 2630)


def test_three_sets_of_which_one_overlap_is_unknown():
    known = {frozenset({"a", "b"}): 2, frozenset({"b", "c"}): 3}

    assert union({"a": 10, "b": 8, "c": 5}, known) == Bounds(10, 18)


@given(st.lists(st.frozensets(st.integers(0, 12)), min_size=1, max_size=5), st.integers(0, 2**10 - 1))
def test_the_truth_lies_between_the_limits(sets, kept):
    named = {f"s{place}": held for place, held in enumerate(sets)}
    pairs = [frozenset({a, b}) for a in named for b in named if a < b]
    known = {pair: len(frozenset.intersection(*(named[one] for one in pair))) for place, pair in enumerate(pairs) if kept >> place & 1}
    truth = len(frozenset().union(*sets))

    low, high = union({name: len(held) for name, held in named.items()}, known)

    assert low <= truth <= high
    assert low == high or len(known) < len(pairs) or len(sets) > 2


def test_rice_is_exact():
    assert rice(930, Fraction(3), Fraction("0.8"), Fraction(4)) == 558


def test_scored_pains_come_before_those_that_many_speak_of():
    assert sorted([merit(None, 900), merit(Fraction(3), 0), merit(None, 2), merit(Fraction(12), 1)]) == [merit(Fraction(12), 0), merit(Fraction(3), 0), merit(None, 900), merit(None, 2)]


def test_what_serves_thousands_is_counted_at_once():
    sizes = {f"s{number}": number for number in range(3_000)}
    began = time.process_time()

    assert union(sizes, {frozenset({"s2999", f"s{number}"}): 1 for number in range(2_999)}) == Bounds(2_999, sum(sizes.values()) - 2_999)
    assert time.process_time() - began < 1
