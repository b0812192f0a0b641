"""The counts that the judges look at beside the words, and the slots of their weights."""

from collections.abc import Sequence
from functools import cache

from microseg.words.lexicon import phrases_of
from microseg.words.vocabulary import FUNCTION, GENERIC, LEFT, NUMBER, QUALITY

SLOTS = 42
KIND_SLOTS = {"pain": 40, "solution": 41}
"""Slots of what stands in the file as a pain point or as an ideal solution."""

LONG = 15
"""Words from which a statement is long: a scene, which in real files is rarely what every product owes."""

_BITS = 10  # of a count: a statement is cut before it has a thousand words
_FIELDS = ("words", "left", "quality", "generic", "numbers", "situation", "haze", "foreign", "keys", "compounds")
FLAG = {name: 1 << (_BITS * place) for place, name in enumerate(_FIELDS)}
"""Counts are summed packed, ten bits each: one addition a word.

`left` counts words that are left over, `foreign` those that may be of another language, `keys` those by which a
quality told in several words is looked for, `compounds` pieces of several words.
"""

CLASS_FLAG = {FUNCTION: 0, LEFT: FLAG["left"], QUALITY: FLAG["quality"], GENERIC: FLAG["generic"], NUMBER: FLAG["numbers"]}


def unpacked(flags: int) -> list[int]:
    """Turn a sum of flags into counts, in the order of `FLAG`."""
    return [flags >> shift & 0x3FF for shift in _SHIFTS]


def grammar_in(flags: int) -> tuple[int, int]:
    """Return of a sum of flags how many words carry grammar, and how many may be of another language."""
    words, left, quality, generic, numbers, _, _, foreign, _, _ = unpacked(flags)
    return words - left - quality - generic - numbers, foreign


def field(name: str) -> int:
    """Return the bits of one count."""
    return FLAG[name] * 0x3FF


COUNTED = _BITS * len(_FIELDS)
"""How many bits the counts take."""
_SHIFTS = range(0, COUNTED, _BITS)

MAY_WISH = 8
"""Beside the class of a piece's first word: a wish may begin with it."""
FAMILY = 16
"""Beside both: the number of the quality family that claims it, from 1 on, times this."""


def class_of(first: int) -> int:
    """Return the class of a word from what is kept of the first word of a piece."""
    return first % MAY_WISH


def family_of(first: int) -> int:
    """Return the number of the quality family that claims the first word of a piece, from 1 on, or 0."""
    return first // FAMILY


def rest_slots(left: int, quality: bool) -> tuple[int, int]:
    """Return the slots that depend on how many words are left over, and whether there is praise beside them."""
    return min(left, 9), 26 + 2 * min(left, 6) + quality


def frame_slots(quality: int, generic: int, numbers: int, first: int) -> tuple[int, int, int, int]:
    """Return the slots of the counts that no context changes; `first` is the class of the first word."""
    return (10 + min(quality, 3), 14 + min(generic, 3), 18 + min(numbers, 2), 21 + first)


WISH, _SITUATION, _HAZE, _NUMBERS, _LENGTH = range(5)
_LENGTHS = 8  # steps of four words
SIGNS = _LENGTH + _LENGTHS
"""How many signs the judges of cures and of vague statements weigh; the first says that a text begins like a wish."""


def sign_slots(situation: bool, haze: bool, numbers: bool, step: int) -> list[int]:
    """Return the slots of the signs that hold, but for the wish; `step` counts words in fours."""
    told = ((_SITUATION, situation), (_HAZE, haze), (_NUMBERS, numbers))
    return [*(slot for slot, holds in told if holds), *([_LENGTH + step] if step < _LENGTHS else [])]


_WISHERS = frozenset(("we", "they", "users", "you", "i", "there"))
_STRESS = frozenset(("really", "just", "also", "urgently"))


def wish_length(words: Sequence[str]) -> int:
    """Return how many words at the start of a text are those of a wish ("we really need", "no"), or 0.

    A real pain may begin so too.
    """
    start = int(bool(words) and words[0] in _WISHERS)
    start += len(words) > start and words[start] in _STRESS
    if len(words) == start:
        return 0
    for phrase in phrases_of("wish").get(words[start], ()):
        if tuple(words[start : start + len(phrase)]) == phrase:
            return start + len(phrase)
    return 0


@cache
def wishes() -> frozenset[str]:
    """Return the words that a wish may begin with."""
    return _WISHERS.union(_STRESS, phrases_of("wish"))


def tier_name(kind: str, *, long: bool) -> str:
    """Return the name under which the thresholds of a kind (empty when unknown) and length are kept."""
    return f"{kind}_long".lstrip("_") if long else kind
