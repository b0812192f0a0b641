"""What the trained judges look at in a statement: each word, each pair of words, and a few counts.

Training enumerates the features here and gives each a weight; the judges add up the same weights without
enumerating. A test holds the two together.
"""

import itertools
from functools import lru_cache
from zlib import crc32

from microseg.words.tokens import lowered_words

LETTERS_SHARE = 0.4  # how much a letter group counts beside its word, whose own share is 1
SHAPE_SHARE = 0.3  # the same for a count
MEANING_SHARE = 0.6  # the same for what is known of the company a word keeps
RARITY_SHARE = 0.5  # the same for how common a word is
RANKS = (2000, 6000, 15000)  # by frequency in general English: where the steps of rarity lie
MOST_CHARACTERS = 1000  # of a statement; what follows is not looked at
_EDGE = "="


def word_slots(word: str, size: int) -> tuple[int, tuple[int, ...]]:
    """Return the slot of a word and the slots of its letter groups (three to five, edges marked), each below `size`."""
    edged = f"<{word}>".encode()
    letters = tuple(crc32(edged[start : start + long]) % size for long in (3, 4, 5) for start in range(len(edged) - long + 1))
    return crc32(b"word " + edged) % size, letters


@lru_cache(maxsize=1 << 16)
def pair_parts(word: str, size: int) -> tuple[int, int]:
    """Return what a word adds to the slot of a pair as its first and as its second word.

    The slot of a pair is the sum of the two, below `size`: a sum, so that a statement is added up without a loop.
    """
    encoded = word.encode()
    return crc32(encoded + b" 1") % (size // 2), crc32(encoded + b" 2") % (size // 2)


def edge_parts(size: int) -> tuple[int, int]:
    """Return the parts of the start and of the end of a statement."""
    return pair_parts(_EDGE, size)


def pair_slots(text: str, size: int) -> list[int]:
    """Return the slots of all pairs of neighbouring words, the edges of the statement included."""
    parts = [edge_parts(size), *(pair_parts(word, size) for word in lowered_words(text)), edge_parts(size)]
    return [first + second for (first, _), (_, second) in itertools.pairwise(parts)]
