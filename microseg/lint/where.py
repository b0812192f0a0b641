"""Where a finding points: a segment at its id, a field at its key; and how several places are told in few words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from microseg.lint.rule import Note
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from microseg.model.places import Place
    from microseg.model.segment import Segment

_SHOWN = 3


class Few(NamedTuple):
    """The first related places, and in words how many there are besides: ", and 4 more" or nothing."""

    notes: tuple[Note, ...]
    more: str


def place_of(segment: Segment) -> Place:
    """The segment's id where it was typed, else its name."""
    return segment.at.value("id" if segment.at.has("id") else "name")


def key_of(segment: Segment, name: str) -> Place:
    """The key of a field of the segment, or the segment where the field was not typed."""
    return segment.at.key(name) if segment.at.has(name) else place_of(segment)


def called(segment: Segment) -> str:
    """What a message calls a segment."""
    return segment.name or segment.id or "this segment"


def few(notes: Iterable[Note]) -> Few:
    """The first three places, and the number of the rest."""
    found = tuple(notes)
    rest = len(found) - _SHOWN
    return Few(found[:_SHOWN], f", and {rest} more" if rest > 0 else "")


def quoted(text: str, *, longest: int = 70) -> str:
    """A statement inside a message: in quotes, on one line, cut at a word where it is long."""
    flat = " ".join(text.split())
    if len(flat) > longest:
        flat = flat[:longest].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return f'"{flat}"'
