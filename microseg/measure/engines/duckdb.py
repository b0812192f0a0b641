"""DuckDB: the engine that comes along, for files in the workspace. It reads the files that are named and nothing else."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

from microseg.errors import MicrosegError, UsageError, short
from microseg.measure.data import DEFAULT_MEMORY, Data, Physical, Source
from microseg.measure.engines import Opened, Row
from microseg.measure.files import CsvShape, csv_shape, files_of, is_parquet
from microseg.measure.looks import refuse_bomb, refuse_broken, refuse_crowded, refuse_nested
from microseg.measure.node import Select, Token
from microseg.source.text import clean

_INTEGERS = frozenset({"TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"})
_SCANNED_ONCE = 32 * 1024 * 1024  # larger CSV files of events are read where the statement asks for them, not kept
_SMALL = 4 * 1024 * 1024  # files that one thread has read before a second one has begun
_BATCH = 5_000
_FEW = 5
_LONGEST = 300
_SAID = (
    (("magic bytes", "too small to be a Parquet", "Footer length"), "it is no Parquet file, or a damaged one"),
    (("state machine reached an invalid state",), "it is no CSV file, or its lines end in different ways"),
)
_LEAST = 64 * 10**6
_WATCHED = ("enable_progress_bar = true", "enable_progress_bar_print = false")  # DuckDB itself draws nothing
_UNITS = {"MB": 10**6, "GB": 10**9, "TB": 10**12, "MiB": 2**20, "GiB": 2**30, "TiB": 2**40}


class DuckDB:
    """An empty database in memory with a view on each file; its files, its memory and its settings are locked."""

    name = "duckdb"
    dialect = "duckdb"

    def __init__(self, root: Path, *, allow_outside: bool = False) -> None:
        """Paths are relative to the workspace's root, and stay inside it unless `allow_outside`."""
        self._root = root
        self._allow_outside = allow_outside
        self._connection: Any = None
        self._closing = Lock()  # who asks how far it is must not meet a connection that is being closed
        self._temporary = ""
        self._lazy: set[str] = set()
        self._csv: dict[str, list[Path]] = {}

    def open(self, data: Data) -> Opened:
        """Connect, lock, and put a view on each table. Raises UsageError where a file is not there or cannot be read."""
        files = {table: self._files(source) for table, source in data.sources.items()}
        self._connect(data, [path for held in files.values() for path in held])
        described = {table: self._make(source, files[table], data) for table, source in data.sources.items()}
        return Opened(described, {table: (table,) for table in data.sources})

    def _files(self, source: Source) -> tuple[Path, ...]:
        try:
            return files_of(source.origin, self._root, allow_outside=self._allow_outside)
        except UsageError as problem:
            raise UsageError(f"{source.where}{problem.message}", problem.hint) from None

    def _connect(self, data: Data, files: Sequence[Path]) -> None:
        self._spill()
        settings: dict[str, Any] = {
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": memory_limit(data.memory),
            "temp_directory": self._temporary,
            "preserve_insertion_order": False,
            "python_enable_replacements": False,
        }
        if sum(path.stat().st_size for path in files) <= _SMALL:
            settings["threads"] = 1
        self._connection = _library().connect(":memory:", config=settings)
        allowed = ", ".join(_literal(str(path)) for path in files)
        for setting in ("TimeZone = 'UTC'", *_WATCHED, f"allowed_paths = [{allowed}]", f"allowed_directories = [{_literal(self._temporary)}]", "enable_external_access = false", "lock_configuration = true"):
            self._connection.execute(f"SET {setting}")

    def _spill(self) -> None:
        """A folder of our own for what does not fit into memory. Its name is known, and told to the end of the process, before it is there: who is stopped at any moment leaves nothing."""
        self._temporary = str(Path(tempfile.gettempdir(), f"microseg-{os.urandom(8).hex()}"))
        atexit.register(self._sweep)
        Path(self._temporary).mkdir(mode=0o700)

    def _sweep(self) -> None:
        shutil.rmtree(self._temporary, ignore_errors=True)
        atexit.unregister(self._sweep)

    def _make(self, source: Source, files: Sequence[Path], data: Data) -> dict[str, Physical]:
        """A view on a table, or a copy of the columns that are named, where it is text and would be read more than once."""
        try:
            if is_parquet(files[0]):
                self._connection.execute(f"CREATE TEMP VIEW {_quoted(source.table)} AS SELECT * FROM read_parquet([{_paths(files)}])")  # noqa: S608 - names and paths are quoted, and a view takes no parameters
                rows = self._connection.execute(f"SELECT sum(row_group_num_rows) FROM parquet_metadata([{_paths(files)}]) WHERE column_id = 0").fetchone()[0]  # noqa: S608 - as above
                refuse_crowded(rows or 0, files, source.origin)
            else:
                self._make_csv(source, files, data)
            types = {row[0]: row[1] for row in self._connection.execute(f"DESCRIBE {_quoted(source.table)}").fetchall()}
            refuse_nested(types, data.columns(source.table), source.origin)
            return {name: physical(type_) for name, type_ in types.items()}
        except MicrosegError:
            raise
        except Exception as problem:  # noqa: BLE001 - whatever DuckDB says of a file, the user can mend only the file
            raise UsageError(f"{short(source.origin)} cannot be read: {self._why(problem)}", "look at the file, and export it again: as CSV in UTF-8, or as Parquet") from None

    def _why(self, problem: Exception) -> str:
        """What DuckDB says of a file, in words of ours where it speaks of its own parts."""
        told = str(problem)
        known = next((words for signs, words in _SAID if any(sign in told for sign in signs)), "")
        return known or said(problem).replace(f"{self._root.resolve()}{os.sep}", "")

    def _make_csv(self, source: Source, files: Sequence[Path], data: Data) -> None:
        shape = csv_shape(files, source.origin)
        refuse_bomb(files, source.origin)
        refuse_broken(files, shape, source.origin)
        self._csv[source.table] = list(files)
        wanted = data.columns(source.table)
        is_lazy = source.table == "event" and sum(path.stat().st_size for path in files) > _SCANNED_ONCE
        columns = ", ".join(_quoted(name) for name in wanted if name in shape.columns)
        kind = "VIEW" if is_lazy else "TABLE"
        # columns that are not there are named with those that are, not by DuckDB
        chosen = "*" if is_lazy or any(name not in shape.columns for name in wanted) else columns
        self._connection.execute(f"CREATE TEMP {kind} {_quoted(source.table)} AS SELECT {chosen} FROM {read_csv(files, shape)}")  # noqa: S608 - as above
        if is_lazy:
            self._lazy.add(source.table)

    def text_files(self, table: str) -> tuple[Path, ...]:
        """The files of a table whose lines can be counted."""
        return tuple(self._csv.get(table, ()))

    def rejected(self) -> tuple[str, ...]:
        """How many rows of which file could not be read so far, and the first of them."""
        if not self._csv:
            return ()
        rows = self._connection.execute(
            "SELECT s.file_path, count(DISTINCT e.line), list_sort(list(DISTINCT e.line)) FROM reject_errors e JOIN reject_scans s ON s.scan_id = e.scan_id AND s.file_id = e.file_id GROUP BY s.file_path ORDER BY s.file_path"
        ).fetchall()
        return tuple(_left_out(self._shown(path), count, lines) for path, count, lines in rows)

    def _shown(self, path: str) -> str:
        held = Path(path)
        return clean(held.relative_to(self._root.resolve()).as_posix() if held.is_relative_to(self._root.resolve()) else held.name)

    def count(self, table: str) -> int | None:
        """How many rows a table has; None for large text files, which would have to be read once more."""
        if table in self._lazy:
            return None
        found: tuple[int] = self._connection.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()  # noqa: S608 - as above
        return found[0]

    def run(self, statement: Select, parameters: Mapping[str, Any]) -> list[Row]:
        """The rows of a statement."""
        rows: list[Row] = self._executed(statement, parameters).fetchall()
        return rows

    def stream(self, statement: Select, parameters: Mapping[str, Any]) -> Iterator[Sequence[Row]]:
        """The rows of a statement, some thousands at a time."""
        held = self._executed(statement, parameters)
        while rows := held.fetchmany(_BATCH):
            yield rows

    def _executed(self, statement: Select, parameters: Mapping[str, Any]) -> Any:
        used: dict[str, Any] = {}

        def place(token: Token) -> None:
            if token.kind == "place":
                used[str(token.value)] = parameters[str(token.value)]

        text = statement.sql(self.dialect, place)
        try:
            return self._connection.execute(text, used) if used else self._connection.execute(text)
        except _library().OutOfMemoryException:
            raise UsageError("the data does not fit into the memory that DuckDB may take", "raise `memory:` under `data:`, or free space in the folder for temporary files") from None
        except _library().Error as problem:
            raise UsageError(f"the data cannot be read: {self._why(problem)}", "look at the files that `from:` names, and export them again") from None

    def progress(self) -> float | None:
        """How much of the statement that runs is done: the work of its parts that have ended, as DuckDB estimated it."""
        with self._closing:
            try:
                percent: float = -1 if self._connection is None else self._connection.query_progress()
            except _library().Error:
                return None
        return min(percent / 100, 1.0) if percent >= 0 else None

    def close(self) -> None:
        """Close the connection and remove what was spilled."""
        with self._closing:
            if self._connection is not None:
                self._connection.close()
                self._connection = None
        if self._temporary:
            self._sweep()


def _library() -> Any:
    """DuckDB itself: the package around it brings relations and data frames, and takes twice as long to import."""
    try:
        return import_module("_duckdb")
    except ImportError:
        return import_module("duckdb")


def _left_out(file: str, count: int, lines: Sequence[int]) -> str:
    """How many rows of a file were left out, and which."""
    rows, they, are, where = ("row was", "it does", "is", "line") if count == 1 else ("rows were", "they do", "are", "lines")
    some = ", ".join(f"{line:,}" for line in lines[:_FEW]) + (" …" if count > _FEW else "")
    return f"{file}: {count:,} {rows} left out, for {they} not have the columns of the others, or {are} not UTF-8 ({where} {some})"


def read_csv(files: Sequence[Path], shape: CsvShape) -> str:
    """The call that reads CSV files without guessing: all text, ragged rows kept aside with their lines."""
    columns = ", ".join(f"{_literal(name)}: 'VARCHAR'" for name in shape.columns)
    options = f"columns = {{{columns}}}, delim = {_literal(shape.separator)}, quote = '\"', escape = '\"', encoding = {_literal(shape.encoding)}"
    return f"read_csv([{_paths(files)}], auto_detect = false, header = true, {options}, nullstr = [''], allow_quoted_nulls = false, strict_mode = true, null_padding = false, store_rejects = true, rejects_limit = 0, max_line_size = 4194304)"


def physical(type_: str) -> Physical:
    """What DuckDB's name of a type means here."""
    name = type_.partition("(")[0].upper()
    if type_.endswith("[]"):
        return "list" if type_.upper() == "VARCHAR[]" else "other"
    if name in _INTEGERS:
        return "integer"
    known: dict[str, Physical] = {"VARCHAR": "text", "BOOLEAN": "boolean", "DECIMAL": "decimal", "UBIGINT": "decimal", "HUGEINT": "decimal", "FLOAT": "float", "DOUBLE": "float", "DATE": "date", "TIMESTAMP": "timestamp"}
    if name == "TIMESTAMP WITH TIME ZONE":
        return "instant"
    return "timestamp" if name.startswith("TIMESTAMP_") else known.get(name, "other")


def memory_limit(asked: str) -> str:
    """What DuckDB is told, of what the whole process may take: it counts its own pages only, and Python needs some too.

    Where nothing else was asked for, never more than 60 % of the machine's memory.
    """
    number, unit = asked.rstrip("BGKMTbi "), asked.lstrip("0123456789. ")
    whole = int(float(number) * _UNITS.get(unit, 10**9))
    if asked == DEFAULT_MEMORY:
        whole = min(whole, _machine() * 6 // 10)
    return f"{max(whole * 85 // 100, _LEAST) // 10**6}MB"


def _machine() -> int:
    """The memory of the machine in bytes; a great deal where the system does not say."""
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return 2**60


def said(problem: Exception) -> str:
    """The first line of what DuckDB says, without its ceremony."""
    first = str(problem).partition("\n")[0]
    return clean(first.partition("Error: ")[2] or first)[:_LONGEST]


def _paths(files: Sequence[Path]) -> str:
    return ", ".join(_literal(str(path)) for path in files)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
