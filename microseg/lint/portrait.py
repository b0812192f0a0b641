"""What a segment's file says of its members, for the rules that ask whether a group or a person is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from microseg.lint.rule import Found
from microseg.lint.where import quoted
from microseg.record import NamedTuple, made
from microseg.words.language import is_english

if TYPE_CHECKING:
    from microseg.lint.rule import Context
    from microseg.model.segment import Segment
    from microseg.words.giveaway import Giveaway

_TEXTS = ("name", "definition", "why_it_matters")
_LISTS = ("who_they_are", "what_they_do")
FIELDS = frozenset((*_TEXTS, *_LISTS))


class Told(NamedTuple):
    """One text about the members, its field, and its number in a list (-1: the field holds none)."""

    text: str
    field: str
    number: int


def told_of(segment: Segment, context: Context) -> list[Told]:
    """Name, definition, why they matter, and the two lists of traits; nothing of a retired segment. Put together once for all rules."""
    return context.once("told of", segment, lambda: _told_of(segment))


def _told_of(segment: Segment) -> list[Told]:
    if segment.status == "retired":
        return []
    told = [made(Told, (text, field, -1)) for field in _TEXTS if (text := getattr(segment, field))]
    return told + [made(Told, (text, field, index)) for field in _LISTS for index, text in enumerate(getattr(segment, field))]


def said_of_them(
    segment: Segment, judge: Callable[[str], Giveaway | None], context: Context, *, saying: str, help_: str, fields: frozenset[str] = FIELDS
) -> Iterator[Found]:
    """A finding for each text in English in which the judgement finds a giveaway; `{text}` in `saying` is the text."""
    for text, field, index in told_of(segment, context):
        found = judge(text) if field in fields else None
        if found is not None and is_english(text):
            is_item = index >= 0
            place = segment.at.item(field, index) if is_item else segment.at.key(field)
            message = saying.format(text=quoted(text))
            yield Found(place, f"{message}: {found.words}", help_, segment=segment, item=text, label=found.reason.partition(";")[0], route="" if is_item else field)
