"""What is claimed about a segment, and the evidence behind each claim."""

from __future__ import annotations

from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING

from microseg.lint.resolve import names_in
from microseg.model.evidence import Evidence
from microseg.model.measured import Fact
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from microseg.lint.rule import Context
    from microseg.model.places import Place
    from microseg.model.reference import Reference
    from microseg.model.segment import IdealSolution, MinimumExpected, PainPoint, Segment, SegmentFinding
    from microseg.model.workspace import Workspace


_EVIDENCE, _INLINE, _WRITTEN, _IS_ID = map(attrgetter, ("evidence", "inline", "written", "is_id"))


class Claim(NamedTuple):
    """Something said of a segment, and what is cited for it."""

    segment: Segment
    said: PainPoint | IdealSolution | SegmentFinding | MinimumExpected | Fact
    cited: tuple[Reference, ...]

    @property
    def place(self) -> Place:
        """Where it is said."""
        return self.said.at.key("label") if isinstance(self.said, Fact) else self.said.at.value("statement")

    @property
    def text(self) -> str:
        """What is said."""
        return (self.said.label if isinstance(self.said, Fact) else self.said.statement) or ""


class Backing(NamedTuple):
    """The evidence behind a segment, each source once; `is_whole`: every reference led to one."""

    sources: tuple[Evidence, ...]
    is_whole: bool


def claims_of(segment: Segment, *, unless: frozenset[str] = frozenset()) -> list[Claim]:
    """Pains, solutions, findings and minimum expected items that cite something, and none of the sources named in `unless`."""
    found: list[Claim] = []
    for records in (segment.pain_points, segment.ideal_solutions, segment.findings, segment.minimum_expected):
        found += [Claim(segment, one, one.evidence) for one in records if one.evidence and unless.isdisjoint(map(_WRITTEN, filter(_IS_ID, one.evidence)))]
    return found


def numbers_of(segment: Segment) -> list[Claim]:
    """Facts that name their source."""
    return [Claim(segment, fact, (fact.source,)) for fact in segment.facts if fact.source is not None]


def evidence_by_id(workspace: Workspace, context: Context) -> dict[str, Evidence]:
    """Every source that has an id, worked out once a run."""
    found: dict[str, Evidence] | None = context.memo.get("evidence by id")
    if found is None:
        found = context.memo["evidence by id"] = {}
        for source in workspace.evidence:
            found.setdefault(source.id or "", source)
        found.pop("", None)
    return found


def source_of(reference: Reference, known: dict[str, Evidence]) -> Evidence | None:
    """The source that a reference leads to: one of the workspace, or one typed out in place."""
    if isinstance(reference.inline, Evidence):
        return reference.inline
    return known.get(reference.written) if reference.is_id else None


def backing_of(segment: Segment, known: dict[str, Evidence]) -> Backing:
    """What stands behind the segment's own pains, solutions, findings and minimum expected items."""
    claims = (*segment.pain_points, *segment.ideal_solutions, *segment.findings, *segment.minimum_expected)
    cited: list[Reference] = list(chain.from_iterable(map(_EVIDENCE, claims)))
    if any(map(_INLINE, cited)):
        return _backing_by_place([source_of(reference, known) for reference in cited])
    names = dict.fromkeys(map(_WRITTEN, filter(_IS_ID, cited)))
    sources = tuple([known[name] for name in names if name in known])
    return Backing(sources, len(sources) == len(names) and all(map(_IS_ID, cited)))


def _backing_by_place(found: list[Evidence | None]) -> Backing:
    """Sources that are typed out in place may have no id, and be meant twice."""
    sources = [one for one in found if one is not None]
    by_place = {(one.at.path, one.at.start): one for one in sources}
    return Backing(tuple(by_place.values()), len(sources) == len(found))


def backings(workspace: Workspace, context: Context) -> tuple[tuple[Segment, Backing], ...]:
    """Each segment with what stands behind it, worked out once for the three rules that ask."""
    found: tuple[tuple[Segment, Backing], ...] | None = context.memo.get("backings")
    if found is None:
        known = evidence_by_id(workspace, context)
        found = context.memo["backings"] = tuple((segment, backing_of(segment, known)) for segment in workspace.segments)
    return found


def cited_ids(workspace: Workspace, context: Context) -> frozenset[str]:
    """Every id that is cited as evidence: by segments, and as the source of a metric or of a reading."""
    settings = [(entry.value.source, entry.value.reading.source if entry.value.reading is not None else None) for entry in workspace.config.metrics]
    return names_in(workspace, context).cited | {source for sources in settings for source in sources if source is not None}
