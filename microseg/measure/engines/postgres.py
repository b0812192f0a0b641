"""PostgreSQL: the statement runs where the data lives, in a read-only transaction; a role that may only SELECT is enough.

The address names server, database and role; a password comes from PGPASSWORD, PGPASSFILE or a service, never from the
settings, and nothing of it is printed. Values travel beside the statement, numbered ($1 …), each once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from microseg.errors import MissingPartError, UsageError, short
from microseg.measure.engines import Opened
from microseg.source.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from microseg.measure.data import Data, Physical
    from microseg.measure.engines import Row
    from microseg.measure.node import Select, Token

_LONGEST_RUN = "3600s"
_LONGEST_WAIT = "10s"
_BATCH = 5_000
_SESSION = (
    "SET default_transaction_read_only = on",
    "SET TimeZone = 'UTC'",
    f"SET statement_timeout = '{_LONGEST_RUN}'",
    f"SET lock_timeout = '{_LONGEST_WAIT}'",  # a table that somebody rewrites: say so instead of waiting
    "SET jit = off",  # compiling a statement of hundreds of conditions takes longer than running it
    "SET standard_conforming_strings = on",
)
# types of pg_type.dat by their number, which never changes; all others are read as text
_PHYSICAL: Mapping[int, Physical] = {
    16: "boolean", 20: "integer", 21: "integer", 23: "integer", 25: "text", 1043: "text", 700: "float", 701: "float", 1700: "decimal",
    1082: "date", 1114: "timestamp", 1184: "instant", 1009: "list", 1015: "list",
}  # fmt: skip


class PostgreSQL:
    """One connection, and one snapshot from which every answer of a run comes."""

    name = "postgres"
    dialect = "postgres"

    def __init__(self, address: str, root: Path | None = None, *, allow_outside: bool = False) -> None:
        """`address` names server, database and role; no file is ever read, so `root` matters to other engines only."""
        del root, allow_outside
        self._address = address
        self._connection: Any = None
        self._relations: dict[str, tuple[str, ...]] = {}

    def open(self, data: Data) -> Opened:
        """Connect and look at each table. Raises UsageError where the server or a table cannot be reached."""
        self._connect()
        self._relations = {table: tuple(source.origin.split(".")) for table, source in data.sources.items()}
        return Opened({table: self._columns(self._relations[table], source.where) for table, source in data.sources.items()}, self._relations)

    def _connect(self) -> None:
        psycopg = _library()
        try:
            self._connection = psycopg.connect(self._address, application_name="microseg", autocommit=True, cursor_factory=psycopg.RawCursor)
            for setting in _SESSION:
                self._connection.execute(setting)
            self._connection.autocommit = False
            self._connection.read_only = True
            self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        except psycopg.Error as why:
            self.close()
            hint = "look at `engine:` under `data:`, and at PGPASSWORD, PGPASSFILE or the service it relies on"
            raise UsageError(f"PostgreSQL cannot be reached: {_words(why)}", hint) from None

    def _columns(self, parts: tuple[str, ...], where: str) -> Mapping[str, Physical]:
        try:
            told = self._connection.execute(f"SELECT * FROM {_quoted(parts)} LIMIT 0").description or ()  # noqa: S608 - quoted
        except _library().Error as why:
            name = short(clean(".".join(parts)))
            raise UsageError(f"{where}the table {name} cannot be read: {_words(why)}", "write schema.table under `from:`, and let the role SELECT from it") from None
        return {column.name: _PHYSICAL.get(column.type_code, "other") for column in told}

    def count(self, table: str) -> int | None:
        """How many rows a table has; None for events, of which there may be too many to count twice."""
        if table == "event":
            return None
        found: int = self._executed(f"SELECT count(*) FROM {_quoted(self._relations[table])}", []).fetchone()[0]  # noqa: S608 - quoted
        return found

    def run(self, statement: Select, parameters: Mapping[str, Any]) -> list[Row]:
        """The rows of a statement. Raises UsageError where PostgreSQL stops it."""
        rows: list[Row] = self._executed(*numbered(statement, parameters)).fetchall()
        return rows

    def stream(self, statement: Select, parameters: Mapping[str, Any]) -> Iterator[Sequence[Row]]:
        """The rows of a statement, some thousands at a time, without PostgreSQL or this process holding all of them."""
        text, values = numbered(statement, parameters)
        psycopg = _library()
        with psycopg.RawServerCursor(self._connection, "microseg_rows") as held:
            try:
                held.execute(text, values)
                while rows := held.fetchmany(_BATCH):
                    yield rows
            except psycopg.Error as why:
                raise _stopped(why) from None

    def _executed(self, text: str, values: Sequence[Any]) -> Any:
        try:
            return self._connection.execute(text, values)
        except _library().Error as why:
            raise _stopped(why) from None

    def rejected(self) -> tuple[str, ...]:
        """Nothing: a row of a table has the columns of the table."""
        return ()

    def progress(self) -> float | None:
        """Not known: a server does not say."""
        return None

    def close(self) -> None:
        """End the transaction, of which nothing is kept."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _library() -> Any:
    try:
        import psycopg
    except ImportError:
        raise MissingPartError("measuring in PostgreSQL needs psycopg", "pip install 'microseg[postgres]'") from None
    return psycopg


def numbered(statement: Select, parameters: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """The statement with $1, $2 … for its named places, each with its type said, and the values in that order."""
    order: dict[str, int] = {}

    def place(token: Token) -> str | None:
        if token.kind != "place":
            return None
        name = str(token.value)
        return f"CAST(${order.setdefault(name, len(order) + 1)} AS {'BIGINT' if isinstance(parameters[name], int) else 'TEXT'})"

    text = statement.sql(PostgreSQL.dialect, place)
    return text, [parameters[name] for name in order]


def _quoted(parts: tuple[str, ...]) -> str:
    return ".".join('"' + part.replace('"', '""') + '"' for part in parts)


def _stopped(why: Exception) -> UsageError:
    return UsageError(f"PostgreSQL stopped: {_words(why)}", "measure fewer segments at once, or ask whoever runs the database")


def _words(why: Exception) -> str:
    """What the server said, on one line, without what it was asked."""
    told = getattr(getattr(why, "diag", None), "message_primary", None) or str(why)
    return short(clean(told.strip().splitlines()[0] if told.strip() else "no reason given"))
