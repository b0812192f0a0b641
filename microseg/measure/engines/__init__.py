"""Where a statement runs. Each engine opens the tables, says what their columns hold, and brings back whole numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from microseg.errors import MissingPartError, UsageError
from microseg.measure.data import Data, Described
from microseg.measure.node import Select

Row = tuple[Any, ...]


class Opened(NamedTuple):
    """What an engine found: each table's columns, and by which name the statement calls the table."""

    described: Described
    relations: Mapping[str, tuple[str, ...]]


class Engine(Protocol):
    """One connection. Times are UTC, nothing is written, and no value ever becomes a part of a statement's text."""

    name: str
    dialect: str

    def open(self, data: Data) -> Opened:
        """Connect and find the tables. Raises UsageError where one is not there or cannot be read."""

    def count(self, table: str) -> int | None:
        """How many rows a table has; None where that would mean reading it once more."""

    def run(self, statement: Select, parameters: Mapping[str, Any]) -> list[Row]:
        """The rows of a statement, all at once: they are few."""

    def stream(self, statement: Select, parameters: Mapping[str, Any]) -> Iterator[Sequence[Row]]:
        """The rows of a statement, some thousands at a time: they may be many."""

    def rejected(self) -> tuple[str, ...]:
        """What could not be read so far, in plain words with counts; empty for a database."""

    def text_files(self, table: str) -> tuple[Path, ...]:
        """The CSV files of a table; none for other files and databases, which have no lines."""

    def progress(self) -> float | None:
        """How much of the statement that runs is done, 0 to 1; None where the engine does not say. It may be asked from another thread."""

    def close(self) -> None:
        """Let go of everything."""


def require(data: Data) -> None:
    """Raises MissingPartError where a library that the engine needs is not installed; to be asked before anything is imported that needs it."""
    kind = data.engine.partition(":")[0]
    if kind == "duckdb":
        _need("duckdb", "measure")
    if kind in {"postgresql", "postgres"}:
        _need("psycopg", "postgres")
    elif kind in {"spark", "sc"} or kind.startswith("local["):
        _need("pyspark", "connect" if kind == "sc" else "spark")
    if kind == "sc":
        _need("grpc", "connect")


def engine_for(data: Data, root: Path, *, allow_outside: bool = False) -> Engine:
    """The engine that the settings name. Raises MissingPartError where its library is not installed."""
    require(data)
    kind = data.engine.partition(":")[0]
    if kind == "duckdb":
        from microseg.measure.engines.duckdb import DuckDB

        return DuckDB(root, allow_outside=allow_outside)
    if kind in {"postgresql", "postgres"}:
        return _made("postgres", "PostgreSQL", data, root, allow_outside=allow_outside)
    if kind in {"spark", "sc"} or kind.startswith("local["):
        return _made("spark", "Spark", data, root, allow_outside=allow_outside)
    raise UsageError("there is no such engine", "write duckdb, postgresql://host/database, spark, or sc://host")


def _made(module: str, name: str, data: Data, root: Path, *, allow_outside: bool) -> Engine:
    from importlib import import_module

    made: Engine = getattr(import_module(f"microseg.measure.engines.{module}"), name)(data.engine, root, allow_outside=allow_outside)
    return made


def _need(library: str, extra: str) -> None:
    from importlib.util import find_spec

    if find_spec(library) is None:
        raise MissingPartError(f"measure needs {library}, which is not installed", f"pip install 'microseg[{extra}]'")
