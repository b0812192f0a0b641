"""How much the words of a text speak for a smell, and which of them speak loudest."""

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt

from microseg.words.features import MOST_CHARACTERS, UNITS, check_sum, letter_slots
from microseg.words.lexicon import stop_words
from microseg.words.tokens import tokens
from microseg.words.vocabulary import LEFT, word_class
from microseg.words.weights import STATEMENT_JUDGES, ZERO, known_place, letter_steps, weights


def evidence(words: Sequence[str], judge: str, signs: tuple[bool, ...]) -> float:
    """Return the log-odds that a text smells; `judge` is the name of its weights, `signs` what rules have found."""
    known = weights(judge)
    told = known.bias + sum([weight for weight, sign in zip(known.shape, signs, strict=True) if sign])
    return told + sum([_weight(word, judge) for word in words]) / (UNITS * sqrt(len(words) or 1))


def smells(words: Sequence[str], judge: str, signs: tuple[bool, ...]) -> bool:
    """Say whether the evidence is enough to speak of it."""
    return evidence(words, judge, signs) >= weights(judge).maybe[""]


def loudest(text: str, judge: str) -> tuple[int, int]:
    """Return where the word that speaks most for the smell stands (character offsets); the whole text without words.

    A word that carries content goes before one that carries grammar only.
    """
    found = tokens(text[:MOST_CHARACTERS])
    if not found:
        return 0, len(text)
    best = max(found, key=lambda token: (token.lower not in stop_words(), _weight(token.lower, judge), -token.start))
    return best.start, best.end


@lru_cache(maxsize=1 << 16)
def _weight(word: str, judge: str) -> int:
    known, place = weights(judge), known_place(check_sum(word))
    if place >= 0:
        return known.words[place]
    return known.new_word(_steps(word, judge), left=word_class(word).kind == LEFT)


def _steps(word: str, judge: str) -> int:
    if judge in STATEMENT_JUDGES:
        return letter_steps(word)[STATEMENT_JUDGES.index(judge)]
    return sum([weights(judge).letters[slot] - ZERO for slot in letter_slots(word)])
