"""The words that give a statement away: where they stand, and what they say about it."""

import re
from functools import cache
from typing import NamedTuple

from microseg.words.lexicon import entries
from microseg.words.tokens import Token, lowered_words, stem


class Giveaway(NamedTuple):
    """Words of a text and why they matter: character offsets (`text[start:end] == words`), reason for a reader."""

    start: int
    end: int
    words: str
    reason: str


def at(text: str, start: int, end: int, reason: str) -> Giveaway:
    """Return the giveaway that stands between two offsets."""
    return Giveaway(start, end, text[start:end], reason)


def matched(text: str, pattern: re.Pattern[str], reason: str) -> Giveaway | None:
    """Return the first place where a pattern fits."""
    match = pattern.search(text)
    return at(text, match.start(), match.end(), reason) if match else None


def listed(text: str, found: tuple[Token, ...], name: str, reason: str) -> Giveaway | None:
    """Return the first words of a text that stand in a word list, in any inflection; `found` are its tokens."""
    known = _by_first(name)
    for place, token in enumerate(found):
        for stems in known.get(token.stem, ()):
            if tuple(one.stem for one in found[place : place + len(stems)]) == stems:
                return at(text, token.start, found[place + len(stems) - 1].end, reason)
    return None


@cache
def _by_first(name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    known: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in entries(name):
        stems = tuple(map(stem, lowered_words(line)))
        known[stems[0]] = (*known.get(stems[0], ()), stems)
    return known
