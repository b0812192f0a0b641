"""What is wrong with how a pain is worded: a cure stands in its place, or no situation is told. One of the two at most."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from microseg.words.language import is_english
from microseg.words.tokens import content_stems
from microseg.words.wording import solution_in_disguise, vague

if TYPE_CHECKING:
    from microseg.words.giveaway import Giveaway

_MEMO = 1 << 16


class Fault(NamedTuple):
    """Which of the two it is, what to say of it, and the words that give it away (empty where they tell nothing)."""

    kind: Literal["cure", "vague"]
    reason: str
    words: str


@lru_cache(maxsize=_MEMO)
def fault_of(text: str) -> Fault | None:
    """The fault of a pain in English, if it has one."""
    cure, haze = solution_in_disguise(text), vague(text)
    if (cure is None and haze is None) or not is_english(text):
        return None
    # "We need", "No", "Lack of" open a wish; words further on that sound like one belong to a complaint
    if cure is not None and (haze is None or not text[: cure.start].strip()):
        return _fault("cure", cure)
    return _fault("vague", haze) if haze is not None else None


def _fault(kind: Literal["cure", "vague"], found: Giveaway) -> Fault:
    tells = content_stems(found.words) or " " in found.words
    return Fault(kind, found.reason.partition(";")[0], found.words if tells else "")
