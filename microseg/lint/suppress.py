"""Suppressing a finding where it stands: `# microseg: ignore[rule] reason` covers the key or item on its line."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable

from microseg.record import NamedTuple
from microseg.source.comments import Comment
from microseg.source.nodes import Mapping, Node, Sequence
from microseg.source.text import SourceFile, line_start

_MARK = re.compile(r"#\s*microseg\b\s*(?::|ignore)", re.IGNORECASE)
_MOST_A_FILE = 1_000
_FORM = re.compile(r"#\s*microseg:\s*ignore\s*\[(?P<rules>[^\]]*)\]\s*(?P<reason>.*)\Z")
_READER_CODES = frozenset(f"MS0{n:02d}" for n in range(1, 13))
HOW = "write `# microseg: ignore[rule] the reason`"


class Suppression(NamedTuple):
    """One comment: the rules it names, why, its own span, and the span it covers. `wrong` says why it does not count."""

    rules: tuple[str, ...]
    reason: str
    start: int
    end: int
    cover_start: int
    cover_end: int
    wrong: str = ""


def read_suppressions(text: str, root: Node | None, comments: Iterable[Comment]) -> tuple[Suppression, ...]:
    """The suppressions among a file's comments."""
    marked = [comment for comment in comments if _MARK.match(comment.text)]
    if not marked or root is None:
        return ()
    units = _units(text, root)
    by_line = {first: (start, end) for first, start, end in units}
    found = tuple(_read(comment, text, units, by_line=by_line) for comment in marked[:_MOST_A_FILE])
    if len(marked) <= _MOST_A_FILE:
        return found
    rest = marked[_MOST_A_FILE]
    return (*found, Suppression((), "", rest.start, rest.end, 0, 0, f"a file may hold {_MOST_A_FILE:,} suppressions; from here on none counts"))


def _read(comment: Comment, text: str, units: list[tuple[int, int, int]], *, by_line: dict[int, tuple[int, int]]) -> Suppression:
    match = _FORM.match(comment.text.rstrip())
    if match is None:
        return Suppression((), "", comment.start, comment.end, 0, 0, "this comment is not written as a suppression is")
    rules = tuple(one.strip() for one in match["rules"].split(",") if one.strip())
    if not rules:
        return Suppression((), "", comment.start, comment.end, 0, 0, "this suppression names no rule")
    cover = _cover(comment, text, units, by_line=by_line)
    if cover is None:
        return Suppression(rules, match["reason"].strip(), comment.start, comment.end, 0, 0, "no key or item begins on the line of this suppression")
    return Suppression(rules, match["reason"].strip(), comment.start, comment.end, *cover)


def refused(selector: str) -> str:
    """Why a selector may not stand in a suppression; empty where it may."""
    if selector == "*" or re.fullmatch(r"MS\d{1,2}", selector):
        return f"`{selector}` would silence more than one rule"
    if selector in _READER_CODES:
        return f"{selector} cannot be suppressed: the file is not read right until it is mended"
    return ""


def _cover(comment: Comment, text: str, units: list[tuple[int, int, int]], *, by_line: dict[int, tuple[int, int]]) -> tuple[int, int] | None:
    """The unit whose first line the comment stands on; a comment alone on its line covers what comes next."""
    line = line_start(text, comment.start)
    if text[line : comment.start].strip():
        return by_line.get(line)
    index = bisect_right(units, (comment.end, 0, 0))
    return units[index][1:] if index < len(units) else None


def _units(text: str, root: Node) -> list[tuple[int, int, int]]:
    """(start of its line, start, end) of each list item and each key with its value, in order; the widest a line."""
    found: dict[int, tuple[int, int, int]] = {}
    source = SourceFile("", text)
    waiting: list[Node] = [root]
    met: set[int] = set()
    while waiting:
        node = waiting.pop()
        if id(node) in met:
            continue
        met.add(id(node))
        spans = _spans(node)
        waiting += [child for child, _, _ in spans]
        for _, start, end in spans:
            line = source.line_start(start)
            if line not in found or end > found[line][2] or start < found[line][1]:
                found[line] = (line, min(start, found.get(line, (0, start, 0))[1]), max(end, found.get(line, (0, 0, end))[2]))
    return sorted(found.values())


def _spans(node: Node) -> list[tuple[Node, int, int]]:
    if isinstance(node, Sequence):
        return [(item, item.start, item.end) for item in node.items]
    if isinstance(node, Mapping):
        return [(value, name.start, max(name.end, value.end)) for name, value in node.pairs()]
    return []
