"""Texts become exact values, and days are counted back as a calendar does."""

import datetime as dt
from fractions import Fraction

import pytest

from microseg.criteria.values import Duration, date, days_back, decimal_text, duration, duration_text, longer, number, percent_text, version


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("010", Fraction(10)),
        ("-1.5", Fraction(-3, 2)),
        ("5.", Fraction(5)),
        (".5", Fraction(1, 2)),
        ("+2", Fraction(2)),
        ("1e3", None),
        ("1_0", None),
        ("٣", None),
        ("0x1", None),
        ("9" * 31, None),
        ("", None),
        (".", None),
    ],
)
def test_number(text: str, expected: Fraction | None) -> None:
    assert number(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("30d", Duration(30, "d")), ("6mo", Duration(6, "mo")), ("100y", Duration(100, "y")), ("101y", None), ("1m", None), ("1.5d", None), ("-1d", None), ("d", None)],
)
def test_duration(text: str, expected: Duration | None) -> None:
    assert duration(text) == expected


@pytest.mark.parametrize(("text", "expected"), [("3", (3,)), ("3.0.0", (3,)), ("0.0", (0,)), ("v1.10", (1, 10)), ("current", ()), ("3.", None), ("3.x", None)])
def test_version(text: str, expected: tuple[int, ...] | None) -> None:
    assert version(text) == expected


def test_date() -> None:
    assert date("2024-02-29") == dt.date(2024, 2, 29)
    assert date("2025-02-29") is None
    assert date("20250228") is None


@pytest.mark.parametrize(
    ("length", "expected"),
    [
        (Duration(30, "d"), dt.date(2026, 3, 1)),
        (Duration(36, "h"), dt.date(2026, 3, 29)),
        (Duration(2, "w"), dt.date(2026, 3, 17)),
        (Duration(1, "mo"), dt.date(2026, 2, 28)),
        (Duration(4, "mo"), dt.date(2025, 11, 30)),
        (Duration(1, "y"), dt.date(2025, 3, 31)),
        (Duration(9000, "y"), dt.date(1, 1, 1)),
    ],
)
def test_days_back(length: Duration, expected: dt.date) -> None:
    assert days_back(dt.date(2026, 3, 31), length) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [("12mo", "1y", False), ("13mo", "1y", True), ("48h", "1d", True), ("1mo", "30d", False), ("2mo", "30d", True), ("365d", "1y", False), ("367d", "1y", True)],
)
def test_longer_only_where_it_is_certain(first: str, second: str, expected: bool) -> None:
    one, other = duration(first), duration(second)
    assert one is not None
    assert other is not None
    assert longer(one, other) is expected


def test_words() -> None:
    assert decimal_text(Fraction("1234567.250")) == "1,234,567.25"
    assert decimal_text(Fraction(-1, 3)) == "-0.333333"
    assert decimal_text(Fraction(10)) == "10"
    assert percent_text(Fraction("0.025")) == "2.5 %"
    assert [duration_text(Duration(*length)) for length in ((1, "y"), (6, "mo"))] == ["1 year", "6 months"]
