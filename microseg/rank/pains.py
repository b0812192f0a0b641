"""Pains by opportunity, each among those of its own segment: scores of one group say nothing about another."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from microseg.model.ranking import merit, sources_of, voices
from microseg.model.scores import SCORE_WORDS, opportunity
from microseg.rank.rows import PainRow, Ranking

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from microseg.model.segment import MinimumExpected, PainPoint, Segment
    from microseg.rank.setting import Setting


def rank_pains(segments: Iterable[Segment], setting: Setting) -> Ranking:
    """Segment by segment: own pains with a score by it, then what every product owes, then those that lack a score."""
    return Ranking("pains", tuple(row for segment in segments for row in pain_rows(segment, setting)))


def pain_rows(segment: Segment, setting: Setting) -> Iterator[PainRow]:
    """The rows of one segment. Inherited pains are left out: others gave their scores."""
    rows = [_pain(one, segment, setting) for one in segment.pain_points if one.statement]
    ranked = sorted((one for one in rows if one.lane == "ranked"), key=lambda one: merit(one.score, one.voices))
    yield from (replace(one, place=place) for place, one in enumerate(ranked, 1))
    yield from (one for one in rows if one.lane == "minimum_expected")
    yield from (_minimum(one, segment, setting) for one in segment.minimum_expected if one.statement)
    yield from sorted((one for one in rows if one.lane == "unranked"), key=lambda one: merit(one.score, one.voices))


def _pain(pain: PainPoint, segment: Segment, setting: Setting) -> PainRow:
    score = opportunity(pain.importance, pain.satisfaction)
    expected = setting.expected(pain)
    return replace(
        _row(pain, segment, setting),
        lane="minimum_expected" if expected else "unranked" if score is None else "ranked",
        score=score,
        relieved_by=tuple(one.statement for one in setting.workspace.reliefs(segment, pain) if one.statement),
        missing=tuple(_missing(pain)),
        why=expected,
    )


def _missing(pain: PainPoint) -> Iterator[str]:
    """The scores that are not there, or are words: those are never turned into numbers."""
    for name in ("importance", "satisfaction"):
        score = getattr(pain, name)
        if score is None:
            yield name
        elif score in SCORE_WORDS:
            yield f"{name} in numbers"


def _minimum(item: MinimumExpected, segment: Segment, setting: Setting) -> PainRow:
    """What every product owes: shown so that it is met, and never with a place."""
    return replace(_row(item, segment, setting), lane="minimum_expected", why=item.why or "typed under minimum_expected")


def _row(item: PainPoint | MinimumExpected, segment: Segment, setting: Setting) -> PainRow:
    """What the row of either shows of what was typed, still without score and place."""
    return PainRow(
        lane="unranked",
        place=None,
        segment=segment.id or "",
        id=item.id,
        statement=item.statement or "",
        score=None,
        importance=number_or_word(item.importance),
        satisfaction=number_or_word(item.satisfaction),
        scored_by=item.scored_by,
        n=item.n,
        voices=voices(sources_of(item.evidence, setting.evidence)),
        relieved_by=(),
    )


def number_or_word(score: str | None) -> Fraction | str | None:
    """A score as it counts: a number, or the word that was typed."""
    return score if score is None or score in SCORE_WORDS else Fraction(score)
