"""The statements of a segment that the judge reads, each with the surroundings it is judged in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from microseg.model.reference import Reference
from microseg.record import NamedTuple, made, replace
from microseg.words.context import Context as Surroundings
from microseg.words.context import context_for

if TYPE_CHECKING:
    from microseg.config import Config
    from microseg.lint.rule import Context, Family
    from microseg.model.places import Place
    from microseg.model.segment import IdealSolution, PainPoint, Segment

Kind = Literal["pain", "solution"]

_MOST_SIBLINGS = 30  # beyond this their names would strike out half the language


class Statement(NamedTuple):
    """A pain or a solution as a text, and what it was typed as: an item, or a text behind `solved_by`."""

    text: str
    kind: Kind
    item: PainPoint | IdealSolution | Reference

    @property
    def place(self) -> Place:
        """Where the text stands."""
        item = self.item
        return item.place if isinstance(item, Reference) else item.at.value("statement")

    @property
    def id(self) -> str | None:
        """The id of the item, if it has one."""
        return None if isinstance(self.item, Reference) else self.item.id

    @property
    def is_plain_text(self) -> bool:
        """Was it typed without keys?"""
        return isinstance(self.item, Reference) or self.item.at.is_plain_text

    @property
    def route(self) -> str:
        """What names it across edits; empty where only its text does."""
        return f"{self.kind}/{self.id}" if self.id else ""


class Said(NamedTuple):
    """The statements of a segment, each kind in the order typed."""

    pains: tuple[Statement, ...]
    solutions: tuple[Statement, ...]
    behind: tuple[Statement, ...]  # the texts behind `solved_by`


def said_by(segment: Segment, context: Context) -> Said:
    """Put together once for all rules that look at a family."""
    key = id(segment)  # as in `context.once`, without its calls: nothing is asked for as often
    held = context.near.get(key)
    if held is None:
        held = context.near[key] = (_said_by(segment), segment)
    said: Said = held[0]
    return said


def _said_by(segment: Segment) -> Said:
    pains, solutions = segment.pain_points, segment.ideal_solutions
    return Said(
        tuple([made(Statement, (text, "pain", one)) for one in pains if (text := one.statement)]),
        tuple([made(Statement, (text, "solution", one)) for one in solutions if (text := one.statement)]),
        tuple([made(Statement, (one.written, "solution", one)) for pain in pains if pain.solved_by for one in pain.solved_by if not one.is_id]),
    )


def statements_of(segment: Segment, context: Context) -> tuple[Statement, ...]:
    """Own pains, own solutions, and the texts behind `solved_by`, in that order."""
    said = said_by(segment, context)
    return (*said.pains, *said.solutions, *said.behind)


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
    """What a child is judged by: what is `shared`, its own words and traits, what its survey calls must-be, and whether it is a head."""
    shared = shared_surroundings(family, config) if shared is None else shared
    must_be = [one.statement for one in segment.ideal_solutions if one.kano is not None and one.kano.is_must_be and one.statement]
    is_among = len(family.children) <= _MOST_SIBLINGS and id(segment) in map(id, family.children)  # then its names are shared ones
    names = [] if is_among else [text for text in (segment.name, segment.keyword) if text]
    traits = (*segment.who_they_are, *segment.what_they_do)
    at_head = segment.level == "head"
    if not (must_be or names or traits):
        return replace(shared, at_head=True) if at_head else shared
    own = context_for(names, traits=traits, must_be=must_be, at_head=at_head)
    group = shared.group | own.group
    return replace(own, group=group, traits=own.traits - group, accept=shared.accept, expected=shared.expected)
