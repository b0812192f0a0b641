"""What pages are made from: the workspace, the words of its criteria, the hashes of its files, and the day they stand for."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from microseg.briefs.page import Link
from microseg.briefs.phrases import from_id
from microseg.criteria.definitions import with_presets

if TYPE_CHECKING:
    import datetime

    from microseg.criteria.ast import Criterion
    from microseg.criteria.dimensions import Dimensions
    from microseg.model.evidence import Evidence
    from microseg.model.metric import Metric
    from microseg.model.reference import Reference
    from microseg.model.segment import PainPoint, Segment, SegmentFinding
    from microseg.model.workspace import Workspace


class Material:
    """All that pages may show, with what is looked up often kept at hand. Nothing in it changes afterwards."""

    def __init__(self, workspace: Workspace, dimensions: Dimensions, *, digest: Callable[[str], str], as_of: datetime.date | None) -> None:
        """`digest(path)` is the SHA-256 of a file in hexadecimal digits; `as_of` the day that counts as today, None for unknown."""
        self.workspace = workspace
        self.dimensions = dimensions
        self.digest = digest
        self.as_of = as_of
        self._by_size: dict[str, tuple[Segment, ...]] = {}

    @cached_property
    def evidence(self) -> dict[str, Evidence]:
        """The sources by id."""
        return {one.id: one for one in self.workspace.evidence if one.id}

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """The workspace's metrics by id."""
        return {one.name: one.value for one in self.workspace.config.metrics}

    @cached_property
    def names(self) -> dict[str, str]:
        """What segments are called, by id."""
        return {id_: segment.name or id_ for id_, segment in self.workspace.by_id.items()}

    @cached_property
    def definitions(self) -> dict[str, Criterion]:
        """Named criteria, the ready-made ones included."""
        return with_presets({one.name: one.value for one in self.workspace.config.definitions if one.value is not None})

    @cached_property
    def reasons(self) -> dict[str, PainPoint | SegmentFinding]:
        """Pains and findings by id: what a goal is because of."""
        found: dict[str, PainPoint | SegmentFinding] = {}
        for segment in self.workspace.segments:
            items: tuple[PainPoint | SegmentFinding, ...] = (*segment.pain_points, *segment.findings)
            for one in items:
                if one.id:
                    found.setdefault(one.id, one)
        return found

    @cached_property
    def has_children(self) -> frozenset[str]:
        """The ids of the segments that are split further."""
        return frozenset(one.parent.written for one in self.workspace.segments if one.parent is not None)

    def link(self, segment: Segment) -> Link:
        """A segment as a page names it."""
        return Link(segment.id or "", segment.name or segment.id or "")

    def link_to(self, reference: Reference) -> Link:
        """A segment that is referred to; one that does not exist is shown as it was written."""
        segment = self.workspace.by_id.get(reference.written)
        return self.link(segment) if segment is not None else Link("", reference.written)

    def metric_name(self, reference: Reference | None) -> str:
        """What a metric is called: its name, its id as words, or the text that was typed."""
        if reference is None:
            return ""
        inline = getattr(reference.inline, "name", None)
        if inline:
            return str(inline)
        metric = self.metrics.get(reference.written)
        if metric is not None and metric.name:
            return metric.name
        return from_id(reference.written) if reference.is_id else reference.written

    def children_by_size(self, segment: Segment) -> tuple[Segment, ...]:
        """The children of a segment, the largest first, those of unknown size last in the order they were typed."""
        key = segment.id or ""
        found = self._by_size.get(key)
        if found is None:
            children = self.workspace.children(segment)
            found = self._by_size[key] = tuple(sorted(children, key=lambda one: -(members(one) or -1)))
        return found


def members(segment: Segment) -> int | None:
    """How many accounts or users the segment has, as typed; None where nobody said."""
    if segment.size is None:
        return None
    return segment.size.accounts if segment.size.accounts is not None else segment.size.users


def counted_in(segment: Segment) -> str:
    """What a segment's size counts: accounts or users."""
    return "accounts" if segment.size is not None and segment.size.accounts is not None else "users"
