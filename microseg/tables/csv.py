"""A table as CSV for a spreadsheet or a program: bare numbers, and no text that a spreadsheet would run as a formula."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from microseg.tables.cells import for_programs

if TYPE_CHECKING:
    from microseg.tables.table import Cell, Table

# a cell that begins so is a formula to one spreadsheet or another, also behind spaces (OWASP, CSV injection)
_FORMULA = re.compile(r"\s*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]")
_WORDS = re.compile(r"[^0-9a-z]+")


def render(table: Table) -> str:
    """A head of plain names, then the rows; titles, notes and bars are for people and left out."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    shown = [place for place, column in enumerate(table.columns) if column.kind != "bar"]
    writer.writerow([_WORDS.sub("_", table.columns[place].name.lower()).strip("_") for place in shown])
    for row in table.rows:
        writer.writerow([harmless(row[place]) for place in shown])
    return stream.getvalue()


def harmless(cell: Cell) -> str:
    """A cell as a value; a text that a spreadsheet would run gets an apostrophe before it."""
    text = for_programs(cell)
    return f"'{text}" if isinstance(cell, str) and _FORMULA.match(text) else text
