"""The counts that the judge of minimum expected requirements looks at beside the words, and their slots."""

from typing import NamedTuple

from microseg.words.vocabulary import FUNCTION, GENERIC, LEFT, NUMBER, QUALITY

SLOTS = 42
KIND_SLOTS = {"pain": 40, "solution": 41}
"""Slots of what stands in the file as a pain point or as an ideal solution."""

LONG = 15
"""Words from which a statement is long: a scene, which in real files is rarely what every product owes."""

FIELDS = ("words", "left", "quality", "generic", "numbers", "foreign", "keys")
FLAG = {name: 1 << (16 * place) for place, name in enumerate(FIELDS)}
"""Counts are summed packed, sixteen bits each: one addition a word; the last says that a word may key a phrase."""

CLASS_FLAG = {FUNCTION: 0, LEFT: FLAG["left"], QUALITY: FLAG["quality"], GENERIC: FLAG["generic"], NUMBER: FLAG["numbers"]}


class Counts(NamedTuple):
    """How many words there are in all, left over, of praise, generic, numbers, perhaps foreign."""

    words: int
    left: int
    quality: int
    generic: int
    numbers: int
    foreign: int


def unpacked(flags: int) -> Counts:
    """Turn a sum of flags into counts."""
    return Counts(*((flags >> (16 * place)) & 0xFFFF for place in range(len(FIELDS) - 1)))


def rest_slots(left: int, quality: bool) -> tuple[int, int]:
    """Return the slots that depend on how many words are left over, and whether there is praise beside them."""
    return min(left, 9), 26 + 2 * min(left, 6) + quality


def frame_slots(counts: Counts, first: int) -> tuple[int, int, int, int]:
    """Return the slots of the counts that no context changes; `first` is the class of the first word."""
    return (10 + min(counts.quality, 3), 14 + min(counts.generic, 3), 18 + min(counts.numbers, 2), 21 + first)


def tier_name(kind: str, *, long: bool) -> str:
    """Return the name under which the thresholds of a kind (empty when unknown) and length are kept."""
    return f"{kind}_long".lstrip("_") if long else kind
