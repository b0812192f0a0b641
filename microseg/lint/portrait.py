"""What a segment's file says of its members, for the rules that ask whether a group or a person is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from microseg.lint.rule import Found
from microseg.lint.where import quoted
from microseg.record import NamedTuple
from microseg.words.language import is_english

if TYPE_CHECKING:
    from microseg.model.places import Place
    from microseg.model.segment import Segment
    from microseg.words.giveaway import Giveaway

_TEXTS = ("name", "definition", "why_it_matters")
_LISTS = ("who_they_are", "what_they_do")
FIELDS = frozenset((*_TEXTS, *_LISTS))


class Told(NamedTuple):
    """One text about the members: its field, where a finding about it points, and what names it across edits."""

    text: str
    field: str
    place: Place
    route: str


def told_of(segment: Segment) -> Iterator[Told]:
    """Name, definition, why they matter, and the two lists of traits; nothing of a retired segment."""
    if segment.status == "retired":
        return
    for field in _TEXTS:
        text = getattr(segment, field)
        if text:
            yield Told(text, field, segment.at.key(field), field)
    for field in _LISTS:
        for index, text in enumerate(getattr(segment, field)):
            yield Told(text, field, segment.at.item(field, index), "")


def said_of_them(segment: Segment, judge: Callable[[str], Giveaway | None], *, saying: str, help_: str, fields: frozenset[str] = FIELDS) -> Iterator[Found]:
    """A finding for each text in English in which the judgement finds a giveaway; `{text}` in `saying` is the text."""
    for one in told_of(segment):
        found = judge(one.text) if one.field in fields else None
        if found is not None and is_english(one.text):
            message = saying.format(text=quoted(one.text))
            yield Found(one.place, f"{message}: {found.words}", help_, segment=segment, item=one.text, label=found.reason.partition(";")[0], route=one.route)
