"""What is left of a text once words of grammar, praise, numbers and products in general are struck out."""

from __future__ import annotations

from microseg.words.look import words_in
from microseg.words.shape import MAY_WISH
from microseg.words.vocabulary import LEFT, QUALITY


def left_over(text: str, *, with_praise: bool = False) -> list[str]:
    """The stems of the words that tell a situation, in order, repeats included; `with_praise` keeps words of quality."""
    kinds = _TELLING if with_praise else _LEFT
    return [word.stems for word in words_in(text) if word.first % MAY_WISH in kinds]  # as `class_of` does, without a call for each word


_LEFT = frozenset({LEFT})
_TELLING = frozenset({LEFT, QUALITY})
