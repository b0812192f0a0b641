"""The words that have weights of their own: the commonest of general English, and those of the corpus."""

from functools import cache

from microseg.words.features import check_sum
from microseg.words.tokens import lowered_words
from training import vectors
from training.corpus import read_folder


@cache
def known_words() -> tuple[str, ...]:
    """Return the words in the order in which they ship, by check sum; of two with one sum the commoner one is known."""
    first_of_sum: dict[int, str] = {}
    for word in (*vectors.ranks(), *sorted(_taught())):
        first_of_sum.setdefault(check_sum(word), word)
    return tuple(word for _, word in sorted(first_of_sum.items()))


@cache
def places() -> dict[str, int]:
    """Return where each word stands in `known_words`."""
    return {word: place for place, word in enumerate(known_words())}


@cache
def _taught() -> frozenset[str]:
    return frozenset(word for one in read_folder() for word in lowered_words(one.text))
