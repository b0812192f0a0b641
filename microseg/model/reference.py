"""A reference from one thing to another, kept as it was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.model.places import Place
from microseg.record import aside, record

if TYPE_CHECKING:
    from microseg.model.evidence import Evidence


@record
class Reference:
    """`written` is an id (it must resolve), or a text, or stands beside an `inline` source typed out in place."""

    written: str
    is_id: bool
    inline: Evidence | None = None
    place: Place = aside(Place("", 0, 0))
