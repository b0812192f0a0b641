"""A file's text straight to facts, for files that look like those before them.

`microseg.source.ordinary` and `microseg.model.bind_ordinary` read any ordinary file line by line and field by field.
What takes most of their time is always the same: texts beside their keys, folded texts, lists of items typed in one
form (`microseg.model.item_forms`), criteria with a test on each line. Here these are read as they stand in the text,
without nodes. Any other section is handed to those two, and a file that is not so made is not read at all (None). A
property test holds the facts to what they say.
"""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from microseg.model.bind_ordinary import NULLS, OddError, Packed, any_of, plan_of, read_text, test_of
from microseg.model.fields import CriteriaKind, Kind, ListKind, RecordKind, TextKind, shape_of
from microseg.model.item_forms import ItemForms, read_texts
from microseg.model.places import packed_spans
from microseg.source.ordinary import BEGINS_TEXT, HEADERS, UnusualError, is_readable, leaf, read_lines, says_nothing

if TYPE_CHECKING:
    from collections.abc import Callable

    from microseg.criteria.dimensions import Dimensions
    from microseg.source.nodes import Limits
    from microseg.source.ordinary import Ordinary

    _Span = tuple[int, int]
    _Found = tuple[Packed, int, int, list[_Span], int]  # what a section says, the span of that, the spans of its items if it is a list, and where the next one begins
    _Reader = Callable[[str, int], _Found]

_FIELD = re.compile(r"([a-z_]+):(?=[ \n])[ ]*(.*)\n", re.ASCII)
_BELOW = re.compile(r"(?:[ -].*\n|\n|#.*\n(?=[ #\n-]))*")
_GAP = re.compile(r"\n+|#.*\n")
_FOLDED = re.compile(r"([ ]+)\S.*(?:\n\1\S.*)*\n")
_TEST = re.compile(r"([ ]+)([A-Za-z_][\w.-]{0,60}):[ ]+(.*)\n+", re.ASCII)
_WORDS = re.compile(r"\{in: \[([A-Za-z][\w-]*(?:, [A-Za-z][\w-]*)*)\]\}", re.ASCII)
_ENOUGH = 20  # so many tries in vain say that a section, or a workspace, is of another kind
_MOST_HANDED_ON = 2  # sections a file: from there on it is quicker to hand on the whole file
_MEMO = 1 << 12


class _Section:
    """How the lines below a key are read, and how often that came to nothing."""

    def __init__(self, read: _Reader) -> None:
        self._read = read
        self._tried = self._failed = 0

    def read(self, text: str, at: int) -> _Found | None:
        """The value that begins with the line at `at`; None where others should read it."""
        if self._failed > _ENOUGH and 2 * self._failed > self._tried:
            return None
        self._tried += 1
        try:
            return self._read(text, at)
        except OddError:
            self._failed += 1
            return None


class TextBinder:
    """Reads the texts of one run; it gets to know the forms of items as it goes."""

    def __init__(self, cls: type, dimensions: Dimensions, limits: Limits) -> None:
        """`cls` is the class of the record that a file holds."""
        self._plan = plan_of(cls)
        self._dimensions = dimensions
        self._limits = limits
        readers = {one.name: self._reader_of(one.kind) for one in shape_of(cls).keys}
        self._files = self._handed_on = 0
        self._sections = {name: _Section(read) for name, read in readers.items() if read is not None}

    def bind(self, text: str) -> Packed | None:
        """The packed record of a text; None where `bind_ordinary` should read it."""
        if self._handed_on > _ENOUGH + _MOST_HANDED_ON * self._files or not text.endswith("\n") or not is_readable(text, self._limits):
            return None
        self._files += 1
        try:
            return self._bind(text)
        except (UnusualError, OddError, KeyError):
            return None

    def _bind(self, text: str) -> Packed:
        """One loop over the sections, as in `bind_ordinary`."""
        keys, nothing, required, _ = self._plan
        values = list(nothing)
        fields = ""
        spans: list[int] = []
        behind: list[int] = []
        has_comments = "#" in text
        at = begin = end = 0
        while at < len(text):
            line = _FIELD.match(text, at)
            if line is None:
                at = _gap(text, at)
                continue
            name, typed = line.groups()
            (_, at), (key_start, key_end), (start, end) = line.regs
            index, code, read = keys[name]
            if not fields:
                begin = key_start
            if code in fields:
                raise OddError
            if typed and typed[0] in BEGINS_TEXT and ": " not in typed and typed[-1] not in " :" and not (has_comments and " #" in typed):
                values[index] = typed if read is read_text and typed not in NULLS else read((start, end, typed, True), self._dimensions)
            else:
                values[index], start, end, items, at = self._value(name, typed, text, (key_start, start, at))
                if items:
                    behind += (len(fields), len(items))
                    for item_start, item_end in items:
                        behind += (item_start - begin, item_end - begin)
            spans += (key_start - begin, key_end - begin, start - begin, end - begin)
            fields += code
        for index in required:
            if not values[index]:
                raise OddError
        return (begin, end, tuple(values), fields, packed_spans([*spans, *behind], end - begin))

    def _value(self, name: str, typed: str, text: str, places: tuple[int, int, int]) -> _Found:
        """What is no plain text beside its key: the places of the key, of what is typed beside it, and of the line below it are given."""
        key_start, start, at = places
        if typed and typed[0] not in "#|>":
            return self._said(name, leaf(typed, start), at)
        if typed in HEADERS and (folded := _folded(typed, text, start, at)) is not None:
            return self._said(name, *folded)
        found = self._sections[name].read(text, at) if not typed and name in self._sections else None
        if found is not None:
            return found
        self._handed_on += 1
        below = _BELOW.match(text, at)
        behind = at if below is None else below.end()
        node = read_lines(text[key_start:behind], key_start)
        if node is None:
            raise UnusualError
        return self._said(name, node[2][name][2], behind)

    def _said(self, name: str, node: Ordinary, behind: int) -> _Found:
        """What a node says as the value of a field."""
        said = self._plan.keys[name][2](node, self._dimensions)
        return said, node[0], node[1], [item[:2] for item in node[2]] if type(node[2]) is list else [], behind

    def _reader_of(self, kind: Kind) -> _Reader | None:
        """What reads the lines below the key of a field of this kind; None where only `bind_ordinary` does."""
        if isinstance(kind, CriteriaKind):
            return self._tests
        if isinstance(kind, ListKind):
            if isinstance(kind.item, RecordKind):
                return partial(_items, ItemForms(kind.item.record))
            if isinstance(kind.item, TextKind):
                return _texts
        return None

    def _tests(self, text: str, at: int) -> _Found:
        """Criteria, a test on each line."""
        first = line = _TEST.match(text, at)
        tests: dict[str, Packed] = {}
        end = at
        while line is not None and first is not None and line[1] == first[1]:
            _, name, typed = line.groups()
            test = _test(self._dimensions, name, typed)
            if test is None or name in tests:
                raise OddError
            tests[name] = (*test[:-2], *line.span(2))
            end, at = line.end(3), line.end()
            line = _TEST.match(text, at)
        if first is None or text[at : at + 1] == " ":
            raise OddError
        said = tuple(tests.values())
        start = first.start(2)
        return said[0] if len(said) == 1 else ("All", ("()", *said), start, end), start, end, [], at


def _test(dimensions: Dimensions, name: str, typed: str) -> Packed | None:
    """The packed test that `typed` is of a dimension, at no place; None where it is more than a test, or broken."""
    words = _WORDS.fullmatch(typed)
    texts = [] if words is None else words[1].split(", ")
    return (any_of(dimensions, name, texts) if NULLS.isdisjoint(texts) else None) or _any_test(dimensions, name, typed)


@lru_cache(_MEMO)
def _any_test(dimensions: Dimensions, name: str, typed: str) -> Packed | None:
    if "#" in typed or typed[-1:] == " ":
        raise OddError
    return test_of(dimensions, name, leaf(typed, 0))


def _items(forms: ItemForms, text: str, at: int) -> _Found:
    items, behind = forms.read(text, at)
    return tuple(items), text.index("-", at), items[-1][1], [item[:2] for item in items], _uncommented(text, at, behind)


def _texts(text: str, at: int) -> _Found:
    texts, behind = read_texts(text, at)
    spans = [(start, end) for _, start, end in texts]
    return tuple([said for said, _, _ in texts]), text.index("-", at), spans[-1][1], spans, _uncommented(text, at, behind)


def _uncommented(text: str, at: int, behind: int) -> int:
    """Where lines end that begin at `at`. Raises OddError where something may be a comment."""
    if text.find("#", at, behind) >= 0:
        raise OddError
    return behind


def _folded(header: str, text: str, start: int, at: int) -> tuple[Ordinary, int] | None:
    """The text on the lines below `>` or `|`, which stands at `start`, and where the line behind it begins."""
    lines = _FOLDED.match(text, at)
    if lines is None or " \n" in lines[0]:
        return None
    joint, last = HEADERS[header]
    said = lines[0][len(lines[1]) : -1].replace("\n" + lines[1], joint) + last
    return (start, lines.end() - 1, said, False), lines.end()


def _gap(text: str, at: int) -> int:
    """Where empty lines end, or a comment that suppresses nothing. Raises UnusualError for any other line."""
    gap = _GAP.match(text, at)
    if gap is None:
        raise UnusualError
    says_nothing("", gap[0].rstrip("\n"))
    return gap.end()
