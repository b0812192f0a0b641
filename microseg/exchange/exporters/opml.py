"""For outliners and mind maps: the tree as OPML 2.0, a segment an outline, its definition the note.

Source: opml.org/spec2.opml; `_note` is how outliners (OmniOutliner, Dynalist, Freemind's import) carry a text below a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from microseg.exchange.export import Exported
from microseg.source.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microseg.exchange.export import Request
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace

KIND = "tree"


def export(request: Request) -> Exported:
    """One outline a segment, inside that of its parent; keys of the format as attributes."""
    named = {one.id for one in request.segments}
    tops = [one for one in request.segments if (above := request.workspace.parent(one)) is None or above.id not in named]
    product = request.workspace.config.product
    title = clean((product.name if product else None) or "Segments")
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', f" <head><title>{_escaped(title)}</title></head>", " <body>"]
    for top in tops:
        lines += _outline(top, request.workspace, named, 2)
    return Exported("\n".join((*lines, " </body>", "</opml>")) + "\n")


def _outline(one: Segment, workspace: Workspace, named: set[str | None], depth: int) -> Iterator[str]:
    """A segment and all those below it that are asked for."""
    held = {"text": one.name or one.id or "", "id": one.id, "level": one.level, "keyword": one.keyword, "focus": one.focus, "_note": one.definition}
    said = " ".join(f"{name}={quoteattr(clean(value))}" for name, value in held.items() if value)
    children = [child for child in workspace.children(one) if child.id in named]
    lead = " " * depth
    if not children:
        yield f"{lead}<outline {said}/>"
        return
    yield f"{lead}<outline {said}>"
    for child in children:
        yield from _outline(child, workspace, named, depth + 1)
    yield f"{lead}</outline>"


def _escaped(text: str) -> str:
    return quoteattr(text)[1:-1]
