"""Who is in, in words: what they bring with them, what they do, the exact rules, and a card for each child."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.briefs.page import Card, Family, People, Rules, Target
from microseg.briefs.pains import rank_own
from microseg.briefs.phrases import anchor, counted, number_in, quantity, quoted, share
from microseg.briefs.sizes import is_estimate, part_of, size_of
from microseg.criteria.ast import references
from microseg.criteria.definitions import resolve
from microseg.criteria.words import built_using

if TYPE_CHECKING:
    from microseg.briefs.material import Material
    from microseg.criteria.ast import Criterion
    from microseg.model.segment import Goal, Segment

FOCUS = {"now": "we go after them now", "later": "later", "never": "not for us"}
MOST_CARDS = 6


def people_view(segment: Segment, material: Material) -> People:
    """What they bring and what they do: in the team's words, else in those of the criteria."""
    who, does = _halves(segment, material)
    return People(who, does, segment.why_it_matters or "", segment.use_cases, segment.channels, segment.keyword or "")


def _halves(segment: Segment, material: Material) -> tuple[tuple[str, ...], tuple[str, ...]]:
    who, does = segment.who_they_are, segment.what_they_do
    if segment.criteria is None or (who and does):
        return who, does
    said = material.lines(segment.criteria)
    return who or tuple(one.text for one in said if one.side == "who"), does or tuple(one.text for one in said if one.side == "do")


def rules_view(segment: Segment, material: Material) -> Rules:
    """The criteria in words: own demands, those that hold from above, and the families of dimensions they ask about."""
    own = _demands(segment.criteria, material)
    above = tuple((material.link(one), _demands(one.criteria, material)) for one in material.ancestors(segment) if one.criteria is not None)
    families = () if segment.criteria is None else built_using(_resolved(segment.criteria, material), dimensions=material.dimensions)
    return Rules(tuple(Family(one.words, one.dimensions) for one in families), own, above)


def _resolved(criterion: Criterion, material: Material) -> Criterion:
    """A criterion with what its definitions say in their place; most name none."""
    return resolve(criterion, material.definitions) if any(one.kind == "definition" for one in references(criterion)) else criterion


def _demands(criterion: Criterion | None, material: Material) -> tuple[str, ...]:
    return () if criterion is None else tuple(one.text for one in material.lines(criterion))


def target_of(goal: Goal, material: Material) -> Target | None:
    """A goal's metric from baseline to target; None where the goal has no number at all."""
    if goal.baseline is None and goal.target is None and goal.metric is None:
        return None
    start, end = number_in(goal.baseline), number_in(goal.target)
    same = start is not None and end is not None and start[1] == end[1]
    return Target(
        material.metric_name(goal.metric),
        quantity(goal.baseline),
        quantity(goal.target),
        start[0] if start and same else None,
        end[0] if end and same else None,
    )


def card_view(child: Segment, parent: Segment, material: Material) -> Card:
    """A child in a few lines: who, what they do, one quote, one bet, one metric."""
    who, does = _halves(child, material)
    top = next(iter(rank_own(child, material)), None)
    said = next((one.quote for one in child.pain_points if one.quote), "") if top is None or not top.item.quote else top.item.quote
    targets = (target_of(goal, material) for goal in child.goals)
    return Card(
        anchor=anchor("segment", child.id, child.name or ""),
        link=material.link(child),
        size=size_words(child, parent, material),
        focus=FOCUS.get(child.focus or "", ""),
        definition=child.definition or "",
        who=who,
        does=does,
        quote=quoted(said),
        pain=(top.item.statement or "") if top is not None else "",
        bet=card_bet(child),
        target=next((one for one in targets if one is not None), None),
    )


def card_bet(child: Segment) -> str:
    """What we stake on a child: its bet, else its first ideal solution."""
    if child.bet is not None and child.bet.headline:
        return child.bet.headline
    return next((one.statement for one in child.ideal_solutions if one.statement), "")


def size_words(segment: Segment, parent: Segment | None, material: Material) -> str:
    """1,690 accounts, 26% of Course creators; what was typed is an estimate where the others were measured."""
    size = size_of(segment, material)
    if size is None:
        return ""
    text = counted(size.number, size.one) + (" (estimate)" if is_estimate(size, segment, material) else "")
    found = part_of(segment, parent, material) if parent is not None else None
    return text if parent is None or found is None else f"{text}, {share(*found)} of {parent.name}"
