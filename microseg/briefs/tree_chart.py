"""The tree around a segment as a picture: a column a level, bands as thick as the segments are large, the path lit."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from microseg.briefs.charts import esc, fold
from microseg.briefs.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microseg.briefs.charts import Href
    from microseg.briefs.page import Node, Place

_WIDTH, _TOP, _BAR, _GAP = 1040.0, 42.0, 7.0, 10.0
_SIZE, _SMALL = 15.0, 13.0
_LINE = 18.0
_BOLD = 1.09  # lit names are bold, and so a little wider
_MOST_COLUMNS = 4
_LEAST_HEIGHT = 190.0
_CURVE = 74.0
_CAPTIONS = ("What everyone wants", "What a subset wants", "What that subset wants", "Narrower", "Narrower still", "")


class _Row:
    """One segment (or "and 3 more") in its column: its lines, where it stands, and where it comes from."""

    __slots__ = ("height", "is_lit", "lines", "node", "parent", "y")

    def __init__(self, node: Node | None, lines: tuple[str, ...], parent: int) -> None:
        self.node = node
        self.lines = lines
        self.parent = parent
        self.is_lit = False
        self.y = 0.0
        self.height = 0.0


def tree_svg(place: Place, *, href: Href) -> str:
    """The picture for wide screens and paper. Everything in it also stands in the list that narrow screens get."""
    root, skipped = _visible_root(place.tree)
    columns = _columns(root)
    pitch = _WIDTH / max(len(columns), 2)
    _fill(columns, pitch)
    _light(columns)
    height = _stack(columns)
    drawn = [
        f'<svg class="tw" viewBox="0 0 {_WIDTH:.0f} {height + _TOP + 4:.0f}" role="group" aria-label="The segments around this one">',
        *_captions(len(columns), skipped, pitch),
        *_bands(columns, pitch),
        *_bars(columns, pitch),
        *_names(columns, pitch, href),
        "</svg>",
    ]
    return "".join(drawn)


def _visible_root(tree: Node) -> tuple[Node, int]:
    """The topmost segment that the picture has room for, and how many levels above it are left out."""
    root, skipped = tree, 0
    while _depth(root) > _MOST_COLUMNS and not root.is_here:
        below = next((child for child in root.children if child.is_on_path), None)
        if below is None or below.is_here:
            break
        root, skipped = below, skipped + 1
    return root, skipped


def _depth(node: Node) -> int:
    return 1 + max((_depth(child) for child in node.children), default=0)


def _columns(root: Node) -> list[list[_Row]]:
    """The rows of each column in order of the tree, so that no two bands cross."""
    columns = [[_Row(root, (), -1)]]
    while len(columns) < _MOST_COLUMNS:
        rows = [row for index, above in enumerate(columns[-1]) for row in _below(above, index)]
        if not rows:
            break
        columns.append(rows)
    return columns


def _below(above: _Row, index: int) -> Iterator[_Row]:
    if above.node is None:
        return
    for child in above.node.children:
        yield _Row(child, (), index)
    if above.node.more:
        yield _Row(None, (f"and {counted(above.node.more, 'more', 'more')}",), index)


def _fill(columns: list[list[_Row]], pitch: float) -> None:
    """Folds the names; where another column follows they have less room, for bands curve away at the end of a column."""
    for column in columns:
        room = pitch - (24 if column is columns[-1] else _CURVE)
        for row in column:
            if row.node is not None:
                row.lines = fold(row.node.link.name, _SIZE * _BOLD, room - (40 if row.node.share else 12), lines=3)


def _stack(columns: list[list[_Row]]) -> float:
    """Gives each row its place; columns are equally high, and a row is at least as high as its name. Returns that height."""
    needs = [sum(_least(row) for row in column) + _GAP * (len(column) - 1) for column in columns]
    height = max(_LEAST_HEIGHT, *needs)
    for column, need in zip(columns, needs, strict=True):
        spare = height - need
        weights = _weights(column)
        whole = sum(weights) or 1.0
        y = _TOP
        for row, weight in zip(column, weights, strict=True):
            row.y = y
            row.height = _least(row) + spare * weight / whole
            y += row.height + _GAP
    return height


def _least(row: _Row) -> float:
    return _LINE * max(1, len(row.lines)) + 2


def _weights(column: list[_Row]) -> list[float]:
    """How the room that is left is shared: by size where all sizes are known, equally otherwise."""
    sizes = [row.node.weight for row in column if row.node is not None]
    if any(size is None for size in sizes):
        return [0.0 if row.node is None else 1.0 for row in column]
    return [0.0 if row.node is None else row.node.weight or 0.0 for row in column]


def _captions(count: int, skipped: int, pitch: float) -> Iterator[str]:
    for index in range(count):
        caption = _CAPTIONS[min(index + skipped, len(_CAPTIONS) - 1)]
        yield f'<text class="cap" x="{pitch * index:.0f}" y="12">{caption}</text>'
    yield f'<path class="rule" d="{"".join(f"M{pitch * index:.0f} 24h{pitch - 24:.0f}" for index in range(count))}"/>'


def _bands(columns: list[list[_Row]], pitch: float) -> Iterator[str]:
    """From each parent to its children: one shape for all, one for those on the path, which lies on top."""
    drawn: dict[bool, list[str]] = {False: [], True: []}
    for index, column in enumerate(columns[1:], 1):
        slices = _slices(columns[index - 1], column)
        for row, (start, end) in zip(column, slices, strict=True):
            if row.node is not None and end > start:
                drawn[row.is_lit].append(_band(pitch * (index - 1) + _BAR, (start, end), pitch * index, (row.y, row.y + row.height)))
    yield from _shapes("band", drawn)


def _bars(columns: list[list[_Row]], pitch: float) -> Iterator[str]:
    """The bar of each segment, as high as the segment is large."""
    drawn: dict[bool, list[str]] = {False: [], True: []}
    for index, column in enumerate(columns):
        for row in column:
            if row.node is not None:
                drawn[row.is_lit].append(f"M{pitch * index:.0f} {row.y:.0f}h{_BAR:.0f}V{row.y + row.height:.0f}h-{_BAR:.0f}z")
    yield from _shapes("bar", drawn)


def _shapes(name: str, drawn: dict[bool, list[str]]) -> Iterator[str]:
    for lit, shapes in drawn.items():
        if shapes:
            yield f'<path class="{name}{" on" if lit else ""}" d="{"".join(shapes)}"/>'


def _light(columns: list[list[_Row]]) -> None:
    """Light the path, and all that lies below the segment itself."""
    for index, column in enumerate(columns):
        for row in column:
            if row.node is not None:
                above = columns[index - 1][row.parent] if index else None
                row.is_lit = row.node.is_on_path or (above is not None and above.node is not None and (above.node.is_here or (above.is_lit and not above.node.is_on_path)))


def _slices(parents: list[_Row], column: list[_Row]) -> list[tuple[float, float]]:
    """Where on its parent's bar each band begins and ends: its true share of it, or an equal part where sizes are unknown."""
    found = []
    at = [row.y for row in parents]
    families: list[list[_Row]] = [[] for _ in parents]
    for row in column:
        if row.node is not None:
            families[row.parent].append(row)
    for row in column:
        above = parents[row.parent]
        part = _share_of_parent(row, above, families[row.parent])
        start = at[row.parent]
        at[row.parent] = end = min(start + above.height * part, above.y + above.height)
        found.append((start, end))
    return found


def _share_of_parent(row: _Row, above: _Row, family: list[_Row]) -> float:
    if row.node is None or above.node is None:
        return 0.0
    weights = [one.node.weight for one in family if one.node is not None]
    whole = above.node.weight
    if not whole or any(weight is None for weight in weights):
        return 1 / len(family)
    return (row.node.weight or 0.0) / max(whole, sum(weight or 0.0 for weight in weights))


@lru_cache(maxsize=4096)  # siblings have nearly the same picture
def _band(x: float, start: tuple[float, float], to: float, end: tuple[float, float]) -> str:
    """Flat under the parent's name, then curved to the child."""
    flat = to - _CURVE
    mid = (flat + to) / 2
    top = f"M{x:.0f} {start[0]:.0f}H{flat:.0f}C{mid:.0f} {start[0]:.0f} {mid:.0f} {end[0]:.0f} {to:.0f} {end[0]:.0f}"
    return f"{top}V{end[1]:.0f}C{mid:.0f} {end[1]:.0f} {mid:.0f} {start[1]:.0f} {flat:.0f} {start[1]:.0f}H{x:.0f}Z"


def _names(columns: list[list[_Row]], pitch: float, href: Href) -> Iterator[str]:
    for index, column in enumerate(columns):
        x = pitch * index
        for row in column:
            label = _label(row, x)
            where = href(row.node.link) if row.node is not None and not row.node.is_here else ""
            if not where or row.node is None:
                yield label
                continue
            yield f'<a href="{esc(where)}">{label}</a>'


def _label(row: _Row, x: float) -> str:
    classes = " ".join(name for name, holds in (("on", row.is_lit), ("here", row.node is not None and row.node.is_here)) if holds)
    return _written(row.lines, row.node.share if row.node is not None else "", classes, x + _BAR + 10, row.y + row.height / 2)


@lru_cache(maxsize=4096)  # as with the bands
def _written(lines: tuple[str, ...], share: str, classes: str, left: float, middle: float) -> str:
    """The lines of a name around the middle of its bar, the share behind the last."""
    marked = f' class="{classes}"' if classes else ""
    first = middle - _LINE * (len(lines) - 1) / 2 + 5
    ends = [" "] * (len(lines) - 1) + [f" <tspan>{esc(share)}</tspan>" if share else ""]
    return "".join([f'<text{marked} x="{left:.0f}" y="{first + _LINE * at:.0f}">{esc(line)}{end}</text>' for at, (line, end) in enumerate(zip(lines, ends, strict=True))])
