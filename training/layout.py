"""Where each sort of feature lies in a row."""

from functools import cache
from typing import NamedTuple

from microseg.words import person, shape, wording
from training import vectors


class Layout(NamedTuple):
    """The columns of one judge: word slots, pair slots, counts, common words, and one for all other words left over."""

    task: str
    words: int
    pairs: int
    shape: int
    common: int

    @property
    def pairs_at(self) -> int:
        """Return the first column of the pairs."""
        return self.words

    @property
    def shape_at(self) -> int:
        """Return the first column of the counts."""
        return self.words + self.pairs

    @property
    def common_at(self) -> int:
        """Return the first column of the common words."""
        return self.shape_at + self.shape

    @property
    def columns(self) -> int:
        """Return the width of a row."""
        return self.common_at + self.common + 1


@cache
def layout_of(task: str) -> Layout:
    """Return the layout of a judge; the smaller ones have fewer words to tell apart."""
    common = len(vectors.common_words())
    if task == "mer":
        return Layout(task, 1 << 19, 1 << 18, shape.SLOTS, common)
    signs = person.SIGNS if task == "persona" else wording.SIGNS
    return Layout(task, 1 << 17, 1 << 16, signs, common)
