"""How a segment's criteria stand to those above it: impossible, idle, or a true part of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.criteria.algebra import EVERYWHERE, Atom, Region, Space, TooManyError, atoms_of, space_of
from microseg.criteria.ast import tests_in
from microseg.criteria.plain import Left, left_by, narrowed
from microseg.lint.named_criteria import plainly, resolved
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from microseg.criteria.ast import Criterion
    from microseg.lint.rule import Chain, Context
    from microseg.model.segment import Segment


class Standing(NamedTuple):
    """What is certain of a segment's criteria.

    `is_impossible`: nobody matches, though above somebody may; `against`: the nearest segment above that rules them
    out together with what lies between (None: the criteria contradict themselves); `about`: dimensions in plain words
    that no value is left for; `span`: where the first of them stands in the segment's file, if it is typed there and
    the criteria contradict themselves; `adds_nothing`: whoever matches above matches here.
    """

    is_impossible: bool = False
    against: Segment | None = None
    about: tuple[str, ...] = ()
    span: tuple[int, int] | None = None
    adds_nothing: bool = False


def standing_of(chain: Chain, context: Context) -> Standing:
    """Worked out once for all rules; where something opaque decides, or where it grows too large, it says nothing."""
    segment = chain.segment
    if segment.criteria is None:
        return Standing()
    criterion = segment.criteria
    return context.once("standing", segment, lambda: _stand_plainly(criterion, chain, context) or _stand(criterion, chain, context))


class _Above(NamedTuple):
    """What the tests of those above leave, by what they ask about, their numbers, and whether somebody passes them all."""

    left: dict[Atom, Left]
    numbers: frozenset[int]
    somebody: bool


def _stand_plainly(criterion: Criterion, chain: Chain, context: Context) -> Standing | None:
    """Where nothing but tests is joined; None where there is more to it, or something to be told of a contradiction."""
    own = plainly(criterion, context)
    above = None if own is None else context.once("plain above", chain.ancestors, lambda: _above(chain.ancestors, context))
    if own is None or above is None:
        return None
    if not above.somebody:
        return Standing()
    found = narrowed(above.left, own, above.numbers)
    return Standing(adds_nothing=not found.leaves_out) if found.somebody else None


def _above(ancestors: tuple[Segment, ...], context: Context) -> _Above | None:
    """The same for all children of a parent."""
    found = [plainly(one.criteria, context) for one in ancestors if one.criteria is not None]
    plains = [one for one in found if one is not None]
    if len(plains) < len(found):
        return None
    asked = {one.number: one for plain in plains for one in plain}  # mostly they ask the same
    left = left_by([asked.values()])
    return _Above(left, frozenset(asked), all(one.somebody for one in left.values()))


def _stand(criterion: Criterion, chain: Chain, context: Context) -> Standing:
    try:
        return _stand_in_space(criterion, chain, context)
    except TooManyError:
        return Standing()


def _stand_in_space(criterion: Criterion, chain: Chain, context: Context) -> Standing:
    own = resolved(criterion, context)
    above = [(one, resolved(one.criteria, context)) for one in chain.ancestors if one.criteria is not None]
    space = space_of([own, *(held for _, held in above)], context.dimensions)
    before = EVERYWHERE
    regions = [(segment, space.region(held)) for segment, held in above]
    for _, one in regions:
        before = space.meet(before, one)
    if space.is_empty(before):
        return Standing()
    region = space.region(own)
    if space.is_empty(region):
        return _at_odds(chain.segment.criteria, context)
    together = region
    for segment, one in regions:
        narrowed = space.meet(together, one)
        if space.is_empty(narrowed):
            return Standing(is_impossible=True, against=segment, about=_about(space, own, together, one))
        together = narrowed
    return Standing(adds_nothing=space.is_empty(space.meet(before, space.region(own, "not true"))) is True)


def _at_odds(criterion: Criterion | None, context: Context) -> Standing:
    """Criteria that contradict themselves; where they only join tests, what about, and where."""
    own = None if criterion is None else plainly(criterion, context)
    torn = [left.tests for left in left_by([own]).values() if not left.somebody] if own else []
    if criterion is None or not own or not torn:
        return Standing(is_impossible=True)
    about = tuple(dict.fromkeys(asked[0].dimension.words for asked in torn))
    typed = tests_in(criterion)  # none where definitions are put in
    last = None if typed is None else typed[max(place for place, one in enumerate(own) if one.atom == torn[0][0].atom)]
    return Standing(is_impossible=True, about=about, span=None if last is None else (last.start, last.end))


def _about(space: Space, own: Criterion, first: Region, second: Region) -> tuple[str, ...]:
    """The dimensions of the own criteria on which two regions have no value in common."""
    found: dict[str, None] = {}
    for atom in sorted(atoms_of(own, space.dimensions), key=lambda one: one.dimension):
        dimension = space.dimensions.find(atom.dimension)
        if dimension is not None and atom in space.scales and not space.taken(first, atom) & space.taken(second, atom):
            found[dimension.words] = None
    return tuple(found)
