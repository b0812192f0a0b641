"""What hurts, ranked, with what would fix it; and what every product owes, which is ranked nowhere."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from microseg.briefs import proof
from microseg.briefs.material import page_name
from microseg.briefs.page import Link, Minimum, Pain, Solution, Spot
from microseg.briefs.phrases import anchor, one_decimal, quoted, sentence, upper_first
from microseg.model.ranking import merit
from microseg.model.scores import SCORE_WORDS, opportunity
from microseg.record import replace

if TYPE_CHECKING:
    from microseg.briefs.material import Material
    from microseg.model.segment import IdealSolution, MinimumExpected, PainPoint, Segment
    from microseg.model.workspace import Relief

_WORD_SPOTS = {"low": 1.7, "medium": 5.0, "high": 8.3}  # the middle of the band a word stands for; drawn hollow, never printed
_ABOUT = {"existing_software": "with what they use today", "searching": "while looking for software", "workaround": "in a workaround"}
_STAGES = {"idea": "an idea", "mvp": "first version out", "live": "live", "retired": "retired"}
SOURCED = frozenset({"survey", "interviews"})
MOST_LETTERS = 26


class Ranked(NamedTuple):
    """A pain where it stands in the ranking of a segment, and the segment it comes from."""

    item: PainPoint
    origin: Segment
    score: Fraction | None


def rank(segment: Segment, material: Material) -> tuple[Ranked, ...]:
    """Own pains first, then those from above; each group by score, then by evidence, then as typed, the nearest first."""
    above = [one for origin in material.ancestors(segment) for one in rank_own(origin, material)]
    return (*rank_own(segment, material), *sorted(above, key=lambda one: _merit(one, material)))


def rank_own(segment: Segment, material: Material) -> tuple[Ranked, ...]:
    """The segment's own pains, by score, then by evidence, then as typed. What every product owes is no pain to rank: see `owed_own`."""
    return material.once("ranked", segment, lambda: _ranked(segment, material))


def _ranked(segment: Segment, material: Material) -> tuple[Ranked, ...]:
    found = [Ranked(one, segment, _score(one)) for one in segment.pain_points if one.statement and not material.expected(one)]
    return tuple(sorted(found, key=lambda one: _merit(one, material)))


def owed_own(segment: Segment, material: Material) -> tuple[tuple[PainPoint, str], ...]:
    """The segment's own pains that every product owes, each with why."""
    return material.once("owed", segment, lambda: tuple((one, why) for one in segment.pain_points if one.statement and (why := material.expected(one))))


def _score(pain: PainPoint) -> Fraction | None:
    return _opportunity(pain.importance, pain.satisfaction)


_opportunity = lru_cache(maxsize=1024)(opportunity)  # few pairs of scores are typed, and each is asked for on many pages


def _merit(one: Ranked, material: Material) -> tuple[int, float]:
    """Scored pains by their score; those without by how many voices stand behind them."""
    return material.once("merit", one.item, lambda: merit(one.score, 0 if one.score is not None else proof.weight(one.item.evidence, material)))


def pain_view(ranked: Ranked, number: int, segment: Segment, material: Material) -> Pain:
    """One pain as a page shows it; `segment` is whose page it is."""
    if ranked.origin is segment:
        return _pain(ranked, number, segment, material)
    seen_below = material.once("pain below", ranked.item, lambda: _pain(ranked, number, None, material))
    return _told_again(seen_below, number, page_name(segment))


def _told_again(pain: Pain, number: int, page: str) -> Pain:
    """A pain from above on one more page: its number there, and whose cures are the page's own."""
    cures = pain.solutions
    if any(one.origin is not None and one.origin.id == page for one in cures):
        cures = tuple(replace(one, origin=None) if one.origin is not None and one.origin.id == page else one for one in cures)
    return Pain(
        pain.anchor, number, pain.statement, pain.quote, pain.evidence, pain.importance, pain.satisfaction, pain.score,
        pain.scored, pain.is_guess, pain.about, cures, pain.felt_by, pain.origin, pain.spot,
    )  # fmt: skip


def _pain(ranked: Ranked, number: int, segment: Segment | None, material: Material) -> Pain:
    item = ranked.item
    return Pain(
        anchor=anchor("pain", item.id, item.statement or ""),
        number=number,
        statement=item.statement or "",
        quote=quoted(item.quote or ""),
        evidence=proof.in_words(item.evidence, material),
        importance=score_text(item.importance),
        satisfaction=score_text(item.satisfaction),
        score="" if ranked.score is None else one_decimal(ranked.score),
        scored=scored_by(item),
        is_guess=is_guess(item),
        about=_ABOUT.get(item.about or "", ""),
        solutions=tuple(solution_view(one, segment, material) for one in material.reliefs(ranked.origin, item) if one.statement),
        felt_by=tuple(material.link_to(one) for one in item.felt_by),
        origin=None if ranked.origin is segment else material.link(ranked.origin),
        spot=spot(item),
    )


def solution_view(relief: Relief, segment: Segment | None, material: Material) -> Solution:
    """What relieves a pain; a plain text behind `solved_by` has neither stage nor group. Solutions of `segment` itself have no origin."""
    origin = None if relief.origin is segment else material.link(relief.origin)
    if relief.solution is None:
        return Solution(anchor("solution", None, relief.statement), relief.statement, origin=origin)
    return _solution(relief.solution, origin)


def _solution(item: IdealSolution, origin: Link | None) -> Solution:
    meant_for = (item.for_.text or "") if item.for_ is not None else ""
    return Solution(anchor("solution", item.id, item.statement or ""), item.statement or "", _STAGES.get(item.stage or "", ""), meant_for, origin)


def other_solutions(segment: Segment, shown: tuple[Pain, ...]) -> tuple[Solution, ...]:
    """The segment's own solutions that stand beside no pain."""
    beside = {solution.anchor for pain in shown for solution in pain.solutions}
    own = [_solution(one, None) for one in segment.ideal_solutions if one.statement]
    return tuple(one for one in own if one.anchor not in beside)


@lru_cache(maxsize=256)
def score_text(score: str | None) -> str:
    """A score as it is shown: at most one decimal, or the word."""
    if score is None or score in SCORE_WORDS:
        return score or ""
    return one_decimal(Fraction(score))


def scored_by(item: PainPoint | MinimumExpected) -> str:
    """Who gave the scores, in words; empty where there are none."""
    if item.importance is None and item.satisfaction is None:
        return ""
    if item.scored_by == "team":
        return "the team's guess"
    where = {"survey": "survey", "interviews": "interviews"}.get(item.scored_by or "", "")
    if not where:
        return "nobody was asked yet" if item.n is None else f"n {item.n:,}"
    return f"{where}, n {item.n:,}" if item.n is not None else f"{where}, count unknown"


def is_guess(item: PainPoint | MinimumExpected) -> bool:
    """Were the scores guessed, given in words, or given by nobody knows how many?"""
    in_words = item.importance in SCORE_WORDS or item.satisfaction in SCORE_WORDS
    return in_words or item.scored_by not in SOURCED or item.n is None


def spot(item: PainPoint | MinimumExpected) -> Spot | None:
    """Where an item stands on the map; None where one of its scores is missing."""
    if item.importance is None or item.satisfaction is None:
        return None
    return Spot(_coordinate(item.importance), _coordinate(item.satisfaction), is_guess(item))


def _coordinate(score: str) -> float:
    return _WORD_SPOTS[score] if score in SCORE_WORDS else float(score)


def minimum_views(segment: Segment, material: Material) -> tuple[Minimum, ...]:
    """What every product owes them, each statement once: items typed as such, then pains that were found to be; own ones first."""
    found: list[Minimum] = []
    met: set[str] = set()
    typed = [(one.item, one.item.why or _served(one.item), "minimum", one.origin) for one in material.workspace.minimum_expected(segment)]
    owed = [(item, _owed_words(item, why, origin, material), "pain", origin) for origin in (segment, *material.ancestors(segment)) for item, why in owed_own(origin, material)]
    for item, why, kind, origin in (*typed, *owed):
        statement = item.statement or ""
        if statement and statement.casefold() not in met:
            met.add(statement.casefold())
            place = len(found)
            letter = chr(ord("a") + place) if place < MOST_LETTERS else ""
            on_map = spot(item) if letter and _is_numeric(item) else None
            found.append(Minimum(anchor(kind, item.id, statement), letter, statement, why, None if origin is segment else material.link(origin), on_map))
    return tuple(found)


def _owed_words(item: PainPoint, why: str, origin: Segment, material: Material) -> str:
    """Why a pain is no selling point, and what would meet it all the same."""
    cures = [sentence(one.statement) for one in material.reliefs(origin, item) if one.statement]
    return f"{upper_first(why)}." + (f" What would meet it: {' '.join(cures)}" if cures else "")


def _served(item: MinimumExpected) -> str:
    return "" if item.satisfaction is None else f"Satisfaction with it is {score_text(item.satisfaction)} already."


def _is_numeric(item: MinimumExpected | PainPoint) -> bool:
    return item.importance not in SCORE_WORDS and item.satisfaction not in SCORE_WORDS
