"""For documents that draw Mermaid (GitHub, GitLab, Notion): the tree as a flowchart, coloured by level.

Every sign that is no letter, digit or space is written as its number (`#35;`), so that no name can end its label.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.exchange.export import Exported
from microseg.source.text import clean

if TYPE_CHECKING:
    from microseg.exchange.export import Request

KIND = "tree"
_SAFE = frozenset(" ,.-\u2013\u2014")
_LEVELS = (
    "classDef head fill:#1f4e79,stroke:#1f4e79,color:#ffffff",
    "classDef midtail fill:#cfe2f3,stroke:#1f4e79,color:#102a43",
    "classDef longtail fill:#ffffff,stroke:#1f4e79,color:#102a43",
)


def export(request: Request) -> Exported:
    """A node a segment and an arrow to each of its children; nodes are numbered, for an id may be a word of Mermaid."""
    numbers = {one.id: f"s{place}" for place, one in enumerate(request.segments)}
    lines = ["flowchart LR", *(f'  {numbers[one.id]}["{_label(one.name or one.id or "")}"]:::{one.level or "longtail"}' for one in request.segments)]
    for one in request.segments:
        above = request.workspace.parent(one)
        if above is not None and above.id in numbers:
            lines.append(f"  {numbers[above.id]} --> {numbers[one.id]}")
    return Exported("\n".join((*lines, *(f"  {line}" for line in _LEVELS))) + "\n")


def _label(name: str) -> str:
    return "".join(sign if sign.isalnum() or sign in _SAFE else f"#{ord(sign)};" for sign in clean(name))
