"""When two statements say the same: by the stems of their content words, whatever their order, grammar and stop words.

Two statements are alike when they share three content words of four, agree in what they deny, and differ in no
number. A paraphrase that shares no word is out of reach. Only statements that share three of their rarest words are
ever compared, and only with the first of those that say the same, so that thousands of siblings stay cheap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import chain, combinations
from typing import NamedTuple

from microseg.words.language import is_english
from microseg.words.tokens import content_stem, lowered_words, stem

_DENYING = """
no not never nobody none nothing neither nor nowhere without cannot can't cant don't doesn't didn't isn't aren't won't
wasn't weren't hasn't haven't couldn't wouldn't
"""
NEGATIONS = frozenset(_DENYING.split())

_SHARE = (3, 4)
_SHORTEST = 3  # below this many content words, and where it is not English, only the very same ones count as alike
_TOGETHER = 3
_MEMO = 1 << 17
_ByWords = dict[tuple[frozenset[str], tuple[str, ...]], list[int]]  # numbers and telling words to places among the leaders


class Sense(NamedTuple):
    """What a statement says, as far as words tell: its content stems, the numbers among them, whether it denies."""

    stems: frozenset[str]
    numbers: frozenset[str]
    denies: bool
    text: str


@lru_cache(maxsize=_MEMO)
def sense(text: str) -> Sense:
    """The sense of a statement; one without content words is told by all its words."""
    words = lowered_words(text)
    stems = frozenset(known for word in words if (known := content_stem(word))) or frozenset(map(stem, words))
    return Sense(stems, frozenset(word for word in stems if word[0].isdigit()), not NEGATIONS.isdisjoint(words), text)


def alike(first: Sense, second: Sense) -> bool:
    """Do two statements say the same?"""
    if first.denies != second.denies or first.numbers != second.numbers or not first.stems:
        return False
    if first.stems == second.stems:
        return True
    if min(len(first.stems), len(second.stems)) < _SHORTEST:
        return False
    shared = len(first.stems & second.stems)
    return shared * _SHARE[1] >= len(first.stems | second.stems) * _SHARE[0] and is_english(first.text) and is_english(second.text)


class Index:
    """Statements to be found by what they say. Numbers stand for them: the order in which they were given."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Put every statement in; of those that say the same only the first is compared with."""
        senses = [sense(text) for text in texts]
        self._rare = Counter(chain.from_iterable(one.stems for one in senses))
        self._leaders: list[tuple[Sense, int]] = []
        self._exact: dict[tuple[frozenset[str], bool], int] = {}
        self._shared: _ByWords = {}
        self.group_of = tuple(self._put(one, number) for number, one in enumerate(senses))

    def find(self, text: str) -> int | None:
        """The number of the first statement that says the same, or None."""
        one = sense(text)
        exact = self._exact.get((one.stems, one.denies))
        return exact if exact is not None else self._first_alike(one, self._telling(one, others=0), self._whole)

    @cached_property
    def _whole(self) -> _ByWords:
        """Every leader by its telling words; only statements from elsewhere can share a word that stands here once."""
        found: _ByWords = {}
        for place, (one, _) in enumerate(self._leaders):
            for words in self._telling(one, others=0):
                found.setdefault((one.numbers, words), []).append(place)
        return found

    def _put(self, one: Sense, number: int) -> int:
        exact = self._exact.get((one.stems, one.denies))
        if exact is not None:
            return exact
        telling = list(self._telling(one, others=1))
        found = self._first_alike(one, telling, self._shared)
        if found is not None:
            return found
        for words in telling:
            self._shared.setdefault((one.numbers, words), []).append(len(self._leaders))
        self._leaders.append((one, number))
        self._exact[one.stems, one.denies] = number
        return number

    def _first_alike(self, one: Sense, telling: Iterable[tuple[str, ...]], known: _ByWords) -> int | None:
        met = {place for words in telling for place in known.get((one.numbers, words), ())}
        numbers = (self._leaders[place][1] for place in sorted(met) if alike(one, self._leaders[place][0]))
        return next(numbers, None)

    def _telling(self, one: Sense, *, others: int) -> Iterator[tuple[str, ...]]:
        """Threes of the rarest words that more than `others` statements have, of which two alike ones share at least one.

        Of n words they share three quarters, m. The n - m + k rarest of each then have k in common (prefix filtering,
        Chaudhuri, Ganti and Kaushik 2006, for k = 1); three words tell a statement even where words are few. Words
        that nobody else has are the rarest of all, and are left out.
        """
        if len(one.stems) < _SHORTEST:
            return iter(())
        common = sorted(word for word in one.stems if self._rare[word] > others)
        needed = -(-len(one.stems) * _SHARE[0] // _SHARE[1])
        if len(common) < needed:
            return iter(())
        common.sort(key=self._rare.__getitem__)
        return combinations(common[: len(common) - needed + _TOGETHER], _TOGETHER)


def groups(texts: Sequence[str]) -> tuple[int, ...]:
    """For each statement the number of the first one that says the same: its own where none came before."""
    return Index(texts).group_of
