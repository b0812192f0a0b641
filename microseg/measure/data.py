"""The data settings as the plan needs them: which tables there are, which column plays which part, where a dimension lies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from microseg.errors import UsageError, short
from microseg.model.data_settings import TABLES, DataSettings, has_password, is_engine, is_memory
from microseg.model.places import Place
from microseg.source.nearest import nearest

Physical = Literal["text", "integer", "decimal", "float", "boolean", "date", "timestamp", "instant", "list", "other"]
Described = Mapping[str, Mapping[str, Physical]]  # table -> column -> what the engine says it holds
DEFAULT_SPLIT = ";"
_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2999, 12, 31)
DEFAULT_MEMORY = "2GB"
_MOST_NAMED = 20
LineOf = Callable[[Place], str]
_HOW_TO_BEGIN = "name your tables in microseg.yaml: data: {as_of: 2026-06-30, tables: {account: {from: data/accounts.csv, key: account_id}}}"


def nowhere(_: Place) -> str:
    """The line of a place where nobody can tell it."""
    return ""


class Source(NamedTuple):
    """One table: where it is read from, and which of its columns plays which part (key, account, at, name …).

    `where` is the line of the settings that names it, "microseg.yaml:12: ", as a message begins; "" where nobody asked.
    """

    table: str
    origin: str
    columns: Mapping[str, str]
    nulls: tuple[str, ...] = ()
    where: str = ""


class Held(NamedTuple):
    """The column that holds a dimension; `split` stands between the values of a set."""

    table: str
    column: str
    split: str = DEFAULT_SPLIT
    where: str = ""


@dataclass(frozen=True, slots=True)
class Data:
    """Everything `data:` says, with its defaults filled in."""

    engine: str
    as_of: dt.date
    timezone: str
    memory: str
    sources: Mapping[str, Source]
    held: Mapping[str, Held]

    def has(self, table: str, part: str = "") -> bool:
        """Is the table declared, and a column for that part of it?"""
        source = self.sources.get(table)
        return source is not None and (not part or part in source.columns)

    def columns(self, table: str) -> tuple[str, ...]:
        """The columns of a table that the settings name, each once: those that play a part, then those that hold a dimension."""
        return tuple(dict.fromkeys((*self.sources[table].columns.values(), *(held.column for held in self.held.values() if held.table == table))))


def read_data(settings: DataSettings | None, *, engine: str | None = None, as_of: dt.date | None = None, line_of: LineOf = nowhere) -> Data:
    """The settings, with what the command line says over them. Raises UsageError where they do not suffice to begin.

    `line_of` says of a place in the settings which line that is, for messages about a table or a column.
    """
    if settings is None or settings.tables is None:
        raise UsageError("microseg.yaml names no data to measure", _HOW_TO_BEGIN)
    day = as_of or settings.as_of
    if day is None:
        if settings.at.has("as_of"):
            raise UsageError(f"{line_of(settings.at.value('as_of'))}`as_of` under `data:` is no day that can be read", "write it as 2026-06-30, or pass --as-of")
        raise UsageError("it is not said which day the data stands for", "add `as_of: 2026-06-30` under `data:`, or pass --as-of")
    if not _EARLIEST <= day <= _LATEST:  # windows reach back from it, and on from days of the data
        raise UsageError(f"the data cannot stand for {day.isoformat()}", f"name a day from {_EARLIEST} to {_LATEST}: `as_of` under `data:`, or --as-of")
    sources = {table: source for table in TABLES if (source := _source(table, getattr(settings.tables, table), line_of)) is not None}
    if not {"account", "user"} & sources.keys():
        raise UsageError("there is neither a table of accounts nor one of users", _HOW_TO_BEGIN)
    held = {named.name: one._replace(where=line_of(named.place)) for named in settings.dimensions if (one := _held(named.value)) is not None}
    return Data(_engine(engine or settings.engine), day, _timezone(settings.timezone), _memory(settings.memory), sources, held)


def _engine(named: str | None) -> str:
    if named and has_password(named):
        raise UsageError("a password stands in the address of the engine", "take it out: set PGPASSWORD or PGPASSFILE, or name a service")
    if named and not is_engine(named):
        raise UsageError("there is no such engine", "write duckdb, postgresql://host/database, spark, or sc://host")
    return named or "duckdb"


def _memory(named: str | None) -> str:
    if named and not is_memory(named):
        raise UsageError(f"{short(named)} is not an amount of memory", "write it as 2GB or 500MB under data.memory")
    return named or DEFAULT_MEMORY


def _timezone(named: str | None) -> str:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(named or "UTC")
    except (ValueError, OSError, LookupError):
        raise UsageError(f"there is no time zone {short(named or '')}", "write one such as Europe/Berlin, or UTC, under data.timezone") from None
    return named or "UTC"


def _source(table: str, settings: Any, line_of: LineOf) -> Source | None:
    """A table of the settings; one without its file or its key has been reported, and is left out."""
    if settings is None or not settings.from_:
        return None
    named = {"id": "key", "moment": "at"}
    parts = ("id", "account", "user", "moment", "name", "minutes", "platform", "feature", "visit", "kind", "score", "dimension", "value")
    columns = {named.get(part, part): column for part in parts if (column := getattr(settings, part, None))}
    return Source(table, settings.from_, columns, settings.null, line_of(settings.at.value("from_")))


def _held(settings: Any) -> Held | None:
    table, _, column = (settings.column or "").partition(".")
    return Held(table, column, settings.split or DEFAULT_SPLIT) if column and table in {"account", "user"} else None


def did_you_mean(name: str, there: Iterable[str]) -> str:
    """A question to put behind a name that is not there; "" where nothing is like it."""
    near = nearest(name, there)
    return f", did you mean `{near}`?" if near else ""


def _few(columns: Iterable[str]) -> str:
    """The first names of columns, each as far as anybody reads: what is no table has thousands, or one of thousands of signs."""
    names = [short(one) for one in columns]
    return ", ".join(names[:_MOST_NAMED]) + (f" and {len(names) - _MOST_NAMED:,} more" if len(names) > _MOST_NAMED else "")


def check_columns(data: Data, described: Described) -> None:
    """Is every column there that the settings name? Raises UsageError with all that are not, table by table."""
    lost = []
    for table, source in data.sources.items():
        there = described.get(table, {})
        wanted = {**{column: (part, source.where) for part, column in source.columns.items()}, **{held.column: (name, held.where) for name, held in data.held.items() if held.table == table}}
        lost += [f"{where}{source.origin} has no column `{column}` ({part}){did_you_mean(column, there)}" for column, (part, where) in wanted.items() if column not in there]
    if lost:
        columns = "; ".join(f"{table}: {_few(there)}" for table, there in described.items() if any(f"{data.sources[table].origin} has no column" in one for one in lost))
        raise UsageError("; ".join(lost), f"the columns are: {columns}")
