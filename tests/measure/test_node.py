"""A statement in pieces: what all engines share is written once, brackets stand where they are needed, names and words are quoted."""

import datetime as dt

import pytest

from microseg.measure import sql
from microseg.measure.node import Token, literal, quoted, sources

X, Y = sql.column("x"), sql.column("y")


def test_each_engine_gets_its_own_words():
    parts = [sql.divided(X, sql.number(3)), sql.position(X, sql.word("a'b")), sql.matches(X, "^a$"), sql.null("TIMESTAMPNTZ"), sql.cast(X, "TEXT")]
    chosen = sql.select(parts, sql.table("shop", "event")).where(sql.compared(X, "gt", sql.Parameters().bind(7))).group_by(X).limit(5)

    assert [chosen.sql(dialect) for dialect in ("duckdb", "postgres", "spark")] == [
        """SELECT
  CAST("x" // 3 AS BIGINT),
  STRPOS("x", 'a''b'),
  REGEXP_MATCHES("x", '^a$'),
  CAST(NULL AS TIMESTAMP),
  CAST("x" AS TEXT)
FROM "shop"."event"
WHERE "x" > $p0
GROUP BY "x"
LIMIT 5""",
        """SELECT
  CAST(DIV("x", 3) AS BIGINT),
  STRPOS("x", 'a''b'),
  ("x" ~ '^a$'),
  CAST(NULL AS TIMESTAMP),
  CAST("x" AS TEXT)
FROM "shop"."event"
WHERE "x" > $p0
GROUP BY "x"
LIMIT 5""",
        """SELECT
  CAST(`x` DIV 3 AS BIGINT),
  INSTR(`x`, 'a\\'b'),
  (`x` RLIKE '^a$'),
  CAST(NULL AS TIMESTAMP_NTZ),
  CAST(`x` AS STRING)
FROM `shop`.`event`
WHERE `x` > :p0
GROUP BY `x`
LIMIT 5""",
    ]


def test_days_are_bits_in_the_words_of_each_engine():
    days = sql.count_bits(sql.joined_bits(sql.bit_of_day(sql.column("d"), sql.day(dt.date(2026, 6, 1)))))

    assert [days.sql(dialect) for dialect in ("duckdb", "postgres", "spark")] == [
        """CAST(BIT_COUNT(BIT_OR((CAST(1 AS BIGINT) << ("d" - CAST('2026-06-01' AS DATE))))) AS BIGINT)""",
        """CAST(BIT_COUNT(CAST(BIT_OR((CAST(1 AS BIGINT) << ("d" - CAST('2026-06-01' AS DATE)))) AS BIT(64))) AS BIGINT)""",
        """CAST(BIT_COUNT(BIT_OR(SHIFTLEFT(CAST(1 AS BIGINT), DATEDIFF(`d`, CAST('2026-06-01' AS DATE))))) AS BIGINT)""",
    ]


@pytest.mark.parametrize(
    ("what", "text"),
    [
        (sql.times(sql.plus(X, Y), X), '("x" + "y") * "x"'),
        (sql.minus(X, sql.minus(X, Y)), '"x" - ("x" - "y")'),
        (sql.all_of([sql.any_of([X, Y]), sql.negated(X)]), '("x" OR "y") AND NOT "x"'),
        (sql.any_of([sql.all_of([X, Y]), X]), '"x" AND "y" OR "x"'),
        (sql.compared(sql.compared(X, "eq", Y), "eq", X), '("x" = "y") = "x"'),
        (sql.is_null(sql.all_of([X, Y])), '("x" AND "y") IS NULL'),
        (sql.negated(sql.all_of([X, Y])), 'NOT ("x" AND "y")'),
        (sql.negated(sql.negated(X)), '"x"'),
        (sql.negated(sql.is_null(X)), '"x" IS NOT NULL'),
        (sql.negated(sql.true()), "FALSE"),
        (sql.all_of([sql.true(), X]), '"x"'),
        (sql.all_of([]), "TRUE"),
        (sql.any_of([]), "FALSE"),
        (sql.as_int(sql.true()), "1"),
        (sql.case((sql.true(), X), default=Y), '"x"'),
        (sql.coalesced(sql.number(1), sql.number(0)), "1"),
        (sql.times(X, sql.number(-3)), '"x" * (-3)'),
    ],
)
def test_brackets_stand_where_they_are_needed_and_constants_are_folded(what, text):
    assert what.sql("duckdb") == text


def test_a_chain_of_thousands_stays_flat():
    text = sql.any_of([sql.column(f"c{number}") for number in range(5_000)]).sql("duckdb")
    depth = deepest = 0
    for sign in text:
        depth += (sign == "(") - (sign == ")")
        deepest = max(deepest, depth)

    assert (text.count(" OR "), depth, deepest) == (4_999, 0, 2)


def test_names_and_words_are_quoted_as_each_engine_reads_them():
    assert [quoted('a"b`c', dialect) for dialect in ("duckdb", "postgres", "spark")] == ['"a""b`c"', '"a""b`c"', '`a"b``c`']
    assert [literal("a'\\\n\x1f", dialect) for dialect in ("duckdb", "spark")] == ["'a''\\\n\x1f'", "'a\\'\\\\\\n\\037'"]


def test_a_column_is_not_a_word_of_the_same_letters():
    assert len({sql.column("a"), sql.word("a"), sql.table("a"), sql.Parameters().bind("a"), sql.column("a")}) == 4


def test_what_a_statement_reads_and_how_values_are_spelled():
    inner = sql.select([X], sql.table("event")).where(sql.compared(X, "eq", sql.Parameters().bind("it")))
    chosen = sql.select([sql.star()], inner.subquery("read")).join(sql.table("days"), X, is_left=True).with_parts({"days": sql.select([X], sql.table("event"))})

    def say(token: Token) -> str | None:
        return "'it'" if token.kind == "place" else None

    assert list(sources(chosen)) == [("event",), ("days",), ("event",)]
    assert "= 'it'" in chosen.sql("duckdb", say)
