"""The trained weights of a judge, as the bytes they are shipped in."""

import sys
from array import array
from bisect import bisect_left
from functools import cache, lru_cache
from typing import NamedTuple
from zlib import crc32

from microseg.words.features import LETTERS_SHARE, word_slots
from microseg.words.lexicon import entries, raw_bytes


class Weights(NamedTuple):
    """One judge: small whole numbers for every slot, what one step is worth, and where it decides.

    `words` and `pairs` are indexed by slot, `meanings` as `common_words` is; `shape` is in log-odds already.
    `sure` and `maybe` are the least scores of the two tiers by kind, the empty name when it is unknown; a judge with
    one tier has them equal.
    """

    words: "array[int]"
    pairs: "array[int]"
    meanings: "array[int]"
    shape: tuple[float, ...]
    bias: float
    word_step: float
    pair_step: float
    meaning_step: float
    unknown: float
    sure: dict[str, float]
    maybe: dict[str, float]

    def word(self, word: str, *, left: bool = True) -> float:
        """Return what one word adds in log-odds (before the length of its statement); `left`: it is left over."""
        whole, letters = word_slots(word, len(self.words))
        steps = self.words[whole] + LETTERS_SHARE * sum([self.words[slot] for slot in letters])
        place = common_place(word)
        meaning = self.meanings[place] * self.meaning_step if place >= 0 else self.unknown * left
        return steps * self.word_step + meaning


@cache
def weights(name: str) -> Weights:
    """Read the weights of one judge: NAME.bin holds the tables, NAME.settings.txt their sizes and the thresholds."""
    settings = {key: float(value) for key, value in (line.split() for line in entries(f"{name}.settings"))}
    table = memoryview(raw_bytes(f"{name}.bin"))
    words = int(settings["words"])
    pairs = words + int(settings["pairs"])
    meanings = pairs + len(common_words())
    return Weights(
        array("b", table[:words].tobytes()),
        array("b", table[words:pairs].tobytes()),
        array("b", table[pairs:meanings].tobytes()),
        tuple(step * settings["shape_step"] for step in _whole_numbers("h", table[meanings:])),
        settings["bias"],
        settings["word_step"],
        settings["pair_step"],
        settings["meaning_step"],
        settings["unknown"],
        _tier(settings, "sure"),
        _tier(settings, "maybe"),
    )


def _tier(settings: dict[str, float], name: str) -> dict[str, float]:
    return {key.removeprefix(name).removeprefix("_"): value for key, value in settings.items() if key.startswith(name)}


@cache
def common_words() -> "array[int]":
    """Return the check sums of the words whose company is known, in order."""
    return _whole_numbers("I", memoryview(raw_bytes("common.bin")))


@lru_cache(maxsize=1 << 16)
def common_place(word: str) -> int:
    """Return where a word stands in `common_words`, or -1."""
    known = common_words()
    sought = crc32(word.encode())
    place = bisect_left(known, sought)
    return place if place < len(known) and known[place] == sought else -1


def _whole_numbers(code: str, raw: memoryview) -> "array[int]":
    """Read little-endian whole numbers on any machine."""
    numbers = array(code, raw.tobytes())
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
