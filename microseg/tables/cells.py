"""Cells in words: for people with commas and per cent signs, for programs as bare decimals."""

from __future__ import annotations

from fractions import Fraction

from microseg.source.text import clean
from microseg.tables.table import Cell, Column, Figure, Kind, Missing

_BLOCKS = " ▏▎▍▌▋▊▉█"
_PARTS = 8
BAR_WIDTH = 10


def for_people(cell: Cell, column: Column) -> str:
    """A cell as it is read: 1,690 and 8.6% and 1.5 months; a share that is not quite nothing as <0.1%; a missing one as n/a or unknown."""
    if cell is None:
        return ""
    if isinstance(cell, Missing):
        return cell.words
    if isinstance(cell, str):
        return clean(cell)
    if isinstance(cell, Figure):
        return _figure(cell.value, cell.kind, cell.unit)
    return _figure(cell, column.kind, "")  # the unit stands in the head


def _figure(value: Fraction | int, kind: Kind, unit: str) -> str:
    if kind == "bar":
        return bar(Fraction(value))
    if kind == "share":
        text = tenths(value * 100)
        return "<0.1%" if text == "0" and value > 0 else f"{text}%"
    return f"{tenths(value)} {unit}".rstrip()


def for_programs(cell: Cell) -> str:
    """A cell as a bare value: numbers with a point and six decimals at most, rounded half up."""
    if cell is None:
        return ""
    if isinstance(cell, Missing):
        return cell.words
    if isinstance(cell, str):
        return clean(cell)
    return decimal_text(cell.value if isinstance(cell, Figure) else cell)


def decimal_text(value: Fraction | int) -> str:
    """A number with six decimals at most, rounded half up, without zeros at its end: 1/3 is 0.333333, 3 is 3."""
    sign, whole, rest = _rounded(value, 6)
    return f"{sign}{whole}.{rest:06}".rstrip("0") if rest else f"{sign}{whole}"


def tenths(value: Fraction | int) -> str:
    """A number with one decimal at most, rounded half up, and commas between thousands: 15.25 is 15.3, 1690 is 1,690."""
    sign, whole, rest = _rounded(value, 1)
    return f"{sign}{whole:,}.{rest}" if rest else f"{sign}{whole:,}"


def _rounded(value: Fraction | int, places: int) -> tuple[str, int, int]:
    """The sign, the whole part, and so many decimals as a whole number; rounded half away from zero, exactly."""
    scale, below = 10**places, value.denominator
    whole, rest = divmod((2 * abs(value.numerator) * scale + below) // (2 * below), scale)
    return "-" if value < 0 and (whole or rest) else "", whole, rest


def bar(share: Fraction) -> str:
    """A bar of ten places and less, in eighths; something is seen of whatever is not nothing."""
    eighths = min(BAR_WIDTH * _PARTS, max(int(share * BAR_WIDTH * _PARTS), 1 if share > 0 else 0))
    full, rest = divmod(eighths, _PARTS)
    return _BLOCKS[_PARTS] * full + (_BLOCKS[rest] if rest else "")


def headed(column: Column) -> str:
    """The head of a column, with the unit of what stands below it; a bar needs none."""
    if column.kind == "bar":
        return ""
    return f"{clean(column.name)} ({column.unit})" if column.unit else clean(column.name)
