from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.measure.statistics import (
    Interval,
    Moments,
    Pairs,
    difference,
    difference_of_means,
    is_told_apart,
    nps,
    nps_margin,
    ratio_interval,
    root,
    rounded,
    standardised,
    wilson,
)

counts = st.integers(1, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def near(interval: Interval, places: int = 3) -> tuple[float, ...]:
    return tuple(float(rounded(end, places)) for end in interval)


@pytest.mark.parametrize(("hits", "n", "expected"), [(3, 5, (0.231, 0.882)), (0, 10, (0, 0.278)), (10, 10, (0.722, 1)), (81, 263, (0.255, 0.366)), (15, 148, (0.062, 0.160))])
def test_wilson_as_published(hits, n, expected):
    """81 of 263 and 15 of 148 are the examples of Newcombe 1998."""
    assert near(wilson(hits, n)) == expected


def test_the_difference_of_two_shares_as_published():
    """Newcombe 1998, table II, method 10: 56 of 70 less 48 of 80, and 9 of 10 less 3 of 10."""
    assert near(difference((56, 70), (48, 80)), 4) == (0.0524, 0.3339)
    assert near(difference((9, 10), (3, 10)), 4) == (0.1705, 0.8090)


@pytest.mark.parametrize(("promoters", "passives", "detractors", "score", "margin"), [(50, 33, 17, 33, 14.7), (6, 4, 2, Fraction(100, 3), 42.2), (12, 0, 0, 100, 0), (0, 0, 9, -100, 0)])
def test_nps_as_published(promoters, passives, detractors, score, margin):
    n = promoters + passives + detractors

    assert (nps(promoters, detractors, n), float(rounded(nps_margin(promoters, detractors, n), 1))) == (score, margin)


def test_nobody_has_no_statistic():
    nobody, one = Moments(0, 0, 0), Moments(1, 5, 25)

    assert [wilson(0, 0), nps(0, 0, 0), nps_margin(0, 0, 0), difference((0, 0), (1, 2)), standardised(nobody, one), difference_of_means(one, one), one.variance] == [None] * 7
    assert not is_told_apart(0, 0, 0)


def test_moments_are_the_mean_and_the_sample_variance():
    values = (2, 4, 4, 4, 5, 5, 7, 9)
    found = Moments(8, sum(values), sum(one * one for one in values))

    assert (found.mean, found.variance) == (5, Fraction(32, 7))


def test_a_standardised_difference_is_in_standard_deviations():
    low, high = Moments(3, 6, 14), Moments(3, 15, 77)  # 1 2 3 and 4 5 6, each with variance 1

    assert standardised(low, high) == -3
    assert near(difference_of_means(low, high), 2) == (-4.6, -1.4)
    assert standardised(Moments(2, 10, 50), Moments(2, 8, 32)) is None


def test_fong():
    assert is_told_apart(50, 33, 100)
    assert not is_told_apart(40, 35, 100)


@pytest.mark.parametrize(("value", "places", "expected"), [("0.125", 2, "0.13"), ("-0.125", 2, "-0.13"), ("2.5", 0, "3"), ("0.0000005", 6, "0.000001"), ("1/3", 6, "0.333333")])
def test_halves_are_rounded_away_from_zero(value, places, expected):
    assert rounded(Fraction(value), places) == Fraction(expected)


@settings(max_examples=25)
@given(counts)
def test_a_share_lies_in_its_interval(pair):
    low, high = wilson(*pair)

    assert 0 <= low <= Fraction(*pair) <= high <= 1


@pytest.mark.slow
@settings(max_examples=25)
@given(counts, counts)
def test_a_difference_lies_in_its_interval_and_turns_with_it(first, second):
    low, high = difference(first, second)

    assert -1 <= low <= Fraction(*first) - Fraction(*second) <= high <= 1
    assert difference(second, first) == (-high, -low)


@settings(max_examples=25)
@given(counts)
def test_more_answers_of_the_same_share_narrow_it(pair):
    hits, n = pair
    one, many = wilson(hits, n), wilson(4 * hits, 4 * n)

    assert many.high - many.low < one.high - one.low


@settings(max_examples=25)
@given(st.fractions(0, 10**9))
def test_a_root_is_cut_never_too_large(value):
    found = root(value)

    assert found * found <= value < (found + Fraction(1, 10**15)) ** 2


def test_a_ratio_of_sums_has_the_interval_of_its_clusters():
    """Where every member has the same x, it is the interval of a mean: here 1 to 10, each over 2."""
    ys, n = range(1, 11), 10
    found = ratio_interval(Pairs(n, sum(ys), 2 * n, sum(y * y for y in ys), 4 * n, 2 * sum(ys)))

    mean, spread = 5.5 / 2, (55 / 6 / 10) ** 0.5 / 2
    assert near(found, 6) == (round(mean - 1.96 * spread, 6), round(mean + 1.96 * spread, 6))


def test_a_ratio_of_few_or_of_nothing_has_no_interval():
    assert ratio_interval(Pairs(9, 1, 9, 1, 9, 1)) is None
    assert ratio_interval(Pairs(20, 0, 0, 0, 0, 0)) is None
    assert ratio_interval(Pairs(10, 10, 10, 10, 10, 10), highest=Fraction(1)) == (1, 1)
