"""From the model to a brief: puts together what a page shows, and decides which blocks it has and in which order."""

from __future__ import annotations

import hashlib
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from microseg.briefs import proof
from microseg.briefs.bet import bet_view, find_gaps
from microseg.briefs.facts import fact_views
from microseg.briefs.material import page_name
from microseg.briefs.notes import note_views
from microseg.briefs.numbers import numbers_view
from microseg.briefs.page import Brief, Card, Experience, Finding, Goal, Minimum, Pain, Provenance, Source
from microseg.briefs.pains import Ranked, minimum_views, other_solutions, owed_own, pain_views, rank
from microseg.briefs.people import FOCUS, MOST_CARDS, card_view, people_view, rules_view
from microseg.briefs.phrases import day
from microseg.briefs.place import place_view
from microseg.briefs.plan import assumption_views, decision_views, experience_views, finding_views, goal_views, teams
from microseg.model.segment import LEVEL_CAPTIONS
from microseg.record import replace

if TYPE_CHECKING:
    from microseg.briefs.material import Material
    from microseg.model.segment import Segment

Anchored = TypeVar("Anchored", Pain, Minimum, Card, Finding, Goal, Experience)

# which blocks each reader gets, in order; "" is everybody. The identity, the definition and the bet always come first.
BLOCKS = ("first", "facts", "place", "people", "pains", "minimum", "children", "plan", "numbers", "open", "decisions", "notes", "rules", "sources")
AUDIENCES: dict[str, tuple[str, ...]] = {
    "": BLOCKS,
    "product": ("first", "facts", "place", "pains", "minimum", "children", "plan", "numbers", "open", "decisions", "people", "notes"),
    "engineering": ("first", "pains", "rules", "plan", "numbers", "minimum", "open", "decisions", "notes"),
    "marketing": ("first", "people", "facts", "pains", "minimum", "children", "sources"),
    "support": ("first", "pains", "minimum", "people", "plan"),
}
MOST_PAINS = 10
_SOURCED_FOR_MAP = 3
_LEVELS = {"head": "Head", "midtail": "Midtail", "longtail": "Longtail"}


def view_brief(material: Material, segment: Segment, *, audience: str = "") -> Brief:
    """A brief of one segment. `audience` is "" for everybody, or one of product, engineering, marketing, support."""
    workspace = material.workspace
    ranked = rank(segment, material)
    pains = pain_views(segment, material)
    top = pains[0] if pains else None
    others = other_solutions(segment, pains)
    bet = bet_view(segment, top, next((one.statement for one in others), ""))
    minimum = minimum_views(segment, material)
    status = workspace.status(segment)
    children = material.children_by_size(segment)
    config = workspace.config
    brief = Brief(
        id=page_name(segment), name=segment.name or segment.id or "", blocks=(),
        path=tuple(material.link(one) for one in reversed(material.ancestors(segment))),
        level=_LEVELS.get(segment.level or "", ""), caption=LEVEL_CAPTIONS.get(segment.level or "", ""),
        status=status,
        replaced_by=None if segment.replaced_by is None else material.link_to(segment.replaced_by),
        owner=teams((owner,)) if (owner := workspace.owner(segment)) else "",
        reviewed=day(segment.reviewed),
        focus=FOCUS.get(segment.focus or "", ""),
        audience=audience,
        product=(config.product.name or "") if config.product else "", category=(config.product.category or "") if config.product else "",
        definition=segment.definition or "",
        bet=bet, top=top, not_chasing=segment.not_for,
        facts=fact_views(segment, material),
        place=place_view(segment, material), people=people_view(segment, material),
        pains=pains[:MOST_PAINS], more_pains=pains[MOST_PAINS:],
        other_solutions=others,
        has_scores=any(pain.score for pain in pains),
        has_map=_has_map(ranked, pains),
        minimum=minimum, category_minimum=config.minimum_expected,
        cards=tuple(card_view(child, segment, material) for child in children[:MOST_CARDS]),
        more_children=tuple(material.link(child) for child in children[MOST_CARDS:]),
        findings=finding_views(segment, material),
        goals=goal_views(segment, material),
        experiences=experience_views(segment, material),
        metrics=tuple(material.metric_name(one) for one in segment.metrics),
        assumptions=assumption_views(segment, material),
        decisions=decision_views(segment),
        rules=rules_view(segment, material),
        sources=_sources(segment, ranked, material),
        gaps=find_gaps(segment, bet, pains, has_minimum=bool(minimum), has_owed=bool(owed_own(segment, material)), is_retired=status == "retired"),
        provenance=_provenance(segment, material),
        tags=segment.tags,
        numbers=numbers_view(segment, material),
        notes=note_views(segment.notes),
    )  # fmt: skip
    return replace(_with_own_anchors(brief), blocks=_blocks(brief, audience))


def _has_map(ranked: tuple[Ranked, ...], pains: tuple[Pain, ...]) -> bool:
    """Three sourced pains make a map; with fewer it would be a picture of opinions."""
    return len([one for one, pain in zip(ranked, pains, strict=True) if one.score is not None and not pain.is_guess]) >= _SOURCED_FOR_MAP


def _blocks(brief: Brief, audience: str) -> tuple[str, ...]:
    """The blocks in which there is anything to show. Required ones also show what is missing."""
    people = brief.people
    filled: dict[str, bool] = {
        "first": bool(brief.top or brief.not_chasing),
        "facts": bool(brief.facts),
        "place": bool(brief.path or brief.place.tree.children or brief.place.ties),
        "people": bool(people.who or people.does or people.why or people.use_cases or people.channels or people.keyword),
        "pains": bool(brief.pains or brief.other_solutions or brief.gaps.pains),
        "minimum": bool(brief.minimum or brief.category_minimum or brief.gaps.minimum),
        "children": bool(brief.cards),
        "plan": bool(brief.findings or brief.goals or brief.experiences or brief.metrics),
        "numbers": brief.numbers is not None and bool(brief.numbers.figures or brief.numbers.coverage or brief.numbers.overlaps or brief.numbers.maybe or brief.numbers.stale),
        "notes": bool(brief.notes),
        "open": bool(brief.assumptions),
        "decisions": bool(brief.decisions),
        "rules": bool(brief.rules.lines or brief.rules.inherited),
        "sources": bool(brief.sources),
    }
    return tuple(name for name in AUDIENCES[audience] if filled[name])


def _with_own_anchors(brief: Brief) -> Brief:
    """Two items that would share an anchor (a repeated id, the same sentence twice) get a number behind it."""
    anchors = [one.anchor for items in (brief.pains, brief.more_pains, brief.minimum, brief.cards, brief.findings, brief.goals, brief.experiences) for one in items]
    if len(set(anchors)) == len(anchors):
        return brief
    met: dict[str, int] = {}

    def own(name: str) -> str:
        met[name] = met.get(name, 0) + 1
        return name if met[name] == 1 else f"{name}-{met[name]}"

    def apart(items: tuple[Anchored, ...]) -> tuple[Anchored, ...]:
        named = [(one, own(one.anchor)) for one in items]
        return tuple(one if one.anchor == name else replace(one, anchor=name) for one, name in named)

    return replace(
        brief,
        pains=apart(brief.pains), more_pains=apart(brief.more_pains), minimum=apart(brief.minimum), cards=apart(brief.cards),
        findings=apart(brief.findings), goals=apart(brief.goals), experiences=apart(brief.experiences),
    )  # fmt: skip


def _sources(segment: Segment, ranked: tuple[Ranked, ...], material: Material) -> tuple[Source, ...]:
    """Every source that the segment's own pains and findings rest on, each once, the newest first."""
    pains = [*(one.item for one in ranked if one.origin is segment), *(item for item, _ in owed_own(segment, material))]
    references = [reference for one in pains for reference in one.evidence]
    references += [reference for finding in segment.findings for reference in finding.evidence]
    found, _ = proof.sources_of(references, material)
    found.sort(key=lambda one: one.date.toordinal() if one.date else 0, reverse=True)
    return tuple(material.once("source", one, partial(proof.as_source, one)) for one in found)


def _provenance(segment: Segment, material: Material) -> Provenance:
    """The segment's file, and a hash over the files of all that is shown: itself, those above and below it, and the evidence."""
    shown = [segment, *material.ancestors(segment), *material.children_by_size(segment)[:MOST_CARDS]]
    paths = {path for one in shown for path in material.once("paths", one, partial(_paths, one, material))}
    joined = "\n".join(f"{path} {material.digest(path)}" for path in sorted(paths))
    return Provenance(segment.at.path, hashlib.sha256(joined.encode("utf-8", "surrogateescape")).hexdigest()[:8], material.revision)


def _paths(segment: Segment, material: Material) -> frozenset[str]:
    """The file of a segment, and those of the sources behind its pains."""
    sources = (source for item in segment.pain_points for source in proof.sources_of(item.evidence, material)[0])
    return frozenset({segment.at.path, *(source.at.path for source in sources)})
