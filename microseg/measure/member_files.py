"""The members of a segment as a file: CSV as it comes, Parquet through the engine's own writer."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO

from microseg.aside import open_new, passing
from microseg.errors import MissingPartError, UsageError, cannot_write, short
from microseg.tables.csv import harmless

_HINT = "name another file with --out"


def write_csv(batches: Iterable[Sequence[str]], title: str, stream: IO[str]) -> int:
    """A column of ids under its title, batch by batch; how many."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([title])
    count = 0
    for batch in batches:
        writer.writerows([harmless(one)] for one in batch)
        count += len(batch)
    return count


def write_members(batches: Iterable[Sequence[str]], title: str, path: Path) -> int:
    """A file of ids, whole or not at all, in the form that its name says. Raises UsageError for another name, OutputError where it cannot be written."""
    if path.suffix.lower() not in {".csv", ".parquet"}:
        raise UsageError(f"{short(path)}: members are written as .csv or .parquet", _HINT)
    text = passing(path.parent, ".csv")
    made = text.with_suffix(path.suffix.lower())
    try:
        try:
            with open_new(text, "x", encoding="utf-8", newline="") as stream:
                count = write_csv(batches, title, stream) if made == text else _write_plain(batches, title, stream)
            if made != text:
                _write_parquet(text, made, title)
            made.chmod(0o644)
            made.replace(path)
        finally:
            for left in {text, made}:
                left.unlink(missing_ok=True)
    except OSError as error:
        raise cannot_write(path, error, _HINT) from None
    return count


def _write_plain(batches: Iterable[Sequence[str]], title: str, stream: IO[str]) -> int:
    """Ids as they are: no spreadsheet opens a Parquet file."""
    writer = csv.writer(stream, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerow([title])
    count = 0
    for batch in batches:
        writer.writerows([one] for one in batch)
        count += len(batch)
    return count


def _write_parquet(source: Path, target: Path, title: str) -> None:
    """The same column as Parquet."""
    try:
        import duckdb
    except ImportError:
        raise MissingPartError("a Parquet file needs duckdb, which is not installed", "pip install 'microseg[measure]', or write a .csv") from None
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    try:
        rows = connection.read_csv(str(source), header=True, columns={title: "VARCHAR"}, delimiter=",", quotechar='"', escapechar='"')
        rows.write_parquet(str(target))
    finally:
        connection.close()
