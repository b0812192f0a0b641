"""For a spreadsheet: a row a segment, in the order of the tree; no cell can run as a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.exchange.export import Exported
from microseg.tables.csv import render
from microseg.tables.table import Column, Table

if TYPE_CHECKING:
    from microseg.exchange.export import Request
    from microseg.model.segment import Segment
    from microseg.tables.table import Cell

KIND = "tree"
_COLUMNS = (
    Column("id"), Column("name"), Column("level"), Column("parent"), Column("keyword"), Column("definition"), Column("unit"), Column("status"), Column("focus"),
    Column("owner"), Column("pain_points", "int"), Column("ideal_solutions", "int"), Column("accounts", "int"), Column("users", "int"),
)  # fmt: skip


def export(request: Request) -> Exported:
    """Counts as bare numbers; what nobody typed is empty."""
    return Exported(render(Table("", _COLUMNS, tuple(_row(one, request) for one in request.segments))))


def _row(one: Segment, request: Request) -> tuple[Cell, ...]:
    workspace = request.workspace
    above = workspace.parent(one)
    size = one.size
    words: tuple[Cell, ...] = (
        one.id, one.name, one.level, above.id if above else None, one.keyword, one.definition, workspace.unit(one), workspace.status(one), one.focus, workspace.owner(one),
    )  # fmt: skip
    return (*words, len(one.pain_points), len(one.ideal_solutions), size.accounts if size else None, size.users if size else None)
