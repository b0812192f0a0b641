"""What a statement says by itself, before anybody knows whose it is: plain values that can be cached and sent on.

The question is turned round: strike out the words that carry grammar, praise or the product in general; what is
left? A minimum expected requirement leaves almost nothing.
"""

from collections.abc import Iterable
from functools import cache, lru_cache
from math import sqrt
from operator import add

from microseg.record import NamedTuple
from microseg.words.features import END, MOST_CHARACTERS, START, UNITS
from microseg.words.language import is_english
from microseg.words.lexicon import FAMILIES
from microseg.words.look import Seen, apart, looks, with_phrases, words_of
from microseg.words.shape import CLAIMED, COUNTS, FIRST, MAY_WISH, WISH, family_of, frame_slots, rest_slots, sign_slots, unpacked, wish_length
from microseg.words.tokens import lowered_words
from microseg.words.weights import PAIR_UNITS, ZERO, Weights, weights


class Analysis(NamedTuple):
    """What the judges keep of a statement; the same for every segment.

    `score` is the weight of evidence for "every product owes it", in log-odds, `tilt` what a pain adds to it and a
    solution takes away. `words` is the number of all words, `left` of those that are left over. `praised` says that
    quality words stand beside them, `family` which quality family is named most. `pieces` are what stands between
    spaces, `stems` the stems of all words. `cure` and `vague` are the weights of evidence that a pain names a cure, or
    tells no situation; from 0 on it is spoken of.
    """

    english: bool
    score: float
    tilt: float
    words: int
    left: int
    praised: bool
    family: str
    pieces: tuple[Seen, ...]
    stems: tuple[str, ...]
    cure: float
    vague: float


class _Frame(NamedTuple):
    """What the counts of a statement add, by judge, and what is to be looked at closer."""

    words: int
    left: int
    root: float  # of a unit, divided by the root of the number of words
    praised: bool
    foreign: bool
    keyed: bool
    compound: bool
    wishing: bool
    score: float
    tilt: float
    cure: float
    vague: float


_FAMILIES = ("", *FAMILIES)
_NOTHING = Analysis(True, -9.0, 0.0, 0, 0, False, "", (), (), -9.0, -9.0)
_OPENING = 40  # characters in which the start of a wish has room


def analyse(text: str) -> Analysis:
    """Take a statement apart, without looking at its segment."""
    text = text[:MOST_CHARACTERS]
    pieces = tuple(filter(None, map(looks().__getitem__, text.split())))
    if not pieces:
        return _NOTHING
    found, flags, openings, closings, stems, _ = zip(*pieces, strict=True)
    frame = _frame(sum(flags) & COUNTS, flags[0] >> FIRST)
    if frame.compound:
        stems = tuple(" ".join(stems).split(" "))
    if frame.keyed and (again := with_phrases(pieces, stems)):
        pieces = again
        found, flags, openings, closings, stems, _ = zip(*pieces, strict=True)
        frame = _frame(sum(flags) & COUNTS, flags[0] >> FIRST)
    steps = sum(map(_pairs().__getitem__, map(add, (START, *openings), (*closings, END)))) - ZERO * (len(openings) + 1)
    score, tilt, cure, vague = apart(sum(found))
    wish = _wish(text[:_OPENING]) if frame.wishing else (0.0, 0.0)
    return Analysis(
        not frame.foreign or is_english(text),
        (score + PAIR_UNITS * steps) * frame.root + frame.score,
        tilt * frame.root + frame.tilt,
        frame.words,
        frame.left,
        frame.praised,
        _family(pieces, flags, compound=frame.compound) if frame.praised else "",
        pieces,
        stems,
        cure * frame.root + frame.cure + wish[0],
        vague * frame.root + frame.vague + wish[1],
    )


def line_of(analysis: Analysis) -> str:
    """Return all stems of a statement in one line, as `stem_line` writes it."""
    return f" {' '.join(analysis.stems)} "


@cache
def rest_score(praised: bool, left: int) -> tuple[float, float]:
    """Return what it adds to score and tilt that `left` words are left over; `praised`: there is praise beside them."""
    slots = rest_slots(left, praised)
    return sum(weights("mer").shape[slot] for slot in slots), sum(weights("tilt").shape[slot] for slot in slots)


def _family(pieces: tuple[Seen, ...], flags: Iterable[int], *, compound: bool) -> str:
    if compound:
        flags = [word.flags for word in words_of(pieces)]
    named = [one for one in flags if one >= CLAIMED]
    if len(named) == 1:
        return _FAMILIES[family_of(named[0])]
    families = [family_of(one) for one in named]
    return _FAMILIES[max(families, key=families.count)]


def _wish(text: str) -> tuple[float, float]:
    """Return what it adds to a cure and to a vague statement that a text begins like a wish."""
    if not wish_length(lowered_words(text)):
        return 0.0, 0.0
    return weights("solution_pain").shape[WISH], weights("vague").shape[WISH]


@lru_cache(maxsize=1 << 14)
def _frame(flags: int, first: int) -> _Frame:
    """Return what the counts of a statement add, with the biases; `first`: what the flags of the first piece hold beside them."""
    words, left, quality, generic, numbers, situation, haze, foreign, keys, compounds = unpacked(flags)
    praised = quality > 0
    score, tilt = _counted(min(quality, 3), min(generic, 3), min(numbers, 2), first % MAY_WISH)
    rest = rest_score(praised, left)
    cure, vague = _signed(situation > 0, haze > 0, numbers > 0, words // 4)
    root = 1 / (UNITS * sqrt(words))
    return _Frame(words, left, root, praised, foreign > 0, keys > 0, compounds > 0, first & MAY_WISH > 0, score + rest[0], tilt + rest[1], cure, vague)


@cache
def _counted(quality: int, generic: int, numbers: int, first: int) -> tuple[float, float]:
    """Return what the capped counts and the class of the first word add to score and tilt, with the bias."""
    slots = frame_slots(quality, generic, numbers, first)
    mer, tilt = weights("mer"), weights("tilt")
    return mer.bias + sum(mer.shape[slot] for slot in slots), sum(tilt.shape[slot] for slot in slots)


@cache
def _signed(situation: bool, haze: bool, numbers: bool, step: int) -> tuple[float, float]:
    """Return what the signs add to a cure and to a vague statement, with the bias and less the threshold."""
    slots = sign_slots(situation, haze, numbers, step)
    cure, vague = weights("solution_pain"), weights("vague")
    return _felt(cure, slots), _felt(vague, slots)


def _felt(known: Weights, slots: list[int]) -> float:
    return known.bias + sum(known.shape[slot] for slot in slots) - known.maybe[""]


@cache
def _pairs() -> bytes:
    return weights("mer").pairs
