"""What is left of a text once words of grammar, praise, numbers and products in general are struck out."""

from __future__ import annotations

from microseg.words.look import is_left, words_in
from microseg.words.shape import class_of
from microseg.words.vocabulary import LEFT, QUALITY


def left_over(text: str, *, with_praise: bool = False) -> list[str]:
    """The stems of the words that tell a situation, in order, repeats included; `with_praise` keeps words of quality."""
    words = words_in(text)
    return [word.stems for word in words if class_of(word.first) in _TELLING] if with_praise else [word.stems for word in words if is_left(word)]


_TELLING = frozenset({LEFT, QUALITY})
