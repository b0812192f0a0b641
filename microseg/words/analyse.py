"""What a statement says by itself, before anybody knows whose it is: plain values that can be cached and sent on.

The question is turned round: strike out the words that carry grammar, praise or the product in general; what is
left? A minimum expected requirement leaves almost nothing.
"""

from array import array
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from microseg.words.features import MOST_CHARACTERS, edge_parts, pair_parts
from microseg.words.language import is_english, may_be_foreign
from microseg.words.shape import CLASS_FLAG, FLAG, Counts, frame_slots, rest_slots, unpacked
from microseg.words.tokens import lowered_words, stem
from microseg.words.vocabulary import LEFT, Mark, classes, phrase_mates, word_class
from microseg.words.weights import weights


class Analysis(NamedTuple):
    """What the judge keeps of a statement; the same for every segment.

    `score` is the weight of evidence for "every product owes it", in log-odds; `left` holds the stems of the words that
    are left over, each with what it adds before the sum is divided by the root of `words`, the number of all words;
    `praised` says that quality words stand beside them, `family` which quality family is named most; `stems` are all
    stems in a line (`stem_line`).
    """

    english: bool
    score: float
    left: tuple[tuple[str, float], ...]
    words: int
    praised: bool
    family: str
    stems: str


class _Seen(NamedTuple):
    """What stands between two spaces: mostly one word, else the words of a compound, taken together."""

    weight: float
    flags: int
    opening: int  # the last word as the first of a pair
    closing: int  # the first word as the second of a pair
    stems: str
    left: tuple[tuple[str, float], ...]
    first: int  # class of the first word
    families: tuple[str, ...]
    mates: tuple[str, ...]  # of a word that may belong to a phrase: another word of it, without which it does not


_KEYED = FLAG["keys"]
_NOTHING = Analysis(True, -9.0, (), 0, False, "", "  ")


def analyse(text: str) -> Analysis:
    """Take a statement apart, without looking at its segment."""
    text = text[:MOST_CHARACTERS]
    seen = list(filter(None, map(_seen, text.split())))
    if not seen:
        return _NOTHING
    each, flags, openings, closings, stems, lefts, *_ = zip(*seen, strict=True)
    total = sum(flags)
    if total >= _KEYED and _may_hold_phrase(text.lower(), seen):
        seen = _with_phrases(text)
        each, flags, openings, closings, stems, lefts, *_ = zip(*seen, strict=True)
        total = sum(flags)
    table, step, start, end = _pair_table()
    steps = sum([table[one + two] for one, two in zip((start, *openings), (*closings, end), strict=True)])
    counts, shape = _shape(total % _KEYED, seen[0].first)
    root = counts.words**-0.5
    return Analysis(
        (not counts.foreign and text.isascii()) or is_english(text),
        (sum(each) + steps * step) * root + shape,
        tuple(chain.from_iterable(lefts)),
        counts.words,
        counts.quality > 0,
        _family(seen) if counts.quality else "",
        f" {' '.join(stems)} ",
    )


@cache
def rest_score(quality: bool, left: int) -> float:
    """Return what it adds that `left` words are left over, in log-odds; `quality`: there is praise beside them."""
    shape = weights("mer").shape
    return sum(shape[slot] for slot in rest_slots(left, quality))


def _may_hold_phrase(lowered: str, seen: list[_Seen]) -> bool:
    return any(mate in lowered for one in seen for mate in one.mates)


def _with_phrases(text: str) -> list[_Seen]:
    """Look at a statement that may hold a quality told in several words: word by word, phrases first."""
    words = lowered_words(text)
    return list(map(_look, words, classes(words)))


def _family(seen: list[_Seen]) -> str:
    named = [family for one in seen for family in one.families]
    return named[0] if len(named) == 1 else max(named, key=named.count)


@lru_cache(maxsize=1 << 14)
def _shape(flags: int, first: int) -> tuple[Counts, float]:
    """Return the counts of a statement and what they add, with the bias."""
    counts = unpacked(flags)
    known = weights("mer")
    frame = sum(known.shape[slot] for slot in frame_slots(counts, first))
    return counts, known.bias + frame + rest_score(counts.quality > 0, counts.left)


@lru_cache(maxsize=1 << 16)
def _seen(chunk: str) -> _Seen | None:
    words = lowered_words(chunk)
    if not words:
        return None
    looks = [_look(word, word_class(word)) for word in words]
    if len(looks) == 1 and not phrase_mates(words[0]):
        return looks[0]
    table, step, _, _ = _pair_table()
    inner = sum(table[one.opening + two.closing] for one, two in pairwise(looks))
    return _Seen(
        sum(one.weight for one in looks) + inner * step,
        sum(one.flags for one in looks) + _KEYED * any(map(phrase_mates, words)),
        looks[-1].opening,
        looks[0].closing,
        " ".join(one.stems for one in looks),
        tuple(pair for one in looks for pair in one.left),
        looks[0].first,
        tuple(family for one in looks for family in one.families),
        tuple(mate for word in words for mate in phrase_mates(word)),
    )


@lru_cache(maxsize=1 << 16)
def _look(word: str, mark: Mark) -> _Seen:
    known = weights("mer")
    weight = known.word(word, left=word_class(word).kind == LEFT)
    opening, closing = pair_parts(word, len(known.pairs))
    flags = FLAG["words"] + CLASS_FLAG[mark.kind] + FLAG["foreign"] * may_be_foreign(word)
    stemmed = stem(word)
    left = ((stemmed, weight),) if mark.kind == LEFT else ()
    return _Seen(weight, flags, opening, closing, stemmed, left, mark.kind, (mark.family,) if mark.family else (), ())


@cache
def _pair_table() -> "tuple[array[int], float, int, int]":
    known = weights("mer")
    start, end = edge_parts(len(known.pairs))
    return known.pairs, known.pair_step, start, end
