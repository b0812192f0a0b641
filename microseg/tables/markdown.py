"""Tables as Markdown pipe tables; bars are left out, for the share stands beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from microseg.source.text import clean
from microseg.tables.cells import for_people, headed
from microseg.tables.table import spoken

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from microseg.tables.table import Table

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~&])")


def render(tables: Iterable[Table]) -> str:
    """All tables, each under its title; what a person typed is escaped, so that nothing of it becomes structure."""
    return "\n".join("".join(f"{line}\n" for line in _lines(table)) for table in map(spoken, tables))


def _lines(table: Table) -> Iterator[str]:
    if table.title:
        yield f"## {escaped(table.title)}"
        yield ""
    shown = [place for place, column in enumerate(table.columns) if column.kind != "bar"]
    if table.rows:
        yield _row(headed(table.columns[place]) for place in shown)
        yield _row("---" if table.columns[place].kind == "text" else "---:" for place in shown)
        for row in table.rows:
            yield _row(escaped(for_people(row[place], table.columns[place])) for place in shown)
    for note in table.notes:
        yield ""
        yield escaped(note)


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def escaped(text: str) -> str:
    """A text in which no sign means anything to Markdown."""
    return _SIGNS.sub(r"\\\1", clean(text))
