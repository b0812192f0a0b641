"""Intervals and differences for shares, scores and means, from whole numbers and exact to the printed digit.

Everything is a Fraction; square roots are taken of whole numbers, so that no engine and no machine rounds differently.
Intervals are those of 95 %.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt
from typing import NamedTuple

Z = Fraction(196, 100)  # 95 % of a normal distribution lie within 1.96 standard deviations
FEWEST_CLUSTERS = 10
_DIGITS = 10**15
_ZERO, _ONE = Fraction(0), Fraction(1)


class Interval(NamedTuple):
    """Both ends of a 95 % interval."""

    low: Fraction
    high: Fraction


class Moments(NamedTuple):
    """How many, the sum of their values, and the sum of the squares of their values."""

    n: int
    total: int
    squares: int

    @property
    def mean(self) -> Fraction | None:
        """The mean; None of nobody."""
        return Fraction(self.total, self.n) if self.n else None

    @property
    def variance(self) -> Fraction | None:
        """The sample variance (divided by n - 1); None for fewer than two."""
        if self.n < 2:  # noqa: PLR2004 - one value does not vary
            return None
        return (self.squares - Fraction(self.total**2, self.n)) / (self.n - 1)


class Pairs(NamedTuple):
    """Sums over n members of two numbers each, of their squares, and of their products."""

    n: int
    y: int
    x: int
    yy: int
    xx: int
    xy: int


def root(value: Fraction) -> Fraction:
    """The square root of a number that is not negative: exact where it is a fraction, else cut after 15 decimals."""
    above, below = isqrt(value.numerator), isqrt(value.denominator)
    if above * above == value.numerator and below * below == value.denominator:
        return Fraction(above, below)
    return Fraction(isqrt(value.numerator * _DIGITS**2 // value.denominator), _DIGITS)


def wilson(hits: int, n: int) -> Interval | None:
    """The score interval of a share (Wilson 1927); None of nobody. 3 of 5 is 23 % to 88 %."""
    if not n:
        return None
    share, squared = Fraction(hits, n), Z * Z
    scale = 1 + squared / n
    centre = share + squared / (2 * n)
    half = Z * root(share * (1 - share) / n + squared / (4 * n * n))
    return Interval(max((centre - half) / scale, _ZERO), min((centre + half) / scale, _ONE))


def nps(promoters: int, detractors: int, n: int) -> Fraction | None:
    """Net promoter score, -100 to 100, not rounded: 100 (P - D) / n, passives in n (Reichheld 2003). None of nobody."""
    return Fraction(100 * (promoters - detractors), n) if n else None


def nps_margin(promoters: int, detractors: int, n: int) -> Fraction | None:
    """Margin of error of a net promoter score, in points: 196 sqrt((P + D - (P - D)^2) / n), P and D as shares.

    The variance of a variable that is 1 for promoters, -1 for detractors and 0 else. None of nobody. 6, 4 and 2 of 12
    answers are 33.3 with a margin of 42.2.
    """
    if not n:
        return None
    up, down = Fraction(promoters, n), Fraction(detractors, n)
    return 100 * Z * root((up + down - (up - down) ** 2) / n)


def difference(first: tuple[int, int], second: tuple[int, int]) -> Interval | None:
    """The interval of the first share less the second, each (hits, n): Newcombe 1998, method 10. None where one is of nobody."""
    one, other = wilson(*first), wilson(*second)
    if one is None or other is None:
        return None
    p, q = Fraction(*first), Fraction(*second)
    low = p - q - root((p - one.low) ** 2 + (other.high - q) ** 2)
    high = p - q + root((one.high - p) ** 2 + (q - other.low) ** 2)
    return Interval(low, high)


def difference_of_means(first: Moments, second: Moments) -> Interval | None:
    """The interval of the first mean less the second, from their own variances (Welch). None for fewer than two."""
    gap = _gap(first, second)
    if gap is None or first.variance is None or second.variance is None:
        return None
    half = Z * root(first.variance / first.n + second.variance / second.n)
    return Interval(gap - half, gap + half)


def ratio_interval(pairs: Pairs, *, highest: Fraction | None = None) -> Interval | None:
    """The interval of a ratio of two sums, sum(y) / sum(x), members as clusters: the delta method (Deng et al. 2018).

    The variance of y - R x over the members, divided by the square of the mean x. Cut at 0 and at `highest`. None for
    fewer than ten members, whose spread says little, or where there is nothing to divide by.
    """
    if pairs.n < FEWEST_CLUSTERS or not pairs.x:
        return None
    ratio = Fraction(pairs.y, pairs.x)
    spread = (pairs.yy - 2 * ratio * pairs.xy + ratio**2 * pairs.xx) / (pairs.n - 1)
    half = Z * root(max(spread, _ZERO) * pairs.n) / pairs.x
    low, high = max(ratio - half, _ZERO), ratio + half
    return Interval(low, high if highest is None else min(high, highest))


def standardised(first: Moments, second: Moments) -> Fraction | None:
    """The first mean less the second in standard deviations: d = (m1 - m2) / sqrt((v1 + v2) / 2) (Cohen; Austin 2009).

    None where a group is smaller than two, or nothing varies.
    """
    gap = _gap(first, second)
    if gap is None or first.variance is None or second.variance is None:
        return None
    spread = (first.variance + second.variance) / 2
    return gap / root(spread) if spread > 0 and root(spread) else None


def _gap(first: Moments, second: Moments) -> Fraction | None:
    return None if first.mean is None or second.mean is None else first.mean - second.mean


def is_told_apart(most: int, second: int, n: int) -> bool:
    """Fong's test (1996): do the two most frequent categories differ? |a - b| >= 1.65 sqrt((a + b)(2n - a - b) / (2n))."""
    if not n:
        return False
    line = Fraction(165, 100) ** 2 * Fraction((most + second) * (2 * n - most - second), 2 * n)
    return (most - second) ** 2 >= line


def rounded(value: Fraction, places: int) -> Fraction:
    """A number rounded half up (away from zero) to so many decimals."""
    scaled = abs(value) * 10**places
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return Fraction(-whole if value < 0 else whole, 10**places)
