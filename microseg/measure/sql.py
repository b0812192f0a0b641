"""Small words for building SQL: every name is quoted, every value that somebody typed is bound, never written into the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

from microseg.measure.node import ADDED, ALONE, AND, COMPARED, MULTIPLIED, NOT, OR, Select, Sql, Token, tokens

__all__ = ["Select", "Sql"]  # and every word below

BIG = "BIGINT"
NUMBER = "DECIMAL(24, 6)"  # 18 digits before the point, six behind it
MOMENT = "TIMESTAMPNTZ"  # without a zone: always UTC here
_TRUE, _FALSE = Sql(("TRUE",)), Sql(("FALSE",))
_MOST_JOINED = 32  # parts in a row: a chain of thousands would be too deep for a reader of SQL
_IS_NULL = " IS NULL"
_SIGNS = {"eq": " = ", "ne": " <> ", "lt": " < ", "lte": " <= ", "gt": " > ", "gte": " >= "}
_TYPES = {"TIMESTAMPNTZ": ("TIMESTAMP", "TIMESTAMP", "TIMESTAMP_NTZ"), "TIMESTAMPTZ": ("TIMESTAMPTZ", "TIMESTAMPTZ", "TIMESTAMP"), "TEXT": ("TEXT", "TEXT", "STRING")}


class Parameters:
    """The values of a statement, each bound once under a name of its own."""

    def __init__(self) -> None:
        """None so far."""
        self.values: dict[str, Any] = {}
        self._names: dict[tuple[type, Any], str] = {}

    def bind(self, value: str | int | dt.date) -> Sql:
        """The place that stands for a value; a date comes with its type."""
        name = self._names.setdefault((type(value), value), f"p{len(self._names)}")
        self.values[name] = value.isoformat() if isinstance(value, dt.date) else value
        place = Sql((Token("place", name),))
        return cast(place, "DATE") if isinstance(value, dt.date) else place


def column(name: str, table: str = "") -> Sql:
    """A column, quoted."""
    return Sql((Token("name", table), ".", Token("name", name))) if table else Sql((Token("name", name),))


def star(table: str = "") -> Sql:
    """Every column, or every one of a table."""
    return Sql((Token("name", table), ".*")) if table else Sql(("*",))


def named(what: Sql, name: str) -> Sql:
    """`what AS "name"`."""
    return Sql((what, " AS ", Token("name", name)))


def select(columns: Iterable[Sql], source: Sql) -> Select:
    """`SELECT columns FROM source`."""
    return Select(tuple(columns), source)


def table(*names: str) -> Sql:
    """A table or a part of the statement, quoted; its own name comes last."""
    return Sql((Token("table", names),))


def number(value: int) -> Sql:
    """A whole number of our own making: a bit, a factor, a length."""
    return Sql((str(value),)) if value >= 0 else Sql((f"({value})",))


def word(value: str) -> Sql:
    """A text of our own making: a pattern, a separator."""
    return Sql((Token("word", value),))


def day(value: dt.date) -> Sql:
    """A day of our own reckoning: the first of a window."""
    return Sql((f"CAST('{value.isoformat()}' AS DATE)",))


def moment(value: dt.datetime) -> Sql:
    """A moment of our own reckoning, in UTC."""
    return cast(word(value.isoformat(sep=" ")), MOMENT)


def cast(what: Sql, type_: str) -> Sql:
    """`CAST(what AS type)`."""
    return Sql(("CAST(", what, " AS ", _type(type_), ")"))


def cast_or_null(what: Sql, type_: str) -> Sql:
    """`TRY_CAST(what AS type)`, which DuckDB alone has: null where it does not fit."""
    return Sql(("TRY_CAST(", what, " AS ", _type(type_), ")"))


def _type(name: str) -> str | Token:
    return Token("differing", _TYPES[name]) if name in _TYPES else name


def _either(duckdb: str, postgres: str, spark: str) -> Token:
    return Token("differing", (duckdb, postgres, spark))


def null(type_: str) -> Sql:
    """No value, of a type."""
    return cast(Sql((Token("null"),)), type_)


def true() -> Sql:
    """TRUE."""
    return _TRUE


def false() -> Sql:
    """FALSE."""
    return _FALSE


def unknown() -> Sql:
    """A truth that is not known."""
    return null("BOOLEAN")


def speaks_of_null(what: Sql) -> bool:
    """Is a null written into it, so that it may be null whatever its columns are?"""
    return any(one.kind == "null" for one in tokens(what))


def columns_of(what: Sql) -> Iterable[str]:
    """The names of the columns that it looks at."""
    return (str(one.value) for one in tokens(what) if one.kind == "name")


def _at_least(what: Sql, level: int) -> Sql:
    """In brackets where it binds less tightly than that."""
    return what if what.level >= level else Sql(("(", what, ")"))


def all_of(parts: Iterable[Sql]) -> Sql:
    """Kleene's and, which SQL's AND is; of nothing: true."""
    return _chain([_at_least(one, AND) for one in parts if one != _TRUE], " AND ", AND) or _TRUE


def any_of(parts: Iterable[Sql]) -> Sql:
    """Kleene's or, which SQL's OR is; of nothing: false."""
    return _chain([one for one in parts if one != _FALSE], " OR ", OR) or _FALSE


def added(parts: Iterable[Sql]) -> Sql:
    """The sum of many parts; of nothing: 0."""
    return _chain([_at_least(one, ADDED) for one in parts], " + ", ADDED) or number(0)


def _chain(held: list[Sql], sign: str, level: int) -> Sql | None:
    """Joined by one operator; of many parts some at a time, in brackets."""
    while len(held) > _MOST_JOINED:
        held = [_at_least(one, ALONE) for at in range(0, len(held), _MOST_JOINED) if (one := _chain(held[at : at + _MOST_JOINED], sign, level))]
    if len(held) <= 1:
        return held[0] if held else None
    pieces: list[str | Sql] = [sign] * (2 * len(held) - 1)
    pieces[::2] = held
    return Sql(tuple(pieces), level)


def negated(what: Sql) -> Sql:
    """`NOT what`; unknown stays unknown."""
    if what in (_TRUE, _FALSE):
        return _FALSE if what == _TRUE else _TRUE
    if what.level == NOT:
        return what.pieces[1]  # type: ignore[return-value]  # what is negated stands behind the sign
    if what.pieces[-1] == _IS_NULL:
        return Sql((what.pieces[0], " IS NOT NULL"), COMPARED)
    return Sql(("NOT ", _at_least(what, ALONE)), NOT)


def is_null(what: Sql) -> Sql:
    """`what IS NULL`."""
    return Sql((_at_least(what, ALONE), _IS_NULL), COMPARED)


def not_null(what: Sql) -> Sql:
    """`what IS NOT NULL`."""
    return negated(is_null(what))


def compared(left: Sql, operator: str, right: Sql) -> Sql:
    """A comparison: eq ne lt lte gt gte."""
    return Sql((_at_least(left, ADDED), _SIGNS[operator], _at_least(right, ADDED)), COMPARED)


def within(what: Sql, low: Sql | None, high: Sql | None) -> Sql:
    """Between the two, both included; an end that is None is open."""
    parts = [compared(what, "gte", low)] if low is not None else []
    return all_of([*parts, *([compared(what, "lte", high)] if high is not None else [])])


def among(what: Sql, values: Sequence[Sql]) -> Sql:
    """`what IN (…)`."""
    return Sql((_at_least(what, ALONE), " IN (", *_listed(values), ")"), COMPARED)


def in_rows(what: Sql, rows: Select) -> Sql:
    """`what IN (SELECT …)`."""
    return Sql((_at_least(what, ALONE), " IN (", rows, ")"), COMPARED)


def value_of(row: Select) -> Sql:
    """The one value of a statement that brings one row."""
    return Sql(("(", row, ")"))


def _listed(parts: Sequence[Sql]) -> list[str | Sql]:
    pieces: list[str | Sql] = [", "] * max(2 * len(parts) - 1, 0)
    pieces[::2] = parts
    return pieces


def case(*branches: tuple[Sql, Sql], default: Sql | None = None) -> Sql:
    """`CASE WHEN … THEN … ELSE … END`."""
    if branches[0][0] == _TRUE:
        return branches[0][1]
    pieces: list[str | Sql] = ["CASE"]
    for when, then in branches:
        pieces += (" WHEN ", when, " THEN ", then)
    return Sql((*pieces, *(() if default is None else (" ELSE ", default)), " END"))


def as_int(truth: Sql) -> Sql:
    """1 where true, else 0."""
    return number(int(truth == _TRUE)) if truth in (_TRUE, _FALSE) else Sql(("CASE WHEN ", truth, " THEN 1 ELSE 0 END"))


def plus(*parts: Sql) -> Sql:
    """The sum of the parts."""
    return reduce(lambda left, right: Sql((_at_least(left, ADDED), " + ", _at_least(right, MULTIPLIED)), ADDED), parts)


def minus(left: Sql, right: Sql) -> Sql:
    """The first less the second."""
    return Sql((_at_least(left, ADDED), " - ", _at_least(right, MULTIPLIED)), ADDED)


def times(left: Sql, right: Sql) -> Sql:
    """The product."""
    return Sql((_at_least(left, MULTIPLIED), " * ", _at_least(right, ALONE)), MULTIPLIED)


def divided(left: Sql, right: Sql) -> Sql:
    """The whole part of a quotient of two that are not negative."""
    return Sql(("CAST(", _either("", "DIV(", ""), _at_least(left, ALONE), _either(" // ", ", ", " DIV "), _at_least(right, ALONE), _either(" AS BIGINT)", ") AS BIGINT)", " AS BIGINT)")))


def function(name: str, *arguments: Sql) -> Sql:
    """A function that every engine calls by this name."""
    return Sql((f"{name}(", *_listed(arguments), ")"))


def coalesced(what: Sql, default: Sql) -> Sql:
    """The first, or the second where the first is null."""
    return what if _is_number(what) else Sql(("COALESCE(", what, ", ", default, ")"))


def _is_number(what: Sql) -> bool:
    return isinstance(what.pieces[0], str) and what.pieces[0].isdigit()


def or_null_if_0(what: Sql) -> Sql:
    """The number, null where it is 0."""
    return function("NULLIF", what, number(0))


def size(what: Sql) -> Sql:
    """A number without its sign."""
    return function("ABS", what)


def total(what: Sql) -> Sql:
    """`SUM`, as a 64-bit number whatever the engine makes of it."""
    return Sql(("CAST(SUM(", what, ") AS BIGINT)"))


def rows() -> Sql:
    """How many rows."""
    return Sql(("COUNT(*)",))


def count(what: Sql) -> Sql:
    """How many rows have a value."""
    return Sql(("COUNT(", what, ")"))


def count_if(truth: Sql) -> Sql:
    """How many rows a truth holds for; an engine counts faster than it adds up ones."""
    return rows() if truth == _TRUE else count(case((truth, number(1))))


def count_different(what: Sql) -> Sql:
    """How many different values there are."""
    return Sql(("COUNT(DISTINCT ", what, ")"))


def least(what: Sql) -> Sql:
    """The least value of the rows."""
    return Sql(("MIN(", what, ")"))


def greatest(what: Sql) -> Sql:
    """The greatest value of the rows."""
    return Sql(("MAX(", what, ")"))


def bit_of_day(day_: Sql, first: Sql) -> Sql:
    """1 for the first day, 2 for the one after it, 4 for the next: a word of 64 bits holds the days of two months."""
    begin, between, end = _either("(CAST(1 AS BIGINT) << (", "(CAST(1 AS BIGINT) << (", "SHIFTLEFT(CAST(1 AS BIGINT), DATEDIFF("), _either(" - ", " - ", ", "), "))"
    return Sql((begin, day_, between, first, end))


def joined_bits(what: Sql) -> Sql:
    """The bits that are set in any of the rows."""
    return function("BIT_OR", what)


def count_bits(what: Sql) -> Sql:
    """How many bits of a word are set."""
    return Sql((_either("CAST(BIT_COUNT(", "CAST(BIT_COUNT(CAST(", "CAST(BIT_COUNT("), what, _either(") AS BIGINT)", " AS BIT(64))) AS BIGINT)", ") AS BIGINT)")))


def over(what: Sql, *, by: Sequence[Sql] = (), order: Sequence[Sql] = ()) -> Sql:
    """A function over the rows that agree in `by`, in an order in which nulls stand first."""
    pieces: list[str | Sql] = [what, " OVER ("]
    pieces += ["PARTITION BY ", *_listed(by), " "] if by and order else ["PARTITION BY ", *_listed(by)] if by else []
    pieces += ["ORDER BY ", *_listed([Sql((one, " NULLS FIRST")) for one in order])] if order else []
    return Sql((*pieces, ")"))


def position(text: Sql, piece: Sql) -> Sql:
    """Where a piece of text first stands, from 1; 0 where it does not."""
    return Sql((_either("STRPOS(", "STRPOS(", "INSTR("), text, ", ", piece, ")"))


def matches(text: Sql, pattern: str) -> Sql:
    """Does a pattern of our own fit? Only signs that every engine reads alike."""
    return Sql((_either("REGEXP_MATCHES(", "(", "("), _at_least(text, ALONE), _either(", ", " ~ ", " RLIKE "), Token("word", pattern), ")"))


def interval(amount: int, unit: str) -> Sql:
    """A length of time."""
    return Sql((f"INTERVAL '{amount}' {unit}",))


def trimmed(text: Sql) -> Sql:
    """Without the spaces around it."""
    return function("TRIM", text)


def lowered(text: Sql) -> Sql:
    """In small letters, without the spaces around it."""
    return function("LOWER", trimmed(text))


def rounded(what: Sql) -> Sql:
    """To a whole number, half away from zero."""
    return function("ROUND", what, number(0))


def in_order_of_bytes(text: Sql) -> Sql:
    """A text that PostgreSQL orders by its bytes, as the others do anyway."""
    return Sql((text, ' COLLATE "C"'))


def seconds(at: Sql) -> Sql:
    """Seconds since 1970-01-01, with their fraction."""
    return Sql(("EXTRACT(EPOCH FROM ", at, ")"))
