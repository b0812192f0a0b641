"""How much the words of a text speak for a smell, and which of them speak loudest."""

from collections.abc import Sequence
from functools import cache
from math import sqrt

from microseg.words.features import UNITS
from microseg.words.lexicon import stop_words
from microseg.words.look import look_at, weight_in
from microseg.words.tokens import Token
from microseg.words.weights import WORD_JUDGES, weights


def evidence(words: Sequence[str], judge: str, signs: tuple[bool, ...]) -> float:
    """Return the log-odds that a text smells; `judge` is the name of its weights, `signs` what rules have found."""
    place = WORD_JUDGES.index(judge)
    return _told(judge, signs) + sum([weight_in(look_at(word).numbers, place) for word in words]) / (UNITS * sqrt(len(words) or 1))


def smells_of_person(numbers: int, words: int, signs: tuple[bool, ...]) -> bool:
    """Say whether the evidence for one person is enough to speak of it; `numbers`: the sum of those of all words, `words`: how many there are."""
    return _told("persona", signs) + weight_in(numbers, _PERSON) / (UNITS * sqrt(words or 1)) >= weights("persona").maybe[""]


_PERSON = WORD_JUDGES.index("persona")


def loudest(text: str, found: Sequence[Token], judge: str) -> tuple[int, int]:
    """Return where the word that speaks most for the smell stands (character offsets); the whole text without words.

    A word that carries content goes before one that carries grammar only. `found`: the words of the text.
    """
    if not found:
        return 0, len(text)
    place, grammar = WORD_JUDGES.index(judge), stop_words()
    telling = [token for token in found if token.lower not in grammar] or found
    best = max(telling, key=lambda token: weight_in(look_at(token.lower).numbers, place))  # of several the first
    return best.start, best.end


@cache
def _told(judge: str, signs: tuple[bool, ...]) -> float:
    """Return what the signs add, with the bias."""
    known = weights(judge)
    return known.bias + sum([weight for weight, sign in zip(known.shape, signs, strict=True) if sign])
