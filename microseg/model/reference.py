"""A reference from one thing to another, kept as it was typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from microseg.model.places import Place

if TYPE_CHECKING:
    from microseg.model.evidence import Evidence


@dataclass(frozen=True, slots=True)
class Reference:
    """`written` is an id (it must resolve), or a text, or stands beside an `inline` source typed out in place."""

    written: str
    is_id: bool
    inline: Evidence | None = None
    place: Place = field(default=Place("", 0, 0), compare=False, repr=False)
