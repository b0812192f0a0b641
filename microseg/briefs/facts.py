"""Three or four numbers about a segment, each with its source and day, and each beside its parent's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.briefs import proof
from microseg.briefs.material import counted_in, members
from microseg.briefs.page import Fact
from microseg.briefs.phrases import count, month, quantity, share

if TYPE_CHECKING:
    import datetime

    from microseg.briefs.material import Material
    from microseg.model import measured
    from microseg.model.reference import Reference
    from microseg.model.segment import Segment

MOST_FACTS = 4


def fact_views(segment: Segment, material: Material) -> tuple[Fact, ...]:
    """Size and revenue first, then the facts in the order typed; at most four."""
    parent = material.workspace.parent(segment)
    found = [*_size_facts(segment, parent, material), *(_fact(one, parent, material) for one in segment.facts if one.label and one.value)]
    return tuple(found[:MOST_FACTS])


def _size_facts(segment: Segment, parent: Segment | None, material: Material) -> list[Fact]:
    size = segment.size
    if size is None:
        return []
    note = _note(size.source, size.as_of, None, material)
    found = []
    number = members(segment)
    if number is not None:
        whole = members(parent) if parent is not None and counted_in(parent) == counted_in(segment) else None
        beside = f"{share(number, whole)} of {parent.name}" if parent is not None and whole else ""
        found.append(Fact(counted_in(segment) if number != 1 else counted_in(segment).removesuffix("s"), count(number), beside, note))
    if size.share_of_revenue is not None:
        above = parent.size.share_of_revenue if parent is not None and parent.size is not None else None
        found.append(Fact("of revenue", quantity(size.share_of_revenue), f"{parent.name} {quantity(above)}" if parent is not None and above else "", note))
    return found


def _fact(fact: measured.Fact, parent: Segment | None, material: Material) -> Fact:
    same = next((one for one in parent.facts if one.label == fact.label and one.value), None) if parent is not None else None
    overall = f"{quantity(fact.overall)} overall" if fact.overall is not None else ""
    beside = f"{parent.name} {quantity(same.value)}" if same is not None and parent is not None else overall
    return Fact(fact.label or "", quantity(fact.value), beside, _note(fact.source, fact.as_of, fact.n, material))


def _note(source: Reference | None, as_of: datetime.date | None, number: int | None, material: Material) -> str:
    """CRM data, Oct 2026, n 905."""
    parts = [proof.name_of(source, material), month(as_of), f"n {count(number)}" if number is not None else ""]
    return ", ".join(part for part in parts if part)
