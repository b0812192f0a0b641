"""Tables for a terminal, folded to its width; where there is none, a row is a line however long."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from microseg.source.text import clean, width_of
from microseg.tables.cells import for_people, headed
from microseg.tables.table import spoken
from microseg.tables.width import folded, padded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from microseg.tables.table import Column, Table

_NARROWEST = 40
_LEAST_WORDS = 8
_LEAST_SENTENCE = 40
_GAP = "  "
_INDENT = "   "
_BOLD, _DIM, _CYAN = "1", "2", "36"


class _Layout(NamedTuple):
    """Which columns stand in a row and how wide, which stand below it as sentences, and how wide a line may be."""

    table: Table
    heads: list[str]
    rows: list[list[str]]
    places: tuple[int, ...]
    widths: tuple[int, ...]
    below: tuple[int, ...]
    line: int | None
    color: bool


def render(tables: Iterable[Table], *, width: int | None = None, color: bool = False) -> str:
    """All tables below each other. `width`: of the terminal, in cells; None: no line is folded."""
    line = None if width is None else max(width, _NARROWEST)
    return "\n".join("".join(f"{one.rstrip()}\n" for one in _lines(table, line, color=color)) for table in map(spoken, tables))


def _lines(table: Table, line: int | None, *, color: bool) -> Iterator[str]:
    if table.title:
        yield from (_painted(part, _BOLD, color=color) for part in _fold(clean(table.title), line))
    if table.rows:
        yield from _body(_laid_out(table, line, color=color))
    for note in table.notes:
        yield from (_painted(part, _DIM, color=color) for part in _fold(clean(note), line))


def _fold(text: str, line: int | None) -> list[str]:
    return [text] if line is None else folded(text, line)


def _laid_out(table: Table, line: int | None, *, color: bool) -> _Layout:
    """Everything in its row where that fits; else sentences go below, and columns of words get narrower."""
    heads = [headed(column) for column in table.columns]
    rows = [[for_people(cell, column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows]
    places = tuple(range(len(heads)))
    natural = [max(map(width_of, held)) for held in zip(heads, *rows, strict=True)]
    if line is None or _total(natural) <= line:
        return _Layout(table, heads, rows, places, tuple(natural), (), line, color)
    below = tuple(place for place in places if table.columns[place].is_sentence)
    if len(below) == 1 and line - _total([natural[place] for place in places if place not in below]) - len(_GAP) >= _LEAST_SENTENCE:
        below = ()
    beside = tuple(place for place in places if place not in below)
    return _Layout(table, heads, rows, beside, tuple(_narrowed(table, rows, beside, natural, line)), below, line, color)


def _total(widths: Sequence[int]) -> int:
    return sum(widths) + len(_GAP) * (len(widths) - 1)


def _narrowed(table: Table, rows: list[list[str]], places: tuple[int, ...], natural: list[int], line: int) -> list[int]:
    """Widths that fit the line, if any do: heads fold first, then the widest column of words gives way."""
    widths = [natural[place] for place in places]
    if _total(widths) <= line:
        return widths
    widths = [max(_longest_word(headed(table.columns[place])), *(width_of(row[place]) for row in rows)) for place in places]
    words = [spot for spot, place in enumerate(places) if table.columns[place].kind == "text"]
    while words and _total(widths) > line:
        widest = max(words, key=lambda spot: widths[spot])
        if widths[widest] <= _LEAST_WORDS:
            break
        widths[widest] -= 1
    return widths


def _longest_word(text: str) -> int:
    return max((width_of(word) for word in text.split()), default=0)


def _body(layout: _Layout) -> Iterator[str]:
    heads = [folded(layout.heads[place], width) if layout.line is not None else [layout.heads[place]] for place, width in zip(layout.places, layout.widths, strict=True)]
    tallest = max(len(head) for head in heads)
    yield from (_painted(one, _DIM, color=layout.color) for one in _row([[""] * (tallest - len(head)) + head for head in heads], layout))
    yield _painted("─" * _total(layout.widths), _DIM, color=layout.color)
    for row in layout.rows:
        cells = [folded(row[place], max(width, 1)) if layout.line is not None else [row[place]] for place, width in zip(layout.places, layout.widths, strict=True)]
        yield from _row(cells, layout, paints=layout.color)
        for number, place in enumerate(layout.below):
            said = f"{layout.heads[place]}: {row[place]}" if number else row[place]
            yield from (_INDENT + part for part in folded(said, (layout.line or 0) - len(_INDENT)) if row[place])


def _row(cells: list[list[str]], layout: _Layout, *, paints: bool = False) -> Iterator[str]:
    """The lines of a row whose cells are folded already."""
    columns = [layout.table.columns[place] for place in layout.places]
    for parts in zip_longest(*cells, fillvalue=""):
        yield _GAP.join(_cell(part, width, column, paints=paints) for part, width, column in zip(parts, layout.widths, columns, strict=True))


def _cell(text: str, width: int, column: Column, *, paints: bool) -> str:
    placed = padded(text, width, right=column.kind not in {"text", "bar"})
    return _painted(placed, _CYAN, color=paints and column.kind == "bar")


def _painted(text: str, code: str, *, color: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if color and text.strip() else text
