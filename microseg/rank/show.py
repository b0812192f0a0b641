"""A ranking as tables and as JSON: every term beside its score, each lane apart, what is missing said and never filled in."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any

from microseg.rank.rows import PainRow, Ranking, Row, SegmentRow, SolutionRow
from microseg.tables.cells import decimal_text
from microseg.tables.table import UNKNOWN, Cell, Column, Table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

VERSION = 1
_FOCUS = {"now": "now", "later": "later", None: "not decided", "never": "never"}
_UNITS = {"account": "accounts", "user": "users"}
_OWED = Table("Owed by every product: met, and never ranked", (Column("Statement"), Column("Segment"), Column("Why it sells nothing", is_sentence=True)), ())


def to_json(ranking: Ranking) -> dict[str, Any]:
    """Every row with all its terms; numbers as decimals with six places at most."""
    return {"version": VERSION, "what": ranking.what, "rows": [{name: _plain(value) for name, value in dataclasses.asdict(row).items()} for row in ranking.rows]}


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(decimal_text(value))
    return list(value) if isinstance(value, tuple) else value


def tables(ranking: Ranking, names: Mapping[str, str]) -> tuple[Table, ...]:
    """For people. `names`: what segments are called, by id."""
    made = {"pains": _pain_tables, "solutions": _solution_tables, "segments": _segment_tables}[ranking.what]
    return tuple(one for one in made(ranking, names) if one.rows)


def _lane(ranking: Ranking, lane: str) -> Iterator[Any]:
    return (row for row in ranking.rows if row.lane == lane)


def _pain_tables(ranking: Ranking, names: Mapping[str, str]) -> Iterator[Table]:
    columns = (Column("#", "int"), Column("Pain point", is_sentence=True), Column("Score", "number"), Column("Importance", "number"), Column("Satisfaction", "number"), Column("Scored by"), Column("Voices", "int"), Column("Relieved by", is_sentence=True))
    for segment, held in groupby(_lane(ranking, "ranked"), key=lambda row: row.segment):
        rows = tuple((row.place, row.statement, row.score, _cell(row.importance), _cell(row.satisfaction), _scored(row), row.voices, row.relieved_by[0] if row.relieved_by else "nothing yet") for row in held)
        yield Table(f"What hurts: {names.get(segment, segment)}", columns, rows)
    yield dataclasses.replace(_OWED, rows=tuple((row.statement, names.get(row.segment, row.segment), row.why) for row in _lane(ranking, "minimum_expected")))
    lacking = (Column("Pain point", is_sentence=True), Column("Segment"), Column("Voices", "int"), Column("Missing"))
    yield Table("Not ranked: a score is missing", lacking, tuple((row.statement, names.get(row.segment, row.segment), row.voices, ", ".join(row.missing)) for row in _lane(ranking, "unranked")))


def _scored(row: PainRow) -> str:
    who = {"team": "the team's guess", "survey": "survey", "interviews": "interviews", None: "nobody was asked yet"}[row.scored_by]
    return f"{who}, n {row.n:,}" if row.n is not None else who


def _solution_tables(ranking: Ranking, names: Mapping[str, str]) -> Iterator[Table]:
    columns = (Column("#", "int"), Column("Ideal solution", is_sentence=True), Column("For"), Column("Score", "number"), Column("Reach", "int"), Column("Impact", "number"), Column("Confidence", "share"), Column("Effort", "number"), Column("Reach is"))
    rows = tuple((row.place, row.statement, _names(row.serves, names), row.score, row.reach, row.impact, row.confidence, row.effort, row.reach_known) for row in _lane(ranking, "ranked"))
    notes = tuple(f"{row.place}: {row.why}" for row in _lane(ranking, "ranked") if row.why)
    yield Table("What to build: reach x impact x confidence / effort in person-months", columns, rows, notes)
    yield dataclasses.replace(_OWED, rows=tuple((row.statement, names.get(row.segment, row.segment), row.why) for row in _lane(ranking, "minimum_expected")))
    lacking = (Column("Ideal solution", is_sentence=True), Column("For"), Column("Missing"))
    unranked = tuple((row.statement, _names(row.serves, names), ", ".join(row.missing) + (f" ({row.why})" if row.why else "")) for row in _lane(ranking, "unranked"))
    yield Table("Not ranked: an input is missing", lacking, unranked)


def _segment_tables(ranking: Ranking, names: Mapping[str, str]) -> Iterator[Table]:
    columns = (Column("#", "int"), Column("Segment"), Column("Level"), Column("Size", "int"), Column("Of revenue"), Column("Score", "number"), Column("What hurts most", is_sentence=True), Column("Relieved"), Column("Voices", "int"))
    for focus, held in groupby(_lane(ranking, "ranked"), key=lambda row: row.focus):
        rows = tuple((row.place, *_segment_cells(row, names)) for row in held)
        yield Table(f"We go after them: {_FOCUS[focus]}", columns, rows, _size_note(ranking))
    plain = columns[1:]
    yield Table("Not ranked: the size is missing", plain, tuple(_segment_cells(row, names) for row in _lane(ranking, "unranked")))
    yield Table("Not for us", plain, tuple(_segment_cells(row, names) for row in _lane(ranking, "not_for_us")))


def _segment_cells(row: SegmentRow, names: Mapping[str, str]) -> tuple[Cell, ...]:
    size = UNKNOWN if row.size is None else row.size
    return (names.get(row.segment, row.segment), row.level, size, row.share_of_revenue, row.score, row.statement, f"{row.relieved} of {row.pains}", row.voices)


def _size_note(ranking: Ranking) -> tuple[str, ...]:
    """What a size is a number of, and how it is known, once."""
    said = sorted({f"{_UNITS[row.unit]}, {row.size_known}" for row in ranking.rows if isinstance(row, SegmentRow) and row.size is not None})
    return (f"Size: {'; '.join(said)}. A score compares pains of one segment and no two segments.",) if said else ()


def _names(ids: Iterable[str], names: Mapping[str, str]) -> str:
    return ", ".join(names.get(one, one) for one in ids)


def _cell(value: Fraction | str | None) -> Cell:
    return UNKNOWN if value is None else value


def tidy(ranking: Ranking) -> Table:
    """One table for a program: a row each, all terms, lists with semicolons between."""
    record: type[Row] = {"pains": PainRow, "solutions": SolutionRow, "segments": SegmentRow}[ranking.what]
    names = tuple(one.name for one in dataclasses.fields(record))
    return Table("", tuple(Column(name) for name in names), tuple(_tidy_row(row, names) for row in ranking.rows))


def _tidy_row(row: Row, names: tuple[str, ...]) -> tuple[Cell, ...]:
    values = (getattr(row, name) for name in names)
    return tuple("; ".join(value) if isinstance(value, tuple) else value for value in values)
