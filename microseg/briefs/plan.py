"""What we do about it: findings, goals, experiences, what is not proved yet, and what was decided."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from microseg.briefs import proof
from microseg.briefs.page import Assumption, Decision, Experience, Finding, Goal
from microseg.briefs.people import target_of
from microseg.briefs.phrases import anchor, count, day, from_id, listed, quantity, share, split_quantity

if TYPE_CHECKING:
    import datetime

    from microseg.briefs.material import Material
    from microseg.model import segment as model

_KINDS = {
    "engagement": "In-product engagement",
    "custom_onboarding": "Custom onboarding",
    "guide": "Guide",
    "workflow": "Workflow",
    "marketing": "Marketing",
    "support": "Support",
    "pricing": "Pricing",
    "research": "Research",
}
_OPEN = frozenset({"untested", "running"})


def teams(owners: tuple[str, ...]) -> str:
    """Owners as words: product-team and sales are "Product team and Sales"."""
    return listed(tuple(from_id(one) if " " not in one else one for one in owners))


def finding_views(segment: model.Segment, material: Material) -> tuple[Finding, ...]:
    """What data or interviews showed."""
    return tuple(
        Finding(anchor("finding", one.id, one.statement), one.statement, _observed(one), _cause(one), proof.in_words(one.evidence, material))
        for one in segment.findings
        if one.statement
    )


def _observed(finding: model.SegmentFinding) -> str:
    seen = finding.observed
    if seen is None:
        return ""
    parts = [text for text in (_share(seen.share), f"of {count(seen.n)}" if seen.n is not None else "") if text]
    return " ".join(parts) + (f", {day(seen.as_of)}" if seen.as_of and parts else "")


def _share(written: str | None) -> str:
    """0.76 is 76%; what was typed with a unit stays as it is."""
    parts = split_quantity(written)
    if parts is not None and not parts[2] and not parts[0] and Fraction(parts[1].replace(",", "")) <= 1:
        return share(float(parts[1]), 1)
    return quantity(written)


def _cause(finding: model.SegmentFinding) -> str:
    cause = finding.cause
    if cause is None or not cause.statement:
        return ""
    return cause.statement + (f" ({share(float(cause.confidence), 1)} sure)" if cause.confidence is not None else "")


def goal_views(segment: model.Segment, material: Material) -> tuple[Goal, ...]:
    """What we want to change, and by when."""
    return tuple(
        Goal(
            anchor=anchor("goal", one.id, one.statement),
            statement=one.statement,
            because=tuple(reason.statement for ref in one.because_of if (reason := material.reasons.get(ref.written)) is not None and reason.statement),
            target=target_of(one, material),
            by=day(one.by),
            owners=teams(one.owners),
            outcome=one.outcome or "",
            is_overdue=not one.outcome and is_past(one.by, material),
        )
        for one in segment.goals
        if one.statement
    )


def experience_views(segment: model.Segment, material: Material) -> tuple[Experience, ...]:
    """The experiments: those under way first, then planned, then finished; each group as typed."""
    order = ("running", "planned", "", "done", "dropped")
    found = sorted(segment.experiences, key=lambda one: order.index(one.status or ""))
    return tuple(_experience(one, material) for one in found if one.hypothesis or one.statement or one.kind)


def _experience(one: model.Experience, material: Material) -> Experience:
    told = one.hypothesis or one.statement or ""
    when = " to ".join(day(date) for date in (one.start, one.end) if date is not None)
    return Experience(
        anchor=anchor("experience", one.id, told or one.kind or ""),
        kind=_KINDS.get(one.kind or "", ""),
        lever=one.lever or "",
        meant_for=(one.for_.text or "") if one.for_ is not None else "",
        hypothesis=told,
        metric=material.metric_name(one.metric),
        when=when,
        state=one.status or "",
        owners=teams(one.owners),
        result=one.result or "",
    )


def assumption_views(segment: model.Segment, material: Material) -> tuple[Assumption, ...]:
    """What is taken for true, in the order typed."""
    return tuple(
        Assumption(one.statement, one.test or "", day(one.due), one.state or "untested", (one.state or "untested") in _OPEN and is_past(one.due, material))
        for one in segment.assumptions
        if one.statement
    )


def decision_views(segment: model.Segment) -> tuple[Decision, ...]:
    """What was decided, the newest first."""
    found = sorted(segment.decisions, key=lambda one: one.date.toordinal() if one.date else 0, reverse=True)
    return tuple(Decision(day(one.date), one.what, one.why or "") for one in found if one.what)


def is_past(date: datetime.date | None, material: Material) -> bool:
    """Has the day gone by? Unknown days have not."""
    return date is not None and material.as_of is not None and date < material.as_of
