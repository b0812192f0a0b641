"""The edits that move an item under `minimum_expected`, line for line, so that comments and everything else stay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from microseg.model.places import Place
from microseg.model.segment import PainPoint
from microseg.source.edits import TextEdit

if TYPE_CHECKING:
    from microseg.lint.rule import Context
    from microseg.model.segment import IdealSolution, Segment
    from microseg.source.text import SourceFile

_LEAD = re.compile(r"(?P<indent>[ ]*)-[ ]+(?:statement:[ ]+)?\Z")
_KEY_LINE = re.compile(r"[ ]*(?:pain_points|ideal_solutions):[ ]*\Z")
_TARGET = "minimum_expected"


def move_to_minimum_expected(segment: Segment, item: PainPoint | IdealSolution, context: Context) -> tuple[tuple[str, TextEdit], ...]:
    """The edits for an item that is one line with a statement and nothing else; none where it is more, or in brackets."""
    field = "pain_points" if isinstance(item, PainPoint) else "ideal_solutions"
    if not item.at.is_plain_text and (item.at.has("id") or not item.at.has("statement")):
        return ()
    place = item.at.value("statement")
    source = context.source(place.path)
    start, end = source.line_start(place.start), source.line_end(place.start)
    lead = _LEAD.match(source.text[start : place.start])
    if lead is None or place.end > end or _says_more(item, source, place, end):
        return ()
    line = source.text[start:end]
    count = len(segment.pain_points if field == "pain_points" else segment.ideal_solutions)
    key = _key_line(segment, field, source) if count == 1 else None
    if count == 1 and key is None:
        return ()
    if not segment.at.has(_TARGET):
        return _without_target(segment, field, context, Place(place.path, start, end), alone=count == 1)
    target = _last_line(segment, source)
    if target is None:
        return ()
    indent, after = target
    return _edits(place.path, context, (key or Place(place.path, start, end)).start, end, TextEdit(after, after, context.line_break(place.path) + indent + line.lstrip(" ")))


def _says_more(item: PainPoint | IdealSolution, source: SourceFile, place: Place, end: int) -> bool:
    """Does the item go on below its line, or beside the statement?"""
    rest = source.text[place.end : end].strip()
    return source.text[item.at.end : item.at.end].strip() != "" or item.at.end > end or (rest != "" and not rest.startswith("#"))


def _key_line(segment: Segment, field: str, source: SourceFile) -> Place | None:
    """The line of a list's key, where nothing else stands on it and the item comes right below."""
    key = segment.at.key(field)
    start, end = source.line_start(key.start), source.line_end(key.start)
    below = source.line_start(segment.at.value(field).start)
    is_bare = _KEY_LINE.match(source.text[start:end]) is not None and source.text[end:below].strip("\r\n") == ""
    return Place(key.path, start, end) if is_bare else None


def _without_target(segment: Segment, field: str, context: Context, line: Place, *, alone: bool) -> tuple[tuple[str, TextEdit], ...]:
    """No list to move to yet: the key is renamed where the item is alone, else a list is begun above this one."""
    key = segment.at.key(field)
    if alone:
        return ((key.path, TextEdit(key.start, key.end, _TARGET)),)
    source, line_break = context.source(key.path), context.line_break(key.path)
    above = source.line_start(key.start)
    indent = source.text[above : key.start]
    if indent.strip():
        return ()
    begun = f"{indent}{_TARGET}:{line_break}{source.text[line.start : line.end]}{line_break}"
    return _edits(key.path, context, line.start, line.end, TextEdit(above, above, begun))


def _last_line(segment: Segment, source: SourceFile) -> tuple[str, int] | None:
    """The indentation of the minimum expected items and where the last of their lines ends; None unless one a line."""
    if not segment.minimum_expected:
        return None
    last = segment.minimum_expected[-1].at
    first_line = source.text[source.line_start(last.start) : last.start]
    lead = _LEAD.match(first_line)
    return (lead["indent"], source.line_end(last.end)) if lead is not None else None


def _edits(path: str, context: Context, start: int, end: int, insertion: TextEdit) -> tuple[tuple[str, TextEdit], ...]:
    """Take the lines from `start` to `end` away with their break, and put the insertion in."""
    following = end + len(context.line_break(path)) if end < len(context.source(path).text) else end
    return ((path, TextEdit(start, following, "")), (path, insertion))
