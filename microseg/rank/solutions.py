"""Solutions by RICE, across the workspace: whom they reach is counted once, however many segments they serve."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from microseg.model.ranking import Bounds, rice, served, union
from microseg.model.segment import IdealSolution
from microseg.rank.rows import Ranking, SolutionRow
from microseg.rank.sizes import overlaps_among

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from microseg.model.segment import Segment
    from microseg.rank.setting import Setting

_NO_ROOM = "a text of solved_by: move it to ideal_solutions"
_BUILT = {"live": "it is live already", "retired": "it was taken away again"}


class Reach(NamedTuple):
    """How many a solution reaches, how that is known, what one of them is, and what should be said about it."""

    bounds: Bounds | None
    known: str | None
    unit: str
    why: str = ""


def rank_solutions(segments: Iterable[Segment], setting: Setting) -> Ranking:
    """Those with all four inputs by score, then what every product owes, then what lacks an input."""
    rows = [row for segment in segments for row in (*_items(segment, setting), *_texts(segment, setting))]
    ranked = sorted((one for one in rows if one.lane == "ranked"), key=lambda one: -(one.score or Fraction(0)))
    placed = [replace(one, place=place) for place, one in enumerate(ranked, 1)]
    return Ranking("solutions", (*placed, *_in_lane(rows, "minimum_expected"), *_in_lane(rows, "unranked")))


def _in_lane(rows: list[SolutionRow], lane: str) -> Iterator[SolutionRow]:
    return (one for one in rows if one.lane == lane)


def _items(segment: Segment, setting: Setting) -> Iterator[SolutionRow]:
    """The segment's own solutions that are not built yet."""
    return (_row(one, segment, setting, setting.expected(one)) for one in segment.ideal_solutions if one.statement and one.stage not in _BUILT)


def _texts(segment: Segment, setting: Setting) -> Iterator[SolutionRow]:
    """The texts behind `solved_by`, each once: solutions that have nowhere to say what they take."""
    typed = {one.written: one for pain in reversed(segment.pain_points) for one in reversed(pain.solved_by) if not one.is_id}
    for text, reference in reversed(typed.items()):
        row = _row(IdealSolution(statement=text), segment, setting, setting.expected(reference))
        yield row if row.why else replace(row, why=_NO_ROOM)


def _row(solution: IdealSolution, segment: Segment, setting: Setting, expected: str) -> SolutionRow:
    reach = reach_of(solution, segment, setting)
    impact, confidence, effort = (_number(text) for text in (solution.impact, solution.confidence, solution.effort))
    missing = tuple(name for name, held in (("reach", reach.bounds), ("impact", impact), ("confidence", confidence), ("effort", effort)) if held is None)
    score = None
    if reach.bounds is not None and impact is not None and confidence is not None and effort is not None:
        score = rice(reach.bounds.low, impact, confidence, effort)
    return SolutionRow(
        lane="minimum_expected" if expected else "ranked" if score is not None else "unranked",
        place=None,
        segment=segment.id or "",
        id=solution.id,
        statement=solution.statement or "",
        score=None if expected else score,
        reach=None if reach.bounds is None else reach.bounds.low,
        reach_high=None if reach.bounds is None else reach.bounds.high,
        reach_known=reach.known,
        unit=reach.unit,
        impact=impact,
        confidence=confidence,
        effort=effort,
        stage=solution.stage,
        serves=tuple(one.id or "" for one in served(solution, segment, setting.workspace, setting.links)),
        missing=missing,
        why=expected or reach.why,
    )


def _number(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def reach_of(solution: IdealSolution, segment: Segment, setting: Setting) -> Reach:
    """As typed, else the union of the segments it serves; never a guess where a size is not known or only a part is meant."""
    unit = setting.workspace.unit(segment)
    if solution.reach is not None:
        return Reach(Bounds(solution.reach, solution.reach), "typed", unit)
    if solution.for_ is not None:
        return Reach(None, None, unit, "it is for a part of the segment: type how many that are")
    held = served(solution, segment, setting.workspace, setting.links)
    sizes = {one.id or "": setting.sizes.by_id.get(one.id or "") for one in held}
    known = {id_: one for id_, one in sizes.items() if one is not None}
    if len(known) < len(sizes):
        unsized = ", ".join(sorted(sizes.keys() - known.keys()))
        return Reach(None, None, unit, f"nobody knows how many there are of {unsized}")
    if len({one.unit for one in known.values()}) > 1:
        return Reach(None, None, unit, "it serves accounts and users, which cannot be added up")
    one = next(iter(known.values()))
    bounds = union({id_: size.number for id_, size in known.items()}, overlaps_among(known, setting.sizes, setting.workspace))
    why = "" if bounds.low == bounds.high else f"reach is {bounds.low:,} to {bounds.high:,}: how many are in several of {', '.join(sorted(known))} is not known, so the lower counts"
    return Reach(bounds, "measured" if one.known == "measured" else "typed size", one.unit, why)
