"""The smaller trained judges: how much the words of a text speak for a smell, and which of them speak loudest."""

from functools import lru_cache
from math import sqrt

from microseg.words.features import MOST_CHARACTERS, edge_parts, pair_parts
from microseg.words.lexicon import stop_words
from microseg.words.tokens import lowered_words, tokens
from microseg.words.vocabulary import LEFT, word_class
from microseg.words.weights import weights


def evidence(text: str, judge: str, signs: tuple[bool, ...]) -> float:
    """Return the log-odds that a text smells; `judge` is the name of its weights, `signs` what rules have found."""
    known = weights(judge)
    words = lowered_words(text[:MOST_CHARACTERS])
    told = sum((weight for weight, sign in zip(known.shape, signs, strict=True) if sign), start=0.0)
    if not words:
        return known.bias + told
    start, end = edge_parts(len(known.pairs))
    firsts, seconds = zip(*(pair_parts(word, len(known.pairs)) for word in words), strict=True)
    steps = sum([known.pairs[one + two] for one, two in zip((start, *firsts), (*seconds, end), strict=True)])
    each = sum(_weight(word, judge) for word in words)
    score: float = (each + steps * known.pair_step) / sqrt(len(words)) + told + known.bias
    return score


def smells(text: str, judge: str, signs: tuple[bool, ...]) -> bool:
    """Say whether the evidence is enough to speak of it."""
    return evidence(text, judge, signs) >= weights(judge).maybe[""]


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
def _weight(word: str, judge: str) -> float:
    return weights(judge).word(word, left=word_class(word).kind == LEFT)
