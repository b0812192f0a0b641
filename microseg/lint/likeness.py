"""When two statements say the same: by the stems of their content words, whatever their order, grammar and stop words.

Two statements are alike when they share three content words of four, agree in what they deny, and differ in no
number. A paraphrase that shares no word is out of reach. Only statements that share rare words are ever compared, and
only with the first of those that say the same, so that thousands of siblings stay cheap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import chain, combinations
from types import MappingProxyType

from microseg.record import NamedTuple, made
from microseg.words.language import is_english
from microseg.words.tokens import content_stem, cut, lowered_words, stem

_DENYING = """
no not never nobody none nothing neither nor nowhere without cannot can't cant don't doesn't didn't isn't aren't won't
wasn't weren't hasn't haven't couldn't wouldn't
"""
NEGATIONS = frozenset(_DENYING.split())

_SHARE = (3, 4)
_SHORTEST = 3  # below this many content words, and where it is not English, only the very same ones count as alike
_MEMO = 1 << 14  # of statements; each counts in every process
_MEMO_TEXTS = 1 << 14  # a kilobyte each, in each process
_FEW = 48  # statements to be compared with, on average, that cost less than looking up threes of words
_MANY = 3_000
_THREE, _FIVE = 3, 5
_HANDFUL = 6
_TOLD_BY = MappingProxyType({3: (3,), 4: (3, 4), 5: (4, 5)})  # by the number of words: alike ones have as many, or one more or less
_NONE: frozenset[str] = frozenset()
_Words = str | tuple[str, ...]
_ByWords = dict[tuple[frozenset[str], _Words], list[int]]  # numbers and telling words to places among the leaders


class Sense(NamedTuple):
    """What a statement says, as far as words tell: its content stems, the numbers among them, whether it denies."""

    stems: frozenset[str]
    numbers: frozenset[str]
    denies: bool
    text: str


@lru_cache(maxsize=_MEMO_TEXTS)
def sense(text: str) -> Sense:
    """The sense of a statement; one without content words is told by all its words."""
    pieces = list(map(_piece, text.split()))
    stems = frozenset(chain.from_iterable([piece[0] for piece in pieces])) or frozenset(map(stem, lowered_words(text)))
    if not any(piece[1] for piece in pieces):
        return made(Sense, (stems, _NONE, False, text))
    numbers = frozenset([word for word in stems if word[0].isdigit()])
    return Sense(stems, numbers, not NEGATIONS.isdisjoint(lowered_words(text)), text)


@lru_cache(maxsize=_MEMO)
def _piece(piece: str) -> tuple[tuple[str, ...], bool]:
    """What stands between two spaces: its content stems, and whether one of its words denies or begins with a digit."""
    words = cut(piece)
    return tuple(filter(None, map(content_stem, words))), not NEGATIONS.isdisjoint(words) or any(stem(word)[:1].isdigit() for word in words)


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


class Index:
    """Statements to be found by what they say. Numbers stand for them: the order in which they were given."""

    def __init__(self, texts: Iterable[str], *, together: int = 0) -> None:
        """Put every statement in; of those that say the same only the first is compared with.

        `together`: how many rare words tell a statement, 1, 3 or 5; left out, as many as keep the comparisons few.
        """
        senses = [sense(text) for text in texts]
        self._rare = Counter(chain.from_iterable([one.stems for one in senses]))
        self._common = frozenset([word for word, count in self._rare.items() if count > 1])
        self._leaders: list[tuple[Sense, int]] = []
        self._exact: dict[tuple[frozenset[str], bool], int] = {}
        self._shared: _ByWords = {}
        rarest = [self._rarest(one, self._common, 1) for one in senses]
        self._together = together or self._needed_together(rarest)
        self.group_of = tuple([self._put(one, number, rarest[number]) for number, one in enumerate(senses)])

    def find(self, text: str) -> int | None:
        """The number of the first statement that says the same, or None."""
        one = sense(text)
        exact = self._exact.get((one.stems, one.denies))
        if exact is not None:
            return exact
        telling = self._telling(one, self._words)
        return self._first_alike(one, telling, self._whole) if telling else None

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(self._rare)

    @cached_property
    def _whole(self) -> _ByWords:
        """Every leader by its telling words; only statements from elsewhere can share a word that stands here once."""
        found: _ByWords = {}
        for place, (one, _) in enumerate(self._leaders):
            for words in self._telling(one, self._words):
                found.setdefault((one.numbers, words), []).append(place)
        return found

    def _needed_together(self, rarest: list[list[str]]) -> int:
        """How many rare words tell a statement: one, but more where so many share one that all would be compared with all."""
        met = sum([self._rare[word] for words in rarest for word in words])
        return 1 if met <= _FEW * len(rarest) else _THREE if len(rarest) <= _MANY else _FIVE

    def _put(self, one: Sense, number: int, rarest: list[str]) -> int:
        key = one.stems, one.denies
        exact = self._exact.get(key)
        if exact is not None:
            return exact
        telling: Sequence[_Words] = rarest if self._together == 1 else self._telling(one, self._common)
        found = self._first_alike(one, telling, self._shared) if telling else None
        if found is not None:
            return found
        for words in telling:
            self._shared.setdefault((one.numbers, words), []).append(len(self._leaders))
        self._leaders.append((one, number))
        self._exact[key] = number
        return number

    def _first_alike(self, one: Sense, telling: Iterable[_Words], known: _ByWords) -> int | None:
        met = {place for words in telling for place in known.get((one.numbers, words), ())}
        for place in sorted(met):
            if alike(one, self._leaders[place][0]):
                return self._leaders[place][1]
        return None

    def _telling(self, one: Sense, among: frozenset[str]) -> Sequence[_Words]:
        """Of its rarest words, those (or threes, or fives of them) of which two alike statements share at least one.

        Of n words they share three quarters, m. The n - m + k rarest of each then have k in common (prefix filtering,
        Chaudhuri, Ganti and Kaushik 2006, for k = 1). Words that nobody else has are the rarest of all, and are left
        out. Short statements have no five words in common: they are told by as many as they can share with their like.
        """
        if self._together == 1:
            return self._rarest(one, among, 1)
        told_by = (_THREE,) if self._together == _THREE else _TOLD_BY.get(len(one.stems), (_FIVE,))
        return [words for count in told_by for words in combinations(self._rarest(one, among, count), count)]

    def _rarest(self, one: Sense, among: frozenset[str], together: int) -> list[str]:
        """So many of its rarest words that any alike one has `together` of them; none where nothing can be alike."""
        size = len(one.stems)
        common = one.stems & among
        needed = max(-(-size * _SHARE[0] // _SHARE[1]), together)
        if size < _SHORTEST or len(common) < needed:
            return []
        ordered = sorted(common)
        ordered.sort(key=self._rare.__getitem__)
        return ordered[: len(ordered) - needed + together]


def groups(texts: Sequence[str]) -> tuple[int, ...]:
    """For each statement the number of the first one that says the same: its own where none came before."""
    return Index(texts).group_of if len(texts) > _HANDFUL else _compared(texts)


def _compared(texts: Sequence[str]) -> tuple[int, ...]:
    """The same for a handful, each compared with each."""
    senses = [sense(text) for text in texts]
    leaders: list[int] = []
    found = []
    for number, one in enumerate(senses):
        same = [other for other in leaders if one.stems == senses[other].stems and one.denies == senses[other].denies]
        number_of = next((other for other in same or leaders if same or alike(one, senses[other])), number)
        if number_of == number:
            leaders.append(number)
        found.append(number_of)
    return tuple(found)
