"""What was counted: plain whole numbers for each segment, before anything is made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from microseg.measure.expression import Setting, Unit
from microseg.source.text import clean


class TableCount(NamedTuple):
    """A table that was read: where from, how many rows it has (None where counting them would mean reading them again), and how many keys."""

    table: str
    origin: str
    rows: int | None
    members: int | None = None


class SegmentCount(NamedTuple):
    """One segment: who is certainly in, who may be and why, and the sums of each metric over those certainly in.

    `unknown_because`: the dimension that is missing most among the unknown; None where nobody is unknown.
    `sums`: metric id -> name of the sum -> total.
    """

    id: str
    unit: Unit
    size: int
    unknown: int
    unknown_because: str | None
    sums: Mapping[str, Mapping[str, int]]


class Overlap(NamedTuple):
    """Members of two segments at once: certainly, and how many more perhaps."""

    a: str
    b: str
    both: int
    unknown: int = 0


class Coverage(NamedTuple):
    """Of a parent's members, how many are in none of its measured children, in one, in several, or it is not known."""

    parent: str
    none: int
    one: int
    several: int
    unknown: int


class Statement(NamedTuple):
    """A statement as the engine got it, for `--explain`."""

    unit: Unit
    text: str
    parameters: Mapping[str, object]


class Unread(NamedTuple):
    """The cells of one column that cannot be read: `cells` of the `filled` ones, in a table of `rows` rows.

    `dimension` is the one that the column holds, "" for a part of its table, such as the moment of an event (`is_moment`).
    """

    origin: str
    column: str
    dimension: str
    is_moment: bool
    cells: int
    filled: int
    rows: int

    @property
    def message(self) -> str:
        """What is wrong, with how many of how many."""
        what = self.dimension or ("moments" if self.is_moment else "values")
        cells = "cell" if self.filled == 1 else "cells"
        return f"{clean(self.origin)}: {self.cells:,} of {self.filled:,} {cells} in the column `{clean(self.column)}` ({what}) cannot be read, and count as missing"

    @property
    def is_most(self) -> bool:
        """Of the rows without a value, can more not be read than are empty?"""
        return self.cells > self.rows - self.filled


class Counted(NamedTuple):
    """Everything that one run counted.

    `everybody`: unit -> all of its members, whom a head without criteria equals. `unmeasured`: segments without
    criteria of their own, which equal their parent. `notices`: what made numbers unknown or smaller, in plain words.
    `settings`: what metrics need to know to make values of the sums, by unit. `unread`: columns with cells that cannot be read.
    `broken`: segments whose criteria cannot be used, or those above them, with the reason, which goes on after "for".
    """

    as_of: dt.date
    timezone: str
    engine: str
    tables: tuple[TableCount, ...]
    segments: tuple[SegmentCount, ...]
    everybody: Mapping[Unit, SegmentCount]
    unmeasured: tuple[str, ...]
    overlaps: tuple[Overlap, ...]
    coverage: tuple[Coverage, ...]
    notices: tuple[str, ...]
    settings: Mapping[Unit, Setting] = MappingProxyType({})
    unread: tuple[Unread, ...] = ()
    broken: Mapping[str, str] = MappingProxyType({})
