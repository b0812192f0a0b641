"""How wide a text stands in a terminal, and where it folds: in cells, of which a Chinese sign takes two and an accent none."""

from __future__ import annotations

import unicodedata

_NO_CELL = frozenset({"Mn", "Me", "Cf"})


def width_of(text: str) -> int:
    """The cells that a text takes."""
    return len(text) if text.isascii() else sum(_cells(sign) for sign in text)


def _cells(sign: str) -> int:
    if unicodedata.category(sign) in _NO_CELL:
        return 0
    return 2 if unicodedata.east_asian_width(sign) in "WF" else 1


def folded(text: str, width: int) -> list[str]:
    """The lines of a text, broken between words; a word longer than a line is broken where the line ends."""
    lines = [""]
    for word in text.split():
        for part in _pieces(word, width):
            line = lines[-1]
            if not line:
                lines[-1] = part
            elif width_of(line) + 1 + width_of(part) <= width:
                lines[-1] = f"{line} {part}"
            else:
                lines.append(part)
    return lines


def _pieces(word: str, width: int) -> list[str]:
    """A word as it is, or cut into lines of that width; a sign wider than a line stands alone."""
    if width_of(word) <= width:
        return [word]
    pieces, held = [""], 0
    for sign in word:
        cells = _cells(sign)
        if pieces[-1] and held + cells > width:
            pieces.append("")
            held = 0
        pieces[-1] += sign
        held += cells
    return pieces


def padded(text: str, width: int, *, right: bool) -> str:
    """A text with spaces up to a width, before it or behind."""
    gap = " " * (width - width_of(text))
    return gap + text if right else text + gap
