"""A look into a file before all of it is read: is it packed beyond all measure, are most of its rows broken?

Either would keep the engine busy for hours, or take the memory of the machine, over a file of a few kilobytes; and either
is nearly always an export that went wrong, which is better said at once.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, takewhile
from pathlib import Path
from typing import NamedTuple

from microseg.errors import UsageError, short
from microseg.measure.files import CsvShape
from microseg.source.text import clean

TIGHTEST = 100  # times its own size; exports of real tables are packed four to thirty times
_MODEST = 100_000_000  # bytes unpacked, which are counted in seconds whatever they are
_MODEST_ROWS = 10_000_000
_MOST_TIMES = 1_032  # what the method of gzip can pack at best
_LOOKED_AT = 4 << 20  # bytes of a packed file: a longer one is worth its time, and unpacking twice would cost some
_MANY_BROKEN = 200_000  # DuckDB remembers two kilobytes of each, so that lines can be named
_DEEPEST = 6
_LISTS = re.compile(r"(?:\[\])+")
_PLACES = 16
_BLOCK = 1 << 16
_PIECES, _PIECE = 256, 1 << 12  # so close that nothing between two pieces could double the time that the rest takes


class _Seen(NamedTuple):
    """How much of a file was looked at, in bytes; how many rows that was, how many do not fit, and the cells of one of these."""

    size: int
    rows: int
    broken: int
    cells: int


def refuse_bomb(files: Sequence[Path], origin: str) -> None:
    """Raises UsageError for packed files that hold more than a hundred times their own size."""
    packed = sum(path.stat().st_size for path in files if _is_packed(path))
    if packed * _MOST_TIMES <= _MODEST:
        return
    most, found = max(_MODEST, packed * TIGHTEST), 0
    for path in filter(_is_packed, files):
        found += _unpacked(path, most - found)
        if found > most:
            raise UsageError(f"{short(origin)} holds more than {TIGHTEST} times its own size once it is unpacked", "look at what is in it; if it is what you mean to count, unpack it, and name the unpacked file")


def refuse_crowded(rows: int, files: Sequence[Path], origin: str) -> None:
    """Raises UsageError for Parquet files of more than a hundred rows a byte: all of them are alike."""
    if rows > max(_MODEST_ROWS, TIGHTEST * sum(path.stat().st_size for path in files)):
        raise UsageError(f"{short(origin)} holds {rows:,} rows that are nearly all alike, in a file far too small for them", "look at what is in it; if it is what you mean to count, export it as CSV")


def refuse_nested(types: Mapping[str, str], columns: Iterable[str], origin: str) -> None:
    """Raises UsageError for a column in use whose values lie many levels deep: as text each level is quoted by the next, and that doubles it.

    `types` are DuckDB's names of types by column: INTEGER[][] is two levels deep, STRUCT(a INTEGER[]) as well.
    """
    for column in columns:
        if _depth(types.get(column, "")) > _DEEPEST:
            raise UsageError(f"{short(origin)}: the column `{clean(column)}` holds lists inside lists, more than {_DEEPEST} levels deep", "export it as plain values, or name another column")


def _depth(type_: str) -> int:
    opened = accumulate((sign == "(") - (sign == ")") for sign in type_)
    return max(opened, default=0) + max((len(run) // 2 for run in _LISTS.findall(type_)), default=0)


def refuse_broken(files: Sequence[Path], shape: CsvShape, origin: str) -> None:
    """Raises UsageError where hundreds of thousands of rows do not have the columns of the first line, by what stands at a few places."""
    if shape.encoding != "utf-8":
        return
    for path in files:
        seen = _seen(path, shape)
        if seen.broken and seen.broken * _size(path) // seen.size > _MANY_BROKEN:
            part = f"{seen.broken * 100 // seen.rows} %" if seen.broken * 100 >= seen.rows else "many"
            what = f"{part} of its rows do not have the {len(shape.columns):,} columns that its first line names: one has {seen.cells:,}"
            raise UsageError(f"{short(origin)} cannot be counted: {what}", "look whether the first line names every column, and what stands between them; then export it again")


def _is_packed(path: Path) -> bool:
    return path.suffix.lower() == ".gz"


def _size(path: Path) -> int:
    """Its size; of a packed one as much as a first look finds."""
    return _unpacked(path, _MODEST) if _is_packed(path) else path.stat().st_size


def _unpacked(path: Path, most: int) -> int:
    """The bytes that a packed file holds, as far as it is looked at, or until they are more than that."""
    found, is_looked_through = 0, _can_be_packed_again(path)
    with path.open("rb") as raw, gzip.GzipFile(fileobj=raw) as packed:
        try:
            while found <= most and (is_looked_through or raw.tell() < _LOOKED_AT) and (part := packed.read(1 << 20)):  # what is read ahead is not unpacked yet
                found += len(part)
        except (OSError, EOFError, zlib.error):  # damaged further on: the engine says so
            pass
    return found


def _can_be_packed_again(path: Path) -> bool:
    """Can some piece of a packed file be packed again? What was packed well cannot; a bomb behind honest rows repeats itself even so."""
    size = path.stat().st_size
    with path.open("rb") as raw:
        for place in range(_LOOKED_AT, size, max(size // _PIECES, _PIECE)):
            raw.seek(place)
            piece = raw.read(_PIECE)
            if len(zlib.compress(piece, 1)) * 2 < len(piece):
                return True
    return False


def _seen(path: Path, shape: CsvShape) -> _Seen:
    size = rows = broken = cells = 0
    for block in _blocks(path):
        size += len(block)
        for row in _rows_of(block, shape):
            rows += 1
            if len(row) != len(shape.columns):
                broken, cells = broken + 1, len(row)
    return _Seen(size, rows, broken, cells)


def _blocks(path: Path) -> Iterator[bytes]:
    """Some pieces of a file, each beginning and ending with a line; of a packed one only the first."""
    try:
        if _is_packed(path):
            with gzip.open(path) as packed:
                yield packed.read(_BLOCK)
            return
        step = max(path.stat().st_size // _PLACES, _BLOCK)
        with path.open("rb") as plain:
            for place in range(0, path.stat().st_size, step):
                plain.seek(place)
                yield plain.read(_BLOCK)
    except (OSError, EOFError, zlib.error):
        return


def _rows_of(block: bytes, shape: CsvShape) -> Iterator[list[str]]:
    """The whole rows inside a piece, but for the first line; none where quotation marks leave open where a row begins."""
    lines = block.decode("utf-8", "replace").split("\n")[1:-1]
    whole = takewhile(lambda line: '"' not in line, lines)
    reader = csv.reader(io.StringIO("\n".join(whole)), delimiter=shape.separator)
    try:
        yield from (row for row in reader if row)
    except csv.Error:  # a cell too long for this reader
        return
