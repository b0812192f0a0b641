"""What a format may say of a rule: its page in parts."""

from __future__ import annotations

from collections.abc import Collection
from importlib import import_module
from typing import NamedTuple


class RuleCard(NamedTuple):
    """A rule as a machine format lists it."""

    code: str
    name: str
    severity: str
    headline: str
    reason: str
    page: str


def cards(codes: Collection[str]) -> tuple[RuleCard, ...]:
    """The cards of these rules, by code."""
    from microseg.lint.rule import all_rules

    return tuple(_card(one.code, one.name, one.severity, one.module) for one in all_rules() if one.code in codes)


def _card(code: str, name: str, severity: str, module: str) -> RuleCard:
    page = (import_module(module).__doc__ or "").strip()
    paragraphs = page.split("\n\n")
    reason = " ".join(paragraphs[1].split()) if len(paragraphs) > 1 and not paragraphs[1].startswith("## ") else ""
    return RuleCard(code, name, severity, " ".join(paragraphs[0].split()), reason, page)
