"""Where the data lies that `measure` reads: tables, their columns, and which column holds which dimension."""

from __future__ import annotations

import datetime
import re
from typing import Any

from microseg.model.fields import DateKind, ListKind, MapKind, RecordKind, TextKind, key
from microseg.model.places import NOWHERE, At, Named
from microseg.record import aside, record
from microseg.source.nearest import nearest
from microseg.source.problem import Problem

TABLES = ("account", "user", "event", "survey", "history")
_MEMORY = re.compile(r"[1-9][0-9]{0,5}(?:\.[0-9]{1,3})? ?(?:MB|GB|TB|MiB|GiB|TiB)\Z")
_ENGINE = re.compile(r"duckdb|spark|sc://\S+|spark://\S+|postgres(?:ql)?://\S*|local\[[0-9*]+\]")
_WITH_PASSWORD = re.compile(r"[a-z]+://[^/@\s]*:[^/@\s]+@|[?&;](?:password|token|sslpassword)=", re.IGNORECASE)
_FROM = TextKind()
_NULL = ListKind(TextKind(verbatim=True), single=True)
_FROM_DOC = "A file (CSV, Parquet, a pattern of Parquet files), or a table of the database."
_NULL_DOC = 'Words that mean "no value"; left out: only a cell with nothing in it.'


@record
class AccountTable:
    """The table of accounts: one row an account."""

    from_: str | None = key(_FROM, _FROM_DOC, name="from", required=True, tier="advanced")
    id: str | None = key(TextKind(), "The column with the account's id.", name="key", required=True, tier="advanced")
    null: tuple[str, ...] = key(_NULL, _NULL_DOC, tier="advanced")
    at: At = aside(NOWHERE)


@record
class UserTable:
    """The table of users: one row a user."""

    from_: str | None = key(_FROM, _FROM_DOC, name="from", required=True, tier="advanced")
    id: str | None = key(TextKind(), "The column with the user's id.", name="key", required=True, tier="advanced")
    account: str | None = key(TextKind(), "The column with the id of the user's account.", tier="advanced")
    null: tuple[str, ...] = key(_NULL, _NULL_DOC, tier="advanced")
    at: At = aside(NOWHERE)


@record
class EventTable:
    """The table of what people did: one row an event."""

    from_: str | None = key(_FROM, _FROM_DOC, name="from", required=True, tier="advanced")
    user: str | None = key(TextKind(), "The column with the id of the user.", tier="advanced")
    account: str | None = key(TextKind(), "The column with the id of the account, where events know no user.", tier="advanced")
    moment: str | None = key(TextKind(), "The column with the moment or the day.", name="at", required=True, tier="advanced")
    name: str | None = key(TextKind(), "The column with the kind of event.", tier="advanced")
    minutes: str | None = key(TextKind(), "The column with the minutes it lasted.", tier="advanced")
    platform: str | None = key(TextKind(), "The column with the platform or device.", tier="advanced")
    feature: str | None = key(TextKind(), "The column with the feature used; left out: the kind of event.", tier="advanced")
    visit: str | None = key(TextKind(), "The column with the id of the visit; left out: 30 minutes without an event begin a new one.", tier="advanced")
    null: tuple[str, ...] = key(_NULL, _NULL_DOC, tier="advanced")
    at: At = aside(NOWHERE)


@record
class SurveyTable:
    """The table of survey answers: one row an answer."""

    from_: str | None = key(_FROM, _FROM_DOC, name="from", required=True, tier="advanced")
    user: str | None = key(TextKind(), "The column with the id of the user.", required=True, tier="advanced")
    moment: str | None = key(TextKind(), "The column with the moment or the day of the answer.", name="at", required=True, tier="advanced")
    kind: str | None = key(TextKind(), "The column that says nps or csat; left out: all answers are nps.", tier="advanced")
    score: str | None = key(TextKind(), "The column with the answer.", required=True, tier="advanced")
    null: tuple[str, ...] = key(_NULL, _NULL_DOC, tier="advanced")
    at: At = aside(NOWHERE)


@record
class HistoryTable:
    """The table of what changed: one row a change of an account's state, tier, revenue, size."""

    from_: str | None = key(_FROM, _FROM_DOC, name="from", required=True, tier="advanced")
    account: str | None = key(TextKind(), "The column with the id of the account.", required=True, tier="advanced")
    moment: str | None = key(TextKind(), "The column with the moment or the day of the change.", name="at", required=True, tier="advanced")
    dimension: str | None = key(TextKind(), "The column that names the dimension, such as plan.state.", required=True, tier="advanced")
    value: str | None = key(TextKind(), "The column with the value from then on.", required=True, tier="advanced")
    null: tuple[str, ...] = key(_NULL, _NULL_DOC, tier="advanced")
    at: At = aside(NOWHERE)


@record
class DataTables:
    """The tables that `measure` reads; only those that are there need to be named."""

    account: AccountTable | None = key(RecordKind(AccountTable), "One row an account.", tier="advanced")
    user: UserTable | None = key(RecordKind(UserTable), "One row a user.", tier="advanced")
    event: EventTable | None = key(RecordKind(EventTable), "One row an event.", tier="advanced")
    survey: SurveyTable | None = key(RecordKind(SurveyTable), "One row an answer.", tier="advanced")
    history: HistoryTable | None = key(RecordKind(HistoryTable), "One row a change.", tier="advanced")
    at: At = aside(NOWHERE)


@record
class DimensionColumn:
    """Which column holds a dimension."""

    SHORT = "column"

    column: str | None = key(TextKind(), "The table and the column with a point between: account.employees.", required=True, tier="advanced")
    split: str | None = key(TextKind(verbatim=True), "What stands between the values of a set; left out: a semicolon.", tier="advanced")
    at: At = aside(NOWHERE)


@record
class DataSettings:
    """Where the data lies that `measure` reads."""

    engine: str | None = key(TextKind(), "duckdb (when left out), postgresql://host/database, spark or sc://host; no password: name a service, or set PGPASSWORD or PGPASSFILE.", tier="advanced")
    as_of: datetime.date | None = key(DateKind(), "The day the data stands for; it is included.", tier="advanced")
    timezone: str | None = key(TextKind(), "The zone in which days begin, such as Europe/Berlin; left out: UTC.", tier="advanced")
    memory: str | None = key(TextKind(), "The most memory that `measure` may take with DuckDB; left out: 2GB. What does not fit is spilled to the folder for temporary files.", tier="advanced", example="2GB")
    tables: DataTables | None = key(RecordKind(DataTables), "The tables and their columns.", tier="advanced")
    dimensions: tuple[Named, ...] = key(MapKind(RecordKind(DimensionColumn)), "Which column holds which dimension.", tier="advanced")
    at: At = aside(NOWHERE)

    @staticmethod
    def check(binding: Any, mapping: Any) -> None:
        """An engine that is one, no password, a zone that exists, dimensions and tables that are there."""
        _check_engine(binding, mapping.get("engine"))
        _check_zone(binding, mapping.get("timezone"))
        memory = mapping.get("memory")
        if memory is not None and not is_memory(getattr(memory, "value", "")):
            binding.add("MS006", "this is not an amount of memory", memory, "write it as 2GB or 500MB")
        _check_columns(binding, mapping)


def has_password(url: str) -> bool:
    """Does the address of an engine carry a password or a token?"""
    return _WITH_PASSWORD.search(url) is not None


def is_engine(name: str) -> bool:
    """Is it the name or the address of an engine?"""
    return _ENGINE.fullmatch(name) is not None


def is_memory(text: str) -> bool:
    """Is it an amount of memory, such as 2GB?"""
    return _MEMORY.match(text) is not None


def _check_engine(binding: Any, node: Any) -> None:
    named = getattr(node, "value", "")
    if has_password(named):
        # reported at the first character, for a report shows the line of its place
        binding.problems.append(Problem("MS006", "a password stands in the address under `data.engine`", 0, 0, "take it out: set PGPASSWORD or PGPASSFILE, or name a service; then change the password, for it has been written down"))
    elif named and not is_engine(named):
        binding.add("MS006", "there is no such engine", node, "write duckdb, postgresql://host/database, spark, or sc://host")


def _check_zone(binding: Any, node: Any) -> None:
    named = getattr(node, "value", "")
    if not named:
        return
    from zoneinfo import available_timezones

    zones = available_timezones()
    if named not in zones:
        near = nearest(named, sorted(zones))
        binding.add("MS006", "there is no such time zone", node, f"did you mean `{near}`? " if near else "write a zone such as Europe/Berlin, or UTC")


def _check_columns(binding: Any, mapping: Any) -> None:
    """Each entry of `dimensions` names a dimension, and a table that is declared."""
    held, tables = mapping.get("dimensions"), mapping.get("tables")
    declared = {getattr(one, "value", "") for one in getattr(tables, "keys", ())}
    for name, value in held.pairs() if hasattr(held, "pairs") else ():
        dimension = binding.dimensions.find(getattr(name, "value", ""))
        if dimension is None:
            near = binding.dimensions.nearest(getattr(name, "value", ""))
            binding.add("MS601", "there is no such dimension", name, f"did you mean `{near}`?" if near else "declare it under `dimensions:` first, or use a built-in one")
        elif dimension.windowed == "always":
            binding.add("MS006", f"{dimension.id} is counted from events or answers, so no column holds it", name, "leave it out; name the table of events or of answers under `tables:`")
        _check_column(binding, value, declared)


def _check_column(binding: Any, node: Any, declared: set[str]) -> None:
    written = node.get("column") if hasattr(node, "get") else node
    text = getattr(written, "value", None)
    if not text:
        return
    table, dot, column = text.partition(".")
    if not dot or not column:
        binding.add("MS006", "a column is named with its table", written, "write it as account.employees or user.country")
    elif table not in {"account", "user"}:
        binding.add("MS006", "a dimension lies in the table of accounts or in that of users", written, "write it as account.employees or user.country")
    elif table not in declared:
        binding.add("MS006", f"the table `{table}` is not under `tables:`", written, f"add `{table}: {{from: …, key: …}}` there")
