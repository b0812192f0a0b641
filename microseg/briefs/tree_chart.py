"""The tree around a segment as a picture: a column a level, bands as thick as the segments are large, the path lit."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from microseg.briefs.charts import esc, fold
from microseg.briefs.phrases import counted
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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


class _Entry(NamedTuple):
    """What the place of a row hangs on: where in the column before its parent stands, and what is written; `share` is None for "and 3 more"."""

    parent: int
    text: str
    share: str | None
    weight: float | None


class _Column(NamedTuple):
    """The rows of a level: what is written, the segment (None for "and 3 more"), and whether it is lit."""

    entries: tuple[_Entry, ...]
    nodes: tuple[Node | None, ...]
    lit: tuple[bool, ...]


class _Drawn(NamedTuple):
    """One row as it is drawn, unlit: its bar and the band that leads to it as shapes, and its name in pieces, between which its class stands."""

    bar: str
    band: str
    name: tuple[str, ...]


def tree_svg(place: Place, *, href: Href) -> str:
    """The picture for wide screens and paper. Everything in it also stands in the list that narrow screens get."""
    root, skipped = _visible_root(place.tree)
    columns = _columns(root)
    height, laid_out = _lay_out(tuple([column.entries for column in columns]))
    drawn = [row for column, places in zip(columns, laid_out, strict=True) for row in zip(column.nodes, column.lit, places, strict=True)]
    parts = [
        f'<svg class="tw" viewBox="0 0 {_WIDTH:.0f} {height + _TOP + 4:.0f}" role="group" aria-label="The segments around this one">',
        _captions(len(columns), skipped),
        *_shapes("band", [(is_lit, how.band) for _, is_lit, how in drawn]),
        *_shapes("bar", [(is_lit, how.bar) for _, is_lit, how in drawn]),
        *[_name(*row, href) for row in drawn],
        "</svg>",
    ]
    return "".join(parts)


def _visible_root(tree: Node) -> tuple[Node, int]:
    """The topmost segment that the picture has room for, and how many levels above it are left out."""
    root, skipped = tree, 0
    while _is_too_deep(root) and not root.is_here:
        below = next((child for child in root.children if child.is_on_path), None)
        if below is None or below.is_here:
            break
        root, skipped = below, skipped + 1
    return root, skipped


def _is_too_deep(root: Node) -> bool:
    level = [root]
    for _ in range(_MOST_COLUMNS):
        level = [child for node in level for child in node.children]
    return bool(level)


def _columns(root: Node) -> list[_Column]:
    """The rows of each column in order of the tree, so that no two bands cross."""
    columns = [_Column((_entry(root, -1),), (root,), (root.is_on_path,))]
    while len(columns) < _MOST_COLUMNS and (rows := list(_below(columns[-1]))):
        columns.append(_Column(*zip(*rows, strict=True)))
    return columns


def _below(column: _Column) -> Iterator[tuple[_Entry, Node | None, bool]]:
    """Lit are the path, and all that lies below the segment itself."""
    for index, (above, is_lit) in enumerate(zip(column.nodes, column.lit, strict=True)):
        if above is None:
            continue
        is_all_lit = above.is_here or (is_lit and not above.is_on_path)
        for child in above.children:
            yield _entry(child, index), child, is_all_lit or child.is_on_path
        if above.more:
            yield _Entry(index, f"and {counted(above.more, 'more', 'more')}", None, None), None, False


def _entry(node: Node, parent: int) -> _Entry:
    return _Entry(parent, node.link.name, node.share, node.weight)


@lru_cache(maxsize=512)  # the pictures of siblings differ in what is lit, not in where it stands
def _lay_out(columns: tuple[tuple[_Entry, ...], ...]) -> tuple[float, tuple[tuple[_Drawn, ...], ...]]:
    """The height of the picture, and how the rows of each column are drawn."""
    pitch = _WIDTH / max(len(columns), 2)
    lines = [_folded(column, pitch - (24 if column is columns[-1] else _CURVE)) for column in columns]
    height, spans = _stack(columns, lines)
    slices = [[(0.0, 0.0)], *[_slices(spans[index], columns[index], column) for index, column in enumerate(columns[1:])]]
    ends = [(pitch * (index - 1) + _BAR, pitch * index) for index in range(len(columns))]
    levels = zip(columns, lines, spans, slices, ends, strict=True)
    return height, tuple([tuple([_draw(*row, across) for row in zip(column, names, places, parts, strict=True)]) for column, names, places, parts, across in levels])


def _draw(entry: _Entry, lines: tuple[str, ...], span: tuple[float, float], part: tuple[float, float], across: tuple[float, float]) -> _Drawn:
    """One row: `span` is where it begins and how high it is, `part` what of its parent's bar leads to it, `across` from where to where its band goes."""
    (before, x), (y, height) = across, span
    name = _written(lines, entry.share or "", x + _BAR + 10, y + height / 2)
    if entry.share is None:
        return _Drawn("", "", name)
    band = _band(before, part, x, (y, y + height)) if part[1] > part[0] else ""
    return _Drawn(f"M{x:.0f} {y:.0f}h{_BAR:.0f}V{y + height:.0f}h-{_BAR:.0f}z", band, name)


def _folded(column: tuple[_Entry, ...], room: float) -> list[tuple[str, ...]]:
    """The names on lines; where another column follows they have less room, for bands curve away at the end of a column."""
    return [(one.text,) if one.share is None else fold(one.text, _SIZE * _BOLD, room - (40 if one.share else 12), lines=3) for one in column]


def _stack(columns: Sequence[Sequence[_Entry]], lines: list[list[tuple[str, ...]]]) -> tuple[float, list[list[tuple[float, float]]]]:
    """The height of the picture, and where each row begins and how high it is; columns are equally high, and a row is at least as high as its name."""
    least = [[_LINE * max(1, len(held)) + 2 for held in column] for column in lines]
    needs = [sum(column) + _GAP * (len(column) - 1) for column in least]
    height = max(_LEAST_HEIGHT, *needs)
    return height, [_spans(weights, floor, height - need) for weights, floor, need in zip(map(_weights, columns), least, needs, strict=True)]


def _spans(weights: list[float], least: list[float], spare: float) -> list[tuple[float, float]]:
    whole = sum(weights) or 1.0
    found = []
    y = _TOP
    for weight, floor in zip(weights, least, strict=True):
        height = floor + spare * weight / whole
        found.append((y, height))
        y += height + _GAP
    return found


def _weights(column: Sequence[_Entry]) -> list[float]:
    """How the room that is left is shared: by size where all sizes are known, equally otherwise."""
    if any(one.weight is None for one in column if one.share is not None):
        return [0.0 if one.share is None else 1.0 for one in column]
    return [one.weight or 0.0 for one in column]


def _slices(spans: list[tuple[float, float]], parents: Sequence[_Entry], column: Sequence[_Entry]) -> list[tuple[float, float]]:
    """Where on its parent's bar each band begins and ends: its true share of it, or an equal part where sizes are unknown."""
    found = []
    at = [y for y, _ in spans]
    families: list[list[_Entry]] = [[] for _ in parents]
    for one in column:
        if one.share is not None:
            families[one.parent].append(one)
    for one in column:
        start, (y, height) = at[one.parent], spans[one.parent]
        at[one.parent] = end = min(start + height * _share_of_parent(one, parents[one.parent], families[one.parent]), y + height)
        found.append((start, end))
    return found


def _share_of_parent(one: _Entry, above: _Entry, family: list[_Entry]) -> float:
    if one.share is None:
        return 0.0
    if not above.weight or any(other.weight is None for other in family):
        return 1 / len(family)
    return (one.weight or 0.0) / max(above.weight, sum(other.weight or 0.0 for other in family))


def _band(x: float, start: tuple[float, float], to: float, end: tuple[float, float]) -> str:
    """Flat under the parent's name, then curved to the child."""
    flat = to - _CURVE
    mid = (flat + to) / 2
    top = f"M{x:.0f} {start[0]:.0f}H{flat:.0f}C{mid:.0f} {start[0]:.0f} {mid:.0f} {end[0]:.0f} {to:.0f} {end[0]:.0f}"
    return f"{top}V{end[1]:.0f}C{mid:.0f} {end[1]:.0f} {mid:.0f} {start[1]:.0f} {flat:.0f} {start[1]:.0f}H{x:.0f}Z"


def _written(lines: tuple[str, ...], share: str, left: float, middle: float) -> tuple[str, ...]:
    """The lines of a name around the middle of its bar, the share behind the last; in pieces, as `_Drawn` has them."""
    first = middle - _LINE * (len(lines) - 1) / 2 + 5
    ends = [" </text><text"] * (len(lines) - 1) + [f" <tspan>{esc(share)}</tspan></text>" if share else "</text>"]
    return ("<text", *[f' x="{left:.0f}" y="{first + _LINE * at:.0f}">{esc(line)}{end}' for at, (line, end) in enumerate(zip(lines, ends, strict=True))])


@lru_cache(maxsize=64)
def _captions(count: int, skipped: int) -> str:
    """What stands over the columns, and the rule below it."""
    pitch = _WIDTH / max(count, 2)
    names = [_CAPTIONS[min(index + skipped, len(_CAPTIONS) - 1)] for index in range(count)]
    words = "".join([f'<text class="cap" x="{pitch * index:.0f}" y="12">{name}</text>' for index, name in enumerate(names)])
    return f'{words}<path class="rule" d="{"".join(f"M{pitch * index:.0f} 24h{pitch - 24:.0f}" for index in range(count))}"/>'


def _shapes(name: str, drawn: list[tuple[bool, str]]) -> Iterator[str]:
    """One shape for all, one for those that are lit, which lies on top."""
    for kind, lit in ((name, False), (f"{name} on", True)):
        if joined := "".join([shape for is_lit, shape in drawn if is_lit is lit]):
            yield f'<path class="{kind}" d="{joined}"/>'


def _name(node: Node | None, is_lit: bool, how: _Drawn, href: Href) -> str:
    if node is None:
        return "".join(how.name)
    if node.is_here:
        return ' class="on here"'.join(how.name)
    label = (' class="on"' if is_lit else "").join(how.name)
    where = href(node.link)
    return f'<a href="{esc(where)}">{label}</a>' if where else label
