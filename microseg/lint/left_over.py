"""What is left of a text once words of grammar, praise, numbers and products in general are struck out."""

from __future__ import annotations

from microseg.words.tokens import lowered_words, stem
from microseg.words.vocabulary import LEFT, QUALITY, classes


def left_over(text: str, *, with_praise: bool = False) -> list[str]:
    """The stems of the words that tell a situation, in order, repeats included; `with_praise` keeps words of quality."""
    words = lowered_words(text)
    kept = {LEFT, QUALITY} if with_praise else {LEFT}
    return [stem(word) for word, mark in zip(words, classes(words), strict=True) if mark.kind in kept]
