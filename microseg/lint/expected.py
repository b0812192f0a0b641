"""What every product owes a segment, and whether a statement only says that again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from microseg.lint.left_over import left_over
from microseg.lint.likeness import sense
from microseg.words.tokens import content_stems

if TYPE_CHECKING:
    from microseg.lint.rule import Chain, Context
    from microseg.model.places import Place
    from microseg.model.segment import Segment


class Expected(NamedTuple):
    """One minimum expected requirement: its text, where it stands, and the segment (None: microseg.yaml)."""

    text: str
    place: Place
    origin: Segment | None


class ExpectedItems:
    """The requirements of a segment, to be found by what a statement says."""

    def __init__(self, items: list[Expected], group: frozenset[str]) -> None:
        """`group`: stems of the group's own words, which only say whose wish it is."""
        self._group = group
        self._by_word: dict[str, list[tuple[frozenset[str], Expected]]] = {}
        for one in items:
            stems = sense(one.text).stems
            if stems:
                self._by_word.setdefault(min(stems), []).append((stems, one))

    @classmethod
    def of(cls, chain: Chain, context: Context) -> ExpectedItems:
        """Those of a segment, nearest first: its own, those above, those of microseg.yaml."""
        held = (chain.segment, *chain.ancestors)
        items = [Expected(one.statement, one.at.value("statement"), segment) for segment in held for one in segment.minimum_expected if one.statement]
        place = context.config.at
        items += [Expected(text, place.item("minimum_expected", index), None) for index, text in enumerate(context.config.minimum_expected)]
        names = (text for one in held for text in (one.name, one.keyword) if text)
        return cls(items, frozenset(word for text in names for word in content_stems(text)))

    def find(self, text: str) -> Expected | None:
        """The requirement that a statement says again, adding next to nothing; None where it says more."""
        said = sense(text).stems
        for word in sorted(said & self._by_word.keys()):
            for stems, expected in self._by_word[word]:
                if stems <= said and self._adds_little(text, stems):
                    return expected
        return None

    def _adds_little(self, text: str, stems: frozenset[str]) -> bool:
        """One word besides the requirement's own is still the same; beside a single word none is."""
        left = set(left_over(text)) - stems - self._group
        return len(left) <= (1 if len(stems) > 1 else 0)
