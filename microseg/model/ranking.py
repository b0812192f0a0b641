"""What comes first: pains inside one segment, and how many are reached by what serves several segments at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from microseg.model.evidence import Evidence
    from microseg.model.places import Place
    from microseg.model.reference import Reference
    from microseg.model.segment import IdealSolution, Segment
    from microseg.model.workspace import Workspace
    from microseg.source.text import SourceFile

Pair = frozenset[str]
Spot = tuple[str, int, int]  # path, line and column of a statement
# the rules that put an item among what every product owes, the weightiest first: a survey, scores, a list, the judge where it is sure
OWED = {
    "MS205": "answers to a Kano survey say must-be",
    "MS204": "its own scores say it is served already",
    "MS202": "it stands under minimum_expected too",
    "MS201": "every product owes this",
}
_HEARD = frozenset({"interview", "survey", "ticket", "review", "sales_call"})


class Bounds(NamedTuple):
    """A count of which only limits may be known: at least `low`, at most `high`."""

    low: int
    high: int


def owed_spots(said: Iterable[tuple[str, Spot]]) -> dict[Spot, str]:
    """Where lint is sure of something that every product owes, and in a few words why; `said` are codes of rules and places."""
    found: dict[Spot, str] = {}
    order = tuple(OWED)
    for rule, spot in sorted((one for one in said if one[0] in OWED), key=lambda one: order.index(one[0])):
        found.setdefault(spot, OWED[rule])
    return found


def spots(source: Callable[[str], SourceFile]) -> Callable[[Place], Spot]:
    """A function that says where a place is, as a person counts; `source(path)` is a file's text."""

    def spot(place: Place) -> Spot:
        position = source(place.path).position(place.start)
        return place.path, position.line, position.column

    return spot


def merit(score: Fraction | None, voices: int) -> tuple[int, float]:
    """Sorts pains of one segment: those with a score by it, the highest first, then those without by how many stand behind them."""
    return (0, -float(score)) if score is not None else (1, -voices)


def voices(sources: Iterable[Evidence]) -> int:
    """How many people were heard: those who said so where that is known, else all of a source, one where nobody counted.

    Rows of a database and the team's own opinion have no voice.
    """
    return sum(one.says if one.says is not None else one.n or 1 for one in sources if one.kind in _HEARD)


def sources_of(references: Iterable[Reference], evidence: Mapping[str, Evidence]) -> tuple[Evidence, ...]:
    """The sources that are referred to and written down, each once."""
    found = (one.inline or (evidence.get(one.written) if one.is_id else None) for one in references)
    return tuple({id(one): one for one in found if one is not None}.values())


class Links(NamedTuple):
    """Which segments have the pain of an id, and which have a pain that names a solution."""

    pains: Mapping[str, tuple[Segment, ...]]
    cures: Mapping[str, tuple[Segment, ...]]


def links_of(workspace: Workspace) -> Links:
    """The ties between pains and solutions, looked up once."""
    pains: dict[str, tuple[Segment, ...]] = {}
    cures: dict[str, tuple[Segment, ...]] = {}
    for segment in workspace.segments:
        for pain in segment.pain_points:
            if pain.id:
                pains[pain.id] = (*pains.get(pain.id, ()), segment)
            for one in pain.solved_by:
                if one.is_id:
                    cures[one.written] = (*cures.get(one.written, ()), segment)
    return Links(pains, cures)


def served(solution: IdealSolution, origin: Segment, workspace: Workspace, links: Links) -> tuple[Segment, ...]:
    """The segments that a solution is for: those whose pains it relieves, never wider than its own; nested ones once, by the widest.

    A pain of a segment below is that segment's; of one above, it is relieved for the solution's own segment only.
    """
    above = workspace.ancestors(origin)
    with_pain = [segment for one in solution.relieves for segment in links.pains.get(one.written, ())]
    with_pain += links.cures.get(solution.id or "", ())
    narrowed = (origin if any(one is segment for one in above) else segment for segment in with_pain)
    chosen = {id(one): one for one in narrowed} or {id(origin): origin}
    return tuple(one for one in chosen.values() if not any(id(wider) in chosen for wider in workspace.ancestors(one)))


def union(sizes: Mapping[str, int], overlaps: Mapping[Pair, int]) -> Bounds:
    """How many are in any of several sets, from their sizes and those overlaps of two of them that are known.

    At least the largest, and the sum less all overlaps (Bonferroni) where all are known; at most the sum less the
    overlaps along a heaviest tree (Hunter 1976). Two sets with a known overlap, or any that are disjoint, come out exactly.
    """
    total = sum(sizes.values())
    low = max(sizes.values(), default=0)
    if len(overlaps) == len(sizes) * (len(sizes) - 1) // 2:
        low = max(low, total - sum(overlaps.values()))
    return Bounds(low, max(low, total - _heaviest_tree(overlaps)))


def _heaviest_tree(weights: Mapping[Pair, int]) -> int:
    """The greatest sum of weights along a tree (Kruskal); names without a known tie stay apart."""
    groups: dict[str, set[str]] = {}
    weight = 0
    for pair in sorted((one for one, both in weights.items() if both), key=weights.__getitem__, reverse=True):
        small, large = sorted((groups.setdefault(name, {name}) for name in pair), key=len)
        if small is not large:
            weight += weights[pair]
            large |= small
            groups.update(dict.fromkeys(small, large))
    return weight


def rice(reach: int, impact: Fraction, confidence: Fraction, effort: Fraction) -> Fraction:
    """Reach x impact x confidence / effort (McBride, Intercom 2016); effort in person-months, more than nothing."""
    return reach * impact * confidence / effort
