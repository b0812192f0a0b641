"""The trained weights of a judge, as the bytes they are shipped in."""

import sys
from array import array
from bisect import bisect_left
from functools import cache
from operator import itemgetter

from microseg.record import NamedTuple
from microseg.words.features import LETTER_SLOTS, PAIR_SLOTS, UNITS, letter_slots
from microseg.words.lexicon import FOLDER


class Weights(NamedTuple):
    """One judge: whole numbers of units for every word and slot, and where it decides.

    `words` is indexed as `known_words` is, `letters` by the slot of a letter group (`ZERO` added; empty for the judges of
    statements, which have one table together), `pairs` by the slot of a pair (steps of `PAIR_UNITS`, `ZERO` added;
    empty when the judge looks at no pairs), `shape` is in log-odds. `letter_step` is what one step of a letter group is worth
    in log-odds, `unknown` what a word that no list holds adds when it is left over. `sure` and `maybe` are the least scores of
    the two tiers by kind, the empty name when it is unknown; a judge with one tier has them equal.
    """

    words: "array[int]"
    letters: bytes
    pairs: bytes
    shape: tuple[float, ...]
    bias: float
    letter_step: float
    unknown: int
    sure: dict[str, float]
    maybe: dict[str, float]


PAIR_UNITS = 4
"""Units in one step of a pair's weight, which is kept in a byte."""
ZERO = 128
"""What a pair or letter group without a weight is kept as, so that no number is below nothing."""
STATEMENT_JUDGES = ("mer", "tilt", "solution_pain", "vague")
"""The judges of statements, which look at a word together, in the order in which a letter group keeps their steps."""
WORD_JUDGES = (*STATEMENT_JUDGES, "persona")
"""All who look at words, in the order in which what is seen of a word keeps their weights."""
SHAPE_STEP = 0.001


@cache
def weights(name: str) -> Weights:
    """Read the weights of one judge: NAME.bin holds the tables, NAME.settings.txt the thresholds."""
    settings = _settings(name)
    table = memoryview((FOLDER / f"{name}.bin").read_bytes())
    words = 2 * len(known_words())
    letters = words + LETTER_SLOTS * (name not in STATEMENT_JUDGES)
    pairs = letters + PAIR_SLOTS * ("pairs" in settings)
    return Weights(
        _numbers("h", table[:words]),
        table[words:letters].tobytes(),
        table[letters:pairs].tobytes(),
        tuple(step * SHAPE_STEP for step in _numbers("h", table[pairs:])),
        settings["bias"],
        settings["letter_step"],
        int(settings["unknown"]),
        _tier(settings, "sure"),
        _tier(settings, "maybe"),
    )


def _settings(name: str) -> dict[str, float]:
    lines = (FOLDER / f"{name}.settings.txt").read_text(encoding="utf-8").splitlines()
    return {key: float(value) for key, value in (line.split() for line in lines if not line.startswith("#"))}


def _tier(settings: dict[str, float], name: str) -> dict[str, float]:
    return {key.removeprefix(name).removeprefix("_"): value for key, value in settings.items() if key.startswith(name)}


@cache
def known_words() -> "array[int]":
    """Return the check sums of the words with weights of their own, in order."""
    return _numbers("I", memoryview((FOLDER / "known.bin").read_bytes()))


def known_place(number: int) -> int:
    """Return where a word stands in `known_words`, by its check sum, or -1."""
    known = known_words()
    place = bisect_left(known, number)
    return place if place < len(known) and known[place] == number else -1


def word_weights(word: str, number: int, *, left: bool) -> tuple[int, int, int, int, int]:
    """Return what a word is worth to each of `WORD_JUDGES`, in units; `number`: its check sum, `left`: it is left over."""
    place = known_place(number)
    if place >= 0:
        owed, tilt, cure, vague, person = _known_weights()
        return owed[place], tilt[place], cure[place], vague[place], person[place]
    steps, step = _letter_steps(word), _letter_units()
    more = _of_new_words() if left else _NOTHING
    # written out: a loop over five takes three times as long, and a workspace has thousands of words that no list holds
    return (
        round(steps[0] * step[0]) + more[0],
        round(steps[1] * step[1]) + more[1],
        round(steps[2] * step[2]) + more[2],
        round(steps[3] * step[3]) + more[3],
        round(steps[4] * step[4]) + more[4],
    )


_NOTHING = (0, 0, 0, 0, 0)


@cache
def _known_weights() -> "tuple[array[int], ...]":
    return tuple([weights(judge).words for judge in WORD_JUDGES])


@cache
def _letter_units() -> tuple[float, ...]:
    """Return for each judge what one step of a letter group is worth, in units."""
    return tuple([weights(judge).letter_step * UNITS for judge in WORD_JUDGES])


@cache
def _of_new_words() -> tuple[int, ...]:
    """Return for each judge what a word adds that no list holds and that is left over."""
    return tuple([weights(judge).unknown for judge in WORD_JUDGES])


def _letter_steps(word: str) -> tuple[int, int, int, int, int]:
    """Return the steps of all letter groups of a word, one sum for each of `WORD_JUDGES`."""
    slots = letter_slots(word)
    zero = ZERO * len(slots)
    picked = itemgetter(*slots, 0)  # with one more there is always a tuple
    table, person = _letters(), weights("persona").letters
    total = sum(picked(table)) - table[0]
    own = sum(picked(person)) - person[0] - zero
    return (total & 0xFFFF) - zero, (total >> 16 & 0xFFFF) - zero, (total >> 32 & 0xFFFF) - zero, (total >> 48 & 0xFFFF) - zero, own


@cache
def _letters() -> "array[int]":
    """Return for each slot the steps of the judges of statements in one number, so that they are summed up together."""
    return _numbers("Q", memoryview((FOLDER / "letters.bin").read_bytes()))


def _numbers(code: str, raw: memoryview) -> "array[int]":
    """Read little-endian whole numbers on any machine."""
    numbers = array(code, raw.tobytes())
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
