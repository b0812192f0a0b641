"""Which class each word of a statement falls into: grammar, quality, generic product word, number, or left over."""

from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

from microseg.words.lexicon import FAMILIES, entries, stop_words
from microseg.words.tokens import lowered_words, stem

FUNCTION, QUALITY, GENERIC, NUMBER, LEFT = range(5)


class Mark(NamedTuple):
    """The class of one word, and the quality family that claims it (a file name), if one does."""

    kind: int
    family: str = ""


_PLAIN = tuple(Mark(kind) for kind in range(5))


def classes(words: list[str]) -> list[Mark]:
    """Class every word of a statement, phrases first; `words` as `lowered_words` gives them."""
    marks = [word_class(word) for word in words]
    keyed = phrases()
    for place, word in enumerate(words):
        for phrase, offset, family in keyed.get(word, ()):
            start = place - offset
            if start >= 0 and tuple(words[start : start + len(phrase)]) == phrase:
                marks[start : start + len(phrase)] = [Mark(QUALITY, family)] * len(phrase)
                break
    return marks


def phrase_mates(word: str) -> tuple[str, ...]:
    """Return, for each quality of several words that may stand around this one, the longest of its other words."""
    known = phrases().get(word, ())
    return tuple(max(words[:place] + words[place + 1 :], key=len) for words, place, _ in known)


@lru_cache(maxsize=1 << 16)
def word_class(word: str) -> Mark:
    """Class one word by itself."""
    if word in stop_words():
        return _PLAIN[FUNCTION]
    if word[0].isdigit():
        return _PLAIN[NUMBER]
    known = stem(word)
    if family := _families().get(known):
        return Mark(QUALITY, family)
    return _PLAIN[GENERIC if known in _generic() else LEFT]


@cache
def phrases() -> MappingProxyType[str, tuple[tuple[tuple[str, ...], int, str], ...]]:
    """Return the qualities told in several words, by their rarest word: the words, its place among them, the family.

    Rarest: one that would be left over, else the longest that carries content, so that few statements need a closer
    look. Longer phrases come first; one of function words only is not looked for.
    """
    found: dict[str, list[tuple[tuple[str, ...], int, str]]] = {}
    for family in FAMILIES:
        for line in entries(family):
            words = tuple(lowered_words(line))
            if len(words) > 1 and (key := _rarest(words)) not in stop_words():
                found.setdefault(key, []).append((words, words.index(key), family))
    return MappingProxyType({key: tuple(sorted(group, key=lambda one: (-len(one[0]), one))) for key, group in found.items()})


def _rarest(words: tuple[str, ...]) -> str:
    return max(words, key=lambda word: (word not in stop_words(), word_class(word).kind == LEFT, len(word)))


@cache
def _families() -> dict[str, str]:
    known: dict[str, str] = {}
    for family in FAMILIES:
        for line in entries(family):
            words = lowered_words(line)
            if len(words) == 1:
                known.setdefault(stem(words[0]), family)
    return known


@cache
def _generic() -> frozenset[str]:
    return frozenset(stem(word) for line in entries("generic") for word in lowered_words(line))
