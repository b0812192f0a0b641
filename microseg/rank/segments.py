"""Segments by whether we go after them, then by size. Pains do not rank segments: their scores hold inside one segment only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from microseg.model.ranking import sources_of, voices
from microseg.rank.pains import pain_rows
from microseg.rank.rows import Ranking, SegmentRow

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microseg.model.segment import Segment
    from microseg.rank.setting import Setting

FOCUS = ("now", "later", None)


def rank_segments(segments: Iterable[Segment], setting: Setting) -> Ranking:
    """Now, later, not decided, each by size; then those whose size nobody knows, and those that are not for us."""
    rows = [_row(one, setting) for one in segments]
    ranked = sorted((one for one in rows if one.lane == "ranked"), key=lambda one: (FOCUS.index(one.focus), -(one.size or 0)))
    placed = [replace(one, place=place) for place, one in enumerate(ranked, 1)]
    return Ranking("segments", (*placed, *(one for one in rows if one.lane == "unranked"), *(one for one in rows if one.lane == "not_for_us")))


def _row(segment: Segment, setting: Setting) -> SegmentRow:
    size = setting.sizes.by_id.get(segment.id or "")
    pains = list(pain_rows(segment, setting))
    top = next((one for one in pains if one.lane == "ranked"), None)
    own = [one for one in segment.pain_points if one.statement]
    return SegmentRow(
        lane="not_for_us" if segment.focus == "never" else "unranked" if size is None else "ranked",
        place=None,
        segment=segment.id or "",
        focus=segment.focus,
        level=segment.level,
        size=None if size is None else size.number,
        size_known=None if size is None else size.known,
        unit=setting.workspace.unit(segment),
        share_of_revenue=segment.size.share_of_revenue if segment.size is not None else None,
        statement=top.statement if top is not None else "",
        score=top.score if top is not None else None,
        pains=len(own),
        relieved=sum(bool(setting.workspace.reliefs(segment, one)) for one in own),
        voices=sum(voices(sources_of(one.evidence, setting.evidence)) for one in own),
        missing=() if size is not None else ("size",),
    )
