"""The words that give a statement away: where they stand, and what they say about it."""

from typing import NamedTuple


class Giveaway(NamedTuple):
    """Words of a text and why they matter: character offsets (`text[start:end] == words`), reason for a reader."""

    start: int
    end: int
    words: str
    reason: str
