"""Statements judged in their surroundings, for the rules that build on the verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.lint.needs import said_by_most
from microseg.lint.statements import Kind, shared_surroundings, surroundings
from microseg.record import replace
from microseg.words.verdict import verdict

if TYPE_CHECKING:
    from microseg.lint.rule import Context, Family
    from microseg.model.segment import Segment
    from microseg.words.context import Context as Surroundings
    from microseg.words.verdict import Verdict


def around(family: Family, segment: Segment, context: Context) -> Surroundings:
    """The words and decisions that a segment's statements are judged by; worked out once for all rules."""
    return context.once("around", segment, lambda: surroundings(family, segment, context.config, shared=_shared(family, context)))


def _shared(family: Family, context: Context) -> Surroundings:
    """The same for all children of a family; worked out once for them."""
    return context.once("around all", family, lambda: shared_surroundings(family, context.config))


def around_item(text: str, kind: Kind, surrounding: Surroundings, family: Family, context: Context) -> Surroundings:
    """The surroundings of one item: those of its segment, and whether most siblings have it too."""
    return replace(surrounding, shared=True) if (kind, text) in said_by_most(family, context) else surrounding


def judged(text: str, surrounding: Surroundings, context: Context, *, kind: Kind | None = None) -> Verdict:
    """The verdict of a statement."""
    return verdict(context.analyse(text), surrounding, kind=kind)


def is_owed(text: str, surrounding: Surroundings, context: Context, *, kind: Kind | None = None) -> bool:
    """Is it surely what every product owes?"""
    found = judged(text, surrounding, context, kind=kind)
    return found.label == "mer" and found.confidence == "sure"
