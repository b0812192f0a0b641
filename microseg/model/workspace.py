"""A workspace: all segments in their trees, evidence, metrics and definitions, with look-up and inheritance."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from microseg.model.walk import ids_in
from microseg.record import NamedTuple

if TYPE_CHECKING:
    import datetime

    from microseg.config import Config
    from microseg.model.evidence import Evidence
    from microseg.model.places import Named, Place
    from microseg.model.segment import IdealSolution, PainPoint, Segment


_DEEPEST = 64  # nobody splits a market further, and a hostile chain would cost the square of its length


class Inherited(NamedTuple):
    """An item and the segment that it comes from."""

    item: Any
    origin: Segment


class Relief(NamedTuple):
    """What relieves a pain: a solution of a segment, or a plain text that was typed behind `solved_by`."""

    statement: str
    solution: IdealSolution | None
    origin: Segment


class Workspace:
    """All that is planned, linked. Built by `microseg.model.link`; nothing in it changes afterwards."""

    def __init__(self, config: Config, segments: Iterable[Segment], evidence: Iterable[Evidence], *, unreadable: Iterable[str] = (), measured: Iterable[datetime.date] = ()) -> None:
        """`segments` are flat, in order of path and line, with id, level and parent filled in; `measured` are the days of saved measures."""
        self.config = config
        self.segments = tuple(segments)
        self.evidence = tuple(evidence)
        self.unreadable = tuple(unreadable)
        self.measured = tuple(measured)
        self.by_id: dict[str, Segment] = {}
        for segment in self.segments:
            self.by_id.setdefault(segment.id or "", segment)

    @cached_property
    def _children(self) -> dict[str, list[Segment]]:
        found: dict[str, list[Segment]] = {}
        for segment in self.segments:
            if segment.parent is not None:
                found.setdefault(segment.parent.written, []).append(segment)
        return found

    @cached_property
    def roots(self) -> tuple[Segment, ...]:
        """Segments without a parent, or whose parent is nowhere, in order of their ids."""
        found = (one for one in self.segments if one.parent is None or one.parent.written not in self.by_id)
        return tuple(sorted(found, key=lambda one: one.id or ""))

    def children(self, segment: Segment) -> tuple[Segment, ...]:
        """The direct children of a segment, in the order they were typed."""
        return tuple(self._children.get(segment.id or "", ()))

    def parent(self, segment: Segment) -> Segment | None:
        """The segment that this one is a part of."""
        return None if segment.parent is None else self.by_id.get(segment.parent.written)

    def ancestors(self, segment: Segment) -> tuple[Segment, ...]:
        """Parent, its parent and so on up to the head, 64 at most as in a file; a circle ends where it closes."""
        found: list[Segment] = []
        met = {segment.id}
        above = self.parent(segment)
        while above is not None and above.id not in met and len(found) < _DEEPEST:
            found.append(above)
            met.add(above.id)
            above = self.parent(above)
        return tuple(found)

    def siblings(self, segment: Segment) -> tuple[Segment, ...]:
        """The other children of the parent."""
        above = self.parent(segment)
        return () if above is None else tuple(one for one in self.children(above) if one is not segment)

    def walk(self, start: Segment | None = None) -> Iterator[tuple[int, Segment]]:
        """Segments from the top down with their depth, each once; circles are left out."""
        waiting = [(0, one) for one in reversed(self.roots if start is None else (start,))]
        met: set[int] = set()
        while waiting:
            depth, segment = waiting.pop()
            if id(segment) in met:
                continue
            met.add(id(segment))
            yield depth, segment
            waiting += [(depth + 1, child) for child in reversed(self.children(segment))]

    @cached_property
    def is_forest(self) -> bool:
        """Does each segment stand once in a tree? Not where ids stand twice, or segments go round in a circle."""
        return len(self.by_id) == len(self.segments) == sum(1 for _ in self.walk())

    def status(self, segment: Segment) -> str:
        """draft, active or retired."""
        return segment.status or self.config.status

    def owner(self, segment: Segment) -> str | None:
        """The segment's owner, or the nearest above, or the default."""
        named = (one.owner for one in (segment, *self.ancestors(segment)) if one.owner)
        return next(named, self.config.owner)

    def unit(self, segment: Segment) -> str:
        """What one member is: account or user."""
        named = (one.unit for one in (segment, *self.ancestors(segment)) if one.unit)
        return next(named, self.config.unit)

    def pains(self, segment: Segment) -> tuple[Inherited, ...]:
        """Own pains first, then those of the ancestors, nearest first."""
        return _inherit(segment, self.ancestors(segment), "pain_points")

    def solutions(self, segment: Segment) -> tuple[Inherited, ...]:
        """Own solutions first, then those of the ancestors, nearest first."""
        return _inherit(segment, self.ancestors(segment), "ideal_solutions")

    def minimum_expected(self, segment: Segment) -> tuple[Inherited, ...]:
        """Own minimum expected items first, then those of the ancestors, nearest first."""
        return _inherit(segment, self.ancestors(segment), "minimum_expected")

    @cached_property
    def _solutions_by_id(self) -> dict[str, tuple[Segment, IdealSolution]]:
        found: dict[str, tuple[Segment, IdealSolution]] = {}
        for segment in self.segments:
            for solution in segment.ideal_solutions:
                if solution.id:
                    found.setdefault(solution.id, (segment, solution))
        return found

    @cached_property
    def _relievers(self) -> dict[str, list[tuple[Segment, IdealSolution]]]:
        found: dict[str, list[tuple[Segment, IdealSolution]]] = {}
        for segment in self.segments:
            for solution in segment.ideal_solutions:
                for pain in solution.relieves:
                    found.setdefault(pain.written, []).append((segment, solution))
        return found

    def reliefs(self, segment: Segment, pain: PainPoint) -> tuple[Relief, ...]:
        """What relieves a pain of this segment: from here, from above or from below, each once, in the order typed."""
        found: list[Relief] = []
        for reference in pain.solved_by:
            named = self._solutions_by_id.get(reference.written) if reference.is_id else None
            if named is not None:
                found.append(Relief(named[1].statement or "", named[1], named[0]))
            elif not reference.is_id:
                found.append(Relief(reference.written, None, segment))
        met = {id(one.solution) for one in found if one.solution is not None}
        for origin, solution in self._relievers.get(pain.id or "", ()):
            if id(solution) not in met and self.is_in_line(segment, origin):
                found.append(Relief(solution.statement or "", solution, origin))
        return tuple(found)

    def is_in_line(self, first: Segment, second: Segment) -> bool:
        """Are the two one segment, or one an ancestor of the other?"""
        return first is second or any(one is second for one in self.ancestors(first)) or any(one is first for one in self.ancestors(second))

    @cached_property
    def ids(self) -> dict[str, dict[str, list[Place]]]:
        """For each space (segment, pain, solution …) each id that was typed or derived, with the places where it stands."""
        found: dict[str, dict[str, list[Place]]] = {}
        for segment in self.segments:
            if segment.id and not segment.at.has("id"):
                found.setdefault("segment", {}).setdefault(segment.id, []).append(segment.at.value("name"))
            for named in ids_in(segment):
                if named.space != "segment" or segment.at.has("id"):
                    found.setdefault(named.space, {}).setdefault(named.id, []).append(named.place)
        for source in self.evidence:
            for named in ids_in(source):
                found.setdefault(named.space, {}).setdefault(named.id, []).append(named.place)
        _add_named(found, "metric", self.config.metrics)
        _add_named(found, "definition", self.config.definitions)
        return found

    @cached_property
    def newest_date(self) -> datetime.date | None:
        """The newest date among evidence, reviews, sizes, facts and measures: what `today` is unless --as-of says otherwise."""
        dates = [*self.measured, *(source.date for source in self.evidence)]
        for segment in self.segments:
            dates += [segment.reviewed, *(fact.as_of for fact in segment.facts)]
            if segment.size is not None:
                dates.append(segment.size.as_of)
        return max((one for one in dates if one is not None), default=None)


def _inherit(segment: Segment, ancestors: tuple[Segment, ...], attribute: str) -> tuple[Inherited, ...]:
    return tuple(Inherited(item, origin) for origin in (segment, *ancestors) for item in getattr(origin, attribute))


def _add_named(found: dict[str, dict[str, list[Place]]], space: str, entries: tuple[Named, ...]) -> None:
    for entry in entries:
        found.setdefault(space, {}).setdefault(entry.name, []).append(entry.place)
