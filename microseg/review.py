"""The quarterly walk: what has grown old, what is overdue, what has finished, and what to read again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from microseg.source.text import SourceFile

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable

    from microseg.lint.finding import Finding
    from microseg.model.places import Place
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace

Kind = Literal["stale", "overdue", "finished", "reread"]
KINDS: tuple[Kind, ...] = ("overdue", "stale", "finished", "reread")
_RULES: dict[str, Kind] = {"MS504": "stale", "MS706": "overdue"}


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to look at: whose it is (None: evidence that several rest on), what it is, and where it stands."""

    kind: Kind
    segment: str | None
    owner: str | None
    text: str
    path: str
    line: int


def review(workspace: Workspace, findings: Iterable[Finding], source: Callable[[str], SourceFile], *, owner: str = "") -> tuple[Point, ...]:
    """All points in the order of the tree, the urgent kinds first; with `owner`, those of that team only."""
    order = {segment.id: number for number, (_, segment) in enumerate(workspace.walk())}
    points = [*_found(workspace, findings), *_finished(workspace, source), *_to_reread(workspace, source)]
    chosen = [one for one in points if not owner or (one.owner or "").casefold() == owner.casefold()]
    return tuple(sorted(chosen, key=lambda one: (order.get(one.segment, len(order)), KINDS.index(one.kind), one.path, one.line)))


def _found(workspace: Workspace, findings: Iterable[Finding]) -> Iterator[Point]:
    """What the rules about age and dates say."""
    for one in findings:
        kind = _RULES.get(one.rule)
        if kind is None:
            continue
        segment = workspace.by_id.get(one.segment or "")
        text = f"{one.item}: {one.message}" if kind == "overdue" and one.item else one.message
        yield Point(kind, one.segment, workspace.owner(segment) if segment else None, text, one.location.path, one.location.line)


def _finished(workspace: Workspace, source: Callable[[str], SourceFile]) -> Iterator[Point]:
    """Experiences that have ended since the segment was last read: what they taught may change its pains and goals."""
    for segment in workspace.segments:
        for one in segment.experiences:
            is_new = one.end is None or segment.reviewed is None or one.end > segment.reviewed
            if one.status == "done" and one.result and is_new:
                what = one.statement or one.hypothesis or one.id or "an experience"
                yield _point("finished", segment, f"{what}: {one.result}", one.at.whole, workspace=workspace, source=source)


def _to_reread(workspace: Workspace, source: Callable[[str], SourceFile]) -> Iterator[Point]:
    """Segments that nobody has read through, or not since one above them was."""
    for segment in workspace.segments:
        if workspace.status(segment) == "retired":
            continue
        if segment.reviewed is None:
            yield _point("reread", segment, "never read through", segment.at.value("name"), workspace=workspace, source=source)
            continue
        above = _last_read(workspace.ancestors(segment))
        if above is not None and above[0] > segment.reviewed:
            text = f"read on {segment.reviewed.isoformat()}, and {above[1]} above it on {above[0].isoformat()}"
            yield _point("reread", segment, text, segment.at.value("reviewed"), workspace=workspace, source=source)


def _last_read(ancestors: tuple[Segment, ...]) -> tuple[datetime.date, str] | None:
    """The newest reading above, and whose it was."""
    return max(((one.reviewed, one.name or one.id or "") for one in ancestors if one.reviewed is not None), default=None)


def _point(kind: Kind, segment: Segment, text: str, place: Place, *, workspace: Workspace, source: Callable[[str], SourceFile]) -> Point:
    line = source(place.path).position(place.start).line
    return Point(kind, segment.id, workspace.owner(segment), text, place.path, line)
