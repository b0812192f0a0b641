"""A table as plain data: columns that say what they hold, rows of cells, and the notes below it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

Kind = Literal["text", "int", "share", "money", "number", "bar"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A cell without a value, and why: it cannot be had (n/a), or nobody knows it (unknown)."""

    words: str


NOT_APPLICABLE = Missing("n/a")
UNKNOWN = Missing("unknown")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number whose kind or unit is not that of its column: metrics of several types stand below each other."""

    value: Fraction | int
    kind: Kind
    unit: str = ""


Cell = str | int | Fraction | Figure | Missing | None  # None: an empty cell, where nothing is due


@dataclass(frozen=True, slots=True)
class Column:
    """What a column is called and holds. A share and the length of a bar are between 0 and 1; a bar is for the terminal only.

    `is_sentence`: it may stand below its row where the line is too short for it.
    """

    name: str
    kind: Kind = "text"
    unit: str = ""
    is_sentence: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; each row has as many cells as there are columns."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def spoken(table: Table) -> Table:
    """The table without the columns of sentences that say nothing in any row."""
    places = [place for place, column in enumerate(table.columns) if not column.is_sentence or any(row[place] for row in table.rows)]
    if len(places) == len(table.columns):
        return table
    return replace(table, columns=tuple(table.columns[place] for place in places), rows=tuple(tuple(row[place] for place in places) for row in table.rows))
