"""What pages are made from: the workspace, the words of its criteria, the hashes of its files, and the day they stand for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from microseg.briefs.page import Link
from microseg.briefs.phrases import from_id
from microseg.briefs.sizes import size_in_tree
from microseg.criteria.definitions import with_presets
from microseg.criteria.words import lines
from microseg.model.criteria_hash import criteria_hashes
from microseg.model.ranking import owed_spots, spots

if TYPE_CHECKING:
    import datetime

    from microseg.criteria.ast import Criterion
    from microseg.criteria.dimensions import Dimensions
    from microseg.criteria.words import Line
    from microseg.lint.finding import Finding
    from microseg.model.evidence import Evidence
    from microseg.model.metric import Metric
    from microseg.model.ranking import Spot
    from microseg.model.reference import Reference
    from microseg.model.saved import Run, SavedSegment
    from microseg.model.segment import PainPoint, Segment, SegmentFinding
    from microseg.model.workspace import Relief, Workspace
    from microseg.source.text import SourceFile

T = TypeVar("T")
_OUR_PAGES = frozenset({"index", "overview"})


def page_name(segment: Segment) -> str:
    """What the page of a segment is called: its id, set apart where a page about all segments is called so."""
    return f"{segment.id}_" if segment.id in _OUR_PAGES else segment.id or ""


class Material:
    """All that pages may show, with what is looked up often kept at hand. Nothing in it changes afterwards."""

    def __init__(
        self, workspace: Workspace, dimensions: Dimensions, *, digest: Callable[[str], str], as_of: datetime.date | None, runs: tuple[Run, ...] = (), revision: str = "", source: Callable[[str], SourceFile] | None = None, findings: Callable[[], Sequence[Finding]] = tuple
    ) -> None:
        """`digest(path)` is the SHA-256 of a file in hexadecimal digits; `as_of` the day that counts as today, None for unknown.

        `runs` are the saved measures, the newest first; `revision` is the git revision to name on each page, if any.
        `source(path)` is a file's text, to know an item by the place where something was found; `findings()` is what
        was found, asked for when a page needs it.
        """
        self.workspace = workspace
        self.dimensions = dimensions
        self.digest = cache(digest)
        self.as_of = as_of
        self.runs = runs
        self.revision = revision
        self.source = source
        self._find = findings
        self._once: dict[tuple[str, int], Any] = {}
        self._above: dict[tuple[int, ...], tuple[Segment, ...]] = {}

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
    def findings(self) -> Sequence[Finding]:
        """What was found while reading the sources."""
        return self._find()

    @cached_property
    def _owed(self) -> dict[Spot, str]:
        return owed_spots((one.rule, (one.location.path, one.location.line, one.location.column)) for one in self.findings if one.confidence == "sure")

    @cached_property
    def _owed_paths(self) -> frozenset[str]:
        return frozenset(path for path, _, _ in self._owed)

    def expected(self, pain: PainPoint) -> str:
        """Why every product owes what a pain asks for, by what was found; empty where it may set one apart. Nothing is owed where no text tells which item stands where."""
        if self.source is None or pain.at.path not in self._owed_paths:
            return ""
        return self._owed.get(spots(self.source)(pain.at.value("statement")), "")

    def once(self, what: str, thing: object, make: Callable[[], T]) -> T:
        """What is worked out about a thing of the workspace, once for all pages that show it."""
        key = (what, id(thing))
        found: T | None = self._once.get(key)
        if found is None:
            found = self._once[key] = make()
        return found

    def ancestors(self, segment: Segment) -> tuple[Segment, ...]:
        """Parent, its parent and so on up to the head; siblings have the very same tuple, so that `once` knows what holds for all of them."""
        return self.once("ancestors", segment, lambda: self._line(self.workspace.ancestors(segment)))

    def _line(self, above: tuple[Segment, ...]) -> tuple[Segment, ...]:
        return self._above.setdefault(tuple(map(id, above)), above)

    def reliefs(self, segment: Segment, pain: PainPoint) -> tuple[Relief, ...]:
        """What relieves a pain of this segment."""
        return self.once("reliefs", pain, lambda: self.workspace.reliefs(segment, pain))

    def lines(self, criterion: Criterion) -> tuple[Line, ...]:
        """A criterion demand by demand, in words."""
        return self.once("lines", criterion, lambda: tuple(lines(criterion, dimensions=self.dimensions, names=self.names)))

    @cached_property
    def _measured(self) -> dict[str, list[tuple[SavedSegment, Run]]]:
        found: dict[str, list[tuple[SavedSegment, Run]]] = {}
        for run in self.runs:
            for one in run.segments:
                found.setdefault(one.id, []).append((one, run))
        return found

    def latest(self, segment: Segment, back: int = 0) -> tuple[SavedSegment, Run] | None:
        """What the newest run that has the segment found, and that run; `back` 1 for the one before it."""
        held = self._measured.get(segment.id or "", ())
        return held[back] if len(held) > back else None

    @cached_property
    def criteria_hashes(self) -> dict[str, str]:
        """What the criteria of each segment are now, to tell whether it was measured by others."""
        return criteria_hashes(self.workspace)

    def link(self, segment: Segment) -> Link:
        """A segment as a page names it."""
        return Link(page_name(segment), segment.name or segment.id or "")

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
        return self.once("children", segment, lambda: self._by_size(segment))

    def _by_size(self, segment: Segment) -> tuple[Segment, ...]:
        counts = {id(one): size.number if (size := size_in_tree(one, self)) is not None else -1 for one in self.workspace.children(segment)}
        return tuple(sorted(self.workspace.children(segment), key=lambda one: -counts[id(one)]))

