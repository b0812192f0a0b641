"""What every product owes a segment, and whether a statement only says that again."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from microseg.lint.left_over import left_over
from microseg.lint.likeness import sense
from microseg.model.places import Place
from microseg.record import NamedTuple
from microseg.words.tokens import content_stems

if TYPE_CHECKING:
    from microseg.lint.rule import Chain, Context
    from microseg.model.segment import MinimumExpected, Segment


class Expected(NamedTuple):
    """One minimum expected requirement: its text, the item or the place it was typed as, and the segment (None: microseg.yaml)."""

    text: str
    typed: MinimumExpected | Place
    origin: Segment | None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return self.typed if isinstance(self.typed, Place) else self.typed.at.value("statement")


_ByWord = dict[str, list[tuple[frozenset[str], Expected]]]  # by one of the words that each says


class ExpectedItems:
    """The requirements of a segment, nearest first, to be found by what a statement says."""

    __slots__ = ("_above", "_group", "_names", "_own", "_words")

    def __init__(self, own: list[Expected], above: _ByWord, names: Iterable[str]) -> None:
        """`names`: texts whose words are the group's own, and only say whose wish it is."""
        self._own = _by_word(own)
        self._above = above
        self._words = self._own.keys() | above.keys()
        self._names = names
        self._group: frozenset[str] | None = None

    @classmethod
    def of(cls, chain: Chain, context: Context) -> ExpectedItems:
        """Those of a segment: its own, those above, those of microseg.yaml."""
        return cls(_items_of(chain.segment), _above(chain, context), (text for one in (chain.segment, *chain.ancestors) for text in (one.name, one.keyword) if text))

    def find(self, text: str) -> Expected | None:
        """The requirement that a statement says again, adding next to nothing; None where it says more."""
        said = sense(text).stems
        if said.isdisjoint(self._words):
            return None
        for word in sorted(said & self._words):
            for stems, one in self._own.get(word, []) + self._above.get(word, []):
                if stems <= said and self._adds_little(text, stems):
                    return one
        return None

    def _adds_little(self, text: str, stems: frozenset[str]) -> bool:
        """One word besides the requirement's own is still the same; beside a single word none is. The group's own words only say whose wish it is."""
        if self._group is None:
            self._group = frozenset(word for name in self._names for word in content_stems(name))
        left = set(left_over(text)) - stems - self._group
        return len(left) <= (1 if len(stems) > 1 else 0)


def expected_words(chain: Chain, context: Context) -> frozenset[str]:
    """Words of which everything has one that says a requirement of a segment again."""
    above = context.once("expected words above", chain.ancestors, lambda: frozenset(_above(chain, context)))
    return above.union([min(stems) for one in chain.segment.minimum_expected if one.statement and (stems := sense(one.statement).stems)])


def _above(chain: Chain, context: Context) -> _ByWord:
    """The same for all children of a parent."""
    return context.once("expected above", chain.ancestors, lambda: _by_word(_items_above(chain.ancestors, context)))


def _items_of(segment: Segment) -> list[Expected]:
    return [Expected(one.statement, one, segment) for one in segment.minimum_expected if one.statement]


def _items_above(ancestors: tuple[Segment, ...], context: Context) -> list[Expected]:
    place = context.config.at
    items = [one for segment in ancestors for one in _items_of(segment)]
    return items + [Expected(text, place.item("minimum_expected", index), None) for index, text in enumerate(context.config.minimum_expected)]


def _by_word(items: list[Expected]) -> _ByWord:
    found: _ByWord = {}
    for one in items:
        stems = sense(one.text).stems
        if stems:
            found.setdefault(min(stems), []).append((stems, one))
    return found
