"""Scores: opportunity, RICE, and what Kano answers say."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from microseg.model.fields import NumberKind, key
from microseg.model.places import NOWHERE, At
from microseg.record import aside, record

SCORE_WORDS = ("low", "medium", "high")
_COUNT = NumberKind(low=0, whole=True)


@record
class Kano:
    """How many answers fell into each Kano category."""

    M: int | None = key(_COUNT, "Must-be: absent it upsets, present it does not please.")
    O: int | None = key(_COUNT, "One-dimensional: the more, the better.")
    A: int | None = key(_COUNT, "Attractive: a pleasant surprise.")
    I: int | None = key(_COUNT, "Indifferent.")
    R: int | None = key(_COUNT, "Reverse: they would rather not have it.")
    Q: int | None = key(_COUNT, "Questionable answers.")
    at: At = aside(NOWHERE)

    @property
    def better(self) -> Fraction | None:
        """(A + O) / (A + O + M + I), Berger et al. 1993; None when nobody gave one of the four."""
        answered = self._answered()
        return Fraction((self.A or 0) + (self.O or 0), answered) if answered else None

    @property
    def worse(self) -> Fraction | None:
        """-(O + M) / (A + O + M + I), Berger et al. 1993; None when nobody gave one of the four."""
        answered = self._answered()
        return Fraction(-((self.O or 0) + (self.M or 0)), answered) if answered else None

    @property
    def is_must_be(self) -> bool:
        """Worse <= -0.5 and Better < 0.5: table stakes by their own answers."""
        better, worse = self.better, self.worse
        return better is not None and worse is not None and worse <= Fraction(-1, 2) and better < Fraction(1, 2)

    def _answered(self) -> int:
        return sum(count or 0 for count in (self.A, self.O, self.M, self.I))


def opportunity(importance: str | None, satisfaction: str | None) -> Fraction | None:
    """Importance + max(importance - satisfaction, 0), 0 to 20 (Ulwick); None where a score is missing or a word."""
    if importance is None or satisfaction is None or importance in SCORE_WORDS or satisfaction in SCORE_WORDS:
        return None
    wanted, served = _number(importance), _number(satisfaction)
    return wanted if served >= wanted else 2 * wanted - served


_number = lru_cache(maxsize=1024)(Fraction)  # few scores are typed, and reading one takes longer than adding two
