"""Three or four numbers about a segment, each with its source and day, and each beside its parent's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.briefs import proof
from microseg.briefs.numbers import figure_views, size_note
from microseg.briefs.page import Fact
from microseg.briefs.phrases import count, month, quantity, share
from microseg.briefs.sizes import measured_size, part_of, typed_size

if TYPE_CHECKING:
    import datetime

    from microseg.briefs.material import Material
    from microseg.model import measured
    from microseg.model.reference import Reference
    from microseg.model.segment import Segment

MOST_FACTS = 4


def fact_views(segment: Segment, material: Material) -> tuple[Fact, ...]:
    """Size and revenue first, then the facts in the order typed, then what was measured; at most four."""
    parent = material.workspace.parent(segment)
    found = [*_size_facts(segment, parent, material), *(_fact(one, parent, material) for one in segment.facts if one.label and one.value)]
    return tuple([*found, *_measured(segment, parent, material)][:MOST_FACTS])


def _size_facts(segment: Segment, parent: Segment | None, material: Material) -> list[Fact]:
    size = segment.size
    note = "" if size is None else _note(size.source, size.as_of, None, material)
    measured_one, typed_one = measured_size(segment, material), typed_size(segment)
    known = measured_one or typed_one
    found = []
    if known is not None:
        shares = part_of(segment, parent, material) if parent is not None else None
        beside = f"{share(*shares)} of {parent.name}" if parent is not None and shares is not None else ""
        found.append(Fact(known.unit if known.number != 1 else known.one, count(known.number), beside, note if measured_one is None else size_note(segment, material)))
    if size is not None and size.share_of_revenue is not None:
        above = parent.size.share_of_revenue if parent is not None and parent.size is not None else None
        found.append(Fact("of revenue", quantity(size.share_of_revenue), f"{parent.name} {quantity(above)}" if parent is not None and above else "", note))
    return found


def _measured(segment: Segment, parent: Segment | None, material: Material) -> list[Fact]:
    """The metrics that have a value, as far as there is room for them."""
    latest = material.latest(segment)
    figures = [one for one in figure_views(segment, material) if one.value]
    when = "" if latest is None else month(latest[1].as_of)
    return [Fact(one.label, one.value, f"{parent.name} {one.beside}" if parent is not None and one.beside else "", ", ".join(text for text in (when, one.people) if text)) for one in figures]


def _fact(fact: measured.Fact, parent: Segment | None, material: Material) -> Fact:
    same = next((one for one in parent.facts if one.label == fact.label and one.value), None) if parent is not None else None
    overall = f"{quantity(fact.overall)} overall" if fact.overall is not None else ""
    beside = f"{parent.name} {quantity(same.value)}" if same is not None and parent is not None else overall
    return Fact(fact.label or "", quantity(fact.value), beside, _note(fact.source, fact.as_of, fact.n, material))


def _note(source: Reference | None, as_of: datetime.date | None, number: int | None, material: Material) -> str:
    """CRM data, Oct 2026, n 905."""
    parts = [proof.name_of(source, material), month(as_of), f"n {count(number)}" if number is not None else ""]
    return ", ".join(part for part in parts if part)
