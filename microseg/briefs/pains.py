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
    return rank_own(segment, material) + _ranked_above(material.ancestors(segment), material)


def _ranked_above(line: tuple[Segment, ...], material: Material) -> tuple[Ranked, ...]:
    """The pains of those above, which is the same for all that stand below them."""
    return material.once("ranked above", line, lambda: _by_merit([one for origin in line for one in rank_own(origin, material)], material))


def _by_merit(found: list[Ranked], material: Material) -> tuple[Ranked, ...]:
    return tuple(sorted(found, key=lambda one: _merit(one, material)))


def rank_own(segment: Segment, material: Material) -> tuple[Ranked, ...]:
    """The segment's own pains, by score, then by evidence, then as typed. What every product owes is no pain to rank: see `owed_own`."""
    return material.once("ranked", segment, lambda: _ranked(segment, material))


def _ranked(segment: Segment, material: Material) -> tuple[Ranked, ...]:
    return _by_merit([Ranked(one, segment, _score(one)) for one in segment.pain_points if one.statement and not material.expected(one)], material)


def owed_own(segment: Segment, material: Material) -> tuple[tuple[PainPoint, str], ...]:
    """The segment's own pains that every product owes, each with why."""
    return material.once("owed", segment, lambda: tuple((one, why) for one in segment.pain_points if one.statement and (why := material.expected(one))))


def _score(pain: PainPoint) -> Fraction | None:
    return _opportunity(pain.importance, pain.satisfaction)


_opportunity = lru_cache(maxsize=4096)(opportunity)  # each pair is asked for on many pages


@lru_cache(maxsize=4096)
def opportunity_text(importance: str | None, satisfaction: str | None) -> str:
    """The score that follows from the two, with at most one decimal; empty where there is none."""
    score = _opportunity(importance, satisfaction)
    return "" if score is None else one_decimal(score)


def _merit(one: Ranked, material: Material) -> tuple[int, float]:
    """Scored pains by their score; those without by how many voices stand behind them."""
    return material.once("merit", one.item, lambda: merit(one.score, 0 if one.score is not None else proof.weight(one.item.evidence, material)))


def pain_views(segment: Segment, material: Material) -> tuple[Pain, ...]:
    """All pains of a page, in the order of `rank`."""
    own, line = rank_own(segment, material), material.ancestors(segment)
    told = material.once(f"told from {len(own)}", line, lambda: _told(line, len(own) + 1, material))
    page = page_name(segment)
    above = told.pains if page not in told.cured_by else tuple(_with_own_cures(one, page) for one in told.pains)
    return tuple(_pain(one, number, segment, material) for number, one in enumerate(own, 1)) + above


class _Told(NamedTuple):
    """Pains as the pages below show them, and the pages whose segments have cures for them."""

    pains: tuple[Pain, ...]
    cured_by: frozenset[str]


def _told(line: tuple[Segment, ...], start: int, material: Material) -> _Told:
    """The pains of a line of segments, numbered from `start`: on pages that have as many of their own they stand as one object."""
    pains = tuple(_told_again(one, number, material) for number, one in enumerate(_ranked_above(line, material), start))
    return _Told(pains, frozenset(cure.origin.id for one in pains for cure in one.solutions if cure.origin is not None))


def pain_view(ranked: Ranked, number: int, segment: Segment, material: Material) -> Pain:
    """One pain as a page shows it; `segment` is whose page it is."""
    if ranked.origin is segment:
        return _pain(ranked, number, segment, material)
    return _with_own_cures(_told_again(ranked, number, material), page_name(segment))


def _told_again(ranked: Ranked, number: int, material: Material) -> Pain:
    """A pain on a page further down: only its number is another one there."""
    pain = material.once("pain below", ranked.item, lambda: _pain(ranked, number, None, material))
    return material.once(f"pain below as {number}", ranked.item, lambda: pain if pain.number == number else replace(pain, number=number))


def _with_own_cures(pain: Pain, page: str) -> Pain:
    """A pain from above where some of its cures are the page's own, and so need no origin."""
    if any(one.origin is not None and one.origin.id == page for one in pain.solutions):
        return replace(pain, solutions=tuple(replace(one, origin=None) if one.origin is not None and one.origin.id == page else one for one in pain.solutions))
    return pain


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
        score=opportunity_text(item.importance, item.satisfaction),
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
    known = [(origin, *_expected(origin, material)) for origin in (segment, *material.ancestors(segment))]
    typed = [(origin, one) for origin, ones, _ in known for one in ones]
    owed = [(origin, one) for origin, _, ones in known for one in ones]
    for origin, one in (*typed, *owed):
        said = one.statement.casefold()
        if said not in met:
            met.add(said)
            letter = chr(ord("a") + len(found)) if len(found) < MOST_LETTERS else ""
            found.append(Minimum(one.anchor, letter, one.statement, one.why, None if origin is segment else one.origin, one.spot if letter else None))
    return tuple(found)


def _expected(segment: Segment, material: Material) -> tuple[tuple[Minimum, ...], tuple[Minimum, ...]]:
    """A segment's own, as the pages below it show them but for the letters: those typed as such, and pains that were found to be."""
    return material.once("expected", segment, lambda: _expected_anew(segment, material))


def _expected_anew(segment: Segment, material: Material) -> tuple[tuple[Minimum, ...], tuple[Minimum, ...]]:
    origin = material.link(segment)
    typed = [_minimum("minimum", one, one.why or _served(one), origin) for one in segment.minimum_expected if one.statement]
    return tuple(typed), tuple(_minimum("pain", one, _owed_words(one, why, segment, material), origin) for one, why in owed_own(segment, material))


def _minimum(kind: str, item: MinimumExpected | PainPoint, why: str, origin: Link) -> Minimum:
    statement = item.statement or ""
    return Minimum(anchor(kind, item.id, statement), "", statement, why, origin, spot(item) if _is_numeric(item) else None)


def _owed_words(item: PainPoint, why: str, origin: Segment, material: Material) -> str:
    """Why a pain is no selling point, and what would meet it all the same."""
    cures = [sentence(one.statement) for one in material.reliefs(origin, item) if one.statement]
    return f"{upper_first(why)}." + (f" What would meet it: {' '.join(cures)}" if cures else "")


def _served(item: MinimumExpected) -> str:
    return "" if item.satisfaction is None else f"Satisfaction with it is {score_text(item.satisfaction)} already."


def _is_numeric(item: MinimumExpected | PainPoint) -> bool:
    return item.importance not in SCORE_WORDS and item.satisfaction not in SCORE_WORDS
