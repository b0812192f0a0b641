"""Tables: one record, three forms."""

import csv as standard_csv
import io
from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from microseg.source.text import clean, width_of
from microseg.tables import csv, markdown, text
from microseg.tables.cells import bar, decimal_text, for_people, tenths
from microseg.tables.table import NOT_APPLICABLE, UNKNOWN, Column, Figure, Table
from microseg.tables.width import folded

COLUMNS = (Column("Segment"), Column("Accounts", "int"), Column("Of parent", "share"), Column("", "bar"), Column("Value", "number"), Column("Revenue", "money", "EUR"))
TABLE = Table(
    "Longtail",
    COLUMNS,
    (
        ("Corporate trainers in mid-size companies", 1690, Fraction(1, 3), Fraction(1, 3), Figure(Fraction(17, 200), "share"), Fraction(1234567, 100)),
        ("K12", 402, NOT_APPLICABLE, None, Figure(Fraction(65, 2), "number", "minutes"), UNKNOWN),
    ),
    ("As of 2026-10-31.",),
)


def test_in_a_terminal_words_fold_and_numbers_do_not():
    told = text.render([TABLE], width=72)

    assert told == (
        "Longtail\n"
        "                                        Of                       Revenue\n"
        "Segment                   Accounts  parent               Value     (EUR)\n"
        "────────────────────────────────────────────────────────────────────────\n"
        "Corporate trainers in        1,690   33.3%  ███▎          8.5%  12,345.7\n"
        "mid-size companies\n"
        "K12                            402     n/a        32.5 minutes   unknown\n"
        "As of 2026-10-31.\n"
    )


def test_sentences_that_do_not_fit_stand_below_their_row():
    table = Table("", (Column("#", "int"), Column("Pain", is_sentence=True), Column("Score", "number"), Column("Relieved by", is_sentence=True)), ((1, "Two people spend two days on one name.", Fraction(61, 4), "One signed sheet"),))

    assert text.render([table], width=60) == (
        "#  Score\n"
        "────────\n"
        "1   15.3\n"
        "   Two people spend two days on one name.\n"
        "   Relieved by: One signed sheet\n"
    )  # fmt: skip
    assert text.render([table], width=90).splitlines()[2] == "1  Two people spend two days on one name.   15.3  One signed sheet"


@given(st.lists(st.tuples(st.text(max_size=30), st.integers(0, 10**6), st.text(max_size=90)), min_size=1, max_size=3), st.integers(40, 100))
def test_nothing_is_wider_than_the_terminal_and_nothing_is_lost(rows, width):
    table = Table("T", (Column("Name"), Column("Count", "int"), Column("Why", is_sentence=True)), tuple(rows))

    told = text.render([table], width=width)

    assert all(width_of(line) <= width for line in told.splitlines())
    assert all(Counter("".join((clean(name) + clean(why)).split())) <= Counter(told) for name, _, why in rows)


@pytest.mark.parametrize(("typed", "cells"), [("abc", 3), ("企業研修", 8), ("e\u0301", 1), ("מַה", 2), ("🎓", 2)])
def test_the_width_of_a_text_is_counted_in_cells(typed, cells):
    assert width_of(typed) == cells


def test_a_word_longer_than_a_line_is_broken_and_whole():
    assert folded("Donaudampfschifffahrt 企業研修", 8) == ["Donaudam", "pfschiff", "fahrt", "企業研修"]


def test_where_there_is_no_terminal_a_row_is_a_line():
    told = text.render([TABLE, TABLE])

    assert [line for line in told.splitlines() if line.startswith("Corporate")] == ["Corporate trainers in mid-size companies     1,690      33.3%  ███▎          8.5%       12,345.7"] * 2
    assert "\x1b" not in told


def test_colour_is_only_on_demand():
    assert "\x1b[1mLongtail\x1b[0m" in text.render([TABLE], width=72, color=True)


def test_as_markdown_without_bars():
    assert markdown.render([TABLE]) == (
        "## Longtail\n"
        "\n"
        "| Segment | Accounts | Of parent | Value | Revenue (EUR) |\n"
        "| --- | ---: | ---: | ---: | ---: |\n"
        "| Corporate trainers in mid-size companies | 1,690 | 33.3% | 8.5% | 12,345.7 |\n"
        "| K12 | 402 | n/a | 32.5 minutes | unknown |\n"
        "\n"
        "As of 2026-10-31.\n"
    )


def test_as_csv_with_bare_numbers():
    assert csv.render(TABLE) == (
        "segment,accounts,of_parent,value,revenue\n"
        "Corporate trainers in mid-size companies,1690,0.333333,0.085,12345.67\n"
        "K12,402,n/a,32.5,unknown\n"
    )  # fmt: skip


@pytest.mark.parametrize("hostile", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\uff1d1"])
def test_no_text_becomes_a_formula(hostile):
    told = csv.render(Table("", (Column("a"),), ((hostile,),)))

    assert told.splitlines()[1].startswith("'")


def test_a_negative_number_is_no_formula():
    assert csv.render(Table("", (Column("a", "int"),), ((-6,), (Figure(Fraction(-6), "number"),)))) == "a\n-6\n-6\n"


@given(st.text(max_size=40))
def test_whatever_was_typed_stays_in_its_cell(typed):
    table = Table(typed, (Column("a"), Column("b", "int")), ((typed, 1),), (typed,))

    tokens = MarkdownIt("commonmark").enable("table").parse(markdown.render([table]))
    rows = list(standard_csv.reader(io.StringIO(csv.render(table))))

    assert sum(token.type == "td_open" for token in tokens) == 2
    assert {child.type for token in tokens for child in token.children or ()} <= {"text"}
    assert [len(row) for row in rows] == [2, 2]
    assert all(c.isprintable() or c in "\n\u200c\u200d" for c in text.render([table], width=80))


@pytest.mark.parametrize(
    ("value", "shown", "bare"),
    [
        (Fraction(61, 4), "15.3", "15.25"),
        (Fraction(-61, 4), "-15.3", "-15.25"),
        (Fraction(1690), "1,690", "1690"),
        (Fraction(1, 20), "0.1", "0.05"),
        (Fraction(-1, 100), "0", "-0.01"),
        (Fraction(2, 3), "0.7", "0.666667"),
        (Fraction(-1, 10**9), "0", "0"),
        (Fraction(10**20), "100,000,000,000,000,000,000", "1" + "0" * 20),
    ],
)
def test_numbers_are_rounded_half_up(value, shown, bare):
    assert (tenths(value), decimal_text(value)) == (shown, bare)


def test_something_is_seen_of_whatever_is_not_nothing():
    assert [bar(share) for share in (Fraction(0), Fraction(1, 10**6), Fraction(1, 2), Fraction(1), Fraction(3))] == ["", "▏", "█████", "█" * 10, "█" * 10]


@pytest.mark.parametrize(("share", "shown"), [(Fraction(0), "0%"), (Fraction(1, 5000), "<0.1%"), (Fraction(1, 2000), "0.1%"), (Fraction(-1, 5000), "0%")])
def test_a_share_of_somebody_is_never_shown_as_nobody(share, shown):
    assert for_people(share, Column("Of above", "share")) == shown
