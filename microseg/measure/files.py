"""The files that `from:` names: found without leaving the workspace, and the shape of a CSV file read from its first line."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import os
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from microseg.errors import UsageError, short
from microseg.measure.patterns import fixed_part, found_by
from microseg.source.nearest import nearest

_PARQUET = frozenset({".parquet", ".pq"})
_TEXT = frozenset({".csv", ".tsv", ".txt", ".gz"})
_SHEETS = frozenset({".xlsx", ".xls", ".xlsm", ".ods", ".numbers"})
_SEPARATORS = (",", ";", "\t", "|")
_LONGEST_HEADER = 1 << 20
_MOST_FILES = 10_000
_MOST_COLUMNS = 10_000  # DuckDB takes seconds for so many, and minutes for ten times as many
_SEPARATOR_LINE = re.compile(r"sep=.?\s*", re.IGNORECASE)


class CsvShape(NamedTuple):
    """The columns of a CSV file as its first line names them, what stands between them, and its encoding."""

    columns: tuple[str, ...]
    separator: str
    encoding: str


def is_parquet(path: Path) -> bool:
    """By its name."""
    return path.suffix.lower() in _PARQUET


def files_of(origin: str, root: Path, *, allow_outside: bool = False) -> tuple[Path, ...]:
    """The files that a path or a pattern names, sorted, links resolved. Raises UsageError where there is none or one lies outside."""
    if "://" in origin:
        raise UsageError(f"{short(origin)} is an address, and DuckDB reads files here", "copy the file into the workspace, or name another engine")
    where = root.resolve()
    path = Path(origin)
    pattern = str(path if path.is_absolute() else where / path)
    if not allow_outside and not _fixed_part(pattern).is_relative_to(where):  # before it is searched, which could take minutes
        raise UsageError(f"{short(origin)} lies outside the workspace", "move it inside, or pass --allow-outside")
    names = [pattern] if _is_file(pattern) else sorted(found_by(pattern, None if allow_outside else where))[: _MOST_FILES + 1]
    found = tuple(sorted({Path(name).resolve() for name in names if _is_file(name)}))
    if not found:
        raise UsageError(f"{short(origin)} is not there, or is no file{_like(path if path.is_absolute() else where / path)}", "name a file, or a pattern such as data/events/*.parquet, relative to the workspace")
    if len(found) > _MOST_FILES:
        raise UsageError(f"{short(origin)} names more than {_MOST_FILES:,} files", "put them together, or name a narrower pattern")
    outside = [one for one in found if not one.is_relative_to(where)]
    if outside and not allow_outside:
        raise UsageError(f"{short(origin)} lies outside the workspace", "move it inside, or pass --allow-outside")
    sheet = next((one for one in found if one.suffix.lower() in _SHEETS), None)
    if sheet is not None:
        raise UsageError(f"{short(origin)} is a workbook of a spreadsheet program", "open it there, and save the sheet as CSV UTF-8")
    if len({is_parquet(one) for one in found}) > 1 or not all(is_parquet(one) or one.suffix.lower() in _TEXT for one in found):
        raise UsageError(f"{short(origin)} names files that are not all CSV, or not all Parquet", "name files that end in .csv or in .parquet")
    return found


def _like(path: Path) -> str:
    """A question for a file that is nearly called so, in the same folder."""
    try:
        near = nearest(path.name, [one.name for one in path.parent.iterdir()][:_MOST_FILES])
    except (OSError, ValueError):
        return ""
    return f"; did you mean {short(near)}?" if near else ""


def _is_file(name: str) -> bool:
    try:
        return Path(name).is_file()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _fixed_part(pattern: str) -> Path:
    """The folder or file that a pattern names before its first part with a sign, links resolved where it is there."""
    fixed = fixed_part(pattern)
    try:
        return fixed.resolve()
    except (OSError, ValueError, RuntimeError):  # a name that no file can have, or a link to itself
        return Path(os.path.normpath(fixed))


def csv_shape(files: Sequence[Path], origin: str) -> CsvShape:
    """The shape that all the files share. Raises UsageError where one is empty or differs."""
    shapes = [_shape(path, origin) for path in files]
    other = next((path for path, shape in zip(files, shapes, strict=True) if shape != shapes[0]), None)
    if other is not None:
        raise UsageError(f"{short(origin)}: {other.name} does not have the columns of {files[0].name}", "let all files of a table begin with the same line")
    return shapes[0]


def lines_with(files: Sequence[Path], column: str, values: Collection[str]) -> dict[str, str]:
    """For each value of a column the first line that has it: "line 17", with the file's name where there are several."""
    found: dict[str, str] = {}
    for path in files:
        shape = _shape(path, path.name)
        if column not in shape.columns or path.suffix.lower() == ".gz":
            continue
        place = shape.columns.index(column)
        with path.open(encoding="utf-16" if shape.encoding == "utf-16" else "utf-8-sig", errors="replace", newline="") as held:
            reader = csv.reader(held, delimiter=shape.separator)
            try:
                for number, cells in _numbered(reader):
                    value = cells[place] if len(cells) == len(shape.columns) else None
                    if value is not None and value in values and value not in found:
                        found[value] = f"line {number:,}" + (f" of {path.name}" if len(files) > 1 else "")
                    if len(found) == len(values):
                        return found
            except csv.Error:  # a cell too long for this reader: what was found is told
                return found
    return found


def _numbered(reader: Any) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins."""
    before = 0
    for cells in reader:
        yield before + 1, cells
        before = reader.line_num


def _shape(path: Path, origin: str) -> CsvShape:
    raw = _beginning(path)
    encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8"
    text = raw.decode("utf-16" if encoding == "utf-16" else "utf-8-sig", errors="replace")
    header = next(iter(_lines(text)), "")
    if not header.strip():
        raise UsageError(f"{short(origin)} is empty: not even its columns are named", "the first line of a CSV file names its columns")
    if _SEPARATOR_LINE.fullmatch(header):
        raise UsageError(f"{short(origin)} begins with the line {header.strip()}, which only Excel understands", "delete that line: the separator is found without it")
    separator = max(_SEPARATORS, key=lambda one: len(_cells(header, one)))
    names = _cells(header, separator)
    if not names or len(names) > _MOST_COLUMNS:
        what = f"its first line names more than {_MOST_COLUMNS:,} columns" if names else "a name in its first line is longer than 131,072 characters"
        raise UsageError(f"{short(origin)} cannot be read: {what}", "look whether it is a CSV file; export the columns that are needed")
    return CsvShape(_unique(names), separator, encoding)


def _beginning(path: Path) -> bytes:
    try:
        if path.suffix.lower() == ".gz":
            with gzip.open(path) as packed:
                return packed.read(_LONGEST_HEADER)
        with path.open("rb") as plain:
            return plain.read(_LONGEST_HEADER)
    except (OSError, EOFError) as problem:
        why = getattr(problem, "strerror", None)
        raise UsageError(f"{path.name} cannot be read: {(why or 'it is damaged').lower()}", "look at its permissions, or name another file" if why else "export it again, or name another file") from None


def _lines(text: str) -> list[str]:
    """The first line, with quoted line breaks inside a name."""
    quoted = False
    for place, letter in enumerate(text):
        if letter == '"':
            quoted = not quoted
        elif letter in "\r\n" and not quoted:
            return [text[:place]]
    return [text]


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader(io.StringIO(line, newline=""), delimiter=separator), [])
    except csv.Error:
        return []


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    """Names that stand twice or not at all get a number, as in a spreadsheet; large letters make no other name, as in SQL."""
    found: dict[str, str] = {}
    for place, name in enumerate(names, 1):
        held = name.strip() or f"column {place}"
        while held.casefold() in found:
            held += " again"
        found[held.casefold()] = held
    return tuple(found.values())
