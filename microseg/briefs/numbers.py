"""What was measured of a segment: its size, what may belong to it, each metric beside the parent's and the run before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.briefs.page import Figure, Numbers, Tie
from microseg.briefs.phrases import count, counted, day, from_id, one_decimal
from microseg.briefs.sizes import measured_size, part_of, typed_size

if TYPE_CHECKING:
    from fractions import Fraction

    from microseg.briefs.material import Material
    from microseg.model.saved import Run, SavedMetric, SavedSegment
    from microseg.model.segment import Segment

_MOST_OVERLAPS = 3
_STALE = "Measured before the criteria changed: the figures are about those who were in then."


def numbers_view(segment: Segment, material: Material) -> Numbers | None:
    """Everything that was measured; None where nothing was."""
    latest = material.latest(segment)
    if latest is None:
        return None
    found, run = latest
    parent, before = material.workspace.parent(segment), material.latest(segment, back=1)
    figures = figure_views(segment, material)
    return Numbers(
        day=day(run.as_of),
        size=_size_words(segment, material),
        maybe=_maybe(found, material),
        stale=_STALE if is_stale(segment, material) else "",
        parent=(parent.name or parent.id or "") if parent is not None and any(one.beside for one in figures) else "",
        previous=day(before[1].as_of) if before is not None and any(one.before for one in figures) else "",
        figures=figures,
        coverage=_coverage(found, run),
        overlaps=tuple(_overlaps(segment, found, run, material)),
        source=run.path,
    )


def is_stale(segment: Segment, material: Material) -> bool:
    """Have the criteria come to mean something else since the segment was measured?"""
    latest = material.latest(segment)
    return latest is not None and bool(latest[0].criteria_hash) and latest[0].criteria_hash != material.criteria_hashes.get(segment.id or "")


def figure_views(segment: Segment, material: Material) -> tuple[Figure, ...]:
    """The metrics of the newest run, in its order."""
    latest = material.latest(segment)
    return () if latest is None else tuple(_figure(one, material) for one in latest[0].metrics)


def _figure(one: SavedMetric, material: Material) -> Figure:
    known = material.metrics.get(one.id)
    label = one.name or (known.name if known is not None else "") or from_id(one.id)
    low = figure(one.low, one.unit if one.unit == "share" else "")
    span = f"{low} to {figure(one.high, one.unit)}" if one.low is not None and one.high is not None else ""
    return Figure(
        label, figure(one.value, one.unit), figure(one.parent, one.unit), figure(one.previous, one.unit), f"n {count(one.n)}" if one.n is not None else "", span, one.note
    )


def figure(value: Fraction | None, unit: str) -> str:
    """A measured value with its unit: 8.7%, 12 points; empty for none."""
    if value is None:
        return ""
    return f"{one_decimal(value * 100)}%" if unit == "share" else f"{one_decimal(value)} {unit}".rstrip()


def size_note(segment: Segment, material: Material) -> str:
    """The small print under a measured size: the day, who may be in too, what it was before, and what had been estimated."""
    latest = material.latest(segment)
    if latest is None:
        return ""
    found, run = latest
    before, estimate = material.latest(segment, back=1), typed_size(segment)
    parts = [f"measured {day(run.as_of)}" if not is_stale(segment, material) else f"measured {day(run.as_of)}, before the criteria changed"]
    parts.append(f"{count(found.unknown)} more may be in" if found.unknown else "")
    parts.append(f"{count(before[0].size)} on {day(before[1].as_of)}" if before is not None and before[0].unit == found.unit else "")
    parts.append(f"estimate: {count(estimate.number)}" if estimate is not None and (estimate.number, estimate.one) != (found.size, found.unit) else "")
    return "; ".join(part for part in parts if part)


def _size_words(segment: Segment, material: Material) -> str:
    size, parent = measured_size(segment, material), material.workspace.parent(segment)
    if size is None:
        return ""
    shares = part_of(segment, parent, material) if parent is not None else None
    whole = f" of the {count(shares[1])} in {parent.name} ({one_decimal(100 * shares[0] / shares[1])}%)" if parent is not None and shares is not None else ""
    return f"{counted(size.number, size.one)}{whole}"


def _maybe(found: SavedSegment, material: Material) -> str:
    if not found.unknown:
        return ""
    dimension = material.dimensions.find(found.unknown_because) if found.unknown_because else None
    why = f", for we do not know their {dimension.words}" if dimension is not None else ""
    return f"{count(found.unknown)} more {found.unit if found.unknown == 1 else f'{found.unit}s'} may be in{why}"


def _coverage(found: SavedSegment, run: Run) -> str:
    """How far the groups inside cover the segment, in a sentence."""
    one = next((one for one in run.coverage if one.parent == found.id), None)
    if one is None:
        return ""
    parts = [f"{count(one.one)} are in one of the groups inside"]
    parts += [f"{count(number)} in {where}" for number, where in ((one.several, "several"), (one.none, "none")) if number]
    unsure = f"; of {count(one.unknown)} it cannot be told" if one.unknown else ""
    return f"Of its {counted(found.size, found.unit)}, {', '.join(parts)}{unsure}."


def _overlaps(segment: Segment, found: SavedSegment, run: Run, material: Material) -> list[Tie]:
    """The segments it shares most members with, those above and below it aside."""
    line = {one.id for one in material.ancestors(segment)}
    pairs = sorted(((one.both, one.b if one.a == found.id else one.a) for one in run.overlaps if found.id in {one.a, one.b} and one.both), reverse=True)
    others = [(both, other) for both, name in pairs if name not in line and (other := material.workspace.by_id.get(name)) is not None and segment not in material.ancestors(other)]
    return [Tie(f"shares {counted(both, found.unit)} with", material.link(other), "") for both, other in others[:_MOST_OVERLAPS]]
