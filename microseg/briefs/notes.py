"""A segment's notes: a small part of Markdown as plain data, so that both kinds of page show it and nothing in it can do harm.

Headings, paragraphs, lists, fenced text; in a line **strong**, *emphasis*, `code` and [links](https://…). Everything else,
HTML included, is shown as it was typed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from microseg.briefs.page import Note, Span
from microseg.briefs.proof import safe_link

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEADING = re.compile(r"#{1,6}\s+(\S.*)\Z")
_BULLET = re.compile(r"\s*[-*+]\s+(.*)\Z")
_NUMBERED = re.compile(r"\s*\d{1,9}[.)]\s+(.*)\Z")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_SPAN = re.compile(r"(?<!`)`([^`\s](?:[^`]*[^`\s])?)`(?!`)|\*\*([^*]+)\*\*|__([^_]+)__|\*([^*\s][^*]*)\*|(?<!\w)_([^_\s][^_]*)_(?!\w)|\[([^\[\]]+)\]\(([^()\s]+)\)")
_MARKS = ("code", "strong", "strong", "em", "em")


def note_views(text: str | None) -> tuple[Note, ...]:
    """The notes block by block; items of one list stand together."""
    return tuple(_blocks((text or "").splitlines()))


def _blocks(lines: list[str]) -> Iterator[Note]:
    waiting = list(reversed(lines))
    while waiting:
        if not waiting[-1].strip():
            waiting.pop()
        elif _FENCE.match(waiting[-1]):
            yield _fenced(waiting)
        elif found := _HEADING.match(waiting[-1]):
            waiting.pop()
            yield Note("heading", (spans(found[1].rstrip().rstrip("#").rstrip()),))
        elif _BULLET.match(waiting[-1]):
            yield _list("bullets", _BULLET, waiting)
        elif _NUMBERED.match(waiting[-1]):
            yield _list("numbers", _NUMBERED, waiting)
        else:
            yield Note("text", (spans(" ".join(_paragraph(waiting))),))


def _fenced(waiting: list[str]) -> Note:
    """What stands between two fences, line by line."""
    waiting.pop()
    held: list[str] = []
    while waiting and not _FENCE.match(waiting[-1]):
        held.append(waiting.pop())
    if waiting:
        waiting.pop()
    return Note("fenced", tuple((Span(line),) for line in held))


def _list(kind: str, item: re.Pattern[str], waiting: list[str]) -> Note:
    """The items of a list; a line below an item that is no item goes on with it."""
    items: list[list[str]] = []
    while waiting and waiting[-1].strip():
        found = item.match(waiting[-1])
        if found is None and _starts_block(waiting[-1]):
            break
        line = waiting.pop().strip()
        if found is not None:
            items.append([found[1]])
        else:
            items[-1].append(line)
    return Note(kind, tuple(spans(" ".join(one)) for one in items))


def _paragraph(waiting: list[str]) -> Iterator[str]:
    yield waiting.pop().strip()
    while waiting and waiting[-1].strip() and not _starts_block(waiting[-1]):
        yield waiting.pop().strip()


def _starts_block(line: str) -> bool:
    return any(pattern.match(line) for pattern in (_FENCE, _HEADING, _BULLET, _NUMBERED))


def spans(line: str) -> tuple[Span, ...]:
    """A line in pieces: text as typed, and what is marked in it."""
    found: list[Span] = []
    at = 0
    for hit in _SPAN.finditer(line):
        link = safe_link(hit[7])
        if hit[7] is not None and not link:
            continue
        if hit.start() > at:
            found.append(Span(line[at : hit.start()]))
        said = next(number for number in range(1, 7) if hit[number] is not None)
        found.append(Span(hit[said], "" if link else _MARKS[said - 1], link))
        at = hit.end()
    return (*found, Span(line[at:])) if at < len(line) else tuple(found)
