"""The criteria of a segment as one: its own and those above it, with every definition and every other segment put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.criteria.ast import All, Criterion, InSegment, Not, Use, rebuild, walk
from microseg.criteria.definitions import MAX_PARTS, resolve, resolve_all, with_presets
from microseg.exchange.export import CannotSayError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace


def whole_criteria(workspace: Workspace, segments: tuple[Segment, ...]) -> Mapping[str, Criterion | str | None]:
    """For each id the whole criterion, None where everybody is in, or a text that says why it cannot be put together."""
    definitions = resolve_all(with_presets({one.name: one.value for one in workspace.config.definitions}))
    found: dict[str, Criterion | str | None] = {}
    for segment in segments:
        try:
            found[segment.id or ""] = _whole(segment, workspace, definitions, ())
        except CannotSayError as why:
            found[segment.id or ""] = str(why)
    return found


def _whole(segment: Segment, workspace: Workspace, definitions: Mapping[str, Criterion], within: tuple[str, ...]) -> Criterion | None:
    """`within`: the segments whose criteria this one is put into. Raises CannotSayError for a circle, or an unknown name."""
    line = (*reversed(workspace.ancestors(segment)), segment)
    own = [resolve(one.criteria, definitions) for one in line if one.criteria is not None]
    if not own:
        return None
    whole = own[0] if len(own) == 1 else All(tuple(own))
    lost = next((part.name for part in walk(whole) if isinstance(part, Use)), None)
    if lost is not None:
        raise CannotSayError(f"the definition `{lost}` is not known, or goes in a circle")
    return _with_segments(whole, workspace, definitions, (*within, segment.id or ""))


def _with_segments(whole: Criterion, workspace: Workspace, definitions: Mapping[str, Criterion], within: tuple[str, ...]) -> Criterion:
    """Each `segment: {is: …}` replaced by what that segment says."""

    def changed(part: Criterion) -> Criterion:
        if not isinstance(part, InSegment):
            return part
        other = workspace.by_id.get(part.segment)
        if other is None or part.segment in within:
            raise CannotSayError(f"the segment `{part.segment}` " + ("is not known" if other is None else "is named in a circle"))
        if workspace.unit(other) != workspace.unit(workspace.by_id[within[-1]]):
            raise CannotSayError(f"members of `{part.segment}` are another unit ({workspace.unit(other)}s)")
        held = _whole(other, workspace, definitions, within)
        if held is None:
            raise CannotSayError(f"`{part.segment}` has no criteria, so it says nothing about its members")
        return held if part.member else Not(held)

    found = rebuild(whole, changed)
    if sum(1 for _ in walk(found)) > MAX_PARTS:
        raise CannotSayError(f"it grows past {MAX_PARTS:,} parts once other segments are put in")
    return found
