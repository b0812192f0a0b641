"""The statements of a segment that the judge reads, each with the surroundings it is judged in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from microseg.words.context import Context as Surroundings
from microseg.words.context import context_for

if TYPE_CHECKING:
    from microseg.config import Config
    from microseg.lint.rule import Family
    from microseg.model.places import Place
    from microseg.model.segment import Segment

_MOST_SIBLINGS = 30  # beyond this their names would strike out half the language


class Statement(NamedTuple):
    """A pain or a solution as a text: where it stands, its kind, its id if it has one."""

    text: str
    place: Place
    kind: Literal["pain", "solution"]
    id: str | None
    is_plain_text: bool

    @property
    def route(self) -> str:
        """What names it across edits; empty where only its text does."""
        return f"{self.kind}/{self.id}" if self.id else ""


def statements_of(segment: Segment) -> Iterator[Statement]:
    """Own pains, own solutions, and the texts behind `solved_by`, in that order."""
    for pain in segment.pain_points:
        if pain.statement:
            yield Statement(pain.statement, pain.at.value("statement"), "pain", pain.id, pain.at.is_plain_text)
    for solution in segment.ideal_solutions:
        if solution.statement:
            yield Statement(solution.statement, solution.at.value("statement"), "solution", solution.id, solution.at.is_plain_text)
    for pain in segment.pain_points:
        for reference in pain.solved_by:
            if not reference.is_id:
                yield Statement(reference.written, reference.place, "solution", None, is_plain_text=True)


def shared_surroundings(family: Family, config: Config) -> Surroundings:
    """What all children of a family are judged by: the words of those above and of each other, and what the team has decided."""
    held = (*((family.parent,) if family.parent else ()), *family.ancestors)
    if len(family.children) <= _MOST_SIBLINGS:
        held += family.children
    product, wording = config.product, config.wording
    names = [text for one in held for text in (one.name, one.keyword) if text]
    if product is not None:
        names += [text for text in (product.name, product.category) if text]
    return context_for(names, accept=wording.accept if wording else (), expected=wording.expected if wording else ())


def surroundings(family: Family, segment: Segment, config: Config, *, shared: Surroundings | None = None) -> Surroundings:
    """What a child is judged by: what is `shared`, its own words, what its survey calls must-be, and whether it is a head."""
    shared = shared_surroundings(family, config) if shared is None else shared
    must_be = [one.statement for one in segment.ideal_solutions if one.statement and one.kano is not None and one.kano.is_must_be]
    own = context_for((text for text in (segment.name, segment.keyword) if text), must_be=must_be, at_head=segment.level == "head")
    return replace(own, group=shared.group | own.group, accept=shared.accept, expected=shared.expected)
