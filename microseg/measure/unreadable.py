"""Which cells hold something that cannot be read: counted in every run, for a number that leaves them out looks like any other.

One small look-up a table, and only at columns of text: what a database or Parquet calls a number is one. What such a
cell means is decided elsewhere (nothing is known of it); here it is counted, so that it can be said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from microseg.errors import UsageError
from microseg.measure import conversions, sql
from microseg.measure.counted import Unread
from microseg.measure.engines import Engine
from microseg.measure.ground import Ground
from microseg.measure.sql import Sql
from microseg.source.text import clean

_TIMED = ("event", "survey", "history")
_TEXTUAL = frozenset({"text", "set"})
_AS_MOMENT = "2026-06-30T14:05:00Z or 2026-06-30"


class _Looked(NamedTuple):
    column: str
    dimension: str
    is_moment: bool
    held: conversions.Column
    read: Sql


def unread_cells(ground: Ground, engine: Engine) -> tuple[Unread, ...]:
    """Every column in which something cannot be read, in the order of the settings. Raises UsageError where a table's moments are lost."""
    # whether a cell can be read does not hang on the zone, and without one the statements stay short
    plain = replace(ground, data=replace(ground.data, timezone="UTC"))
    found = [one for table in ground.data.sources for one in _counted(table, plain, engine)]
    _refuse_without_time(found)
    return tuple(found)


def _counted(table: str, ground: Ground, engine: Engine) -> Iterator[Unread]:
    """One statement a table: of each column how many cells there are, and how many cannot be read."""
    looked = [one for one in (*_parts(table, ground), *_dimensions(table, ground)) if one.held.physical == "text"]
    if not looked:
        return
    sums: list[Sql] = [sql.rows()]
    for one in looked:
        filled = sql.not_null(conversions.text_of(one.held))
        sums += (sql.total(sql.as_int(filled)), sql.total(sql.as_int(conversions.is_unreadable(one.held, one.read))))
    rows, *counts = (int(count or 0) for count in engine.run(sql.select(sums, ground.relation(table)), ground.parameters.values)[0])
    for one, filled_cells, cells in zip(looked, counts[::2], counts[1::2], strict=True):
        if cells:
            yield Unread(ground.data.sources[table].origin, one.column, one.dimension, one.is_moment, cells, filled_cells, rows)


def _parts(table: str, ground: Ground) -> Iterator[_Looked]:
    """The columns that play a part: when it happened, how long it took, which score was given."""
    columns = ground.data.sources[table].columns
    if table in _TIMED and "at" in columns:
        held = ground.column(table, "at")
        yield _Looked(columns["at"], "", True, held, conversions.day_of(held, ground.writer()))
    for part, read in (("minutes", conversions.minutes_of), ("score", lambda held: conversions.number_of(held)[0])):
        if part in columns:
            held = ground.column(table, part)
            yield _Looked(columns[part], "", False, held, read(held))


def _dimensions(table: str, ground: Ground) -> Iterator[_Looked]:
    """The columns that hold a dimension which is no text: numbers, dates, versions, yes and no."""
    for name, held in ground.data.held.items():
        dimension = ground.dimensions.find(name)
        trait = None if dimension is None else ground.trait(dimension)
        if held.table == table and dimension is not None and trait is not None and trait.kind not in _TEXTUAL:
            yield _Looked(held.column, name, False, ground.held_column(dimension), trait.expression)


def _refuse_without_time(found: Iterable[Unread]) -> None:
    """A table most of whose moments cannot be read would count as a quiet month, or as nobody who answered."""
    for one in found:
        if one.is_moment and one.cells * 2 > one.filled:
            message = f"{clean(one.origin)}: {one.cells:,} of {one.filled:,} moments in the column `{clean(one.column)}` cannot be read, so nothing can be counted by them"
            raise UsageError(message, f"write them as {_AS_MOMENT}; microseg measure --check-data shows the lines")
