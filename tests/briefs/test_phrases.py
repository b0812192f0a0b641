"""Numbers, dates and names as a brief says them."""

import datetime
from fractions import Fraction

import pytest

from microseg.briefs import phrases


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction("15.25"), "15.3"), (Fraction(13), "13"), (Fraction("-6"), "\N{MINUS SIGN}6"), (1690.04, "1,690"), (9.1, "9.1"), (Fraction(1, 4), "0.3"), (Fraction(-1, 4), "\N{MINUS SIGN}0.3"), (Fraction(-1, 25), "0"), (0.96, "1")],
)
def test_one_decimal_and_no_zero_behind_the_point(value, text):
    assert phrases.one_decimal(value) == text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("41 %", "41%"), ("1840", "1,840"), ("-6", "\N{MINUS SIGN}6"), ("9 deals", "9 deals"), ("1.50", "1.5"), ("2.0 %", "2%"), ("2027", "2027"), ("4.99 $", "4.99 $"), (None, ""), ("1,200 users", "1,200 users")],
)
def test_a_quantity_keeps_what_was_typed(typed, shown):
    assert phrases.quantity(typed) == shown


@pytest.mark.parametrize(("part", "whole", "text"), [(1690, 6420, "26%"), (1, 7900, "<0.1%"), (40, 7900, "0.5%"), (1, 0, ""), (7, 7, "100%"), (0, 7, "0%"), (5, 40, "13%"), (0.125, 1, "13%"), (0.285, 1, "29%"), (3, 40, "8%")])
def test_shares(part, whole, text):
    assert phrases.share(part, whole) == text


def test_days_and_names():
    assert phrases.day(datetime.date(2026, 11, 2)) == "2 Nov 2026"
    assert phrases.day(None) == ""
    assert phrases.month(datetime.date(2026, 5, 31)) == "May 2026"
    assert [phrases.from_id(one) for one in ("free-to-paid", "creator-nps", "hr_team", "x")] == ["Free to paid", "Creator NPS", "HR team", "X"]


def test_sentences_end_once_and_quotes_are_not_doubled():
    assert [phrases.sentence(one) for one in ("Stop", "Stop.", "Really?", "企業研修。", "")] == ["Stop.", "Stop.", "Really?", "企業研修。", ""]
    assert [phrases.quoted(one) for one in ('"I know."', "“I know.”", "I know.", '"')] == ["I know.", "I know.", "I know.", '"']
    assert phrases.without_stop("Print it.") == "Print it"
    assert phrases.without_stop("And so on...") == "And so on..."


def test_lists_counts_and_clipping():
    assert [phrases.listed(one) for one in ((), ("a",), ("a", "b"), ("a", "b", "c"))] == ["", "a", "a and b", "a, b and c"]
    assert [phrases.counted(one, "child", "children") for one in (1, 2, 1200)] == ["1 child", "2 children", "1,200 children"]
    assert phrases.clipped("one two three four", 12) == "one two…"
    assert phrases.clipped("short", 12) == "short"
    assert [phrases.spelled(one) for one in (0, 3, 12)] == ["no", "three", "12"]


def test_an_item_without_an_id_has_an_anchor_made_of_its_text():
    assert phrases.anchor("pain", "slow", "x") == "pain-slow"
    assert phrases.anchor("pain", None, "It is slow") == phrases.anchor("pain", None, "It is slow")
    assert phrases.anchor("pain", None, "a") != phrases.anchor("pain", None, "b")
