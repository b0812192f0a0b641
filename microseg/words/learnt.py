"""How much the words of a text speak for a smell, and which of them speak loudest."""

from collections.abc import Sequence
from functools import cache
from math import sqrt

from microseg.words.features import MOST_CHARACTERS, UNITS
from microseg.words.lexicon import stop_words
from microseg.words.look import weight_in, weights_of
from microseg.words.tokens import token_span
from microseg.words.weights import WORD_JUDGES, weights


def evidence(words: Sequence[str], judge: str, signs: tuple[bool, ...]) -> float:
    """Return the log-odds that a text smells; `judge` is the name of its weights, `signs` what rules have found."""
    place = WORD_JUDGES.index(judge)
    return _told(judge, signs) + sum(weights_of(words, place)) / (UNITS * sqrt(len(words) or 1))


def smells_of_person(numbers: int, words: int, signs: tuple[bool, ...]) -> bool:
    """Say whether the evidence for one person is enough to speak of it; `numbers`: the sum of those of all words, `words`: how many there are."""
    return _told("persona", signs) + weight_in(numbers, _PERSON) / (UNITS * sqrt(words or 1)) >= weights("persona").maybe[""]


def may_smell_of_person(numbers: int, words: int, signs: tuple[bool, ...]) -> bool:
    """Say whether the evidence can be enough: it is if, of some signs, those hold that speak for one person."""
    return smells_of_person(numbers, words, _speaking("persona", signs))


_PERSON = WORD_JUDGES.index("persona")


def loudest(text: str, words: Sequence[str], judge: str) -> tuple[int, int]:
    """Return where the word that speaks most for the smell stands (character offsets); the whole text without words.

    A word that carries content goes before one that carries grammar only. `words`: the `token_words` of as much
    of the text as is looked at.
    """
    if not words:
        return 0, len(text)
    place, grammar = WORD_JUDGES.index(judge), stop_words()
    telling = [number for number, word in enumerate(words) if word not in grammar] or range(len(words))
    felt = weights_of([words[number] for number in telling], place)
    return token_span(text[:MOST_CHARACTERS], telling[felt.index(max(felt))])  # of several the first


@cache
def _speaking(judge: str, signs: tuple[bool, ...]) -> tuple[bool, ...]:
    """Return which of some signs speak for the smell."""
    return tuple([sign and weight > 0 for weight, sign in zip(weights(judge).shape, signs, strict=True)])


@cache
def _told(judge: str, signs: tuple[bool, ...]) -> float:
    """Return what the signs add, with the bias."""
    known = weights(judge)
    return known.bias + sum([weight for weight, sign in zip(known.shape, signs, strict=True) if sign])
