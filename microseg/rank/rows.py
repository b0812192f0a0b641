"""The rows of a ranking, as plain data: which lane each is in, its place there, its terms, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

Lane = Literal["ranked", "minimum_expected", "unranked", "not_for_us"]
What = Literal["pains", "solutions", "segments"]


@dataclass(frozen=True, slots=True)
class PainRow:
    """A pain among those of its own segment. Scores in words stay words; `voices` is how many stand behind it."""

    lane: Lane
    place: int | None
    segment: str
    id: str | None
    statement: str
    score: Fraction | None
    importance: Fraction | str | None
    satisfaction: Fraction | str | None
    scored_by: str | None
    n: int | None
    voices: int
    relieved_by: tuple[str, ...]
    missing: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class SolutionRow:
    """A solution among all of the workspace. `reach` is what is certain, `reach_high` what it may be at most."""

    lane: Lane
    place: int | None
    segment: str
    id: str | None
    statement: str
    score: Fraction | None
    reach: int | None
    reach_high: int | None
    reach_known: str | None
    unit: str
    impact: Fraction | None
    confidence: Fraction | None
    effort: Fraction | None
    stage: str | None
    serves: tuple[str, ...]
    missing: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """A segment among those of the same focus, by size; `score` is the opportunity of its own top pain, for its own sake."""

    lane: Lane
    place: int | None
    segment: str
    focus: str | None
    level: str | None
    size: int | None
    size_known: str | None
    unit: str
    share_of_revenue: str | None
    statement: str
    score: Fraction | None
    pains: int
    relieved: int
    voices: int
    missing: tuple[str, ...] = ()
    why: str = ""


Row = PainRow | SolutionRow | SegmentRow


@dataclass(frozen=True, slots=True)
class Ranking:
    """All rows of one question, in the order they are shown."""

    what: What
    rows: tuple[Row, ...]
