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
    openers = phrases()
    for start, word in enumerate(words):
        for phrase, family in openers.get(word, ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                marks[start : start + len(phrase)] = [Mark(QUALITY, family)] * len(phrase)
                break
    return marks


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
def phrases() -> MappingProxyType[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Return the qualities told in several words, by their first word, the longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for family in FAMILIES:
        for line in entries(family):
            words = tuple(lowered_words(line))
            if len(words) > 1:
                found.setdefault(words[0], []).append((words, family))
    return MappingProxyType({first: tuple(sorted(group, key=lambda pair: (-len(pair[0]), pair))) for first, group in found.items()})


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
