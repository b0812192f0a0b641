"""A column as the type that is due, whatever the engine says it holds: what does not fit is null, which means unknown.

Text is taken as a number, a day, a version only where it is one by a pattern that all engines read alike; numbers are
kept to six decimals; a moment without a zone is UTC. Days begin in the workspace's zone: its offsets are worked out
here and written as plain additions, for the engines' own zone tables differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from microseg.measure import sql
from microseg.measure.data import Physical
from microseg.measure.sql import Select, Sql

SET_MARK = "\x1f"  # stands before, between and behind the items of a set; no text has it
MINUTE_GRID = 1_000_000
EPOCH = dt.date(1970, 1, 1)
_NUMBER = r"^[-+]?([0-9]{1,18}([.][0-9]*)?|[.][0-9]+)$"
_WHOLE = r"^[-+]?[0-9]{1,9}$"
_DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_REAL_DAY = (
    r"^([0-9]{4}-(0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|[0-9]{4}-(0[469]|11)-(0[1-9]|[12][0-9]|30)|[0-9]{4}-02-(0[1-9]|1[0-9]|2[0-8])"
    r"|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)"
)
_REAL_MOMENT = _REAL_DAY + r"[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)? ?(Z|[-+](0[0-9]|1[0-4])(:?[0-5][0-9])?)?$"
_VERSION = r"^v?[0-9]{1,9}([.][0-9]{1,9}){0,7}$"
_VERSION_PARTS = 8
_YES, _NO = ("true", "t", "1", "yes", "y"), ("false", "f", "0", "no", "n")
_HUGE = 10**18


class Column(NamedTuple):
    """A column of a table, with what the engine says it holds and the words that mean nothing in it."""

    expression: Sql
    physical: Physical
    nulls: tuple[Sql, ...] = ()


class Writer(NamedTuple):
    """What a conversion depends on besides its column: the engine's dialect and the zone of days, with its span of years."""

    dialect: str
    timezone: str
    first: dt.date
    last: dt.date


def text_of(held: Column) -> Sql:
    """The column as text; a null word is null."""
    if held.physical == "list":
        return sql.function("CONCAT_WS", sql.word(","), held.expression)
    raw = held.expression if held.physical == "text" else sql.cast(held.expression, "TEXT")
    return sql.case((sql.negated(sql.among(raw, held.nulls)), raw)) if held.nulls and held.physical == "text" else raw


def is_unreadable(held: Column, read: Sql) -> Sql:
    """Whether a cell has something in it of which the conversion makes nothing."""
    return sql.all_of([sql.not_null(text_of(held)), sql.is_null(read)])


def number_of(held: Column) -> tuple[Sql, bool]:
    """The column as a number, and whether it is a whole one by its type; else it is a decimal with six places."""
    if held.physical == "integer":
        return held.expression, True
    if held.physical in {"decimal", "float"}:
        fits = sql.within(held.expression, sql.number(1 - _HUGE), sql.number(_HUGE - 1))
        return sql.case((fits, sql.cast(held.expression, sql.NUMBER))), False
    if held.physical == "text":
        raw = text_of(held)
        return sql.case((sql.matches(raw, _NUMBER), sql.cast(raw, sql.NUMBER))), False
    return sql.null(sql.NUMBER), False


def whole_of(held: Column) -> Sql:
    """The column as a whole number of at most nine digits; anything else is null."""
    if held.physical == "integer":
        return held.expression
    found, _ = number_of(held)
    return sql.case((sql.compared(found, "eq", sql.rounded(found)), sql.cast(found, sql.BIG)))


def minutes_of(held: Column) -> Sql:
    """Minutes as a whole number, in millionths where the column is not one of whole numbers; negative ones are null."""
    found, is_whole = number_of(held)
    grid = found if is_whole else sql.cast(sql.times(sql.cast(found, "DECIMAL(18, 6)"), sql.number(MINUTE_GRID)), sql.BIG)
    return sql.case((sql.within(found, sql.number(0), sql.number(10**10)), grid))


def boolean_of(held: Column) -> Sql:
    """1, 0 or null."""
    if held.physical == "boolean":
        return sql.case((held.expression, sql.number(1)), (sql.negated(held.expression), sql.number(0)))
    raw = sql.lowered(text_of(held))
    return sql.case((sql.among(raw, [sql.word(one) for one in _YES]), sql.number(1)), (sql.among(raw, [sql.word(one) for one in _NO]), sql.number(0)))


def version_of(held: Column) -> Sql:
    """A version as a text that orders: eight numbers of nine digits."""
    raw = text_of(held)
    bare = sql.function("REPLACE", raw, sql.word("v"), sql.word(""))
    parts = [sql.function("LPAD", sql.function("SPLIT_PART", bare, sql.word("."), sql.number(place)), sql.number(9), sql.word("0")) for place in range(1, _VERSION_PARTS + 1)]
    return sql.case((sql.matches(raw, _VERSION), sql.function("CONCAT", *parts)))


def version_key(parts: tuple[int, ...]) -> str:
    """A version of a criterion as the same kind of text."""
    return "".join(f"{part:09d}" for part in (*parts, *(0,) * _VERSION_PARTS)[:_VERSION_PARTS])


def set_of(held: Column, split: str, dialect: str) -> Sql:
    """The items of a set with a mark before, between and behind them, without the spaces around each."""
    mark = sql.function("CHR", sql.number(31))
    if held.physical == "list":
        name = "ARRAY_JOIN" if dialect == "spark" else "ARRAY_TO_STRING"
        joined = sql.function(name, held.expression, mark)
        return sql.case((sql.not_null(held.expression), sql.function("CONCAT", mark, joined, mark)))
    raw = text_of(held)
    marked = sql.function("REPLACE", sql.trimmed(raw), sql.word(split), mark)
    flags = [] if dialect == "spark" else [sql.word("g")]
    trimmed = sql.function("REGEXP_REPLACE", marked, sql.word(f" *{SET_MARK} *"), sql.word(SET_MARK), *flags)
    return sql.case((sql.not_null(raw), sql.function("CONCAT", mark, trimmed, mark)))


def moment_of(held: Column, writer: Writer) -> Sql:
    """The column as a moment in UTC; a day is its midnight."""
    if held.physical in {"timestamp", "instant", "date"}:
        return held.expression if held.physical == "timestamp" else sql.cast(held.expression, sql.MOMENT)
    if held.physical != "text":
        return sql.null(sql.MOMENT)
    raw = text_of(held)
    if writer.dialect == "duckdb":
        return sql.cast(sql.cast_or_null(raw, "TIMESTAMPTZ"), sql.MOMENT)
    branches = [(sql.matches(raw, _DAY), sql.cast(_text_day(raw, writer.dialect), sql.MOMENT)), (sql.matches(raw, _REAL_MOMENT), sql.cast(sql.cast(raw, "TIMESTAMPTZ"), sql.MOMENT))]
    return sql.case(*branches)


def day_of(held: Column, writer: Writer) -> Sql:
    """The calendar day in the workspace's zone; what is only a day is that day in any zone."""
    if held.physical == "date":
        return held.expression
    at = moment_of(held, writer)
    if held.physical != "text":
        return local_day(at, writer)
    raw = text_of(held)
    return sql.case((sql.matches(raw, _DAY), _text_day(raw, writer.dialect)), default=local_day(at, writer))


def day_parts(held: Column, writer: Writer, name: str) -> tuple[dict[str, Sql], Sql]:
    """The same day in two steps: helping columns that are read once, and the day made of them.

    A zone has had dozens of offsets, and a text would be taken apart anew for each. No helping columns: one step does.
    """
    if held.physical != "text" or len(offsets(writer.timezone, writer.first, writer.last)) == 1:
        return {}, day_of(held, writer)
    raw = text_of(held)
    helping = {f"{name}_at": moment_of(held, writer), f"{name}_day": sql.case((sql.matches(raw, _DAY), _text_day(raw, writer.dialect)))}
    return helping, sql.coalesced(sql.column(f"{name}_day"), local_day(sql.column(f"{name}_at"), writer))


def dated(columns: Mapping[str, Sql], days: Mapping[str, Column], source: Sql, writer: Writer, where: Sql | None = None) -> Select:
    """The columns, and the day of each moment, of the rows of a table for which `where` holds."""
    helping: dict[str, Sql] = {}
    found: dict[str, Sql] = {}
    for name, held in days.items():
        more, found[name] = day_parts(held, writer, name)
        helping |= more
    inner = sql.select([sql.named(what, name) for name, what in {**columns, **(helping or found)}.items()], source)
    inner = inner if where is None else inner.where(where)
    if not helping:
        return inner
    # a day that needs no help among others that do is worked out in the same step as they are
    plain = {name: what for name, what in found.items() if f"{name}_at" not in helping}
    inner = inner.and_columns(*(sql.named(what, name) for name, what in plain.items()))
    outer = [sql.named(sql.column(name), name) for name in (*columns, *plain)] + [sql.named(what, name) for name, what in found.items() if name not in plain]
    return sql.select(outer, inner.subquery("read"))


def _text_day(raw: Sql, dialect: str) -> Sql:
    if dialect == "duckdb":
        return sql.cast_or_null(raw, "DATE")
    return sql.case((sql.matches(raw, _REAL_DAY + "$"), sql.cast(raw, "DATE")))


def local_day(at: Sql, writer: Writer) -> Sql:
    """The day of a moment in the zone: the offset that held then is added, and the time cut off."""
    changes = offsets(writer.timezone, writer.first, writer.last)
    if len(changes) == 1:
        return sql.cast(_moved(at, changes[0][1]), "DATE")
    branches = [(sql.compared(at, "gte", sql.moment(since)), sql.cast(_moved(at, offset), "DATE")) for since, offset in reversed(changes[1:])]
    return sql.case(*branches, default=sql.cast(_moved(at, changes[0][1]), "DATE"))


def _moved(at: Sql, seconds: int) -> Sql:
    if not seconds:
        return at
    return (sql.plus if seconds > 0 else sql.minus)(at, sql.interval(abs(seconds), "SECOND"))


@lru_cache(maxsize=64)
def offsets(timezone: str, first: dt.date, last: dt.date) -> tuple[tuple[dt.datetime, int], ...]:
    """The zone's offset from UTC in seconds, from each moment (UTC) on at which it changed; the first holds before, too."""
    zone = ZoneInfo(timezone)
    start = dt.datetime(max(first, EPOCH).year, 1, 1, tzinfo=dt.UTC)
    end = dt.datetime(last.year, last.month, last.day, tzinfo=dt.UTC) + dt.timedelta(days=2)
    changes = [(_bare(start), _offset(zone, start))]
    step = dt.timedelta(days=7)
    while start < end:
        following = start + step
        if _offset(zone, following) != changes[-1][1] or _offset(zone, start + step / 2) != changes[-1][1]:
            changes += _changes_between(zone, start, following, changes[-1][1])
        start = following
    return tuple(changes)


def _changes_between(zone: ZoneInfo, start: dt.datetime, end: dt.datetime, before: int) -> list[tuple[dt.datetime, int]]:
    """Every change of the offset within a week, to the minute."""
    found = []
    hour = dt.timedelta(minutes=15)
    while start < end:
        start += hour
        now = _offset(zone, start)
        if now != before:
            found.append((_bare(start), now))
            before = now
    return found


def _offset(zone: ZoneInfo, at: dt.datetime) -> int:
    return round((at.astimezone(zone).utcoffset() or dt.timedelta()).total_seconds())


def _bare(at: dt.datetime) -> dt.datetime:
    return at.replace(tzinfo=None)


def start_of(day: dt.date, timezone: str) -> dt.datetime:
    """The moment (UTC, without a zone) at which a day begins in a zone; what lies before the year 2 is the year 2."""
    local = dt.datetime(max(day.year, 2), day.month, min(day.day, 28) if day.year < 2 else day.day, tzinfo=ZoneInfo(timezone))  # noqa: PLR2004
    return local.astimezone(dt.UTC).replace(tzinfo=None)


def micros(at: Sql, dialect: str) -> Sql:
    """Microseconds since 1970-01-01, UTC, as a whole number."""
    if dialect == "duckdb":
        return sql.function("EPOCH_US", at)
    if dialect == "spark":
        return sql.function("UNIX_MICROS", sql.cast(at, "TIMESTAMPTZ"))
    return sql.cast(sql.times(sql.seconds(at), sql.number(1_000_000)), sql.BIG)


def day_number(day: Sql, dialect: str) -> Sql:
    """Days since 1970-01-01, as a whole number."""
    return sql.function("UNIX_DATE", day) if dialect == "spark" else sql.cast(sql.minus(day, sql.day(EPOCH)), sql.BIG)
