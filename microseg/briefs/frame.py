"""What the pages about all segments show beside what they say of each: the order of the tree, its pictures, and what they were made from.

All of it follows from the tree, from names and from sizes, so that it stays as it is while those do; where some have another name or size, only they are drawn again.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from microseg.briefs.material import page_name
from microseg.briefs.page import Link, Node, Place
from microseg.briefs.place import MOST_ROWS, has_shares, share_of, whole_place
from microseg.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from microseg.briefs.material import Material
    from microseg.model.segment import Segment


class Stand(NamedTuple):
    """Where a segment that has a page stands: how deep, what its page is called, its id, and how it is named."""

    depth: int
    name: str
    id: str
    title: str


class Frame(NamedTuple):
    """The segments from the top down, a picture of each tree, and the files that all of it was made from."""

    walk: tuple[Stand, ...]
    pictures: tuple[Place, ...]
    paths: tuple[str, ...]


def frame_of(material: Material) -> Frame:
    """The frame of a workspace."""
    workspace = material.workspace
    known = list(_walk(material))
    return Frame(
        tuple(Stand(depth, page_name(one), one.id or "", material.link(one).name) for depth, one in known),
        tuple(whole_place(root, material) for root in workspace.roots if workspace.children(root)),
        tuple(sorted({one.at.path for _, one in known} | {one.at.path for one in workspace.evidence})),
    )


def _walk(material: Material) -> Iterator[tuple[int, Segment]]:
    """Every segment that has a page, from the top down, each at most one level deeper than the one before."""
    last = -1
    for depth, one in material.workspace.walk():
        if material.workspace.by_id.get(one.id or "") is one:
            last = min(depth, last + 1)
            yield last, one


def digest_of(frame: Frame, material: Material) -> str:
    """Eight digits of a hash over the files that all pages are made from."""
    return hashlib.sha256("\n".join(f"{path} {material.digest(path)}" for path in frame.paths).encode("utf-8", "surrogateescape")).hexdigest()[:8]


class Faces(NamedTuple):
    """What pictures show of segments that have another name or size: names by id; names, shares and weights by page; and the order of children by the page of their parent."""

    names: dict[str, str]
    nodes: dict[str, tuple[str, str, float | None]]
    orders: dict[str, list[str]]


def faces_of(ids: Iterable[str], material: Material) -> Faces:
    """What is shown of these segments, none of which is a root."""
    known = [material.workspace.by_id[one] for one in ids]
    links = {one.id or "": material.link(one) for one in known}
    nodes = {link.id: (link.name, *share_of(one, material.ancestors(one)[-1], material)) for one, link in zip(known, links.values(), strict=True)}
    parents = [parent for one in known if (parent := material.workspace.parent(one)) is not None]
    orders = {page_name(one): [page_name(child) for child in material.children_by_size(one)[:MOST_ROWS]] for one in parents}
    return Faces({id_: link.name for id_, link in links.items()}, nodes, orders)


def redrawn(frame: Frame, faces: Faces) -> Frame:
    """The frame with these faces. Raises ValueError where a picture would show others than it did, or shares where it had none."""
    walk = tuple(one._replace(title=faces.names.get(one.id, one.title)) for one in frame.walk)
    pictures = tuple(replace(one, tree=_redrawn(one.tree, faces)) for one in frame.pictures)
    if [has_shares(one.tree) for one in pictures] != [has_shares(one.tree) for one in frame.pictures]:
        raise ValueError
    return frame._replace(walk=walk, pictures=pictures)


def _redrawn(node: Node, faces: Faces) -> Node:
    page = node.link.id
    children = {one.link.id: _redrawn(one, faces) for one in node.children}
    order = faces.orders.get(page, children) if children else ()
    if children.keys() != set(order):
        raise ValueError
    name, share, weight = faces.nodes.get(page, (node.link.name, node.share, node.weight))
    return replace(node, link=Link(page, name), share=share, weight=weight, children=tuple(children[one] for one in order))


def text_of(frame: Frame) -> str:
    """A frame as one line."""
    return json.dumps(frame, separators=(",", ":"))  # tuples with names are lists to JSON


def frame_in(text: str) -> Frame | None:
    """The frame that was told as a line; None where that is none."""
    try:
        walk, pictures, paths = json.loads(text)
        return Frame(tuple(Stand(*one) for one in walk), tuple(_place(one) for one in pictures), tuple(paths))
    except (ValueError, TypeError, RecursionError):
        return None


def _place(held: list[Any]) -> Place:
    tree, denominator, split_by, ties = held
    return Place(_node(tree), denominator, split_by, tuple(ties))  # a picture of all has no ties


def _node(held: list[Any]) -> Node:
    link, share, weight, is_here, is_on_path, children, more = held
    return Node(Link(*link), share, weight, is_here, is_on_path, tuple(map(_node, children)), more)
