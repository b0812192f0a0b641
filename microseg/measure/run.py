"""One run: the tables opened, what must be looked up first, one statement a unit, and everything added up by segment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from microseg.criteria.ast import Criterion
from microseg.criteria.dimensions import Dimensions
from microseg.errors import NothingToDoError, UsageError
from microseg.measure.asked import asked
from microseg.measure.counted import Counted, Coverage, Overlap, SegmentCount, Statement, TableCount
from microseg.measure.data import Data, check_columns
from microseg.measure.engines import Engine, Opened
from microseg.measure.expression import Setting, Unit, criteria_in
from microseg.measure.metric import Ask
from microseg.measure.resolved import Resolved, resolved_segments
from microseg.model.workspace import Workspace

if TYPE_CHECKING:
    from microseg.measure.fold import Block, Folded
    from microseg.measure.plan import Plan

Asking = Callable[[Workspace, Mapping[str, Setting]], Sequence[Ask]]
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be counted: every segment of a workspace, in its data.

    `asking` says what is summed over every segment; left out: their metrics and what sets them apart. `pairs` are
    overlaps asked for besides those of siblings. `told` hears what is being done, for a line of progress.
    """

    workspace: Workspace
    dimensions: Dimensions
    data: Data
    asking: Asking = asked
    pairs: tuple[tuple[str, str], ...] = ()
    told: Told = field(default=lambda _: None)


def measure(request: Request, engine: Engine) -> Counted:
    """Count every segment. Raises UsageError for data that is not there, NothingToDoError where no segment has criteria."""
    with_engine = Session(request, engine)
    plans = with_engine.plans()
    rows = []
    for one in plans:
        request.told(f"counting {one.unit}s")
        rows.append(engine.run(one.statement, one.parameters))
    return _counted(with_engine, plans, rows)


def explain(request: Request, engine: Engine) -> tuple[Statement, ...]:
    """The statements that `measure` would run, with their parameters, as text."""
    return tuple(Statement(one.unit, one.statement.sql(engine.dialect), dict(one.parameters)) for one in Session(request, engine).plans())


class Session:
    """The tables of one run, opened and described, with the segments resolved against them."""

    def __init__(self, request: Request, engine: Engine) -> None:
        """Open the tables and look up what criteria need to know before they can be compiled."""
        from microseg.measure.ground import Ground
        from microseg.measure.lookups import dimensions_of_history, doubled_keys, newest_version, patterns_found
        from microseg.measure.unreadable import unread_cells

        self.request = request
        self.engine = engine
        request.told("opening the tables")
        self.opened: Opened = engine.open(request.data)
        check_columns(request.data, self.opened.described)
        ground = Ground(request.data, self.opened.described, self.opened.relations, engine.dialect, request.dimensions)
        self.rows, self.members, doubled = doubled_keys(ground, engine)
        history = dimensions_of_history(ground, engine)
        self.ground: Ground = replace(ground, doubled=doubled, history=history)
        self.unread = unread_cells(self.ground, engine)
        self.resolved: Resolved = resolved_segments(request.workspace, lambda: newest_version(self.ground, engine))
        self.settings = self._settings(history)
        self.asks = tuple(request.asking(request.workspace, {str(unit): setting for unit, setting in self.settings.items()}))
        self.matching = patterns_found(self.ground, engine, self._criteria())
        self.notices = [f"{table}: some keys stand in more than one row; where these disagree, nothing is known (see --check-data)" for table in sorted(doubled)]
        self.notices += [one.message for one in self.unread]

    def plans(self) -> tuple[Plan, ...]:
        """One plan a unit in use."""
        if not self.resolved.subjects:
            raise NothingToDoError("no segment has criteria, so there is nobody to count", "add `criteria:` to a segment: criteria: {plan.state: paid}")
        return tuple(self._plan(unit) for unit in sorted(self.resolved.subjects))

    def _plan(self, unit: Unit) -> Plan:
        from microseg.measure.plan import plan

        if not self.request.data.has(unit):
            raise UsageError(f"segments of {unit}s cannot be counted: there is no table of {unit}s", _name_table(unit))
        sums = [one.expression for ask in self.asks if ask.unit == unit for one in ask.sums]
        return plan(unit, self.resolved.subjects[unit], sums, ground=self.ground, segments=self.resolved.members, matching=self.matching, pairs=self.request.pairs)

    def _settings(self, history: frozenset[str]) -> dict[Unit, Setting]:
        """What metrics need to know of each unit in use."""
        from microseg.measure.lookups import dimensions_known

        data, known = self.request.data, {unit: dimensions_known(self.ground, history, unit) for unit in self.resolved.subjects}
        return {unit: Setting(data.as_of, data.timezone, unit, self.request.dimensions, self.resolved.definitions, history, known[unit]) for unit in known}

    def _criteria(self) -> Iterator[Criterion]:
        """Every criterion that a statement may be made of: those of segments, and those inside sums."""
        for member in self.resolved.members.values():
            yield from member.chain
        for ask in self.asks:
            for one in ask.sums:
                yield from criteria_in(one.expression)


def _name_table(unit: Unit) -> str:
    """How a table is named; or that it was the other one that was meant, for a new workspace counts users."""
    other = "account" if unit == "user" else "user"
    return f"name it: data: {{tables: {{{unit}: {{from: …, key: …}}}}}}; or, where members are {other}s, write `unit: {other}` in the segment, or `defaults: {{unit: {other}}}` in microseg.yaml"


def _counted(session: Session, plans: Sequence[Plan], rows: Sequence[Sequence[Sequence[int | None]]]) -> Counted:
    from microseg.measure.fold import everybody, read_blocks

    request = session.request
    segments: list[SegmentCount] = []
    whole: dict[Unit, SegmentCount] = {}
    overlaps: list[Overlap] = []
    coverages: list[Coverage] = []
    notices = [*session.notices, *_of_nobody(session, plans, rows), *(f"{name} is not counted, for {why}" for name, why in session.resolved.broken.items())]
    for one, held in zip(plans, rows, strict=True):
        blocks = read_blocks(one, held)
        sums = [ask for ask in session.asks if ask.unit == one.unit]
        whole[one.unit] = _segment("", one, everybody(blocks[0]), sums)
        segments += [_segment(subject.id, one, _folded(blocks, subject.id), sums) for subject in one.subjects]
        overlaps += _overlaps(one, blocks, request.pairs)
        coverages += _coverages(one, blocks)
        notices += one.notices
    tables = tuple(TableCount(table, source.origin, session.rows.get(table), session.members.get(table)) for table, source in request.data.sources.items())
    order = {segment.id: place for place, (_, segment) in enumerate(request.workspace.walk())}
    segments.sort(key=lambda held: order.get(held.id, 0))
    unmeasured = session.resolved.unmeasured
    told = tuple(dict.fromkeys((*notices, *session.engine.rejected())))
    return Counted(request.data.as_of, request.data.timezone, session.engine.name, tables, tuple(segments), whole, unmeasured, tuple(overlaps), tuple(coverages), told, session.settings, session.unread, session.resolved.broken)


def _of_nobody(session: Session, plans: Sequence[Plan], rows: Sequence[Sequence[Sequence[int | None]]]) -> tuple[str, ...]:
    """What is said of rows that belong to nobody; of events by the statement that reads most days of them."""
    from microseg.measure.strays import Strays, stray_rows

    events = [Strays(held[0][-2] or 0, held[0][-1] or 0, one.read.first) for one, held in zip(plans, rows, strict=True) if one.read is not None and held]
    return stray_rows(session.ground, session.engine, min(events, key=lambda one: one.since or dt.date.min, default=None))


def _folded(blocks: Sequence[Block], segment: str) -> Folded:
    from microseg.measure.fold import folded

    return folded(next(block for block in blocks if segment in block.inside), segment)


def _segment(name: str, plan: Plan, held: Folded, asks: Sequence[Ask]) -> SegmentCount:
    totals = {ask.key: {one.name: held.sums[plan.sums[one.expression]] for one in ask.sums} for ask in asks}
    return SegmentCount(name, plan.unit, held.size, held.unknown, _reason(name, plan, held), totals)


def _reason(name: str, plan: Plan, held: Folded) -> str | None:
    """The dimension that is missing most among the unknown; of several the one that stands first in the criteria."""
    if not held.unknown:
        return None
    counts = [(held.unknown if reason.column is None else held.of_unknown[reason.column], reason.dimension) for reason in plan.reasons.get(name, ())]
    best = max((count for count, _ in counts), default=0)
    return next((dimension for count, dimension in counts if count == best and count), None)


def _overlaps(plan: Plan, blocks: Sequence[Block], pairs: Sequence[tuple[str, str]]) -> Iterator[Overlap]:
    from microseg.measure.blocks import families_of
    from microseg.measure.fold import overlap, overlaps_of

    met = set()
    for family in families_of(plan.subjects):
        block = _with(blocks, family.children)
        for one in overlaps_of(block, family.children) if block is not None and not family.is_large else ():
            met.add(frozenset((one.a, one.b)))
            yield one
    for first, second in pairs:
        block = _with(blocks, (first, second))
        if block is not None and first != second and frozenset((first, second)) not in met:
            yield overlap(block, first, second)


def _with(blocks: Sequence[Block], segments: Iterable[str]) -> Block | None:
    """The first block in which all of them stand."""
    wanted = set(segments)
    return next((one for one in blocks if wanted <= one.inside.keys()), None)


def _coverages(plan: Plan, blocks: Sequence[Block]) -> Iterator[Coverage]:
    from microseg.measure.blocks import families_of
    from microseg.measure.fold import coverage, everybody

    for family in families_of(plan.subjects):
        block = _with(blocks, (family.whose, *family.children))
        if family in plan.covered:
            whole = everybody(blocks[0])
            none, one, several = (whole.sums[place] for place in plan.covered[family])
            yield Coverage(family.parent, none, one, several, _folded(blocks, family.whose).size - none - one - several)
        elif block is not None:
            yield coverage(block, family.parent, family.whose, family.children)
