"""Is a pain point a cure in disguise, or so vague that two readers would picture different things?"""

import re

from microseg.words.giveaway import Giveaway

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
_SHORT = 8


def solution_in_disguise(text: str) -> Giveaway | None:
    """Find a cure standing where a pain belongs: "We need SSO", "No bulk edit"."""
    opener = _OPENER.search(text.strip())
    if opener is None or _SITUATION.search(text, opener.end()):
        return None
    start = len(text) - len(text.lstrip())
    return Giveaway(start, start + opener.end(), text[start : start + opener.end()], _CURE)


def vague(text: str) -> Giveaway | None:
    """Find a statement without a situation: "Reporting is a nightmare"."""
    if len(text.split()) > _SHORT or not (empty := _EMPTY.search(text)):
        return None
    return Giveaway(empty.start(), empty.end(), empty.group(), _VAGUE)
