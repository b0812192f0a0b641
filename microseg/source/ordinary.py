"""Ordinary YAML read line by line, several times as fast as libyaml's events; whatever is not ordinary is left to them.

Ordinary is what people type nearly always: keys and dashes with one-line texts, flat brackets, folded texts without
blank lines, comments well apart. The reader answers only where it is certain to say what
`microseg.source.nodes` would say; anything else, every mistake included, is None, and is read there. A property test
holds the two together.

A leaf is a plain tuple `(start, end, text, is_plain)`, a list `(start, end, [items])`, a mapping
`(start, end, {key: (key_start, key_end, value)})`; offsets count characters. The type of the third tells them apart.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from microseg.source.nodes import Limits, Node

Ordinary = Any  # a leaf, a list or a mapping as above
_Line = tuple[str, str, str, str, str]  # indent, dash, key, colon, value: all the characters of a line
_Waiting = tuple[str, int, int]  # a key whose value begins on the next line, and its span
_Open = tuple[int, Any, int, str, int, int]  # a collection: its column, what it holds, its start, its own key and that key's span

_LINE = re.compile(r"([ ]*)(-[ ]+|)([A-Za-z_][\w.-]{0,60}(?=:[ \n])|)(:?[ ]*)(.*)\n", re.ASCII)
_FLAT = re.compile(r"\[\w[^\[\]{},:#?\"]*(?:,[ ]*\w[^\[\]{},:#?\"]*)*\]")
_FLOW = re.compile(r"(\"[^\"\\]*\"|'[^']*'|[^\[\]{},:]*)([\[\]{},:])([ ]*)")
_FLOW_KEY = re.compile(r"[A-Za-z_][\w.-]{0,60}", re.ASCII)
_FLOW_TEXT = re.compile(r"(?:\w|-\d)[^\[\]{},:#?\"]*")
_COMMENT = re.compile(r"#(?:[ ](?!\d).*)?")
_QUOTED = re.compile(r"\"[^\"\\]*\"|'[^']*'")
_ODD = re.compile("[\x85\u2028\u2029]")
_SUPPRESSION = re.compile(r"#\s*microseg\b", re.IGNORECASE)
BEGINS_TEXT = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_(./+$<=;^~")
HEADERS = {">-": (" ", ""), ">": (" ", "\n"), "|-": ("\n", ""), "|": ("\n", "\n")}
_DEEPEST = 16
_DEEPEST_FLOW = 4


class UnusualError(Exception):
    """The text is not ordinary; libyaml reads it."""


def read_ordinary(text: str, limits: Limits) -> Ordinary | None:
    """The mapping that an ordinary text holds; None where it is not ordinary, or might exceed a limit."""
    if not is_readable(text, limits):
        return None
    if not text.endswith("\n"):
        if ">" in text or "|" in text:
            return None  # the last line of a block text has no line break then
        text += "\n"
    try:
        return read_lines(text, 0)
    except UnusualError:
        return None


def is_readable(text: str, limits: Limits) -> bool:
    """Can a text be ordinary, by its characters and its length?"""
    return not ("\t" in text or "\r" in text or (not text.isascii() and _ODD.search(text)) or limits.depth <= _DEEPEST + _DEEPEST_FLOW or _might_exceed(text, limits.nodes))


def read_lines(text: str, at: int) -> Ordinary | None:
    """The mapping that whole lines hold, of which the first begins at `at`; None where they hold none. Raises UnusualError for lines that are not ordinary."""
    return _read(_LINE.findall(text), [*accumulate([len(line) + 1 for line in text.split("\n")], initial=at)], has_comments="#" in text)


def _might_exceed(text: str, nodes: int) -> bool:
    """Might a text hold so many nodes? Most are too short for it, which is told at once."""
    return nodes <= 2 * len(text) and nodes <= 2 * text.count("\n") + text.count(",") + text.count(":") + text.count("[")


def _read(lines: list[_Line], starts: list[int], *, has_comments: bool) -> Ordinary | None:
    """One loop over the lines, which begin at `starts`, for a call a line would double its time; `stack` holds the collections that are open, the innermost last."""
    stack: list[_Open] = []
    waiting: _Waiting | None = None
    end = behind = 0  # `behind`: the number of the line behind a block text
    top = -1  # the column of the innermost collection where that is a mapping
    mapping: dict[str, Ordinary] = {}
    for number, (indent, dash, key, colon, value) in enumerate(lines):
        if number < behind:
            continue
        column = len(indent)
        at = starts[number] + column
        if dash:
            _enter_list(stack, column, at, end, waiting)
            at += len(dash)
            waiting, top = None, -1
            if not key:
                item = leaf(value, at + len(colon)) if not colon else _refuse()
                stack[-1][1].append(item)
                end = item[1]
                continue
            top, mapping = column + len(dash), {}
            stack.append((top, mapping, at, "", 0, 0))
        elif key:
            if column != top or waiting is not None:
                _enter_mapping(stack, column, at, end, waiting)
                waiting, top, mapping = None, column, stack[-1][1]
        elif says_nothing(colon, value):
            continue
        key_end = at + len(key)
        if key in mapping:
            raise UnusualError
        if not value or value[0] == "#":
            waiting = (key, at, key_end) if not value or _is_comment(value) else _refuse()
        elif value[0] in BEGINS_TEXT and ": " not in value and value[-1] not in " :" and not (has_comments and " #" in value):
            begin = key_end + len(colon)
            end = begin + len(value)  # as `leaf` has it, without its call: most lines are such
            mapping[key] = (at, key_end, (begin, end, value, True))
        elif value in HEADERS:
            text, used, long = _block(lines, number + 1, top, value)
            end = starts[number + 1] + long
            mapping[key] = (at, key_end, (key_end + len(colon), end, text, False))
            behind = number + 1 + used
        else:
            found = leaf(value, key_end + len(colon))
            mapping[key] = (at, key_end, found)
            end = found[1]
    return _whole(stack, end) if waiting is None and stack else None


def _whole(stack: list[_Open], end: int) -> Ordinary:
    """The outermost collection, once all within it are closed."""
    _close(stack, -1, end)
    return (stack[0][2], end, stack[0][1])


def says_nothing(colon: str, value: str) -> bool:
    """Is a line without dash and key empty, or a comment that suppresses nothing? Raises for any other."""
    if colon or (value and (value[0] != "#" or _SUPPRESSION.match(value))):
        raise UnusualError
    return True


def _is_comment(text: str) -> bool:
    """Does it begin with a comment that nobody can take for a part of the sentence, and that suppresses nothing?"""
    return _COMMENT.fullmatch(text) is not None and _SUPPRESSION.match(text) is None


def _uncommented(value: str, at: int) -> str:
    """The value before a comment, which two blanks part from it at least."""
    if value[at - 1] != " " or value[at + 1 : at + 3] not in {"#", "# "} or _SUPPRESSION.match(value, at + 1):
        raise UnusualError
    return value[:at].rstrip(" ")


def _refuse() -> Any:
    raise UnusualError


def _enter_list(stack: list[_Open], column: int, at: int, end: int, waiting: _Waiting | None) -> None:
    """Make the list at this column the innermost collection, opening it below a key that waits."""
    if waiting is not None:
        if column < stack[-1][0] or len(stack) > _DEEPEST:
            raise UnusualError
        stack.append((column, [], at, *waiting))
        return
    _close(stack, column, end)
    if not stack or stack[-1][0] != column or type(stack[-1][1]) is not list:
        raise UnusualError


def _enter_mapping(stack: list[_Open], column: int, at: int, end: int, waiting: _Waiting | None) -> None:
    """Make the mapping at this column the innermost collection, opening it below a key that waits."""
    if waiting is not None:
        if column <= stack[-1][0] or len(stack) > _DEEPEST:
            raise UnusualError
        stack.append((column, {}, at, *waiting))
    elif not stack and column == 0:
        stack.append((0, {}, at, "", 0, 0))
    else:
        _close(stack, column, end)
        if len(stack) > 1 and type(stack[-1][1]) is list and stack[-1][0] == column == stack[-2][0]:
            _close_one(stack, end)  # its dashes stand at the column of its key
        if not stack or stack[-1][0] != column or type(stack[-1][1]) is list:
            raise UnusualError


def _close(stack: list[_Open], column: int, end: int) -> None:
    """Close what is open to the right of a column; it ends where the last value ended. The outermost stays."""
    while len(stack) > 1 and stack[-1][0] > column:
        _close_one(stack, end)


def _close_one(stack: list[_Open], end: int) -> None:
    _, held, start, key, key_start, key_end = stack.pop()
    outer = stack[-1][1]
    if type(outer) is list:
        outer.append((start, end, held))
    else:
        outer[key] = (key_start, key_end, (start, end, held))


def leaf(value: str, at: int) -> Ordinary:
    """The value on one line: plain, in quotes or in brackets; perhaps a comment behind it."""
    comment = value.find(" #")
    if comment > 0:
        value = _uncommented(value, comment)
    first = value[0] if value else ""
    if first in BEGINS_TEXT or (first == "-" and value[1:2].isdecimal()) or (first > "\x9f" and first.isalpha()):
        if value[-1] == " ":
            value = value.rstrip(" ")
        if ": " in value or value[-1] == ":":
            raise UnusualError
        return (at, at + len(value), value, True)
    if first in "[{":
        return _flat(value, at) if _FLAT.fullmatch(value) else _flow(value, at)
    if _QUOTED.fullmatch(value):
        return (at, at + len(value), value[1:-1], False)
    raise UnusualError


def _block(lines: list[_Line], number: int, column: int, header: str) -> tuple[str, int, int]:
    """The text below `>` or `|` as YAML folds it, how many lines it takes, and how many characters up to its last."""
    joint, last = HEADERS[header]
    indent = lines[number][0] if number < len(lines) else ""
    found: list[str] = []
    behind = number
    while behind < len(lines) and lines[behind][0] == indent and (text := "".join(lines[behind][1:])):
        found.append(text)
        behind += 1
    while behind < len(lines) and not "".join(lines[behind]):
        behind += 1
    # deeper lines, and lines behind empty ones, would belong to the text
    if len(indent) <= column or not found or (behind < len(lines) and len(lines[behind][0]) > column) or any(text[-1] == " " for text in found):
        raise UnusualError
    return joint.join(found) + last, len(found), sum(map(len, found)) + len(found) * (len(indent) + 1) - 1


def _flat(value: str, at: int) -> Ordinary:
    """A bracketed list of words and phrases."""
    items = []
    start = at + 1
    for part in value[1:-1].split(","):
        text = part.lstrip(" ")
        if text[-1] == " ":
            raise UnusualError
        begin = start + len(part) - len(text)
        items.append((begin, begin + len(text), text, True))
        start += len(part) + 1
    return (at, at + len(value), items)


def _flow(value: str, at: int) -> Ordinary:
    """Brackets and braces inside each other, all on one line, with plain texts."""
    value = value.rstrip(" ")
    stack: list[tuple[Any, int, str, int]] = []  # what it holds, its start, the key that waits in it and where that begins
    last: Ordinary = None  # what has just been closed
    position = at
    for text, sign, blanks in _FLOW.findall(value):
        start, position = position, position + len(text) + 1 + len(blanks)
        begin = start + len(text)
        if sign in "[{":
            if text or len(stack) >= _DEEPEST_FLOW or last is not None or (stack and (type(stack[-1][0]) is dict) != bool(stack[-1][2])):
                raise UnusualError
            stack.append(([] if sign == "[" else {}, begin, "", 0))
        elif sign == ":":
            held, opened, waits, _ = stack[-1] if stack else _refuse()
            if type(held) is not dict or waits or not blanks or last is not None or text in held or not _FLOW_KEY.fullmatch(text):
                raise UnusualError
            stack[-1] = (held, opened, text, start)
        else:
            closed = last if last is not None and not text else _flow_text(text, start) if last is None else _refuse()
            last = _flow_close(stack, closed, sign, begin + 1)
            if last is not None and not stack:
                return last if position == at + len(value) and not blanks else _refuse()
    raise UnusualError


def _flow_text(text: str, start: int) -> Ordinary:
    """A text inside brackets, plain or in quotes."""
    if _QUOTED.fullmatch(text):
        return (start, start + len(text), text[1:-1], False)
    if not _FLOW_TEXT.fullmatch(text) or text[-1] == " ":
        raise UnusualError
    return (start, start + len(text), text, True)


def _flow_close(stack: list[tuple[Any, int, str, int]], value: Ordinary, sign: str, end: int) -> Ordinary | None:
    """Put a value into the collection around it; where the sign closes that collection, return it."""
    held, opened, waits, begin = stack[-1] if stack else _refuse()
    if type(held) is list:
        held.append(value)
    elif waits:
        held[waits] = (begin, begin + len(waits), value)
    else:
        raise UnusualError
    if sign == ",":
        stack[-1] = (held, opened, "", 0)
        return None
    stack.pop()
    if (sign == "]") != (type(held) is list):
        raise UnusualError
    return (opened, end, held)


def as_node(found: Ordinary) -> Node:
    """The same as a node, for a reader that takes nothing else."""
    from microseg.source.nodes import Mapping, Scalar, Sequence

    def node(found: Ordinary) -> Node:
        start, end, content = found[:3]
        if type(content) is str:
            return Scalar(content, "" if found[3] else '"', start, end)
        if type(content) is list:
            items = Sequence(start, flow=True)
            items.end = end
            items.items = [node(one) for one in content]
            return items
        held = Mapping(start, flow=True)
        held.end = end
        held.keys = [Scalar(name, "", place[0], place[1]) for name, place in content.items()]
        held.values = [node(place[2]) for place in content.values()]
        return held

    return node(found)
