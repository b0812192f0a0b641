"""The words that give a statement away: where they stand, and what they say about it."""

import re

from microseg.record import NamedTuple
from microseg.words.lexicon import phrases_of
from microseg.words.tokens import Token


class Giveaway(NamedTuple):
    """Words of a text and why they matter: character offsets (`text[start:end] == words`), reason for a reader."""

    start: int
    end: int
    words: str
    reason: str


def at(text: str, start: int, end: int, reason: str) -> Giveaway:
    """Return the giveaway that stands between two offsets."""
    return Giveaway(start, end, text[start:end], reason)


def matched(text: str, pattern: str, reason: str, *, folded: bool = False) -> Giveaway | None:
    """Return the first place where a pattern fits; `folded`: in either case."""
    match = re.search(pattern, text, re.IGNORECASE if folded else 0)
    return at(text, match.start(), match.end(), reason) if match else None


def listed(text: str, found: tuple[Token, ...], name: str, reason: str) -> Giveaway | None:
    """Return the first words of a text that stand in a word list, in any inflection; `found` are its tokens."""
    known = phrases_of(name)
    for place, token in enumerate(found):
        for stems in known.get(token.stem, ()):
            if tuple(one.stem for one in found[place : place + len(stems)]) == stems:
                return at(text, token.start, found[place + len(stems) - 1].end, reason)
    return None
