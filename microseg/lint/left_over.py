"""What is left of a text once words of grammar, praise, numbers and products in general are struck out."""

from __future__ import annotations

from microseg.words.look import words_in
from microseg.words.shape import FLAG


def left_over(text: str, *, with_praise: bool = False) -> list[str]:
    """The stems of the words that tell a situation, in order, repeats included; `with_praise` keeps words of quality."""
    kept = FLAG["left"] + FLAG["quality"] * with_praise
    return [word.stems for word in words_in(text) if word.numbers & kept]
