"""How wide a text stands in a terminal, and where it folds: in cells, of which a Chinese sign takes two and an accent none."""

from __future__ import annotations

from microseg.source.text import width_of


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
        cells = width_of(sign)
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
