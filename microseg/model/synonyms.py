"""Words that people type for a key, and the key they mean: what spelling alone cannot tell."""

from collections.abc import Collection
from types import MappingProxyType

_MEANT = MappingProxyType(
    {
        "benefit": ("value",),
        "children": ("segments",),
        "description": ("definition", "statement", "note"),
        "gains": ("ideal_solutions",),
        "kpis": ("metrics",),
        "label": ("name", "statement"),
        "needs": ("pain_points",),
        "pain": ("pain_points", "statement"),
        "pains": ("pain_points",),
        "persona": ("segments", "definition"),
        "phrase": ("keyword",),
        "priority": ("focus", "importance"),
        "problem": ("statement", "pain_points"),
        "problems": ("pain_points",),
        "sample": ("n",),
        "search": ("keyword",),
        "solution": ("solved_by", "ideal_solutions", "statement"),
        "solutions": ("ideal_solutions", "solved_by"),
        "subsegments": ("segments",),
        "summary": ("definition", "statement"),
        "team": ("owner", "owners"),
        "text": ("statement",),
        "title": ("name", "statement", "headline"),
        "type": ("kind", "level"),
        "value_proposition": ("value",),
        "who": ("who_they_are", "definition"),
    }
)


def meant_by(word: str, known: Collection[str]) -> str | None:
    """The key that a word stands for among those that are known here, or None."""
    return next((key for key in _MEANT.get(word.strip().casefold().replace(" ", "_").replace("-", "_"), ()) if key in known), None)
