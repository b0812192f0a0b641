"""What a run notices by its numbers: a claim of covering all that leaves a gap, members in two siblings, nobody in a segment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from microseg.measure.counted import Counted, SegmentCount
from microseg.measure.said import of_all
from microseg.model.saved import Run
from microseg.model.segment import Segment
from microseg.model.workspace import Workspace


class Noticed(NamedTuple):
    """One thing to look at. `kind`: gap, overlap, empty, data or changed; `severity`: warning or info."""

    kind: str
    severity: str
    segment: str
    message: str
    help: str


def notice(counted: Counted, by_id: Mapping[str, SegmentCount], workspace: Workspace, hashes: Mapping[str, str], previous: Run | None) -> tuple[Noticed, ...]:
    """Everything there is to notice, by kind and then in the order of the tree."""
    return (*_gaps(counted, workspace), *_overlaps(counted, workspace, by_id), *_empty(counted, workspace), *_data(counted), *_changed(hashes, previous, workspace, by_id))


def _gaps(counted: Counted, workspace: Workspace) -> Iterator[Noticed]:
    """`exhaustive: true`, and members whom no child takes."""
    for one in counted.coverage:
        parent = workspace.by_id.get(one.parent or "")
        if parent is None or not parent.exhaustive or not one.none:
            continue
        size = one.none + one.one + one.several + one.unknown
        unknown = f"; {one.unknown:,} more cannot be told" if one.unknown else ""
        units = f"{workspace.unit(parent)}s"
        open_ = [_called(child) for child in workspace.children(parent) if child.criteria is None and child.status != "retired"]
        aside = f" (without {' and '.join(open_)}: no criteria say who is in)" if open_ else ""
        message = f"{_called(parent)} says that its segments cover all of it, and {of_all(one.none, size)} {units} are in none of them{aside}{unknown}"
        yield Noticed("gap", "warning", one.parent or "", message, "add a segment for them, widen one, or set `exhaustive: false`")


def _overlaps(counted: Counted, workspace: Workspace, by_id: Mapping[str, SegmentCount]) -> Iterator[Noticed]:
    """Siblings that share members, where neither says so under `related`."""
    for one in counted.overlaps:
        first, second = workspace.by_id.get(one.a), workspace.by_id.get(one.b)
        if not one.both or first is None or second is None or not _are_siblings(first, second) or _is_declared(first, second):
            continue
        smaller = min((by_id[segment.id or ""] for segment in (first, second) if segment.id in by_id), key=lambda held: held.size, default=None)
        share = f" ({of_all(one.both, smaller.size)} of {workspace.by_id[smaller.id].name or smaller.id})" if smaller is not None else ""
        are = f"{workspace.unit(first)} is" if one.both == 1 else f"{workspace.unit(first)}s are"
        message = f"{one.both:,} {are} in both {_called(first)} and {_called(second)}{share}"
        yield Noticed("overlap", "warning", one.b, message, f"tell them apart by criteria, or say `related: [{{segment: {one.a}, how: overlaps}}]`")


def _empty(counted: Counted, workspace: Workspace) -> Iterator[Noticed]:
    unread = {held.dimension for held in counted.unread if held.is_most}
    for one in counted.segments:
        segment = workspace.by_id.get(one.id)
        if segment is None or one.size or segment.status == "retired":
            continue
        lack = "cannot be read" if one.unknown_because in unread else "is missing"
        unknown = f"; {one.unknown:,} may be, but {one.unknown_because or 'something'} {lack}" if one.unknown else ""
        yield Noticed("empty", "warning", one.id, f"nobody is in {_called(segment)}{unknown}", "`microseg why ENTITY` shows which of its criteria an account or user fails")


def _data(counted: Counted) -> Iterator[Noticed]:
    """What the data lacks, or holds in a way that made numbers unknown or smaller."""
    return (Noticed("data", "warning", "", one, "`microseg measure --check-data` shows the lines") for one in counted.notices)


def _changed(hashes: Mapping[str, str], previous: Run | None, workspace: Workspace, by_id: Mapping[str, SegmentCount]) -> Iterator[Noticed]:
    """Segments that meant another group when they were measured last."""
    for one in previous.segments if previous else ():
        if one.id in by_id and one.criteria_hash and one.criteria_hash != hashes.get(one.id) and one.id in workspace.by_id:
            day = previous.as_of.isoformat() if previous else ""
            yield Noticed("changed", "info", one.id, f"the criteria of {_called(workspace.by_id[one.id])} have changed since {day}, so a difference may be one of definition", "")


def _called(segment: Segment) -> str:
    return segment.name or segment.id or "this segment"


def _are_siblings(first: Segment, second: Segment) -> bool:
    return first.parent is not None and second.parent is not None and first.parent.written == second.parent.written


def _is_declared(first: Segment, second: Segment) -> bool:
    """Does either side name the other under `related`, as anything that shares members?"""
    sharing = {None, "overlaps", "part_of"}
    return any(tie.segment is not None and tie.segment.written == other.id and tie.how in sharing for one, other in ((first, second), (second, first)) for tie in one.related)
