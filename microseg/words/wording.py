"""Is a pain point a cure in disguise, or so vague that two readers would picture different things?"""

import re

from microseg.words.giveaway import Giveaway, at, matched
from microseg.words.learnt import loudest, smells
from microseg.words.tokens import lowered_words

_CURE = "a cure is named, the hurt is not; say what happens without it, to whom, and what it costs"
_VAGUE = "no situation that two readers would picture alike; say who does what, when, and what goes wrong"

_OPENER = re.compile(
    r"^(?:we|they|users|you|i|there)?\s*(?:really |just |also |urgently )?"
    r"(?:need|needs|want|wants|require|requires|wish for|lack|lacks|lacking|missing|no|lack of|absence of|should have|must have|would like|is no|are no|isn't any)\b",
    re.IGNORECASE,
)
_SITUATION = re.compile(
    r"\b(?:when|whenever|until|because|so|after|before|while|every|each|once|then|by hand|again|days?|weeks?|hours?|minutes?|knows?|told|tells?"
    r"|\d+|lost|loses?|miss(?:es|ed)?|waits?|has to|have to|must)\b",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"\b(?:nightmare|mess|chaos|painful|pain|frustrating|challenging|challenges?|difficult|hard|complicated|inefficient|suboptimal|issues?|problems?"
    r"|struggl\w+|empower|enable|improve|better|optimi[sz]e|streamline|leverage|enhance|transform|unlock|bad|poor|annoying|clunky|broken|tricky)\b",
    re.IGNORECASE,
)
_LENGTHS = 8  # steps of four words


def solution_in_disguise(text: str) -> Giveaway | None:
    """Find a cure standing where a pain belongs: "We need SSO", "No bulk edit"."""
    if not smells(text, "solution_pain", signs(text)):
        return None
    return matched(text, _OPENER, _CURE) or at(text, *loudest(text, "solution_pain"), _CURE)


def vague(text: str) -> Giveaway | None:
    """Find a statement without a situation: "Reporting is a nightmare"."""
    if not smells(text, "vague", signs(text)):
        return None
    return matched(text, _EMPTY, _VAGUE) or at(text, *loudest(text, "vague"), _VAGUE)


def names_a_cure(text: str) -> bool:
    """Say whether a text begins like a wish: "We need …", "No …"; a real pain may begin so too."""
    return _OPENER.search(text) is not None


def signs(text: str) -> tuple[bool, ...]:
    """Return what the rules see in a text; the trained judges of cures and of vague statements weigh it with the words."""
    length = len(lowered_words(text)) // 4
    return (
        names_a_cure(text),
        _SITUATION.search(text) is not None,
        _EMPTY.search(text) is not None,
        any(map(str.isdigit, text)),
        *(length == step for step in range(_LENGTHS)),
    )


SIGNS = 4 + _LENGTHS
"""How many signs there are."""
