"""Is a pain point a cure in disguise, or so vague that two readers would picture different things?"""

from functools import lru_cache

from microseg.words.analyse import Analysis, analyse
from microseg.words.features import MOST_CHARACTERS
from microseg.words.giveaway import Giveaway, at
from microseg.words.learnt import loudest
from microseg.words.lexicon import set_of
from microseg.words.shape import wish_length
from microseg.words.tokens import token_span, token_words

_CURE = "a cure is named, the hurt is not; say what happens without it, to whom, and what it costs"
_VAGUE = "no situation that two readers would picture alike; say who does what, when, and what goes wrong"
_MEMO = 1 << 8  # several rules ask of the pains of one segment


def solution_in_disguise(text: str, analysis: Analysis | None = None) -> Giveaway | None:
    """Find a cure standing where a pain belongs: "We need SSO", "No bulk edit"; `analysis`: of the text, if at hand."""
    return None if (analysis or analyse(text)).cure < 0 else _cure_in(text)


def vague(text: str, analysis: Analysis | None = None) -> Giveaway | None:
    """Find a statement without a situation: "Reporting is a nightmare"; `analysis`: of the text, if at hand."""
    return None if (analysis or analyse(text)).vague < 0 else _haze_in(text)


@lru_cache(maxsize=_MEMO)
def _cure_in(text: str) -> Giveaway:
    told = text[:MOST_CHARACTERS]
    words = token_words(told)
    length = wish_length(words)
    if length:
        return at(text, token_span(told, 0)[0], token_span(told, length - 1)[1], _CURE)
    return at(text, *loudest(text, words, "solution_pain"), _CURE)


@lru_cache(maxsize=_MEMO)
def _haze_in(text: str) -> Giveaway:
    told = text[:MOST_CHARACTERS]
    words = token_words(told)
    first = next((number for number, word in enumerate(words) if word in set_of("haze")), None)
    return at(text, *(loudest(text, words, "vague") if first is None else token_span(told, first)), _VAGUE)
