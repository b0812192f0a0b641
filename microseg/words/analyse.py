"""What a statement says by itself, before anybody knows whose it is: plain values that can be cached and sent on.

The question is turned round: strike out the words that carry grammar, praise or the product in general; what is
left? A minimum expected requirement leaves almost nothing.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from math import sqrt
from operator import add, itemgetter

from microseg.record import NamedTuple, made
from microseg.words.features import END, MOST_CHARACTERS, START, UNITS
from microseg.words.language import is_english, is_plainly_english
from microseg.words.lexicon import FAMILIES
from microseg.words.look import COUNTS, Seen, apart, seen_in, with_phrases, words_of
from microseg.words.memo import remembered
from microseg.words.shape import FAMILY, MAY_WISH, WISH, family_of, frame_slots, grammar_in, rest_slots, sign_slots, unpacked, wish_length
from microseg.words.tokens import lowered_words
from microseg.words.vocabulary import tell_phrases
from microseg.words.weights import PAIR_UNITS, ZERO, Weights, weights


class Analysis(NamedTuple):
    """What the judges keep of a statement; the same for every segment.

    `score` is the weight of evidence for "every product owes it", in log-odds, `tilt` what a pain adds to it and a
    solution takes away. `words` is the number of all words, `left` of those that are left over. `praised` says that
    quality words stand beside them, `family` which quality family is named most. `pieces` are what stands between
    spaces, `stems` the stems of all words. `cure` and `vague` are the weights of evidence that a pain names a cure, or
    tells no situation; from 0 on it is spoken of. `content` holds the stems that carry content; none where that is to be looked at closer (see `Seen`).
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
    content: frozenset[str]


class _Frame(NamedTuple):
    """What the counts of a statement add, by judge, and what is to be looked at closer: the bits of `odd`."""

    words: int
    left: int
    root: float  # of a unit, divided by the root of the number of words
    quality: int
    odd: int
    score: float
    tilt: float
    cure: float
    vague: float


_FAMILIES = ("", *FAMILIES)
_NONE: frozenset[str] = frozenset()
_NOTHING = Analysis(True, -9.0, 0.0, 0, 0, False, "", (), (), -9.0, -9.0, _NONE)
_SEVERAL = 3  # of two either both name one family, or the first of them goes before
_NO_WISH = (0.0, 0.0)
_OPENING = 40  # characters in which the start of a wish has room
_FOREIGN, _KEYED, _COMPOUND, _WISHING = 1, 2, 4, 8


def analyse(text: str) -> Analysis:
    """Take a statement apart, without looking at its segment."""
    text = text[:MOST_CHARACTERS]
    pieces = seen_in(text)
    if not pieces:
        return _NOTHING
    numbers, firsts, openings, closings, stems, content, _, _ = zip(*pieces)  # noqa: B905 - all of one length: to say so takes a fifth of its time
    total = sum(numbers)
    pairs = itemgetter(START + closings[0], openings[-1] + END, *map(add, openings, closings[1:]))
    steps = sum(pairs(_pair_table())) - ZERO * (len(openings) + 1)
    english, wish = True, _NO_WISH
    count, left, root, quality, odd, more_score, more_tilt, more_cure, more_vague = _frame((total & COUNTS, firsts[0]))
    if odd:
        words: Iterable[Seen] = pieces
        if odd & _COMPOUND:
            words = words_of(pieces)
            firsts, stems = tuple([word.first for word in words]), tuple([word.stems for word in words])
        if odd & _KEYED and tell_phrases(stems):
            pieces = with_phrases(words, stems)
            firsts, counts = tuple([word.first for word in pieces]), sum([word.numbers for word in pieces]) & COUNTS
            count, left, root, quality, odd, more_score, more_tilt, more_cure, more_vague = _frame((counts, firsts[0]))
        if odd & _WISHING and wish_length(lowered_words(text[:_OPENING])):
            wish = _wish()
        english = not odd & _FOREIGN or is_plainly_english(text, *grammar_in(total)) or is_english(text)
    score, tilt, cure, vague = apart(total)
    return made(
        Analysis,
        (
            english,
            (score + PAIR_UNITS * steps) * root + more_score,
            tilt * root + more_tilt,
            count,
            left,
            quality > 0,
            _family(firsts) if quality else "",
            pieces,
            stems,
            cure * root + more_cure + wish[0],
            vague * root + more_vague + wish[1],
            _NONE if None in content else frozenset(filter(None, content)),
        ),
    )


def line_of(analysis: Analysis) -> str:
    """Return all stems of a statement in one line, as `stem_line` writes it."""
    return f" {' '.join(analysis.stems)} "


@cache
def rest_score(praised: bool, left: int) -> tuple[float, float]:
    """Return what it adds to score and tilt that `left` words are left over; `praised`: there is praise beside them."""
    slots = rest_slots(left, praised)
    return sum(weights("mer").shape[slot] for slot in slots), sum(weights("tilt").shape[slot] for slot in slots)


def _family(firsts: Sequence[int]) -> str:
    """Return the family that most words name, the first of them."""
    named = [one for one in firsts if one >= FAMILY]
    if len(named) < _SEVERAL:
        return _FAMILIES[family_of(named[0])]
    families = list(map(family_of, named))
    return _FAMILIES[max(families, key=families.count)]


@cache
def _wish() -> tuple[float, float]:
    """Return what it adds to a cure and to a vague statement that a text begins like a wish."""
    return weights("solution_pain").shape[WISH], weights("vague").shape[WISH]


@remembered
def _frame(known: tuple[int, int]) -> _Frame:
    """Return what the counts of a statement add, with the biases; `known`: the counts, and what is kept of the first word."""
    words, left, quality, generic, numbers, situation, haze, foreign, keys, compounds = unpacked(known[0])
    score, tilt = _counted(min(quality, 3), min(generic, 3), min(numbers, 2), known[1] % MAY_WISH)
    rest = rest_score(quality > 0, left)
    cure, vague = _signed(situation > 0, haze > 0, numbers > 0, words // 4)
    root = 1 / (UNITS * sqrt(words))
    odd = _FOREIGN * (foreign > 0) + _KEYED * (keys > 0) + _COMPOUND * (compounds > 0) + _WISHING * (known[1] & MAY_WISH > 0)
    return made(_Frame, (words, left, root, quality, odd, score + rest[0], tilt + rest[1], cure, vague))


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
def _pair_table() -> bytes:
    return weights("mer").pairs
