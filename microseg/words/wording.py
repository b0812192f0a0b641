"""Is a pain point a cure in disguise, or so vague that two readers would picture different things?"""

from functools import lru_cache

from microseg.words.analyse import Analysis, analyse
from microseg.words.features import MOST_CHARACTERS
from microseg.words.giveaway import Giveaway, at
from microseg.words.learnt import loudest
from microseg.words.lexicon import set_of
from microseg.words.shape import wish_length
from microseg.words.tokens import tokens

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
    found = tokens(text[:MOST_CHARACTERS])
    length = wish_length([token.lower for token in found])
    if length:
        return at(text, found[0].start, found[length - 1].end, _CURE)
    return at(text, *loudest(text, found, "solution_pain"), _CURE)


@lru_cache(maxsize=_MEMO)
def _haze_in(text: str) -> Giveaway:
    found = tokens(text[:MOST_CHARACTERS])
    first = next((token for token in found if token.lower in set_of("haze")), None)
    return at(text, first.start, first.end, _VAGUE) if first else at(text, *loudest(text, found, "vague"), _VAGUE)
