"""The answer of a run: for each segment its size, share, metrics beside the parent's and the previous run's, and what follows.

`build` makes every ratio from what was counted. Nothing in a result is rounded; `result_json` and whoever prints it round.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from microseg.measure.asked import METRIC
from microseg.measure.chosen import Chosen, chain_of, is_shut_out, is_taken_in, metrics_of
from microseg.measure.counted import Counted, Coverage, Overlap, SegmentCount, TableCount
from microseg.measure.drivers import Driver, Scene, drivers_of, scene_of
from microseg.measure.experiences import TrialResult, result_of, trials_of
from microseg.measure.expression import Setting
from microseg.measure.goals import Baseline, SuggestedGoal, baselines, suggested
from microseg.measure.metric import NOT_AVAILABLE, MetricValue, value_of
from microseg.measure.noticed import Noticed, notice
from microseg.measure.said import name_of
from microseg.measure.statistics import Interval, wilson
from microseg.model.criteria_hash import criteria_hashes
from microseg.model.metric import Metric
from microseg.model.saved import Run, SavedSegment
from microseg.model.segment import Segment
from microseg.model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MeasuredMetric:
    """One metric of one segment, beside the same of its parent and of the previous run (None where there is none)."""

    id: str
    name: str
    metric: Metric
    found: MetricValue
    parent: MetricValue | None = None
    previous: Fraction | None = None


@dataclass(frozen=True, slots=True)
class MeasuredSegment:
    """One segment. `share` is of the parent's size, with a Wilson interval; None for a head, or where the parent counts something else.

    `unknown` counts who may be in: their values are missing, most often that of `because`; where they are more than `size`, the
    share is not known, and its range is what they allow. `is_unread`: the cells are there, and cannot be read. `comparable` is False where
    the criteria have changed since the previous run, so that its figures are of another group.
    """

    segment: Segment
    id: str
    name: str
    level: str
    parent: str
    unit: str
    criteria_hash: str
    size: int
    unknown: int
    because: str
    share: Fraction | None = None
    low: Fraction | None = None
    high: Fraction | None = None
    previous_size: int | None = None
    comparable: bool = True
    metrics: tuple[MeasuredMetric, ...] = ()
    drivers: tuple[Driver, ...] = ()
    goal: SuggestedGoal | None = None
    baselines: tuple[Baseline, ...] = ()
    experiences: tuple[TrialResult, ...] = ()
    is_unread: bool = False


class Total(NamedTuple):
    """What a segment is called, and how many are certainly in it."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """All that a run has found. `skipped`: segments that were not measured, with the reason; `noticed`: findings with numbers.

    `totals`: every measured segment by its id, those too that are left out where only a few were asked for.
    """

    as_of: dt.date
    timezone: str
    engine: str
    segments: tuple[MeasuredSegment, ...]
    overlaps: tuple[Overlap, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    tables: tuple[TableCount, ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    noticed: tuple[Noticed, ...] = ()
    previous_as_of: dt.date | None = None
    previous_path: str = ""
    totals: Mapping[str, Total] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Run:
    """What every segment of a run is built from."""

    scene: Scene
    workspace: Workspace
    settings: Mapping[str, Setting]
    previous: Run | None
    hashes: Mapping[str, str]
    by_id: Mapping[str, SegmentCount] = field(default_factory=dict)
    unread: frozenset[str] = frozenset()


def build(counted: Counted, workspace: Workspace, settings: Mapping[str, Setting], previous: Run | None = None) -> MeasureResult:
    """The result of a run. `settings`: as for `asked`, one a unit; `previous`: a saved run to compare with."""
    by_id = _by_id(counted, workspace)
    run = _Run(scene_of(workspace, counted, by_id, settings), workspace, settings, previous, criteria_hashes(workspace), by_id, frozenset(one.dimension for one in counted.unread if one.is_most))
    measured = tuple(_segment(one, run) for _, one in workspace.walk() if one.id in run.by_id)
    return MeasureResult(
        counted.as_of,
        counted.timezone,
        counted.engine,
        measured,
        counted.overlaps,
        counted.coverage,
        counted.tables,
        tuple((one.id or "", _why_skipped(one, workspace, counted.broken)) for _, one in workspace.walk() if one.id not in run.by_id),
        notice(counted, by_id, workspace, run.hashes, previous),
        previous.as_of if previous else None,
        previous.path if previous else "",
        {one.id: Total(one.name, one.size) for one in measured},
    )


def metric_value(chosen: Chosen, segment: Segment, count: SegmentCount, workspace: Workspace, setting: Setting) -> MetricValue:
    """What a metric says of a segment; n/a where its own criteria shut out whoever would count as the outcome, or everybody else."""
    chain = chain_of(segment, workspace, setting.definitions)
    is_out = is_shut_out(chain, chosen.metric, setting)
    if is_out or is_taken_in(chain, chosen.metric, setting):
        above = "; measure it on the segment above" if workspace.parent(segment) is not None else ""
        outcome = "turned" if chosen.metric.type == "conversion" else "left"
        note = f"the criteria of {segment.name or segment.id} {'keep out everybody who has' if is_out else 'let in only those who have'} {outcome}{above}"
        return MetricValue(None, 0, 0, "", note=f"{NOT_AVAILABLE}: {note}")
    sums = count.sums.get(METRIC + chosen.id)
    return MetricValue(None, 0, 0, "", note=_reason(chosen, setting)) if sums is None else value_of(chosen.metric, sums, setting)


def _reason(chosen: Chosen, setting: Setting) -> str:
    """Why nothing was summed for a metric."""
    return value_of(chosen.metric, _NOTHING, setting).note or f"{NOT_AVAILABLE}: not asked for"


def _by_id(counted: Counted, workspace: Workspace) -> dict[str, SegmentCount]:
    """Every segment that has numbers: those counted, and the heads without criteria, who are everybody."""
    found = {one.id: one for one in counted.segments}
    for segment in workspace.segments:
        everybody = counted.everybody.get("account" if workspace.unit(segment) == "account" else "user")
        if segment.id and segment.id not in found and segment.criteria is None and workspace.parent(segment) is None and everybody is not None:
            found[segment.id] = everybody._replace(id=segment.id)
    return found


class _Nothing(dict[str, int]):
    """No sums at all: every one of them is 0."""

    def __missing__(self, _: str) -> int:
        return 0


_NOTHING: Mapping[str, int] = _Nothing()


def _segment(segment: Segment, run: _Run) -> MeasuredSegment:
    count = run.by_id[segment.id or ""]
    setting = run.settings[count.unit]
    above = _measured_parent(segment, run)
    before = run.previous.segment(count.id) if run.previous else None
    metrics = tuple(_metric(one, segment, run, above, before) for one in metrics_of(segment, run.workspace))
    values = {one.id: one.found for one in metrics}
    share, interval = _share(count, above)
    return MeasuredSegment(
        segment,
        count.id,
        segment.name or count.id,
        segment.level or "",
        above.id if above is not None else "",
        count.unit,
        run.hashes.get(count.id, ""),
        count.size,
        count.unknown,
        count.unknown_because or "",
        share,
        interval.low if interval else None,
        interval.high if interval else None,
        before.size if before else None,
        before is None or before.criteria_hash == run.hashes.get(count.id),
        metrics,
        drivers_of(segment, run.workspace, run.scene, setting),
        suggested(segment, chain_of(segment, run.workspace, setting.definitions), {one.id: one.metric for one in metrics}, values, setting),
        baselines(segment, values),
        tuple(result_of(trial, count.sums, setting) for trial in trials_of(segment, run.workspace, setting)),
        count.unknown_because in run.unread,
    )


def _share(count: SegmentCount, above: SegmentCount | None) -> tuple[Fraction | None, Interval | None]:
    """The share of the segment above, with its interval; where most are unknown only the interval, from none of them to all."""
    if above is None or not above.size:
        return None, None
    interval = wilson(count.size, above.size)
    if count.unknown <= count.size:
        return Fraction(count.size, above.size), interval
    most = wilson(min(count.size + count.unknown, above.size), above.size)
    return None, None if interval is None or most is None else Interval(interval.low, most.high)


def _measured_parent(segment: Segment, run: _Run) -> SegmentCount | None:
    """The nearest segment above that was measured in the same unit: one without criteria of its own equals its parent."""
    own = run.by_id[segment.id or ""]
    above = next((run.by_id[one.id or ""] for one in run.workspace.ancestors(segment) if one.id in run.by_id), None)
    return above if above is not None and above.unit == own.unit else None


def _metric(chosen: Chosen, segment: Segment, run: _Run, above: SegmentCount | None, before: SavedSegment | None) -> MeasuredMetric:
    count = run.by_id[segment.id or ""]
    setting = run.settings[count.unit]
    found = metric_value(chosen, segment, count, run.workspace, setting)
    parent = None
    if above is not None:
        parent = metric_value(chosen, run.workspace.by_id[above.id], above, run.workspace, setting)
    earlier = next((one.value for one in before.metrics if one.id == chosen.id), None) if before else None
    return MeasuredMetric(chosen.id, name_of(chosen.id, chosen.metric), chosen.metric, found, parent, earlier)


def _why_skipped(segment: Segment, workspace: Workspace, broken: Mapping[str, str]) -> str:
    if segment.status == "retired":
        return "retired"
    if why := broken.get(segment.id or ""):
        return why
    if segment.criteria is None and workspace.parent(segment) is not None:
        return "no criteria of its own: it would equal the segment above"
    return "it was not asked for"
