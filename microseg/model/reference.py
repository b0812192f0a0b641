"""A reference from one thing to another, kept as it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.model.places import Place
from microseg.record import aside, record

if TYPE_CHECKING:
    from microseg.model.evidence import Evidence


@record
class Reference:
    """`written` is an id (it must resolve), or a text, or stands beside an `inline` source typed out in place.

    Its place is kept as a path and two numbers, for references are the commonest of all records.
    """

    written: str
    is_id: bool
    inline: Evidence | None = None
    path: str = aside("")
    start: int = aside(0)
    end: int = aside(0)

    @property
    def place(self) -> Place:
        """Where it was typed."""
        return Place(self.path, self.start, self.end)
