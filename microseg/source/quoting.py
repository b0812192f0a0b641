"""Sentences that YAML turned into something else: finding them, and the quotes that give them back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from microseg.source.edits import TextEdit, apply
from microseg.source.nodes import Document, Limits, Mapping, Node, Scalar, Sequence, read_document
from microseg.source.problem import Problem

_ITEM = re.compile(r"^(?P<lead>[ ]*(?:-[ ]+)*(?:[A-Za-z_][\w.-]*[ ]*:[ ]+)?)(?P<text>\S.*?)[ ]*$")
_MOST_REPAIRS = 50
_LARGEST_REPAIRED = 400_000
MESSAGE = "YAML does not read this sentence as text"
HELP = "put the whole sentence in quotes"


def quote(sentence: str) -> str:
    """The sentence as a YAML text: in double quotes where nothing inside needs an escape, else in single ones."""
    flat = " ".join(sentence.split())
    if '"' not in flat and "\\" not in flat:
        return f'"{flat}"'
    return "'" + flat.replace("'", "''") + "'"


def lost_text(sentence: str, start: int, end: int, *, lead: str = "") -> Problem:
    """MS009 for a sentence that stands from `start` to `end`; the fix quotes it, after `lead` if one is needed."""
    shown = " ".join(sentence.split())
    return Problem("MS009", f"{MESSAGE}: {shown}", start, end, HELP, edits=(TextEdit(start, end, lead + quote(sentence)),))


class Repaired(NamedTuple):
    """A document read after the quotes that were missing had been put in; its spans are those of the original text."""

    document: Document
    problems: tuple[Problem, ...]


def repair(text: str, document: Document, limits: Limits) -> Repaired:
    """Where reading stopped at a sentence without quotes, quote it and read on; each such sentence is MS009."""
    edits: list[TextEdit] = []
    shift = _Shift(())
    while document.broken_at is not None and len(edits) < _MOST_REPAIRS and len(text) < _LARGEST_REPAIRED:
        if document.problems[-1].code != "MS001":
            break
        found = _next_repair(text, document, shift, tuple(edits), limits)
        if found is None:
            break
        edit, document = found
        edits = sorted([*edits, edit])
        shift = _Shift(tuple(edits))
    problems = tuple(lost_text(text[edit.start : edit.end], edit.start, edit.end) for edit in edits)
    return Repaired(_shifted(document, shift) if edits else document, problems)


def _next_repair(text: str, document: Document, shift: _Shift, edits: tuple[TextEdit, ...], limits: Limits) -> tuple[TextEdit, Document] | None:
    """The edit near the place where reading stopped that lets it go on past that line, and the document it gives."""
    places = [document.broken_at or 0, *(note.start for note in document.problems[-1].notes)]
    tried: set[int] = set()
    for place in places:
        original = shift.back(place)
        for line_start in (_line_start(text, original), _line_start(text, max(_line_start(text, original) - 1, 0))):
            if line_start in tried:
                continue
            tried.add(line_start)
            edit = _quote_line(text, line_start)
            if edit is None or any(edit.start < other.end and other.start < edit.end for other in edits):
                continue
            attempt = tuple(sorted((*edits, edit)))
            read = read_document(apply(text, attempt), limits)
            if read.broken_at is None or _Shift(attempt).back(read.broken_at) > max(edit.end, original):
                return edit, read
    return None


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def _quote_line(text: str, line_start: int) -> TextEdit | None:
    """The edit that quotes the text of one line, after its dashes and its key; None where there is no sentence."""
    line_end = min((end for end in (text.find("\n", line_start), text.find("\r", line_start)) if end != -1), default=len(text))
    match = _ITEM.match(text[line_start:line_end])
    if match is None or not match["lead"].strip() or match["text"].startswith("#") or re.search(r"\w", match["text"]) is None:
        return None
    start, end = line_start + match.start("text"), line_start + match.end("text")
    if text[start:end] == quote(text[start:end]):
        return None
    return TextEdit(start, end, quote(text[start:end]))


class _Shift:
    """From an offset in the edited text back to the original one."""

    def __init__(self, edits: tuple[TextEdit, ...]) -> None:
        self.edits = edits
        self.starts: list[int] = []
        moved = 0
        for edit in edits:
            self.starts.append(edit.start + moved)
            moved += len(edit.text) - (edit.end - edit.start)

    def back(self, offset: int) -> int:
        index = bisect_right(self.starts, offset) - 1
        if index < 0:
            return offset
        edit, start = self.edits[index], self.starts[index]
        if offset >= start + len(edit.text):
            return edit.end + offset - start - len(edit.text)
        return min(edit.start + max(offset - start, 0), edit.end)


def _shifted(document: Document, shift: _Shift) -> Document:
    """The document with the spans of all its nodes moved back to the original text."""
    waiting: list[Node] = [] if document.root is None else [document.root]
    met: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in met:
            continue
        met.add(id(node))
        node.start, node.end = shift.back(node.start), shift.back(node.end)
        if isinstance(node, Mapping):
            waiting += (*node.keys, *node.values)
        elif isinstance(node, Sequence):
            waiting += node.items
    scalars = tuple((shift.back(start), shift.back(end), style) for start, end, style in document.scalars)
    broken_at = None if document.broken_at is None else shift.back(document.broken_at)
    problems = tuple(
        problem._replace(start=shift.back(problem.start), end=max(shift.back(problem.end), shift.back(problem.start)), notes=tuple(note._replace(start=shift.back(note.start), end=shift.back(note.end)) for note in problem.notes))
        for problem in document.problems
    )
    return document._replace(scalars=scalars, broken_at=broken_at, problems=problems)


def eaten(text: str, node: Node, comment_starts: list[int], aliased: frozenset[str]) -> tuple[int, int] | None:
    """The span of the sentence that was typed where a text was due, if YAML made something else of it; else None."""
    if isinstance(node, Scalar):
        return _eaten_scalar(text, node, comment_starts, aliased)
    if isinstance(node, Mapping) and not node.flow and node.keys and all(isinstance(value, Scalar) for value in node.values):
        return (node.start, node.end) if len(node.keys) == 1 else None
    if isinstance(node, (Mapping, Sequence)) and node.flow:
        return None if isinstance(node, Sequence) and len(node.items) > 1 else (node.start, node.end)
    return None


def _eaten_scalar(text: str, node: Scalar, comment_starts: list[int], aliased: frozenset[str]) -> tuple[int, int] | None:
    start, end = node.start, node.end
    lost = node.tag is not None or (node.anchor is not None and node.anchor not in aliased)
    if node.style in {"|", ">"}:
        header = text[start:end].split("\n", 1)[0].strip()
        return (start, end) if not node.value.strip() and len(header) > 1 else None
    if node.style == "":
        comment = _cutting_comment(text, end, comment_starts)
        if comment is not None:
            return (start if node.value or node.anchor or node.tag else comment[0], comment[1])
    return (start, end) if lost else None


def _cutting_comment(text: str, end: int, comment_starts: list[int]) -> tuple[int, int] | None:
    """A `#` glued to a word, on the line where a plain text ends, was part of the sentence: 'Our #1 complaint'."""
    index = bisect_left(comment_starts, end)
    if index == len(comment_starts):
        return None
    start = comment_starts[index]
    between = text[end:start]
    if "\n" in between or "\r" in between or between.strip() or not text[start + 1 : start + 2].isalnum():
        return None
    line_end = min((stop for stop in (text.find("\n", start), text.find("\r", start)) if stop != -1), default=len(text))
    return start, start + len(text[start:line_end].rstrip())
