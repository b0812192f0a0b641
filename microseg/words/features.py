"""What the trained judges look at in a statement: each word, each pair of words, and a few counts.

Training enumerates the features here and gives each a weight; the judges add up the same weights without
enumerating. A test holds the two together.
"""

import itertools
from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter
from zlib import crc32

LETTER_SLOTS = 1 << 16
"""Into how many slots the letter groups of words are sorted."""
PAIR_SLOTS = 1 << 17
"""Into how many slots the pairs of words are sorted; half of them are the range of each part of a pair."""
LETTERS_SHARE = 0.4  # how much a letter group counts beside its word, whose own share is 1
SHAPE_SHARE = 0.3  # the same for a count
MEANING_SHARE = 0.6  # the same for the company that a word keeps
SENTENCE_SHARE = 0.8  # the same for what an encoder of sentences says of it
RARITY_SHARE = 0.5  # the same for how common a word is
KIND_SHARE = 0.35  # the same for a word that stands in a pain, against the same word in a solution
RANKS = (2000, 6000, 15000)  # by frequency in general English: where the steps of rarity lie
MOST_CHARACTERS = 1000  # of a statement; what follows is not looked at
UNITS = 256
"""Weights of words and pairs are whole numbers: so many units are one in log-odds."""
_MOST_LETTERS = 24  # of a word; what is longer was glued together
_SHORTEST = 3  # bytes: a word of one letter, edged, is one group
_PART = PAIR_SLOTS // 2 - 1
_LETTERS = LETTER_SLOTS - 1


def check_sum(word: str) -> int:
    """Return the number by which a word is looked up."""
    return crc32(word.encode())


def letter_slots(word: str) -> list[int]:
    """Return the slots of the letter groups of a word: three to five of its first letters, its edges marked."""
    edged = f"<{word[:_MOST_LETTERS]}>".encode()
    if len(edged) == _SHORTEST:
        return [crc32(edged) & _LETTERS]
    return [crc32(group) & _LETTERS for group in _groups(len(edged))(edged)]


@cache
def _groups(length: int) -> Callable[[bytes], tuple[bytes, ...]]:
    """Return what takes all letter groups from so many bytes at once."""
    return itemgetter(*[slice(start, start + long) for long in (3, 4, 5) for start in range(length - long + 1)])


def pair_parts(number: int) -> tuple[int, int]:
    """Return what a word, by its check sum, adds to the slot of a pair as its first and as its second word.

    The slot of a pair is the sum of the two: a sum, so that a statement is added up without a loop.
    """
    return number & _PART, (number >> 16) & _PART


START, END = pair_parts(check_sum("="))
"""The parts of the start and of the end of a statement."""


def pair_slots(words: Sequence[str]) -> list[int]:
    """Return the slots of all pairs of neighbouring words, the edges of the statement included."""
    parts = [(START, 0), *(pair_parts(check_sum(word)) for word in words), (0, END)]
    return [first + second for (first, _), (_, second) in itertools.pairwise(parts)]
