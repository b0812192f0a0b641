"""Where a segment sits: the tree around it, cut to what fits a picture, with shares of one stated whole."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from microseg.briefs.page import Node, Place, Tie
from microseg.briefs.phrases import count, from_id, share
from microseg.briefs.sizes import part_of, size_in_tree

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microseg.briefs.material import Material
    from microseg.model.segment import Segment

MOST_ROWS = 9
MOST_IN_COLUMN = 16
MOST_LEVELS = 4
MOST_ABOVE = 10  # the path over the page names the others
_HOW = {
    "overlaps": "overlaps with",
    "part_of": "is part of",
    "feeds": "feeds",
    "similar": "is similar to",
    "competes": "competes with",
}


def place_view(segment: Segment, material: Material) -> Place:
    """The segment with those above it, its siblings, its children, and their children where they are few."""
    above = material.ancestors(segment)
    root = above[-1] if above else segment
    chain = (segment, *above[:MOST_ABOVE])
    tree = _here(segment, root, material)
    for below, parent in pairwise(chain):
        tree = _above(parent, tree, below, material, root, with_siblings=below is segment)
    split = segment.split_by
    words = "" if split is None else _split_words(split.written, material) if split.is_id else split.written
    return Place(tree, _stated(tree, root, material), words, tuple(_ties(segment, material)))


def whole_place(root: Segment, material: Material) -> Place:
    """A whole tree as far down as a picture has room for; those we go after now, and what they are part of, are lit."""
    levels = [[root]]
    while len(levels) < MOST_LEVELS:
        below = [child for one in levels[-1] for child in material.children_by_size(one)[:MOST_ROWS]]
        if not below or len(below) > MOST_IN_COLUMN:
            break
        levels.append(below)
    lit = {id(one) for row in levels for one in row if one.focus == "now"}
    made: dict[int, Node] = {}
    for depth in range(len(levels) - 1, -1, -1):
        for one in levels[depth]:
            children = material.children_by_size(one)
            below_it = tuple(made[id(child)] for child in children if id(child) in made)
            is_lit = id(one) in lit or any(child.is_on_path for child in below_it)
            more = len(children) - len(below_it) if depth + 1 < len(levels) else 0
            made[id(one)] = _node(one, root, material, below=below_it, more=more, on_path=is_lit)
    tree = made[id(root)]
    return Place(tree, _stated(tree, root, material), "", ())


def _stated(tree: Node, root: Segment, material: Material) -> str:
    """What shares are shares of; empty where none is shown."""
    whole = size_in_tree(root, material)
    return f"share of the {count(whole.number)} {whole.unit} of {root.name}" if whole is not None and has_shares(tree) else ""


def share_of(segment: Segment, whole: Segment, material: Material) -> tuple[str, float | None]:
    """A segment's share of another, as words and as a number; empty and None where sizes are unknown or count different things."""
    found = part_of(segment, whole, material)
    return ("", None) if found is None else (share(*found), found[0] / found[1])


def _here(segment: Segment, root: Segment, material: Material) -> Node:
    children = material.children_by_size(segment)
    shown = children[:MOST_ROWS]
    deeper = sum(len(material.children_by_size(child)) for child in shown) <= MOST_ROWS
    nodes = tuple(_node(child, root, material, below=_leaves(child, root, material) if deeper else ()) for child in shown)
    return _node(segment, root, material, below=nodes, more=len(children) - len(shown), is_here=True)


def _leaves(segment: Segment, root: Segment, material: Material) -> tuple[Node, ...]:
    return tuple(_node(child, root, material) for child in material.children_by_size(segment))


def _above(parent: Segment, path: Node, below: Segment, material: Material, root: Segment, *, with_siblings: bool) -> Node:
    """The parent over the path so far; the siblings of the segment itself stand beside it, those further up are counted."""
    children = material.children_by_size(parent)
    order = _around(children, below) if with_siblings else (below,)
    nodes = tuple([path if one is below else _beside(one, root, material) for one in order])
    return _node(parent, root, material, below=nodes, more=len(children) - len(nodes), on_path=True)


def _around(children: tuple[Segment, ...], below: Segment) -> tuple[Segment, ...]:
    """The segment among its largest siblings, or behind them where it is smaller still."""
    first = children[:MOST_ROWS]
    return first if any(one is below for one in first) else (*children[: MOST_ROWS - 1], below)


def _beside(segment: Segment, root: Segment, material: Material) -> Node:
    """A segment alone, as the pictures of all its siblings show it."""
    return material.once("beside", segment, lambda: _node(segment, root, material))


def _node(
    segment: Segment, root: Segment, material: Material, *, below: tuple[Node, ...] = (), more: int = 0, is_here: bool = False, on_path: bool = False
) -> Node:
    words, weight = ("", 1.0) if segment is root else share_of(segment, root, material)
    return Node(material.link(segment), words, weight, is_here, is_here or on_path, below, more)


def has_shares(node: Node) -> bool:
    """Is a share told anywhere in a picture?"""
    return bool(node.share) or any(has_shares(child) for child in node.children)


def _split_words(dimension: str, material: Material) -> str:
    found = material.dimensions.find(dimension)
    return found.words if found is not None else from_id(dimension.rpartition(".")[2]).lower()


def _ties(segment: Segment, material: Material) -> Iterable[Tie]:
    for one in segment.related:
        if one.segment is not None:
            yield Tie(_HOW[one.how or "overlaps"], material.link_to(one.segment), one.note or "")
