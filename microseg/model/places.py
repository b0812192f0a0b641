"""Where things stand: a record remembers its file and the spans of its keys and values, left out of equality."""

from __future__ import annotations

from typing import Any, NamedTuple


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
    """The spans of one field: its key, its value, and the items of its list."""

    field: int
    key_start: int
    key_end: int
    start: int
    end: int
    items: tuple[tuple[int, int], ...]


class At:
    """The place of a record and of each field that was typed."""

    __slots__ = ("_marks", "_names", "end", "path", "start")

    def __init__(self, path: str, span: tuple[int, int], names: tuple[str, ...], marks: tuple[Mark, ...] = ()) -> None:
        """`names` are the attributes of the record, `marks` the fields that were typed."""
        self.path = path
        self.start, self.end = span
        self._names = names
        self._marks = marks

    @property
    def whole(self) -> Place:
        """The record from its first character to its last."""
        return Place(self.path, self.start, self.end)

    @property
    def is_plain_text(self) -> bool:
        """Was the record typed as a plain text, without keys?"""
        return not self._marks

    @property
    def first_key(self) -> Place:
        """The first key that was typed; the record's beginning where there is none."""
        return Place(self.path, self._marks[0][1], self._marks[0][2]) if self._marks else self.whole

    def has(self, name: str) -> bool:
        """Was the field typed?"""
        return self._find(name) is not None

    def key(self, name: str) -> Place:
        """The key of a field; the record's beginning where it was not typed."""
        mark = self._find(name)
        return self.whole if mark is None else Place(self.path, mark[1], mark[2])

    def value(self, name: str) -> Place:
        """The value of a field; for a plain text, or where it was not typed, the record."""
        for mark in self._marks:  # as in `_find`, without its call: every rule asks for every statement
            if self._names[mark[0]] == name:
                return Place(self.path, mark[3], mark[4])
        return Place(self.path, self.start, self.end)

    def field(self, name: str) -> Place:
        """A field from the start of its key to the end of its value."""
        mark = self._find(name)
        return self.whole if mark is None else Place(self.path, mark[1], max(mark[2], mark[4]))

    def item(self, name: str, index: int) -> Place:
        """One item of a list field, counted from 0."""
        mark = self._find(name)
        if mark is None or index >= len(mark[5]):
            return self.value(name)
        start, end = mark[5][index]
        return Place(self.path, start, end)

    def _find(self, name: str) -> Mark | None:
        for mark in self._marks:
            if self._names[mark[0]] == name:
                return mark
        return None


NOWHERE = At("", (0, 0), ())
