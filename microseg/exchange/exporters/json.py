"""For programs: the tree with what each segment says, versioned; a new key keeps the version, a removed one raises it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from microseg.criteria.words import lines
from microseg.exchange.export import Exported
from microseg.source.text import clean

if TYPE_CHECKING:
    from microseg.exchange.export import Request
    from microseg.model.segment import Segment

KIND = "tree"


def export(request: Request) -> Exported:
    """All segments in the order of the tree, each naming its parent; criteria in plain words, as a brief prints them."""
    whole = {"version": 1, "tool": request.tool, "segments": [_segment(one, request) for one in request.segments]}
    return Exported(json.dumps(whole, ensure_ascii=False, indent=1) + "\n")


def _segment(one: Segment, request: Request) -> dict[str, Any]:
    workspace = request.workspace
    above = workspace.parent(one)
    return {
        "id": one.id,
        "name": _text(one.name),
        "level": one.level,
        "parent": above.id if above else None,
        "keyword": _text(one.keyword),
        "definition": _text(one.definition),
        "unit": workspace.unit(one),
        "status": workspace.status(one),
        "focus": one.focus,
        "owner": _text(workspace.owner(one)),
        "criteria": [clean(line.text) for line in lines(one.criteria, dimensions=request.dimensions)] if one.criteria else [],
        "channels": _texts(one.channels),
        "use_cases": _texts(one.use_cases),
        "value": _text(one.value),
        "pain_points": [{"id": pain.id, "statement": _text(pain.statement), "solved_by": _texts([found.written for found in pain.solved_by])} for pain in one.pain_points],
        "ideal_solutions": [{"id": cure.id, "statement": _text(cure.statement), "relieves": _texts([found.written for found in cure.relieves])} for cure in one.ideal_solutions],
        "minimum_expected": _texts([item.statement or "" for item in one.minimum_expected]),
        "tags": _texts(one.tags),
    }


def _text(said: str | None) -> str | None:
    return None if said is None else clean(said)


def _texts(said: tuple[str, ...] | list[str]) -> list[str]:
    return [clean(one) for one in said]
