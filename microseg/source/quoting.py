"""Sentences that YAML turned into something else: finding them, and the quotes that give them back."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from microseg.record import NamedTuple
from microseg.source.edits import TextEdit, apply, overlap
from microseg.source.nodes import Document, Limits, Mapping, Node, Scalar, Sequence, read_document
from microseg.source.problem import Problem
from microseg.source.text import line_end, line_start

_ITEM = re.compile(r"^(?P<lead>[ ]*(?:-[ \t]+)*(?:[A-Za-z_][\w.-]*[ ]*:[ \t]+)?)(?P<text>[^ \t].*?)[ \t]*$")
_BEGINS = re.compile(r"[ ]*(?:-[ \t]|-$|[A-Za-z_][\w.-]*[ ]*:(?:[ \t]|$)|$|#)", re.MULTILINE)
_BRACKET_FIRST = re.compile(r"\[[^][]*\][ ]+\w.*[^]]\Z|\{[^}{]*\}[ ]+\w.*[^}]\Z")
_NUMBER_SIGN = re.compile(r"(?<=[^ \t][ ])#[ ]\d")
_PART = re.compile(r"[^,]+")
_BROKEN_PART = re.compile(r"[\"'@`%&*!|>?-]|.*(?:: |[ ]#|:$)")
_SUPPRESSION = re.compile(r"#\s*microseg\b\s*(?::|ignore)", re.IGNORECASE)
_MOST_REPAIRS = 50
_MOST_READ = 3_000_000  # characters read again while repairing a file, all in all: a second at most
_MOST_LINES = 10
_MOST_PARTS = 20
MESSAGE = "YAML does not read this sentence as text"
HELP = "put the whole sentence in quotes"


def quote(sentence: str) -> str:
    """The sentence as a YAML text: in double quotes where nothing inside needs an escape, else in single ones."""
    flat = " ".join(sentence.split())
    if '"' not in flat and "\\" not in flat:
        return f'"{flat}"'
    if flat[0] == '"' and flat.count('"') == 1 and "\\" not in flat and len(flat) > 1:
        return f'{flat}"'  # only the closing quote was forgotten
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
    edits: tuple[TextEdit, ...] = ()
    budget = _MOST_READ
    while document.broken_at is not None and document.problems[-1].code == "MS001" and len(edits) < _MOST_REPAIRS:
        shift = _Shift(edits)
        broken_at = shift.back(document.broken_at)
        places = (broken_at, *(shift.back(note.start) for note in document.problems[-1].notes))
        for edit in _candidates(text, broken_at, places):
            if budget <= 0 or any(overlap(edit, other) for other in edits):
                continue
            attempt = tuple(sorted((*edits, edit)))
            read = read_document(apply(text, attempt), limits)
            budget -= len(text) if read.broken_at is None else read.broken_at
            if read.broken_at is None or _Shift(attempt).back(read.broken_at) > max(edit.end, _must_pass(text, edit, broken_at)):
                edits, document = attempt, read
                break
        else:
            break
    problems = tuple(lost_text(text[edit.start : edit.end], edit.start, edit.end) for edit in edits)
    return Repaired(_shifted(document, _Shift(edits)) if edits else document, problems)


def _must_pass(text: str, edit: TextEdit, broken_at: int) -> int:
    """How far an edit must let reading get to be the right one: past the line, unless only a part of it was quoted."""
    is_part = edit.start > broken_at and text[edit.end : line_end(text, edit.end)].strip(" \t") != ""
    return broken_at if is_part else line_end(text, broken_at)


def _candidates(text: str, broken_at: int, places: tuple[int, ...]) -> Iterator[TextEdit]:
    """Edits that may let reading go on past the line where it stopped, the likeliest first."""
    starts = [line_start(text, place) for place in places]
    starts.insert(1, line_start(text, max(starts[0] - 1, 0)))
    for start in dict.fromkeys(starts):
        yield from _quote_line(text, start)
    yield from _quote_lines(text, starts[0], broken_at)


def _quote_line(text: str, begin: int) -> Iterator[TextEdit]:
    """The edit that quotes the text of one line, after its dashes and its key; in a bracketed list, that of one item."""
    match = _ITEM.match(text[begin : line_end(text, begin)])
    if match is None or not match["lead"].strip() or not _is_sentence(match["text"]):
        return
    start, end = begin + match.start("text"), begin + match.end("text")
    if match["text"][0] in "[{" and not match["lead"].endswith("- ") and not _BRACKET_FIRST.match(match["text"]):
        if match["text"][0] + match["text"][-1] == "[]":
            yield from _quote_parts(text, start + 1, end - 1)
        return
    yield from _quoted(text, start, _continued(text, begin, end))
    yield from _quoted(text, start, end)


def _continued(text: str, begin: int, end: int) -> int:
    """Where a sentence ends that goes on over deeper lines, none of which begins an item, a key or a comment."""
    deeper = _indent(text, begin)
    for _ in range(_MOST_LINES):
        following = line_end(text, end)
        following += 2 if text[following : following + 2] == "\r\n" else 1
        if following >= len(text) or _indent(text, following) <= deeper or _BEGINS.match(text, following):
            break
        end = following + len(text[following : line_end(text, following)].rstrip())
    return end


def _quote_parts(text: str, start: int, end: int) -> Iterator[TextEdit]:
    parts = [match for match in _PART.finditer(text, start, end) if _BROKEN_PART.match(match.group().strip())]
    for match in parts[:_MOST_PARTS]:
        part = match.group()
        if not set(part) & set("[]{}") and _is_sentence(part.strip()):
            yield from _quoted(text, match.start() + len(part) - len(part.lstrip()), match.end() - len(part) + len(part.rstrip()))


def _quote_lines(text: str, begin: int, broken_at: int) -> Iterator[TextEdit]:
    """The edit that quotes a sentence which was typed over several lines, up to the one where reading stopped."""
    first, stop = begin, line_end(text, broken_at)
    for _ in range(_MOST_LINES):
        if first == 0 or _BEGINS.match(text, first):
            break
        first = line_start(text, first - 1)
    match = _ITEM.match(text[first : line_end(text, first)])
    if first == begin or match is None or not match["lead"].strip() or _indent(text, begin) <= _indent(text, first):
        return
    start = first + match.start("text")
    if match["text"][0] not in "[{|>" and _is_sentence(text[start:stop]):
        end = start + len(text[start:stop].rstrip())
        yield from _quoted(text, start, _continued(text, first, end))
        yield from _quoted(text, start, end)


def _indent(text: str, begin: int) -> int:
    return len(text[begin : line_end(text, begin)]) - len(text[begin : line_end(text, begin)].lstrip(" "))


def _is_sentence(typed: str) -> bool:
    """Does it say anything, and is it neither a comment nor a bracket that somebody forgot to close?"""
    if typed.startswith("#") or re.search(r"\w", typed) is None:
        return False
    closing = {"[": "]", "{": "}"}.get(typed[0])
    return closing is None or closing in typed


def _quoted(text: str, start: int, end: int) -> Iterator[TextEdit]:
    quoted = quote(text[start:end])
    if text[start:end] != quoted:
        yield TextEdit(start, end, quoted)


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
    if isinstance(node, Mapping) and len(node.keys) == 1 and text[node.start] != "{":
        is_one_line = isinstance(node.values[0], Scalar) or node.values[0].flow  # type: ignore[attr-defined]
        return whole(text, node.start, node.end, comment_starts) if is_one_line else None
    if isinstance(node, (Mapping, Sequence)) and node.flow:
        return None if isinstance(node, Sequence) and len(node.items) > 1 else (node.start, node.end)
    return None


def whole(text: str, start: int, end: int, comment_starts: list[int]) -> tuple[int, int]:
    """The span of a sentence that YAML took for `key: value`, with what a ` #` cut off behind it."""
    comment = _cutting_comment(text, end, comment_starts)
    return start, end if comment is None else comment[1]


def _eaten_scalar(text: str, node: Scalar, comment_starts: list[int], aliased: frozenset[str]) -> tuple[int, int] | None:
    start, end = node.start, node.end
    lost = node.tag is not None or (node.anchor is not None and node.anchor not in aliased)
    if node.style in {"|", ">"}:
        header = text[start:end].split("\n", 1)[0].strip()
        return (start, end) if not node.value.strip() and len(header) > 1 else None
    if node.style == "":
        first = _cut_off_before(text, start, comment_starts)
        if first is not None:
            return first, end
        comment = _cutting_comment(text, end, comment_starts)
        if comment is not None:
            return (start if node.value or node.anchor or node.tag else comment[0], comment[1])
    return (start, end) if lost else None


def comment_behind(text: str, node: Scalar, comment_starts: list[int]) -> Problem | None:
    """A hint where a comment stands one blank behind a plain sentence: the writer may have meant it as a part of it."""
    index = bisect_left(comment_starts, node.end)
    if node.style != "" or index == len(comment_starts) or comment_starts[index] != node.end + 1 or text[node.end] != " " or _SUPPRESSION.match(text, node.end + 1):
        return None
    end = node.end + len(text[node.end : line_end(text, node.end)].rstrip())
    message = "what stands behind this # is a comment, and no page shows it"
    help_ = "if it belongs to the sentence, put the whole sentence in quotes"
    edits = (TextEdit(node.start, end, quote(text[node.start : end])),)
    return Problem("MS009", message, node.end + 1, end, help_, edits=edits, safe=False, severity="info")


def _cutting_comment(text: str, end: int, comment_starts: list[int]) -> tuple[int, int] | None:
    """A `#` glued to a word, on the line where a plain text ends, was part of the sentence: 'Our #1 complaint'."""
    index = bisect_left(comment_starts, end)
    if index == len(comment_starts):
        return None
    start = comment_starts[index]
    between = text[end:start]
    if "\n" in between or "\r" in between or between.strip() or not _is_glued(text, start):
        return None
    return start, start + len(text[start : line_end(text, start)].rstrip(" \t"))


def _is_glued(text: str, start: int) -> bool:
    """Does a `#` belong to the words around it: `#1`, `#now`, or `# 3` behind one blank?"""
    glued = text[start + 1 : start + 2].isalnum() or _NUMBER_SIGN.match(text, start) is not None
    return glued and _SUPPRESSION.match(text, start) is None


def _cut_off_before(text: str, start: int, comment_starts: list[int]) -> int | None:
    """Where a text really begins whose first line YAML took for a comment: `statement: #1 complaint`, going on below."""
    index = bisect_left(comment_starts, start) - 1
    if index < 0 or text[line_end(text, comment_starts[index]) : start].strip():
        return None
    comment = comment_starts[index]
    lead = text[line_start(text, comment) : comment].rstrip()
    return comment if lead.endswith((":", "-")) and _is_glued(text, comment) else None
