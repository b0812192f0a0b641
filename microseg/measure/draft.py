"""Findings drafted from the numbers, as YAML to be edited and pasted under a segment: what stands out, with its share and n.

A draft says what was seen and never why: `cause:` is the team's to fill in. Each goes with its day and its count, and
passes `microseg lint` as it stands.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from microseg.criteria.values import duration_text
from microseg.measure.drivers import Driver
from microseg.measure.goals import UNHAPPY, SuggestedGoal
from microseg.measure.metric import SHARE
from microseg.measure.result import MeasuredMetric, MeasuredSegment, MeasureResult
from microseg.measure.result_json import as_text
from microseg.measure.said import figure, name_of
from microseg.model.bind_scalars import slugify
from microseg.model.workspace import Workspace

_LONGEST_ID = 64


class DraftedFinding(NamedTuple):
    """A finding to be pasted: its id, what was seen, over how many, and as a share where it is one; of a metric, its type."""

    id: str
    statement: str
    share: str
    n: int
    metric: str = ""


def drafted(result: MeasureResult, workspace: Workspace) -> str:
    """All drafts of a run as YAML, segment by segment; a comment where nothing stands out."""
    taken = set(workspace.ids.get("pain", {})) | set(workspace.ids.get("finding", {}))
    names = {id_: one.name or id_ for id_, one in workspace.by_id.items()}
    blocks = [block for one in result.segments if (block := _block(one, names.get(one.parent, ""), result.as_of, taken))]
    if not blocks:
        return "# nothing stands out: no segment differs from its parent or its siblings by more than chance would\n"
    head = f"# drafted from data as of {result.as_of.isoformat()}: read, edit, and paste under the segment; a difference is an association, never a cause\n"
    return "\n".join([head, *blocks])


def findings_of(one: MeasuredSegment, above: str) -> tuple[DraftedFinding, ...]:
    """What stands out in a segment: metrics whose interval leaves out the value of the segment above, which is called `above`, and its drivers."""
    metrics = (_from_metric(held, one, above) for held in one.metrics)
    return (*(found for found in metrics if found is not None), *(_from_driver(held, one) for held in one.drivers))


def _from_metric(held: MeasuredMetric, one: MeasuredSegment, above: str) -> DraftedFinding | None:
    """A metric that differs from the segment above by more than chance would; None where it does not, or nobody can tell."""
    found, parent = held.found, held.parent
    if found.value is None or found.low is None or found.high is None or parent is None or parent.value is None:
        return None
    if found.low <= parent.value <= found.high:
        return None
    name = held.name[:1].upper() + held.name[1:]
    statement = f"{name} is {figure(found.value, found.unit)} here and {figure(parent.value, parent.unit)} in {above}."
    return DraftedFinding(_id(one, held.id), statement, figure(found.value, SHARE) if found.unit == SHARE else "", found.n, held.metric.type or "")


def _from_driver(held: Driver, one: MeasuredSegment) -> DraftedFinding:
    words = held.words[:1].upper() + held.words[1:]
    unit = f" {held.unit}" if held.unit else ""
    statement = f"{words} in the last {duration_text(held.span)}: {figure(held.mean, '')}{unit} on average, and {figure(held.others_mean, '')} among {held.against}."
    return DraftedFinding(_id(one, held.name), statement, "", held.n)


def _id(one: MeasuredSegment, name: str) -> str:
    """An id from the segment's and the figure's, short enough to be one."""
    return slugify(f"{one.id[:_LONGEST_ID // 2]} {name.replace('.', ' ').replace('_', ' ')}")[:_LONGEST_ID].strip("-")


def _block(one: MeasuredSegment, above: str, day: dt.date, taken: set[str]) -> str:
    findings = [held._replace(id=_free(held.id, taken)) for held in findings_of(one, above)]
    lines = list(_finding_lines(findings, day))
    lines += _goal_lines(one.goal, findings, one, above) if one.goal is not None else ()
    lines += _baseline_lines(one)
    return "\n".join([f"# {one.id}: {_quoted(one.name)}", *lines, ""]) if lines else ""


def _free(name: str, taken: set[str]) -> str:
    """The id, or the first numbered one that nothing else has."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name[: _LONGEST_ID - 8]}-{number}"
    taken.add(free)
    return free


def _finding_lines(findings: list[DraftedFinding], day: dt.date) -> Iterator[str]:
    if findings:
        yield "findings:"
    for one in findings:
        share = f"share: {one.share}, " if one.share else ""
        yield f"  - id: {one.id}"
        yield f"    statement: {_quoted(one.statement)}"
        yield f"    observed: {{{share}n: {one.n}, as_of: {day.isoformat()}}}"
        yield "    # evidence: [the id of this data under evidence/]"


def _goal_lines(goal: SuggestedGoal, findings: list[DraftedFinding], one: MeasuredSegment, above: str) -> Iterator[str]:
    # how much they use it is no reason for low satisfaction: only the scores themselves are
    reasons = [held.id for held in findings if goal.state != UNHAPPY.name or held.metric in goal.types] or [pain.id for pain in one.segment.pain_points if pain.id][:1]
    if not reasons:
        yield f"# {one.id} has no goal ({goal.because}): the usual one is {_quoted(goal.statement)}; name the pain behind it first"
        return
    yield "goals:"
    yield f"  # {goal.because}, so this is the usual goal; say by when, and how far"
    yield f"  - statement: {_quoted(goal.statement)}"
    yield f"    because_of: [{', '.join(reasons)}]"
    if goal.metric:
        yield f"    metric: {goal.metric}"
    yield f"    direction: {goal.direction}"
    if goal.baseline is not None and goal.baseline.value is not None:
        yield f"    baseline: {figure(goal.baseline.value, goal.baseline.unit)}"
        return
    parent = next((held.parent for held in one.metrics if held.id == goal.metric), None)
    if parent is not None and parent.value is not None:
        yield f"    # baseline: …   # in {above} it is {figure(parent.value, parent.unit)}"


def _baseline_lines(one: MeasuredSegment) -> Iterator[str]:
    for held in one.baselines:
        if held.value.value is not None:
            metric = next((found for found in one.metrics if found.id == held.metric), None)
            name = held.metric if metric is None else name_of(metric.id, metric.metric)
            yield f"# goal {_quoted(held.goal)}: baseline: {figure(held.value.value, held.value.unit)}   # {name}, n {held.value.n:,}"


def _quoted(text: str) -> str:
    """A text as YAML reads it back, whatever it holds: a JSON string is one."""
    return as_text(text).strip()
