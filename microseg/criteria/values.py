"""Typed values of criteria: how the text of a scalar becomes a number, a date, a duration, a version.

Numbers are always `fractions.Fraction`: a typed `0.1` is exactly one tenth, and arithmetic on it (a share of the
headcount) stays exact. A version is a tuple of ints without trailing zeros (`3.0` and `3` are one version); the
empty tuple is `current`, the product's current major version.
"""

import datetime as dt
import re
from fractions import Fraction

from microseg.record import NamedTuple

UNIT_WORDS = {"h": "hour", "d": "day", "w": "week", "mo": "month", "y": "year"}
CURRENT_VERSION: tuple[int, ...] = ()
ABSENT = frozenset({"", "~", "null", "Null", "NULL"})

_NUMBER = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_DURATION = re.compile(r"([0-9]{1,7})(h|d|w|mo|y)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_VERSION = re.compile(r"v?([0-9]{1,9}(?:\.[0-9]{1,9}){0,7})")
_LONGEST_NUMBER = 30
_LONGEST_YEARS = 100
_MONTHS_A_YEAR = 12
_HOURS = {"h": 1, "d": 24, "w": 168}


class Duration(NamedTuple):
    """A length of time as it was typed: `30d` is (30, "d"). Units: h d w mo y."""

    amount: int
    unit: str


Version = tuple[int, ...]
Value = str | bool | Fraction | dt.date | Duration | Version


def number(text: str) -> Fraction | None:
    """A base-10 number, or None. No exponents, no digit grouping, at most 30 characters."""
    if len(text) > _LONGEST_NUMBER or not _NUMBER.fullmatch(text):
        return None
    return Fraction(text.removesuffix("."))


def date(text: str) -> dt.date | None:
    """A day written YYYY-MM-DD, or None where the calendar has no such day."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None


def duration(text: str) -> Duration | None:
    """A duration such as `30d 12w 6mo 1y 4h`, at most 100 years, or None."""
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    found = Duration(int(match[1]), match[2])
    return found if rough_hours(found) <= _LONGEST_YEARS * 366 * 24 else None


def version(text: str) -> Version | None:
    """A version such as `3`, `v3.1` or `3.10.2`, or `current`; None otherwise."""
    if text == "current":
        return CURRENT_VERSION
    match = _VERSION.fullmatch(text)
    return version_of(tuple(int(part) for part in match[1].split("."))) if match else None


def version_of(parts: Version) -> Version:
    """The version without trailing zeros, so that 3, 3.0 and 3.0.0 are one."""
    end = len(parts)
    while end > 1 and parts[end - 1] == 0:
        end -= 1
    return parts[:end]


def months(length: Duration) -> int | None:
    """A duration in whole months where its unit is months or years; None for days and hours."""
    if length.unit == "mo":
        return length.amount
    return length.amount * _MONTHS_A_YEAR if length.unit == "y" else None


def hours(length: Duration) -> int | None:
    """A duration in hours where its unit is hours, days or weeks; None for months, whose length varies."""
    factor = _HOURS.get(length.unit)
    return None if factor is None else length.amount * factor


def rough_hours(length: Duration) -> int:
    """A duration in hours with months of 31 and years of 366 days: for bounds, never for membership."""
    exact = hours(length)
    if exact is not None:
        return exact
    return length.amount * 24 * (31 if length.unit == "mo" else 366)


def longer(first: Duration, second: Duration) -> bool:
    """Is the first certainly longer than the second, whatever months they fall in?"""
    for exact in (months, hours):
        one, other = exact(first), exact(second)
        if one is not None and other is not None:
            return one > other
    shortest = first.amount * 24 * (28 if first.unit == "mo" else 365)
    return (hours(first) or shortest) > rough_hours(second)


def back(moment: dt.datetime, length: Duration) -> dt.datetime:
    """The moment that lies a duration earlier.

    A month back from the 31st is the last day of a shorter month. Before the year 1 the answer is the year 1.
    """
    exact = hours(length)
    try:
        if exact is not None:
            return moment - dt.timedelta(hours=exact)
        return _months_back(moment, months(length) or 0)
    except (OverflowError, ValueError):
        return dt.datetime.min


def _months_back(moment: dt.datetime, count: int) -> dt.datetime:
    year, month = divmod(moment.year * _MONTHS_A_YEAR + moment.month - 1 - count, _MONTHS_A_YEAR)
    for day in (moment.day, 30, 29, 28):
        if day <= moment.day:
            try:
                return moment.replace(year=year, month=month + 1, day=day)
            except ValueError:
                continue
    return moment.replace(year=year, month=month + 1, day=28)


def days_back(day: dt.date, length: Duration) -> dt.date:
    """The day that lies a duration earlier; hours count as whole days begun (36h is two days)."""
    exact = hours(length)
    if exact is not None:
        length = Duration(-(-exact // 24), "d")
    return back(dt.datetime(day.year, day.month, day.day), length).date()


def decimal_text(value: Fraction) -> str:
    """A number as a person writes it: 1,000 or 0.025; what no decimal can say is rounded to six places."""
    scaled, places = abs(value), 0
    while scaled.denominator != 1 and places < _LONGEST_NUMBER:
        scaled, places = scaled * 10, places + 1
    if scaled.denominator != 1:
        scaled, places = Fraction(round(abs(value) * 10**6)), 6
    whole, rest = divmod(scaled.numerator, 10**places)
    tail = f"{rest:0{places}d}".rstrip("0") if places else ""
    sign = "-" if value < 0 else ""
    return f"{sign}{whole:,}" + (f".{tail}" if tail else "")


def percent_text(value: Fraction) -> str:
    """A share as a percentage: 0.02 is 2 %."""
    return f"{decimal_text(value * 100)} %"


def duration_text(length: Duration) -> str:
    """A duration in words: 30 days, 1 year."""
    plural = "" if length.amount == 1 else "s"
    return f"{length.amount:,} {UNIT_WORDS[length.unit]}{plural}"
