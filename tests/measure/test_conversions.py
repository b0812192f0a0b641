"""Columns as types, as DuckDB does it: what fits no pattern is null; days begin in the workspace's zone."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import duckdb
import pytest

from microseg.measure import conversions, sql
from microseg.measure.compare import on_grid
from microseg.measure.conversions import Column, Writer

BERLIN = Writer("duckdb", "Europe/Berlin", dt.date(2024, 1, 1), dt.date(2026, 12, 31))


@pytest.fixture(scope="module")
def ask():
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")

    def values(expression, cells):
        """The expression over the column `a`, for each cell."""
        connection.execute("CREATE OR REPLACE TEMP TABLE held AS SELECT unnest($cells) AS a", {"cells": cells})
        return [row[0] for row in connection.execute(f"SELECT {expression.sql('duckdb')} FROM held").fetchall()]  # noqa: S608

    yield values
    connection.close()


TEXT = Column(sql.column("a"), "text")


def test_numbers_keep_six_places_and_anything_else_is_no_number(ask):
    cells = ["7", "-.5", "+12.3456785", "0.0000004", "1e3", "1,000", " 5", "", "NaN", "9" * 18, "9" * 19, None]

    assert ask(conversions.number_of(TEXT)[0], cells) == [Decimal(7), Decimal("-0.5"), Decimal("12.345679"), Decimal(0), None, None, None, None, None, Decimal("9" * 18), None, None]


def test_versions_order_by_their_numbers(ask):
    found = ask(conversions.version_of(TEXT), ["3.10", "v3.9.1", "3", "3.0.0", "3.x", "", None])

    assert found == [conversions.version_key(parts) if parts else None for parts in ((3, 10), (3, 9, 1), (3,), (3,), (), (), ())]
    assert found[1] < found[0]


def test_sets_booleans_and_null_words(ask):
    mark = conversions.SET_MARK

    assert ask(conversions.set_of(TEXT, ";", "duckdb"), ["a; b ;c d", "", None]) == [f"{mark}a{mark}b{mark}c d{mark}", f"{mark}{mark}", None]
    assert ask(conversions.set_of(Column(sql.column("a"), "list"), ";", "duckdb"), [["a;b", "c"], [], None]) == [f"{mark}a;b{mark}c{mark}", f"{mark}{mark}", None]
    assert ask(conversions.boolean_of(TEXT), ["Yes", "t", "0", "FALSE", "perhaps", None]) == [1, 1, 0, 0, None, None]
    assert ask(conversions.text_of(Column(sql.column("a"), "text", (sql.word("-"), sql.word("")))), ["x", "-", "", None]) == ["x", None, None, None]


def test_minutes_are_millionths_unless_they_are_whole(ask):
    assert ask(conversions.minutes_of(TEXT), ["2.5", "0", "-1", "x"]) == [2_500_000, 0, None, None]
    assert ask(conversions.minutes_of(Column(sql.column("a"), "integer")), [5, -1, None]) == [5, None, None]


def test_a_day_alone_is_that_day_and_a_moment_the_day_of_its_zone(ask):
    cells = ["2026-03-28T22:59:59Z", "2026-03-28T23:00:00Z", "2026-06-29 22:00:00", "2026-06-29 23:30:00+02:00", "2026-06-30", "2026-02-30", "30.06.2026", None]

    assert ask(conversions.day_of(TEXT, BERLIN), cells) == [dt.date(2026, 3, 28), dt.date(2026, 3, 29), dt.date(2026, 6, 30), dt.date(2026, 6, 29), dt.date(2026, 6, 30), None, None, None]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Africa/Casablanca", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_days_are_those_of_python_s_own_zones(ask, zone):
    start = dt.datetime(2009, 1, 1, tzinfo=dt.UTC)
    moments = [start + dt.timedelta(hours=hours, minutes=hours % 60) for hours in range(0, 8766 * 6, 37)]
    writer = Writer("duckdb", zone, dt.date(2009, 1, 1), dt.date(2015, 12, 31))
    found = ask(conversions.local_day(sql.column("a"), writer), [one.replace(tzinfo=None) for one in moments])

    assert found == [one.astimezone(ZoneInfo(zone)).date() for one in moments]


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark"])
def test_every_conversion_can_be_written_for_every_engine(dialect):
    writer = BERLIN._replace(dialect=dialect)
    parts = (
        conversions.number_of(TEXT)[0], conversions.version_of(TEXT), conversions.boolean_of(TEXT), conversions.set_of(TEXT, ";", dialect), conversions.minutes_of(TEXT),
        conversions.day_of(TEXT, writer), conversions.moment_of(TEXT, writer), conversions.micros(sql.column("a"), dialect), conversions.day_number(sql.column("a"), dialect),
    )  # fmt: skip
    written = " ".join(one.sql(dialect) for one in parts)

    assert "TRY_CAST" not in written or dialect == "duckdb"
    assert ("TIMESTAMP_NTZ" in written) is (dialect == "spark")


def test_bounds_are_rounded_to_where_values_can_lie():
    assert on_grid("lt", [Fraction(1, 2)], 1) == ("lt", [1])
    assert on_grid("gte", [Fraction(1, 3)], 10) == ("gte", [4])
    assert on_grid("gt", [Fraction(1, 3)], 10) == ("gt", [3])
    assert on_grid("between", [Fraction(1, 3), Fraction(2, 3)], 10) == ("between", [4, 6])
    assert on_grid("in", [Fraction(1, 2), Fraction(1, 3)], 10) == ("in", [5])
