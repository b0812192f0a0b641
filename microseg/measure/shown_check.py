"""What is wrong with the data, as tables and as JSON: first what makes numbers wrong, then what is only worth knowing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from microseg.measure.check import Complaint
from microseg.tables.table import Column, Table

VERSION = 1
_COLUMNS = (Column("Table"), Column("Rows", "int"), Column("What", is_sentence=True), Column("Where", is_sentence=True), Column("What to do", is_sentence=True))


def tables(found: Iterable[Complaint]) -> tuple[Table, ...]:
    """Two tables, or one line where there is nothing to say."""
    held = tuple(found)
    made = (
        Table("Numbers are wrong or missing because of this", _COLUMNS, _rows(one for one in held if one.serious)),
        Table("Worth knowing", _COLUMNS, _rows(one for one in held if not one.serious)),
    )
    return tuple(one for one in made if one.rows) or (Table("", (), (), ("Nothing is wrong with the data.",)),)


def _rows(found: Iterable[Complaint]) -> tuple[tuple[Any, ...], ...]:
    return tuple((one.table or "all", one.count, one.message, ", ".join(one.examples), one.help) for one in found)


def as_dict(found: Iterable[Complaint], as_of: dt.date) -> dict[str, Any]:
    """Everything as plain values: what docs/schemas/check.schema.json describes."""
    return {"version": VERSION, "as_of": as_of.isoformat(), "complaints": [{**one._asdict(), "examples": list(one.examples)} for one in found]}


def tidy(found: Iterable[Complaint]) -> Table:
    """One table for a program."""
    columns = ("table", "kind", "serious", "count", "rows", "message", "examples", "help")
    rows = tuple((one.table, one.kind, "yes" if one.serious else "no", one.count, one.rows, one.message, "; ".join(one.examples), one.help) for one in found)
    return Table("", tuple(Column(name) for name in columns), rows)
