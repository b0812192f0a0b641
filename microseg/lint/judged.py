"""Statements judged in their surroundings, for the rules that build on the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from microseg.lint.statements import shared_surroundings, surroundings
from microseg.model.places import NOWHERE
from microseg.words.verdict import verdict

if TYPE_CHECKING:
    from microseg.lint.rule import Context, Family
    from microseg.model.segment import Segment
    from microseg.words.context import Context as Surroundings
    from microseg.words.verdict import Verdict


def around(family: Family, segment: Segment, context: Context) -> Surroundings:
    """The words and decisions that a segment's statements are judged by; worked out once a run."""
    name = f"around {segment.at.path} {segment.at.start}"
    held: Surroundings | None = context.memo.get(name)
    if held is None:
        held = context.memo[name] = surroundings(family, segment, context.config, shared=_shared(family, context))
    return held


def _shared(family: Family, context: Context) -> Surroundings:
    """The same for all children of a family; worked out once for them."""
    at = family.parent.at if family.parent is not None else NOWHERE
    name = f"around the children of {at.path} {at.start}"
    held: Surroundings | None = context.memo.get(name)
    if held is None:
        held = context.memo[name] = shared_surroundings(family, context.config)
    return held


def judged(text: str, surrounding: Surroundings, context: Context, *, kind: Literal["pain", "solution"] | None = None) -> Verdict:
    """The verdict of a statement."""
    return verdict(context.analyse(text), surrounding, kind=kind)


def is_owed(text: str, surrounding: Surroundings, context: Context, *, kind: Literal["pain", "solution"] | None = None) -> bool:
    """Is it surely what every product owes?"""
    found = judged(text, surrounding, context, kind=kind)
    return found.label == "mer" and found.confidence == "sure"
