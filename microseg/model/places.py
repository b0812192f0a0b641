"""Where things stand: a record remembers its file and the spans of its keys and values, left out of equality."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from microseg.record import NamedTuple, made


class Place(NamedTuple):
    """A span of one file, in characters."""

    path: str
    start: int
    end: int


class Named(NamedTuple):
    """One entry of a mapping from names: its name, where the name stands, its value."""

    name: str
    place: Place
    value: Any


class Mark(NamedTuple):
    """The spans of one field: its number in the record, its key, its value, and the items of its list."""

    field: int
    key_start: int
    key_end: int
    start: int
    end: int
    items: tuple[tuple[int, int], ...]


_FIRST = 48  # fields are written as the characters from `0` on: a text is searched quickly, and takes little room
_BYTE = 0xFF
_WIDTH = 4  # numbers a field in `spans`: key start, key end, value start, value end


def field_code(index: int) -> str:
    """The character that stands for a field of a record."""
    return chr(_FIRST + index)


Spans = bytes | tuple[int, ...]  # numbers, a byte each where none is larger


def packed_spans(numbers: list[int], end: int) -> Spans:
    """Numbers that are `end` at most, as bytes where they are small: that is quicker wherever they are kept, sent or read again."""
    return bytes(numbers) if end <= _BYTE else tuple(numbers)


def packed_marks(begin: int, end: int, marks: Iterable[tuple[int, int, int, int, int, tuple[tuple[int, int], ...]]]) -> tuple[str, Spans]:
    """The fields of marks as a text, a character each, and all their spans, counted from where the record begins, which ends at `end`: four numbers a field, then the items.

    Items stand behind all fields: the rank of the field among those typed, how many items, then start and end of each.
    """
    codes: list[int] = []
    spans: list[int] = []
    behind: list[int] = []
    for rank, (index, *span, items) in enumerate(marks):
        codes.append(index + _FIRST)
        spans += [offset - begin for offset in span]
        if items:
            behind += (rank, len(items), *[offset - begin for item in items for offset in item])
    return bytes(codes).decode("ascii"), packed_spans([*spans, *behind], end - begin)


class At:
    """The place of a record and of each field that was typed, kept small: there are hundreds of thousands of them."""

    __slots__ = ("codes", "end", "fields", "path", "spans", "start")

    def __init__(self, path: str, span: tuple[int, int], codes: Mapping[str, str], fields: str = "", spans: Sequence[int] = b"") -> None:
        """`codes` are the attributes of the record with their characters; `fields` and `spans` as `packed_marks` has them."""
        self.path = path
        self.start, self.end = span
        self.codes = codes
        self.fields = fields
        self.spans = spans

    @property
    def whole(self) -> Place:
        """The record from its first character to its last."""
        return Place(self.path, self.start, self.end)

    @property
    def is_plain_text(self) -> bool:
        """Was the record typed as a plain text, without keys?"""
        return not self.fields

    @property
    def typed(self) -> frozenset[str]:
        """The fields that were typed, a character each."""
        return frozenset(self.fields)

    @property
    def first_key(self) -> Place:
        """The first key that was typed; the record's beginning where there is none."""
        return self._place(0) if self.fields else self.whole

    def has(self, name: str) -> bool:
        """Was the field typed?"""
        return self._find(name) >= 0

    def key(self, name: str) -> Place:
        """The key of a field; the record's beginning where it was not typed."""
        found = self._find(name)
        return self.whole if found < 0 else self._place(found)

    def value(self, name: str) -> Place:
        """The value of a field; for a plain text, or where it was not typed, the record."""
        found = _WIDTH * self.fields.find(self.codes.get(name, " "))  # as in `_find` and `_place`, without their calls: every rule asks
        return self.whole if found < 0 else made(Place, (self.path, self.start + self.spans[found + 2], self.start + self.spans[found + 3]))

    def field(self, name: str) -> Place:
        """A field from the start of its key to the end of its value."""
        found = self._find(name)
        return self.whole if found < 0 else Place(self.path, self._place(found).start, max(self._place(found).end, self._place(found + 2).end))

    def item(self, name: str, index: int) -> Place:
        """One item of a list field, counted from 0."""
        spans, rank = self.spans, self._find(name) // _WIDTH
        at = _WIDTH * len(self.fields)
        while rank >= 0 and at < len(spans):
            if spans[at] == rank and index < spans[at + 1]:
                return self._place(at + 2 + 2 * index)
            at += 2 + 2 * spans[at + 1]
        return self.value(name)

    def _place(self, at: int) -> Place:
        """The span of which the start is number `at`."""
        return made(Place, (self.path, self.start + self.spans[at], self.start + self.spans[at + 1]))

    def _find(self, name: str) -> int:
        """Where the spans of a field begin; below 0 where it was not typed."""
        return _WIDTH * self.fields.find(self.codes.get(name, " "))


NOWHERE = At("", (0, 0), {})
