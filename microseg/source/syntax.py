"""Why a text is not YAML: libyaml's complaints in plain words, at the place where the mistake was made."""

from __future__ import annotations

import re
from typing import Any

from microseg.record import NamedTuple
from microseg.source.problem import Note, Problem
from microseg.source.text import line_start

_HOW_TO_CLOSE = "close it; a sentence that begins with such a sign, or holds a # behind a space, belongs in quotes as a whole"
_HOW_TO_SPLIT = "begin it at the column of the dash above for an item of its own, or put the whole text in quotes"
_LATER_LINE = re.compile(r"(?:\r\n|\n|\r)(?P<indent>[ ]*)(?:(?P<dash>-[ \t])|(?P<key>[A-Za-z_][\w.-]*:(?=[\s])))?")
_INDENT = re.compile(r"[ ]*")
_WHY = (
    ("cannot start any token", "YAML cannot read on from this character", "put the whole text in quotes"),
    ("mapping values are not allowed", "YAML takes this colon for a key and cannot go on", "put the whole sentence in quotes"),
    ("did not find expected key", "YAML cannot read on from here", "check the indentation, and put a text that begins or ends with a quote in quotes as a whole"),
    ("did not find expected ',' or", "a `[` or `{` is opened and not closed", "close it, or put the whole text in quotes"),
    ("did not find expected '-' indicator", "the list ends unexpectedly here", "start each item with `- `, all at the same column"),
    ("did not find expected <document start>", "YAML cannot read on from here", "check the indentation of this line"),
    ("found unexpected document indicator", "a quote is opened and never closed", "close the quote"),
    ("found unexpected end of stream", "a quote is opened and never closed", "close the quote"),
    ("found character '\\t'", "a tab stands where spaces are due", "indent with spaces"),
    ("could not find expected ':'", "a key without its colon", "write `key: value`"),
    ("found undefined tag handle", "the text begins with `!`, which YAML reads as a tag", "put the whole text in quotes"),
    ("block sequence entries are not allowed", "a list cannot start on this line", "start the list on the next line, indented"),
)
# what libyaml notices at the end of what it was reading, though the mistake stands where that begins
_CAUSED_EARLIER = ("found unexpected end of stream", "found unexpected document indicator", "could not find expected ':'")


class _Opened(NamedTuple):
    """Where something begins that does not end as it should, and what to say of it; an empty message is libyaml's."""

    start: int
    message: str


def syntax_problem(error: Any, text: str, *, open_flow: int | None, last_scalar: tuple[int, int, str] | None) -> Problem:
    """MS001 at the cause of what stopped the reader; where libyaml says something new, its own words are kept.

    `open_flow` is the offset of the outermost bracket that is still open, `last_scalar` the start, end and style of the
    text read last: what was opened on an earlier line and does not end as it should is the cause.
    """
    opened = _opened(error, text, open_flow=open_flow, last_scalar=last_scalar)
    stop = _offset_of(error, text)
    told = str(getattr(error, "problem", None) or "this is not YAML")
    if "tab" in told or text[stop : stop + 1] == "\t":
        return Problem("MS001", "a tab stands where spaces are due", stop, stop + 1, "indent with spaces")
    message, mend = next(((said, help_) for words, said, help_ in _WHY if words in told), (f"not YAML: {told}", "check quotes, colons and indentation here"))
    if opened is not None:
        return Problem("MS001", opened.message or message, opened.start, min(opened.start + 1, len(text)), _HOW_TO_CLOSE if opened.message else mend, _note(stop, text, "YAML cannot read on from here"))
    context = getattr(error, "context_mark", None)
    notes = _note(context.index, text, "it begins here") if context is not None and context.index != stop else ()
    return Problem("MS001", message, stop, min(stop + 1, len(text)), mend, notes)


def swallowed(text: str, start: int, end: int, *, style: str, in_block: bool) -> Problem | None:
    """What is wrong with a text or a bracket of several lines that takes in lines which begin an item or a key.

    `style` is that of a scalar, or `[` for a bracket: MS001, for the rest of the file cannot be trusted. A plain text in
    a block (`in_block`) that goes on with a dash is MS009: one item was read where two were typed.
    """
    lines = _LATER_LINE.finditer(text, start, end)
    if style == "":
        first = next((line for line in lines if line["dash"]), None) if in_block else None
        return None if first is None else Problem("MS009", "YAML joins this line to the text above it", first.start("dash"), first.end("dash"), _HOW_TO_SPLIT)
    indent = _INDENT.match(text, line_start(text, start))
    widest = len(indent.group()) if indent else 0
    first = next((line for line in lines if len(line["indent"]) <= widest and (line["dash"] or line["key"])), None)
    if first is None:
        return None
    what = "bracket" if style == "[" else "quote"
    return Problem("MS001", f"the {what} that opens here takes in the lines below it", start, start + 1, _HOW_TO_CLOSE, _note(first.end("indent"), text, "up to here and further"))


def _opened(error: Any, text: str, *, open_flow: int | None, last_scalar: tuple[int, int, str] | None) -> _Opened | None:
    """What was opened on an earlier line than the one where libyaml gave up, and is the cause of it."""
    told, context = str(getattr(error, "problem", "")), getattr(error, "context_mark", None)
    if context is not None and any(words in told for words in _CAUSED_EARLIER):
        return _Opened(context.index, "")
    line = line_start(text, _offset_of(error, text))
    if open_flow is not None and open_flow < line:
        return _Opened(open_flow, "a `[` or `{` is opened and not closed")
    if last_scalar is not None:
        start, end, style = last_scalar
        if style in {"'", '"'} and start < line <= end:
            return _Opened(start, "the quote that opens here closes in the middle of a later line")
    return None


def _offset_of(error: Any, text: str) -> int:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    return min(mark.index if mark is not None else 0, len(text))


def _note(offset: int, text: str, message: str) -> tuple[Note, ...]:
    return (Note(min(offset, len(text)), min(offset + 1, len(text)), message),)
