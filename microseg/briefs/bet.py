"""The bet: the line a colleague repeats, written by the team or put together from the top pain and its cure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.briefs.page import Bet, Gaps
from microseg.briefs.phrases import isolated, without_stop

if TYPE_CHECKING:
    from microseg.briefs.page import Pain
    from microseg.model.segment import Segment


def bet_view(segment: Segment, top: Pain | None, first_solution: str) -> Bet:
    """The bet as typed; without one, the cure of the top pain stands in for the headline."""
    bet = segment.bet
    cure = (top.solutions[0].statement if top is not None and top.solutions else "") or first_solution
    written = (bet.headline or "") if bet is not None else ""
    return Bet(
        headline=written or without_stop(cure),
        is_written=bool(written),
        unlike=(bet.unlike or "") if bet is not None else "",
        why_now=(bet.why_now or "") if bet is not None else "",
        value=segment.value or "",
        targeting=targeting(segment, cure),
    )


def targeting(segment: Segment, cure: str) -> str:
    """The sentence every audience reads: We're targeting <segment> with <solution>; honest about those we leave for later."""
    name = isolated(segment.name or segment.id or "")
    if segment.focus == "never":
        return f"We're not targeting {name}."
    start = f"Later on, we're targeting {name}" if segment.focus == "later" else f"We're targeting {name}"
    return f"{start} with “{isolated(without_stop(cure))}”." if cure else ""


def find_gaps(segment: Segment, bet: Bet, pains: tuple[Pain, ...], *, has_minimum: bool, has_owed: bool, is_retired: bool) -> Gaps:
    """What the brief still has to say. A retired segment owes nothing any more."""
    if is_retired:
        return Gaps()
    own = "Nobody has written down yet"
    return Gaps(
        definition="" if segment.definition else f"{own} who is in, in one sentence: “Those who …”.",
        bet="" if bet.headline else f"{own} what we would do for them that others don't.",
        pains="" if pains else f"{own} what hurts them{' beyond what every product owes them' if has_owed else ''}. That is the first thing to find out.",
        solutions="" if not pains or any(pain.solutions for pain in pains) else f"{own} what would fix any of this.",
        minimum="" if has_minimum else f"{own} what they simply expect, and what is therefore no selling point.",
    )
