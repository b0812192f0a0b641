"""From the model to the pages about all segments: rows, groups by focus, what is asked of the reader, shared needs."""

from __future__ import annotations

import hashlib
from itertools import chain
from typing import TYPE_CHECKING

from microseg.briefs import proof
from microseg.briefs.pains import rank_own, score_text
from microseg.briefs.people import card_bet, size_words, target_of
from microseg.briefs.phrases import anchor, counted, day, listed, one_decimal
from microseg.briefs.place import share_of, whole_place
from microseg.briefs.plan import is_past, teams
from microseg.briefs.whole import Group, Matrix, Ranked, Request, Row, Shared, Whole
from microseg.model.ranking import owed_spots, spots

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from microseg.briefs.material import Material
    from microseg.briefs.pains import Ranked as RankedPain
    from microseg.lint.finding import Finding
    from microseg.model.segment import Goal, PainPoint, Segment

_GROUPS = {"now": "We go after them now", "later": "Later", "never": "Not for us", "": "Wider groups, and those not decided yet"}
_LEVELS = {"head": "Head", "midtail": "Midtail", "longtail": "Longtail"}
MOST_CHILDREN = 12
MOST_REQUESTS = 12
_MOST_RANKED = 3
_STRONG_KINDS, _STRONG_VOICES = 2, 10


def view_whole(material: Material, findings: Iterable[Finding] = ()) -> Whole:
    """Everything the index and the overview show. Pains that every product owes by the `findings` are not ranked, as in `microseg rank`."""
    is_owed = owed_in(material, findings)
    workspace = material.workspace
    walked = list(_walk(material))
    rows = {id(one): row_view(one, depth, material) for depth, one in walked}
    segments = [one for _, one in walked]
    live = [one for one in segments if workspace.status(one) != "retired"]
    product = workspace.config.product
    return Whole(
        title=f"Segments of {product.name}" if product is not None and product.name else "Segments",
        summary=_summary(segments, material),
        count=len(segments),
        rows=tuple(rows.values()),
        pictures=tuple(whole_place(root, material) for root in workspace.roots if workspace.children(root)),
        groups=tuple(_groups(live, rows)),
        not_chasing=tuple((material.link(one), one.not_for) for one in live if one.not_for),
        requests=tuple(_requests(live, material)),
        matrices=tuple(found for one in live if (found := matrix(one, material)) is not None),
        ranking=tuple(one for one in (ranking(segment, material, is_owed) for segment in live) if one.pains),
        owners=tuple(sorted({row.owner for row in rows.values() if row.owner})),
        tags=tuple(sorted({tag for one in segments for tag in one.tags})),
        digest=_digest(segments, material),
        revision=material.revision,
    )


def _walk(material: Material) -> Iterator[tuple[int, Segment]]:
    """Every segment that has a page, from the top down, each at most one level deeper than the one before."""
    last = -1
    for depth, one in material.workspace.walk():
        if material.workspace.by_id.get(one.id or "") is one:
            last = min(depth, last + 1)
            yield last, one


def row_view(segment: Segment, depth: int, material: Material) -> Row:
    """One segment on one line."""
    ranked = rank_own(segment, material)
    goal = next((one for one in segment.goals if one.statement), None)
    root = (segment, *material.ancestors(segment))[-1]
    owner = material.workspace.owner(segment)
    return Row(
        link=material.link(segment),
        depth=depth,
        level=_LEVELS.get(segment.level or "", ""),
        status=material.workspace.status(segment),
        focus=segment.focus or "",
        owner=teams((owner,)) if owner else "",
        tags=segment.tags,
        size=size_words(segment, None, material),
        share="" if root is segment else share_of(segment, root, material)[0],
        definition=segment.definition or "",
        pain=(ranked[0].item.statement or "") if ranked else "",
        bet=card_bet(segment),
        cure=_cure(segment, ranked, material),
        goal=_goal_words(goal, material),
        by=day(goal.by) if goal is not None else "",
        is_overdue=goal is not None and not goal.outcome and is_past(goal.by, material),
        proof=strength(ranked[0], material) if ranked else "",
        pains=len(ranked),
        children=len(material.workspace.children(segment)),
    )


def _cure(segment: Segment, ranked: tuple[RankedPain, ...], material: Material) -> str:
    if not ranked:
        return ""
    return next((one.statement for one in material.workspace.reliefs(segment, ranked[0].item) if one.statement), "")


def _goal_words(goal: Goal | None, material: Material) -> str:
    if goal is None:
        return ""
    target = target_of(goal, material)
    if target is None or not target.target:
        return goal.statement or ""
    return f"{target.metric or goal.statement}: {target.baseline or 'unknown'} → {target.target}"


def strength(ranked: RankedPain, material: Material) -> str:
    """How well a pain is proved: strong (two kinds of source, ten voices), some, opinion only, none yet."""
    sources, texts = proof.sources_of(ranked.item.evidence, material)
    heard = [one for one in sources if one.kind != "team_opinion"]
    if not heard and not texts:
        return "opinion only" if sources else "none yet"
    voices = sum(one.n or 1 for one in heard)
    return "strong" if len({one.kind for one in heard}) >= _STRONG_KINDS and voices >= _STRONG_VOICES else "some"


def _summary(segments: list[Segment], material: Material) -> str:
    levels = [f"{sum(one.level == level for one in segments)} {word.lower()}" for level, word in _LEVELS.items() if any(one.level == level for one in segments)]
    now = sum(one.focus == "now" for one in segments)
    drafts = sum(material.workspace.status(one) == "draft" for one in segments)
    parts = [f"{counted(len(segments), 'segment')}: {listed(levels)}", f"{now} in focus now" if now else "", counted(drafts, "draft") if drafts else ""]
    return "; ".join(part for part in parts if part) + "."


def _groups(segments: list[Segment], rows: dict[int, Row]) -> Iterator[Group]:
    for focus, name in _GROUPS.items():
        inside = tuple(rows[id(one)] for one in segments if (one.focus or "") == focus)
        if inside:
            yield Group(name, inside)


def _requests(segments: list[Segment], material: Material) -> list[Request]:
    """Open tests and goals by the day they are due, then what nobody answers for."""
    dated = sorted(chain.from_iterable(_dated(one, material) for one in segments), key=lambda one: (one[0], one[1].what))
    nobody = [
        Request(f"Say who answers for {one.name}", "", "", is_overdue=False, link=material.link(one))
        for one in segments
        if not material.workspace.owner(one) and material.workspace.status(one) == "active"
    ]
    return [*(request for _, request in dated), *nobody][:MOST_REQUESTS]


def _dated(segment: Segment, material: Material) -> Iterator[tuple[int, Request]]:
    owner = material.workspace.owner(segment)
    who = teams((owner,)) if owner else ""
    for one in segment.assumptions:
        if one.statement and one.due is not None and one.state in {None, "untested", "running"}:
            what = f"Find out: {one.statement}" + (f" ({one.test})" if one.test else "")
            yield one.due.toordinal(), Request(what, who, day(one.due), is_past(one.due, material), material.link(segment))
    for goal in segment.goals:
        if goal.statement and not goal.outcome and is_past(goal.by, material) and goal.by is not None:
            yield goal.by.toordinal(), Request(f"Say what came of it: {goal.statement}", teams(goal.owners) or who, day(goal.by), is_overdue=True, link=material.link(segment))


def matrix(parent: Segment, material: Material) -> Matrix | None:
    """A parent's own needs against its children; None where there is nothing to compare."""
    children = material.children_by_size(parent)
    needs = [one for one in rank_own(parent, material) if one.item.felt_by]
    if len(children) < 2 or not needs:  # noqa: PLR2004 - one child shares with nobody
        return None
    shown = children[:MOST_CHILDREN]
    rows = tuple(
        Shared(
            one.item.statement or "",
            anchor("pain", one.item.id, one.item.statement or ""),
            "" if one.score is None else one_decimal(one.score),
            tuple(any(ref.written == child.id for ref in one.item.felt_by) for child in shown),
        )
        for one in needs
    )
    return Matrix(material.link(parent), tuple(material.link(one) for one in shown), rows, tuple(len(one.pain_points) for one in shown), len(children) - len(shown))


def owed_in(material: Material, findings: Iterable[Finding]) -> Callable[[PainPoint], bool]:
    """Does every product owe this, by what was found? Nothing is where nobody can say which item stands at a place."""
    owed = owed_spots((one.rule, (one.location.path, one.location.line, one.location.column)) for one in findings if one.confidence == "sure")
    if material.source is None or not owed:
        return lambda _: False
    spot = spots(material.source)
    return lambda pain: spot(pain.at.value("statement")) in owed


def ranking(segment: Segment, material: Material, is_owed: Callable[[PainPoint], bool]) -> Ranked:
    """The segment's own pains with the highest scores, but for those that every product owes."""
    own = [one for one in rank_own(segment, material) if not is_owed(one.item)][:_MOST_RANKED]
    found = []
    for one in own:
        cure = next((relief.statement for relief in material.workspace.reliefs(segment, one.item) if relief.statement), "")
        shown = one_decimal(one.score) if one.score is not None else score_text(one.item.importance)
        found.append((shown, one.item.statement or "", cure, anchor("pain", one.item.id, one.item.statement or "")))
    return Ranked(material.link(segment), tuple(found))


def _digest(segments: list[Segment], material: Material) -> str:
    paths = sorted({one.at.path for one in segments} | {one.at.path for one in material.workspace.evidence})
    return hashlib.sha256("\n".join(f"{path} {material.digest(path)}" for path in paths).encode("utf-8", "surrogateescape")).hexdigest()[:8]
