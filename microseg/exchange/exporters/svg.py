"""For slides and documents: the tree as one picture, light or dark as its reader's screen is, without anything from outside.

A level a column, from left to right; a parent stands at the middle of its children, and all boxes are as high as the
longest name needs, so that none can meet another. Text is measured by the widths of
a common sans serif, so that a name is folded before it leaves its box.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from microseg.exchange.export import Exported
from microseg.source.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microseg.exchange.export import Request
    from microseg.model.segment import Segment

KIND = "tree"
_SIZE, _LINE, _PAD = 14, 18, 8
_WIDTH, _GAP, _BETWEEN, _MARGIN = 220, 12, 56, 12
_MOST_LINES = 3
_NARROW, _WIDE = frozenset("fijlrtI.,:;'|!()[] "), frozenset("mwMWOQGCD@%")
_LEVELS = ("head", "midtail", "longtail")
# CSS variables, so that one rule serves both schemes; a viewer that knows no media query shows the light one
_STYLE = """<style>
svg{--ink:#102a43;--line:#829ab1;--head:#1f4e79;--on:#fff;--mid:#d9e8f6;--back:#fff;font:14px/18px system-ui,-apple-system,"Segoe UI",Roboto,Helvetica,Arial,sans-serif}
@media (prefers-color-scheme:dark){svg{--ink:#e4ebf2;--line:#7b8fa3;--head:#8fc1ee;--on:#0b1825;--mid:#23405c;--back:#0f1b27}}
.back{fill:var(--back);stroke:none}text{fill:var(--ink)}path{fill:none;stroke:var(--line);stroke-width:1.5}rect{stroke:var(--line)}
.head rect{fill:var(--head)}.head text{fill:var(--on)}.midtail rect{fill:var(--mid)}.longtail rect{fill:var(--back)}
</style>"""


class _Box(NamedTuple):
    """A segment with the lines of its name, its column, and the top and height of its box."""

    segment: Segment
    lines: tuple[str, ...]
    column: int
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def export(request: Request) -> Exported:
    """The whole picture; its title and the names are its words for a screen reader."""
    boxes = _placed(request)
    wide = _MARGIN * 2 + max((box.column for box in boxes), default=0) * (_WIDTH + _BETWEEN) + _WIDTH
    high = max((box.top + box.height for box in boxes), default=0) + _MARGIN
    product = request.workspace.config.product
    title = escaped(f"The segments of {clean(product.name)}" if product and product.name else "The segments")
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high:g}" width="{wide}" height="{high:g}" role="img" aria-label="{title}">',
        f"<title>{title}</title>",
        _STYLE,
        f'<rect class="back" width="{wide}" height="{high:g}"/>',
        *_lines(boxes, request),
        *(_drawn(box) for box in boxes),
        "</svg>",
    ]
    return Exported("\n".join(parts) + "\n")


def _placed(request: Request) -> list[_Box]:
    """Leaves below each other, a parent at the middle of its children: from the last segment of the tree to the first."""
    named = {one.id for one in request.segments}
    depths: dict[str | None, int] = {}
    for one in request.segments:
        above = request.workspace.parent(one)
        depths[one.id] = depths[above.id] + 1 if above is not None and above.id in depths else 0
    words = {one.id: _folded(clean(one.name or one.id or "")) for one in request.segments}
    height = max((len(lines) for lines in words.values()), default=1) * _LINE + 2 * _PAD
    boxes: dict[str | None, _Box] = {}
    below = float(_MARGIN)
    for one in _leaves_first(request, named):
        children = [boxes[child.id] for child in request.workspace.children(one) if child.id in boxes]
        if children:
            top = (children[0].top + children[-1].top) / 2
        else:
            top, below = below, below + height + _GAP
        boxes[one.id] = _Box(one, words[one.id], depths[one.id], top, height)
    return [boxes[one.id] for one in request.segments]


def _leaves_first(request: Request, named: set[str | None]) -> Iterator[Segment]:
    """Every segment after all that lies below it, in the order of the tree otherwise."""
    tops = [one for one in request.segments if (above := request.workspace.parent(one)) is None or above.id not in named]
    waiting = [(one, False) for one in reversed(tops)]
    met: set[str | None] = set()
    while waiting:
        one, is_done = waiting.pop()
        if is_done:
            yield one
        elif one.id not in met:
            met.add(one.id)
            waiting.append((one, True))
            waiting += [(child, False) for child in reversed(request.workspace.children(one)) if child.id in named]


def _lines(boxes: list[_Box], request: Request) -> Iterator[str]:
    placed = {box.segment.id: box for box in boxes}
    for box in boxes:
        above = request.workspace.parent(box.segment)
        if above is not None and above.id in placed:
            start, end = _left(placed[above.id]) + _WIDTH, _left(box)
            half = (start + end) / 2
            yield f'<path d="M{start} {placed[above.id].middle:g}C{half:g} {placed[above.id].middle:g} {half:g} {box.middle:g} {end} {box.middle:g}"/>'


def _left(box: _Box) -> int:
    return _MARGIN + box.column * (_WIDTH + _BETWEEN)


def _drawn(box: _Box) -> str:
    level = box.segment.level if box.segment.level in _LEVELS else "longtail"
    left, first = _left(box), box.middle - len(box.lines) * _LINE / 2 + _SIZE - 1
    words = "".join(f'<text x="{left + _PAD}" y="{first + _LINE * number:g}">{escaped(line)}</text>' for number, line in enumerate(box.lines))
    return f'<g class="{level}"><rect x="{left}" y="{box.top:g}" width="{_WIDTH}" height="{box.height:g}" rx="5"/>{words}</g>'


def _folded(name: str) -> tuple[str, ...]:
    """The name in three lines at most; a word that is wider than the box is broken, what is left over ends in a mark."""
    room = _WIDTH - 2 * _PAD
    lines = [""]
    for word in name.split():
        for piece in _pieces(word, room):
            joined = f"{lines[-1]} {piece}".strip()
            if _wide(joined) <= room:
                lines[-1] = joined
            else:
                lines.append(piece)
    if len(lines) > _MOST_LINES:
        last = lines[_MOST_LINES - 1]
        while last and _wide(last + "\u2026") > room:
            last = last[:-1]
        return (*lines[: _MOST_LINES - 1], f"{last.rstrip()}\u2026")
    return tuple(lines)


def _pieces(word: str, room: float) -> Iterator[str]:
    piece = ""
    for sign in word:
        if _wide(piece + sign) > room:
            yield piece
            piece = ""
        piece += sign
    yield piece


def _wide(text: str) -> float:
    return sum(_sign(sign) for sign in text)


def _sign(sign: str) -> float:
    if unicodedata.east_asian_width(sign) in {"W", "F"}:
        return _SIZE
    if unicodedata.combining(sign):
        return 0.0
    return _SIZE * (0.36 if sign in _NARROW else 0.92 if sign in _WIDE else 0.68 if sign.isupper() else 0.58)


def escaped(text: str) -> str:
    """A text in which no sign means anything to XML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
