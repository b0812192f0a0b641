"""When two statements say the same: by the stems of their content words, whatever their order, grammar and stop words.

Two statements are alike when they share three content words of four, agree in what they deny, and differ in no
number. A paraphrase that shares no word is out of reach. A statement is only ever compared with the first of those
that say the same. Its words that nobody else says tell of nearly every statement that none is like it; of what is left,
only those that share rare words are looked at.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain, combinations
from types import MappingProxyType
from typing import TYPE_CHECKING

from microseg.record import NamedTuple, made
from microseg.words.features import MOST_CHARACTERS
from microseg.words.language import is_english
from microseg.words.look import seen_in
from microseg.words.memo import Memo
from microseg.words.tokens import content_stem
from microseg.words.vocabulary import NEGATIONS

if TYPE_CHECKING:
    from microseg.words.analyse import Analysis

_SHARE = (3, 4)
_ALONE = 7  # where more than every seventh word of two statements is in no other, they cannot be alike
_SHORTEST = 3  # below this many content words, and where it is not English, only the very same ones count as alike
_MEMO_TEXTS = 1 << 14  # a kilobyte each, in each process
_FEW = 48  # statements to be compared with, on average, that cost less than looking up threes of words
_MANY = 3_000
_THREE, _FIVE = 3, 5
_TOLD_BY = MappingProxyType({3: (3,), 4: (3, 4), 5: (4, 5)})  # by the number of words: alike ones have as many, or one more or less
_NONE: frozenset[str] = frozenset()
_Words = int | tuple[int, ...]  # a word is the place it has when the rarest come first
_ByWords = dict[tuple[frozenset[str], _Words], list[int]]  # numbers and telling words to places among the leaders


class Sense(NamedTuple):
    """What a statement says, as far as words tell: its content stems, the numbers among them, whether it denies."""

    stems: frozenset[str]
    numbers: frozenset[str]
    denies: bool
    text: str


def _sense(text: str) -> Sense:
    pieces = seen_in(text)
    content = [piece.content for piece in pieces]
    stems = frozenset(filter(None, content))
    if None not in content and stems:
        return made(Sense, (stems, _NONE, False, text))
    closer = " ".join([piece.lower for piece in pieces if piece.content is None]).split()
    told = stems.union(filter(None, map(content_stem, closer))) or frozenset([word for piece in pieces for word in piece.stems.split()])
    return Sense(told, frozenset([word for word in told if word[:1].isdigit()]), not NEGATIONS.isdisjoint(closer), text)


sense = Memo(_sense, _MEMO_TEXTS).__getitem__
"""The sense of a statement; one without content words is told by all its words."""


def stems_of(text: str) -> frozenset[str]:
    """The content stems of a statement."""
    return sense(text).stems


def stems_in(text: str, analysis: Analysis) -> frozenset[str]:
    """The same by its analysis, which has cut it into words already."""
    return stems_of(text) if not analysis.content or len(text) > MOST_CHARACTERS else analysis.content


def alike(first: Sense, second: Sense) -> bool:
    """Do two statements say the same?"""
    one, other = first.stems, second.stems
    size, length = len(one), len(other)
    shared = len(one & other)
    if shared * _SHARE[1] < (size + length - shared) * _SHARE[0] or first.denies != second.denies or first.numbers != second.numbers or not one:
        return False
    if shared == size == length:
        return True
    return min(size, length) >= _SHORTEST and is_english(first.text) and is_english(second.text)


def shares_most(stems: frozenset[str], others: Iterable[frozenset[str]]) -> bool:
    """Does a statement share as many content stems with one of some others as those that say the same do? Quicker than to find it."""
    size, part, whole = len(stems), *_SHARE
    for other in others:
        shared = len(stems & other)
        if shared * whole >= (size + len(other) - shared) * part:
            return True
    return False


class Index:
    """Statements to be found by what they say. Numbers stand for them: the order in which they were given."""

    def __init__(self, texts: Iterable[str], *, together: int = 0) -> None:
        """Of statements that say the same only the first, their leader, is compared with.

        `together`: how many rare words tell a statement, 1, 3 or 5; left out, as many as keep the comparisons few.
        """
        self._texts = tuple(texts)
        self._together = together
        self._leaders: list[tuple[str, int]] = []
        self._exact: dict[tuple[frozenset[str], bool], int] = {}
        self._shared: _ByWords = {}

    @cached_property
    def group_of(self) -> tuple[int, ...]:
        """For each statement the number of the first one that says the same: its own where none came before."""
        senses = [sense(text) for text in self._texts]
        ranks = self._by_rarity([word for word, count in self._rare.items() if count > 1])
        rarest = [_rarest(one.stems, ranks, 1) for one in senses]
        self._together = self._together or self._needed_together(rarest, list(ranks))
        telling = rarest if self._together == 1 else [self._telling(one, ranks) for one in senses]
        return tuple([self._put(one, number, telling[number]) for number, one in enumerate(senses)])

    def find(self, text: str) -> int | None:
        """The number of the first statement that says the same, or None."""
        if not self.group_of:
            return None
        one = sense(text)
        exact = self._exact.get((one.stems, one.denies))
        if exact is not None:
            return exact
        telling = self._telling(one, self._ranks)
        return self._first_alike(one, telling, self._whole) if telling else None

    @cached_property
    def _rare(self) -> Counter[str]:
        return Counter(chain.from_iterable([sense(text).stems for text in self._texts]))

    @cached_property
    def _ranks(self) -> dict[str, int]:
        return self._by_rarity(self._rare)

    @cached_property
    def _whole(self) -> _ByWords:
        """Every leader by its telling words; only statements from elsewhere can share a word that stands here once."""
        found: _ByWords = {}
        for place, (text, _) in enumerate(self._leaders):
            one = sense(text)
            for words in self._telling(one, self._ranks):
                found.setdefault((one.numbers, words), []).append(place)
        return found

    def _by_rarity(self, words: Iterable[str]) -> dict[str, int]:
        """The place of each word when the rarest come first."""
        ordered = sorted(words)
        ordered.sort(key=self._rare.__getitem__)
        return {word: place for place, word in enumerate(ordered)}

    def _needed_together(self, rarest: list[list[int]], words: list[str]) -> int:
        """How many rare words tell a statement: one, but more where so many share one that all would be compared with all."""
        counts = [self._rare[word] for word in words]
        met = sum(map(counts.__getitem__, chain.from_iterable(rarest)))
        return 1 if met <= _FEW * len(rarest) else _THREE if len(rarest) <= _MANY else _FIVE

    def _put(self, one: Sense, number: int, telling: Sequence[_Words]) -> int:
        key = one.stems, one.denies
        found = self._exact.get(key)
        if found is None and telling:
            found = self._first_alike(one, telling, self._shared)
        if found is not None:
            return found
        for words in telling:
            self._shared.setdefault((one.numbers, words), []).append(len(self._leaders))
        self._leaders.append((one.text, number))
        self._exact[key] = number
        return number

    def _first_alike(self, one: Sense, telling: Sequence[_Words], known: _ByWords) -> int | None:
        met: set[int] = set()
        for words in telling:
            met.update(known.get((one.numbers, words), ()))
        for place in sorted(met):
            text, number = self._leaders[place]
            if alike(one, sense(text)):
                return number
        return None

    def _telling(self, one: Sense, ranks: dict[str, int]) -> Sequence[_Words]:
        """Of its rarest words, those (or threes, or fives of them) of which two alike statements share at least one.

        Of n words they share three quarters, m. The n - m + k rarest of each then have k in common (prefix filtering,
        Chaudhuri, Ganti and Kaushik 2006, for k = 1). Words that nobody else has are the rarest of all, and are left
        out. Short statements have no five words in common: they are told by as many as they can share with their like.
        """
        if self._together == 1:
            return _rarest(one.stems, ranks, 1)
        told_by = (_THREE,) if self._together == _THREE else _TOLD_BY.get(len(one.stems), (_FIVE,))
        return [words for count in told_by for words in combinations(_rarest(one.stems, ranks, count), count)]


def _rarest(stems: frozenset[str], ranks: dict[str, int], together: int) -> list[int]:
    """So many of its rarest words that any alike one has `together` of them; none where nothing can be alike."""
    size = len(stems)
    common = stems & ranks.keys()
    needed = max(-(-size * _SHARE[0] // _SHARE[1]), together)
    if size < _SHORTEST or len(common) < needed:
        return []
    return sorted(map(ranks.__getitem__, common))[: len(common) - needed + together]


def groups(texts: Sequence[str], stems: Callable[[str], frozenset[str]] = stems_of) -> tuple[int, ...]:
    """For each statement the number of the first one that says the same: its own where none came before; `stems` gives their content stems."""
    return groups_among(texts, doubtful([stems(text) for text in texts]))


def groups_among(texts: Sequence[str], numbers: Sequence[int]) -> tuple[int, ...]:
    """The same, where only the statements with some `numbers` may say what another one says."""
    found = list(range(len(texts)))
    for number, first in zip(numbers, Index([texts[one] for one in numbers]).group_of, strict=True):
        found[number] = numbers[first]
    return tuple(found)


def doubtful(statements: Sequence[frozenset[str]]) -> list[int]:
    """The numbers of the statements, told by their content stems, that may say the same as another one: mostly none.

    Of n words a are nobody else's, of another's m words b. They share n - a at most, and m - b; for three of all four
    they must share 3/7 (n + m). So n - 7 a and m - 7 b may not come to less than 0 together.
    """
    counts = Counter(chain.from_iterable(statements))
    alone = {word for word, count in counts.items() if count == 1}
    slack = [len(words) - _ALONE * len(words & alone) for words in statements]
    most = max(slack, default=0)
    return [number for number, one in enumerate(slack) if one + most >= 0]
