"""What is wrong with how a pain is worded: a cure stands in its place, or no situation is told. One of the two at most."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from microseg.lint.needs import own
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from microseg.lint.rule import Context
    from microseg.lint.statements import Statement
    from microseg.model.segment import Segment
    from microseg.words.analyse import Analysis
    from microseg.words.giveaway import Giveaway


class Fault(NamedTuple):
    """Which of the two it is, what to say of it, and the words that give it away (empty where they tell nothing)."""

    kind: Literal["cure", "vague"]
    reason: str
    words: str


def faulty_pains(segment: Segment, context: Context) -> list[tuple[Statement, Fault]]:
    """Own pains whose wording has a fault, each with it; found once for all rules. Mostly none."""
    return context.once("faults", segment, lambda: [(pain, fault) for pain in own(segment, "pain", context) if (fault := fault_of(pain.text, context.analyse(pain.text)))])


def fault_of(text: str, analysis: Analysis) -> Fault | None:
    """The fault of a pain in English, if it has one; `analysis` is the text's."""
    if not analysis.english or (analysis.cure < 0 and analysis.vague < 0):
        return None
    from microseg.words.wording import solution_in_disguise, vague

    cure, haze = solution_in_disguise(text, analysis), vague(text, analysis)
    # "We need", "No", "Lack of" open a wish; words further on that sound like one belong to a complaint
    if cure is not None and (haze is None or not text[: cure.start].strip()):
        return _fault("cure", cure)
    return _fault("vague", haze) if haze is not None else None


def _fault(kind: Literal["cure", "vague"], found: Giveaway) -> Fault:
    from microseg.words.tokens import content_stems

    tells = content_stems(found.words) or " " in found.words
    return Fault(kind, found.reason.partition(";")[0], found.words if tells else "")
