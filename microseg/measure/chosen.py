"""Which metrics each segment is measured by, and what its criteria are once definitions are put in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from microseg.criteria.algebra import TooManyError, space_of
from microseg.criteria.ast import All, Criterion, Test, Trend, dimensions_used, walk
from microseg.criteria.definitions import resolve
from microseg.measure.expression import Setting
from microseg.measure.metric import ends_as, resolved
from microseg.model.metric import Metric
from microseg.model.reference import Reference
from microseg.model.segment import Segment
from microseg.model.workspace import Workspace

_VISITS = frozenset({"use.visits", "use.minutes_per_visit"})
MOST_METRICS = 5  # what is shown of a workspace's metrics where no segment chose any


class Chosen(NamedTuple):
    """A metric of a segment: the id it goes by, and the metric itself."""

    id: str
    metric: Metric


def metrics_of(segment: Segment, workspace: Workspace) -> tuple[Chosen, ...]:
    """The metrics a segment names, else those the nearest segment above names, else the first five of the workspace."""
    for one in (segment, *workspace.ancestors(segment)):
        named = tuple(found for number, reference in enumerate(one.metrics, 1) if (found := metric_behind(reference, workspace, f"{one.id}-metric-{number}")))
        if named:
            return named
    return tuple(Chosen(one.name, one.value) for one in workspace.config.metrics if _is_whole(one.value))[:MOST_METRICS]


def metric_behind(reference: Reference | None, workspace: Workspace, name: str) -> Chosen | None:
    """The metric that a reference means: one of the workspace by its id, or one typed out in place, which goes by `name`."""
    if reference is None:
        return None
    inline = reference.inline
    if isinstance(inline, Metric):
        return Chosen(name, inline) if _is_whole(inline) else None
    found = next((one.value for one in workspace.config.metrics if one.name == reference.written), None)
    return Chosen(reference.written, found) if isinstance(found, Metric) and _is_whole(found) else None


def chain_of(segment: Segment, workspace: Workspace, definitions: Mapping[str, Criterion]) -> tuple[Criterion, ...]:
    """The resolved criteria of the segment and of all above it, its own first."""
    return tuple(resolve(one.criteria, definitions) for one in (segment, *workspace.ancestors(segment)) if one.criteria is not None)


def is_shut_out(chain: tuple[Criterion, ...], metric: Metric, setting: Setting) -> bool:
    """Can nobody who is in show the outcome of a metric? In a segment of free accounts nobody has paid."""
    end = ends_as(resolved(metric, setting))
    if end is None or not chain:
        return False
    space = space_of((*chain, end), setting.dimensions)
    try:
        region = space.region(All((*chain, end)))
    except TooManyError:
        return False
    return space.is_empty(region) is True


def is_taken_in(chain: tuple[Criterion, ...], metric: Metric, setting: Setting) -> bool:
    """Does everybody who is in show the outcome of a metric already? In a segment of paying accounts all have turned into such."""
    end = ends_as(resolved(metric, setting))
    return end is not None and certainly(chain, end, setting)


def certainly(chain: tuple[Criterion, ...], criterion: Criterion, setting: Setting) -> bool:
    """Does everybody who is in meet a criterion, by the criteria of the segment alone?"""
    asked = {name for one in chain for name in dimensions_used(one)}
    if asked.isdisjoint(dimensions_used(criterion)):
        return False
    space = space_of((*chain, criterion), setting.dimensions)
    try:
        region = space.meet(space.region(All(chain)), space.region(criterion, "not true"))
    except TooManyError:
        return False
    return space.is_empty(region) is True


def own_dimensions(segment: Segment, definitions: Mapping[str, Criterion]) -> frozenset[str]:
    """The dimensions a segment's own criteria ask about, those inside `users:` and behind definitions included."""
    return frozenset() if segment.criteria is None else frozenset(dimensions_used(resolve(segment.criteria, definitions)))


def events_and_platforms(workspace: Workspace, definitions: Mapping[str, Criterion]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The events and the platforms that criteria, definitions or metrics of the workspace speak of, in order of name."""
    events: set[str] = set()
    platforms: set[str] = set()
    for criterion in _all_criteria(workspace, definitions):
        for part in walk(criterion):
            if isinstance(part, Test | Trend):
                events |= {part.event} if part.event else set()
                platforms |= set(part.platform)
                if isinstance(part, Test) and part.dimension == "tech.platform":
                    platforms |= {value for value in part.values if isinstance(value, str)}
    return tuple(sorted(events)), tuple(sorted(platforms))


def has_visits(workspace: Workspace, definitions: Mapping[str, Criterion]) -> bool:
    """Are visits to be had for nothing: a column that names them, or criteria that count them already?

    Without a column they are cut out of the order of all events, which costs as much as everything else together.
    """
    data = workspace.config.data
    if data is not None and data.tables is not None and data.tables.event is not None and data.tables.event.visit:
        return True
    return any(not _VISITS.isdisjoint(dimensions_used(one)) for one in _all_criteria(workspace, definitions))


def _all_criteria(workspace: Workspace, definitions: Mapping[str, Criterion]) -> list[Criterion]:
    own = [resolve(one.criteria, definitions) for one in workspace.segments if one.criteria is not None]
    metrics = [one.value for one in workspace.config.metrics if isinstance(one.value, Metric)]
    held = [part for metric in metrics for part in (metric.from_, metric.to, metric.event, metric.returning, metric.active, metric.base, metric.where, *metric.steps)]
    return own + [resolve(one, definitions) for one in held if one is not None]


def _is_whole(metric: object) -> bool:
    """Has it a type? One without is a finding of `lint`."""
    return isinstance(metric, Metric) and metric.type is not None
