"""A tree as bars below each other, for narrow screens: set in by level, as long as the segments are large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.briefs.charts import esc, fold
from microseg.briefs.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microseg.briefs.charts import Href
    from microseg.briefs.page import Node, Place

_WIDTH, _ROW, _STEP, _BAR = 354, 38, 14, 6
_SIZE, _BOLD, _SHARE_ROOM = 15.0, 1.09, 46
_MOST_ROWS = 14


def tree_bars_svg(place: Place, *, href: Href) -> str:
    """The picture, at most fourteen rows; the rest is counted below it."""
    rows = list(_rows(place.tree, 0))
    shown = rows[:_MOST_ROWS]
    full = _WIDTH - _STEP * max(depth for depth, _ in shown)
    left = len(rows) - len(shown) + sum(node.more for _, node in rows)
    drawn = [text for number, (depth, node) in enumerate(shown) for text in (_name(node, depth, number, href),)]
    if left:
        drawn.append(f'<text y="{_ROW * len(shown) + 16}">and {counted(left, "more", "more")}</text>')
    height = _ROW * len(shown) + (22 if left else 0)
    return f'<svg class="tw" viewBox="0 0 {_WIDTH} {height}" role="group" aria-label="The segments by size">{"".join(_bars(shown, full))}{"".join(drawn)}</svg>'


def _rows(node: Node, depth: int) -> Iterator[tuple[int, Node]]:
    """Each segment with its level, from the top down. A picture's tree is never deep."""
    yield depth, node
    for child in node.children:
        yield from _rows(child, depth + 1)


def _bars(shown: list[tuple[int, Node]], full: int) -> Iterator[str]:
    """One shape for all bars, one for those that are lit; a segment of unknown size has none."""
    drawn: dict[bool, list[str]] = {False: [], True: []}
    for number, (depth, node) in enumerate(shown):
        if node.weight is not None:
            length = max(2.0, full * min(node.weight, 1.0))
            drawn[node.is_on_path].append(f"M{_STEP * depth} {_ROW * number + 23}h{length:.0f}v{_BAR}h-{length:.0f}z")
    for lit, shapes in drawn.items():
        if shapes:
            yield f'<path class="bar{" on" if lit else ""}" d="{"".join(shapes)}"/>'


def _name(node: Node, depth: int, number: int, href: Href) -> str:
    x, y = _STEP * depth, _ROW * number + 16
    lit = ' class="on"' if node.is_on_path else ""
    (name,) = fold(node.link.name, _SIZE * _BOLD, _WIDTH - x - _SHARE_ROOM, lines=1)
    text = f'<text{lit} x="{x}" y="{y}">{esc(name)}</text>'
    where = href(node.link)
    linked = f'<a href="{esc(where)}">{text}</a>' if where else text
    return linked + (f'<text class="end" x="{_WIDTH}" y="{y}"><tspan>{esc(node.share)}</tspan></text>' if node.share else "")
