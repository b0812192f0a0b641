"""What the pages about all segments say of one: made from its segment, or from what is kept of the last build.

A piece follows from what the page of its segment is made from, so it is known by the same key. All texts are as typed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from microseg.briefs.page import Link
from microseg.briefs.whole import Matrix, Ranked, Row, Shared
from microseg.record import made

if TYPE_CHECKING:
    from collections.abc import Mapping

_line = json.JSONEncoder(separators=(",", ":")).encode


class Due(NamedTuple):
    """Something that somebody is asked for: the day as a number to sort by, then as `whole.Request` says it."""

    day: int
    what: str
    who: str
    by: str
    is_overdue: bool


class Piece(NamedTuple):
    """One segment: its row, what it does not chase, what is due, the needs it shares and ranks; `entry` and `words` are JSON for index.json and the search."""

    row: Row
    not_chasing: tuple[str, ...]
    due: tuple[Due, ...]
    matrix: Matrix | None
    ranked: Ranked
    entry: str
    words: str


class Kept(NamedTuple):
    """Pieces as text, by the name of the page: the key they follow from, and the text; the frame that they stand in, as text; and a hash of all of it as it was kept."""

    pieces: dict[str, tuple[str, str]]
    frame: str = ""
    hash: str = ""

    def under(self, keys: Mapping[str, str]) -> dict[str, str]:
        """The texts that follow from what these keys, by name of the page, stand for."""
        return {name: held[1] for name, key in keys.items() if (held := self.pieces.get(name)) is not None and held[0] == key}


def text_of(piece: Piece) -> str:
    """A piece as one line."""
    return _line(piece)  # tuples with names are lists to JSON


def piece_of(text: str) -> Piece | None:
    """The piece that was told as a line; None where that is no piece."""
    found = pieces_of({"": text})
    return None if found is None else found[""]


def pieces_of(texts: Mapping[str, str]) -> dict[str, Piece] | None:
    """The same of many, which takes less time than one by one; None where one is none."""
    try:
        return {name: _piece(held) for name, held in zip(texts, json.loads(f"[{','.join(texts.values())}]"), strict=True)}
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _piece(held: list[Any]) -> Piece:
    row, not_chasing, due, matrix, ranked, entry, words = held
    return Piece(_row(row), tuple(not_chasing), tuple(Due(*one) for one in due), None if matrix is None else _matrix(matrix), _ranked(ranked), str(entry), str(words))


_TAGS = Row.__match_args__.index("tags")


def _row(held: list[object]) -> Row:
    held[0] = _link(held[0])
    held[_TAGS] = _texts(held[_TAGS])
    return made(Row, held)


def _link(held: object) -> Link:
    id_, name = _texts(held)
    return Link(id_, name)


def _texts(held: object) -> tuple[str, ...]:
    if not isinstance(held, list):
        raise TypeError("not a list")
    return tuple(held)


def _matrix(held: list[object]) -> Matrix:
    parent, children, needs, own, more = held
    if not isinstance(children, list) or not isinstance(needs, list) or not isinstance(own, list) or not isinstance(more, int):
        raise TypeError("not a matrix")
    shared = tuple(Shared(statement, anchor, score, tuple(felt)) for statement, anchor, score, felt in needs)
    return Matrix(_link(parent), tuple(_link(one) for one in children), shared, tuple(own), more)


def _ranked(held: list[list[object]]) -> Ranked:
    link, pains = held
    return Ranked(_link(link), tuple((score, statement, cure, anchor) for score, statement, cure, anchor in map(_four, pains)))


def _four(held: object) -> tuple[str, str, str, str]:
    score, statement, cure, anchor = _texts(held)
    return score, statement, cure, anchor
