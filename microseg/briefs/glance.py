"""A segment at a glance: what the front page searches and what other programs read, without the work of a whole brief."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from microseg.briefs.bet import bet_view
from microseg.briefs.material import page_name
from microseg.briefs.pains import other_solutions, pain_view, pain_views, rank
from microseg.briefs.plan import teams

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microseg.briefs.material import Material
    from microseg.briefs.page import Bet
    from microseg.briefs.pains import Ranked
    from microseg.model.segment import Segment


class Glance(NamedTuple):
    """`entry` for index.json, but for where its pages are; `words` for the search: id, name, keyword, own pains with their cures, the rest."""

    entry: dict[str, Any]
    words: list[str]


def glance(segment: Segment, material: Material, bet: Bet | None = None) -> Glance:
    """What the files about all segments say of one; `bet` is that of its brief, where that has been made."""
    ranked = rank(segment, material)
    own = [one.item for one in ranked if one.origin is segment]
    bet = bet or _bet(segment, ranked, material)
    said = [text for pain in own for text in (pain.statement or "", *(cure.statement for cure in material.reliefs(segment, pain) if cure.statement))]
    rest = (segment.definition or "", bet.headline, *segment.tags)
    words = [page_name(segment), segment.name or segment.id or "", segment.keyword or "", " · ".join(said), " · ".join(rest)]
    return Glance(_entry(segment, bet, (ranked[0].item.statement or "") if ranked else None, material), words)


def _bet(segment: Segment, ranked: Sequence[Ranked], material: Material) -> Bet:
    """The bet as the brief shows it; all pains are looked at only where the top one has no cure."""
    top = pain_view(ranked[0], 1, segment, material) if ranked else None
    if top is not None and top.solutions:
        return bet_view(segment, top, "")
    return bet_view(segment, top, next((one.statement for one in other_solutions(segment, pain_views(segment, material))), ""))


def _entry(segment: Segment, bet: Bet, top: str | None, material: Material) -> dict[str, Any]:
    workspace = material.workspace
    parent = workspace.parent(segment)
    owner = workspace.owner(segment)
    return {
        "id": segment.id or "",
        "name": segment.name or segment.id or "",
        "parent": (parent.id or "") if parent is not None and material.ancestors(segment) else None,
        "level": segment.level or "",
        "status": workspace.status(segment),
        "owner": teams((owner,)) if owner else None,
        "tags": list(segment.tags),
        "definition": segment.definition or None,
        "bet": bet.headline or None,
        "targeting": bet.targeting or None,
        "top_pain": top,
    }
