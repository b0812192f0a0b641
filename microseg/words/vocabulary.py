"""Which class each word of a statement falls into: grammar, quality, generic product word, number, or left over."""

from collections.abc import Sequence
from functools import cache

from microseg.record import NamedTuple
from microseg.words.lexicon import FAMILIES, are_told, mapping_of, stop_words, words_of
from microseg.words.tokens import stem

FUNCTION, QUALITY, GENERIC, NUMBER, LEFT = range(5)

_DENYING = """
no not never nobody none nothing neither nor nowhere without cannot can't cant don't doesn't didn't isn't aren't won't
wasn't weren't hasn't haven't couldn't wouldn't
"""
NEGATIONS = frozenset(_DENYING.split())
"""Words that deny, as `lowered_words` gives them."""


class Mark(NamedTuple):
    """The class of one word, and the quality family that claims it (a file name), if one does."""

    kind: int
    family: str = ""


_FUNCTION, _, _GENERIC, _NUMBER, _LEFT = (Mark(kind) for kind in range(5))
_QUALITY = {str(number): Mark(QUALITY, family) for number, family in enumerate(FAMILIES)}
_BY_CODE = _QUALITY | {"generic": _GENERIC}


def classes(words: Sequence[str]) -> list[Mark]:
    """Class every word of a statement, phrases first; `words` as `lowered_words` gives them."""
    marks = list(map(word_class, words))
    stems = tuple(map(stem, words))
    for start, end, mark in phrases_in(stems) if tell_phrases(stems) else ():
        marks[start:end] = [mark] * (end - start)
    return marks


def tell_phrases(stems: Sequence[str]) -> bool:
    """Say whether a quality told in several words is among the stems of all words: quicker than to say where."""
    return are_told(stems, _phrase_lines())


def phrases_in(stems: tuple[str, ...]) -> list[tuple[int, int, Mark]]:
    """Return where qualities told in several words begin and end, among the stems of all words."""
    found = []
    known = phrases()
    for place in [place for place, word in enumerate(stems) if word in known]:
        for phrase, offset, mark in known[stems[place]]:
            start = place - offset
            if start >= 0 and stems[start : start + len(phrase)] == phrase:
                found.append((start, start + len(phrase), mark))
                break
    return found


def word_class(word: str) -> Mark:
    """Class one word by itself."""
    return class_of_stem(word, stem(word))


def class_of_stem(word: str, stemmed: str) -> Mark:
    """Class one word whose stem is known."""
    if word in stop_words():
        return _FUNCTION
    if word[0].isdigit():
        return _NUMBER
    code = mapping_of("classes").get(stemmed)
    return _LEFT if code is None else _BY_CODE[code]


@cache
def phrases() -> dict[str, tuple[tuple[tuple[str, ...], int, Mark], ...]]:
    """Return the qualities told in several words, by their rarest one: the stems, its place among them, their mark.

    Rarest: one that would be left over, else the longest that carries content, so that few statements need a closer
    look. Longer phrases come first; one of function words only is not looked for.
    """
    found: dict[str, tuple[tuple[tuple[str, ...], int, Mark], ...]] = {}
    held = iter(words_of("phrases"))
    for phrase, key, code in zip(held, held, held, strict=True):
        stems = tuple(phrase.split("_"))
        found[key] = (*found.get(key, ()), (stems, stems.index(key), _QUALITY[code]))
    return found


@cache
def _phrase_lines() -> dict[str, tuple[str, ...]]:
    """Return the same phrases as they stand in a line of stems."""
    return {key: tuple([f" {' '.join(stems)} " for stems, _, _ in known]) for key, known in phrases().items()}
