"""The criteria of a segment as one: its own and those above it, with every definition and every other segment put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.criteria.ast import All, Criterion, InSegment, Not, Use, rebuild, walk
from microseg.criteria.definitions import resolve
from microseg.exchange.export import CannotSayError
from microseg.measure.resolved import resolved_segments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microseg.measure.resolved import Resolved
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace


def whole_criteria(workspace: Workspace, segments: tuple[Segment, ...]) -> Mapping[str, Criterion | str | None]:
    """For each id the whole criterion, None where everybody is in, or a text that says why it cannot be put together."""
    resolved = resolved_segments(workspace)
    found: dict[str, Criterion | str | None] = {}
    for segment in segments:
        try:
            found[segment.id or ""] = _whole(segment, workspace, resolved, ())
        except CannotSayError as why:
            found[segment.id or ""] = str(why)
    return found


def _whole(segment: Segment, workspace: Workspace, resolved: Resolved, within: tuple[str, ...]) -> Criterion | None:
    """`within`: the segments whose criteria this one is put into. Raises CannotSayError for a circle, an unknown name, or criteria that nothing can be made of."""
    why = resolved.broken.get(segment.id or "")
    if why is not None:
        raise CannotSayError(f"it asks about `{segment.id}`, whose members nobody knows" if within else why)
    line = (*reversed(workspace.ancestors(segment)), segment)
    own = [resolve(one.criteria, resolved.definitions) for one in line if one.criteria is not None]
    if not own:
        return None
    whole = own[0] if len(own) == 1 else All(tuple(own))
    lost = next((part.name for part in walk(whole) if isinstance(part, Use)), None)
    if lost is not None:
        raise CannotSayError(f"the definition `{lost}` is not known, or goes in a circle")
    return _with_segments(whole, workspace, resolved, (*within, segment.id or ""))


def _with_segments(whole: Criterion, workspace: Workspace, resolved: Resolved, within: tuple[str, ...]) -> Criterion:
    """Each `segment: {is: …}` replaced by what that segment says."""

    def changed(part: Criterion) -> Criterion:
        if not isinstance(part, InSegment):
            return part
        other = workspace.by_id.get(part.segment)
        if other is None or part.segment in within:
            raise CannotSayError(f"the segment `{part.segment}` " + ("is not known" if other is None else "is named in a circle"))
        if workspace.unit(other) != workspace.unit(workspace.by_id[within[-1]]):
            raise CannotSayError(f"members of `{part.segment}` are another unit ({workspace.unit(other)}s)")
        held = _whole(other, workspace, resolved, within)
        if held is None:
            raise CannotSayError(f"`{part.segment}` has no criteria, so it says nothing about its members")
        return held if part.member else Not(held)

    return rebuild(whole, changed)
