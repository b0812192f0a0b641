"""Where each sort of feature lies in a row."""

from functools import cache
from typing import NamedTuple

from microseg.words import person, shape
from microseg.words.features import LETTER_SLOTS, PAIR_SLOTS
from training.known import known_words


class Layout(NamedTuple):
    """The columns of one judge: known words, letter groups of other words, pairs, counts, and one for other words left over."""

    task: str
    words: int
    letters: int
    pairs: int
    shape: int

    @property
    def pairs_at(self) -> int:
        """Return the first column of the pairs."""
        return self.words + self.letters

    @property
    def shape_at(self) -> int:
        """Return the first column of the counts."""
        return self.pairs_at + self.pairs

    @property
    def unknown_at(self) -> int:
        """Return the column of left-over words that no list holds, the last one."""
        return self.shape_at + self.shape

    @property
    def columns(self) -> int:
        """Return the width of a row."""
        return self.unknown_at + 1


@cache
def layout_of(task: str) -> Layout:
    """Return the layout of a judge; only the judge of minimum expected requirements gains by pairs."""
    signs = {"mer": shape.SLOTS, "persona": person.SIGNS}.get(task, shape.SIGNS)
    return Layout(task, len(known_words()), LETTER_SLOTS, PAIR_SLOTS if task == "mer" else 0, signs)
