"""From the model to the pages about all segments: rows, groups by focus, what is asked of the reader, shared needs."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from microseg.briefs import proof
from microseg.briefs.escape import script_json, visible
from microseg.briefs.frame import digest_of, frame_of
from microseg.briefs.glance import glance
from microseg.briefs.material import page_name
from microseg.briefs.pains import opportunity_text, rank_own, score_text
from microseg.briefs.people import card_bet, size_words, target_of
from microseg.briefs.phrases import anchor, counted, day, listed
from microseg.briefs.pieces import Due, Piece, piece_of
from microseg.briefs.place import share_of
from microseg.briefs.plan import is_past, teams
from microseg.briefs.whole import Group, Matrix, Ranked, Request, Row, Shared, Whole
from microseg.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from microseg.briefs.frame import Frame
    from microseg.briefs.material import Material
    from microseg.briefs.page import Bet
    from microseg.briefs.pains import Ranked as RankedPain
    from microseg.model.segment import Goal, Segment

_GROUPS = {"now": "We go after them now", "later": "Later", "never": "Not for us", "": "Wider groups, and those not decided yet"}
_LEVELS = {"head": "Head", "midtail": "Midtail", "longtail": "Longtail"}
MOST_CHILDREN = 12
MOST_REQUESTS = 12
_MOST_RANKED = 3
_STRONG_KINDS, _STRONG_VOICES = 2, 10
_typed = json.JSONEncoder(ensure_ascii=False).encode


def view_whole(material: Material, pieces: Mapping[str, Piece] | None = None) -> Whole:
    """Everything the index and the overview show. Pains that every product owes are not ranked, as in `microseg rank`."""
    frame = frame_of(material)
    return whole_of(cover_of(material, frame), frame, pieces_in(material) if pieces is None else pieces)


def cover_of(material: Material, frame: Frame) -> Whole:
    """What stands on pages about all segments that say nothing of one; of the workspace nothing but its settings is looked at."""
    product = material.workspace.config.product
    return Whole(
        title=f"Segments of {product.name}" if product is not None and product.name else "Segments",
        summary="",
        count=len(frame.walk),
        rows=(),
        pictures=frame.pictures,
        groups=(),
        not_chasing=(),
        requests=(),
        matrices=(),
        ranking=(),
        owners=(),
        tags=(),
        digest=digest_of(frame, material),
        revision=material.revision,
    )


def whole_of(cover: Whole, frame: Frame, pieces: Mapping[str, Piece]) -> Whole:
    """Everything they show, from what is known of all segments."""
    known = [_at(one.depth, pieces[one.name]) for one in frame.walk]
    live = [one for one in known if one.row.status != "retired"]
    rows = tuple(one.row for one in known)
    return replace(
        cover,
        summary=_summary(rows),
        rows=rows,
        groups=tuple(_groups([one.row for one in live])),
        not_chasing=tuple((one.row.link, one.not_chasing) for one in live if one.not_chasing),
        requests=tuple(_requests(live)),
        matrices=tuple(one.matrix for one in live if one.matrix is not None),
        ranking=tuple(one.ranked for one in live if one.ranked.pains),
        owners=tuple(sorted({row.owner for row in rows if row.owner})),
        tags=tuple(sorted({tag for row in rows for tag in row.tags})),
    )


def pieces_in(material: Material, texts: Mapping[str, str] | None = None) -> dict[str, Piece]:
    """What is said of each segment, by the name of its page: read from `texts` where it is there."""
    held = {} if texts is None else {name: piece_of(text) for name, text in texts.items()}
    return {name: held.get(name) or piece_view(segment, material) for segment in material.workspace.by_id.values() for name in (page_name(segment),)}


def _at(depth: int, piece: Piece) -> Piece:
    """A piece whose row stands as deep as its segment does."""
    return piece if piece.row.depth == depth else piece._replace(row=replace(piece.row, depth=depth))


def piece_view(segment: Segment, material: Material, bet: Bet | None = None) -> Piece:
    """What the pages about all segments say of one; `bet` is that of its brief, where that has been made."""
    entry, words = glance(segment, material, bet)
    return Piece(
        row=row_view(segment, len(material.ancestors(segment)), material),
        not_chasing=segment.not_for,
        due=tuple(_due(segment, material)),
        matrix=matrix(segment, material),
        ranked=ranking(segment, material),
        entry=visible(_laid_out(entry)),
        words=script_json(words),
    )


def _laid_out(entry: Mapping[str, str | list[str] | None]) -> str:
    """JSON, a line a value, indented by one: asked to indent, the encoder takes ten times as long."""
    return "{\n" + ",\n".join([f" {_typed(name)}: {_lines(value) if isinstance(value, list) else _typed(value)}" for name, value in entry.items()]) + "\n}"


def _lines(texts: Sequence[str]) -> str:
    return "[\n" + ",\n".join([f"  {_typed(one)}" for one in texts]) + "\n ]" if texts else "[]"


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
    return next((one.statement for one in material.reliefs(segment, ranked[0].item) if one.statement), "")


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


def _summary(rows: Sequence[Row]) -> str:
    levels = [f"{count} {word.lower()}" for word in _LEVELS.values() if (count := sum(one.level == word for one in rows))]
    now = sum(one.focus == "now" for one in rows)
    drafts = sum(one.status == "draft" for one in rows)
    parts = [f"{counted(len(rows), 'segment')}: {listed(levels)}", f"{now} in focus now" if now else "", counted(drafts, "draft") if drafts else ""]
    return "; ".join(part for part in parts if part) + "."


def _groups(rows: Sequence[Row]) -> Iterator[Group]:
    for focus, name in _GROUPS.items():
        inside = tuple(one for one in rows if one.focus == focus)
        if inside:
            yield Group(name, inside)


def _requests(pieces: Sequence[Piece]) -> list[Request]:
    """Open tests and goals by the day they are due, then what nobody answers for."""
    dated = sorted(((due, one.row.link) for one in pieces for due in one.due), key=lambda one: (one[0].day, one[0].what))
    found = [Request(due.what, due.who, due.by, due.is_overdue, link) for due, link in dated[:MOST_REQUESTS]]
    nobody = (one.row for one in pieces if not one.row.owner and one.row.status == "active")
    asked = (Request(f"Say who answers for {one.link.name}", "", "", is_overdue=False, link=one.link) for one in nobody)
    return [*found, *islice(asked, MOST_REQUESTS - len(found))]


def _due(segment: Segment, material: Material) -> Iterator[Due]:
    owner = material.workspace.owner(segment)
    who = teams((owner,)) if owner else ""
    for one in segment.assumptions:
        if one.statement and one.due is not None and one.state in {None, "untested", "running"}:
            what = f"Find out: {one.statement}" + (f" ({one.test})" if one.test else "")
            yield Due(one.due.toordinal(), what, who, day(one.due), is_past(one.due, material))
    for goal in segment.goals:
        if goal.statement and not goal.outcome and is_past(goal.by, material) and goal.by is not None:
            yield Due(goal.by.toordinal(), f"Say what came of it: {goal.statement}", teams(goal.owners) or who, day(goal.by), is_overdue=True)


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
            opportunity_text(one.item.importance, one.item.satisfaction),
            tuple(any(ref.written == child.id for ref in one.item.felt_by) for child in shown),
        )
        for one in needs
    )
    return Matrix(material.link(parent), tuple(material.link(one) for one in shown), rows, tuple(len(one.pain_points) for one in shown), len(children) - len(shown))


def ranking(segment: Segment, material: Material) -> Ranked:
    """The segment's own pains with the highest scores."""
    own = rank_own(segment, material)[:_MOST_RANKED]
    found = []
    for one in own:
        cure = next((relief.statement for relief in material.reliefs(segment, one.item) if relief.statement), "")
        shown = opportunity_text(one.item.importance, one.item.satisfaction) or score_text(one.item.importance)
        found.append((shown, one.item.statement or "", cure, anchor("pain", one.item.id, one.item.statement or "")))
    return Ranked(material.link(segment), tuple(found))
