"""What the pages about all segments show beside what they say of each: the order of the tree, its pictures, and what they were made from.

All of it follows from the tree, from names and from sizes, so that it stays as it is while those do; a new name is put in the place of the old one.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, NamedTuple

from microseg.briefs.material import page_name
from microseg.briefs.page import Link, Node, Place
from microseg.briefs.place import whole_place
from microseg.record import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


def renamed(frame: Frame, names: Mapping[str, str]) -> Frame:
    """The frame where segments, none of them a root, have other names, by id."""
    pages = {one.name: names[one.id] for one in frame.walk if one.id in names}
    walk = tuple(one._replace(title=names.get(one.id, one.title)) for one in frame.walk)
    return frame._replace(walk=walk, pictures=tuple(replace(one, tree=_with_names(one.tree, pages)) for one in frame.pictures))


def _with_names(node: Node, pages: Mapping[str, str]) -> Node:
    link = node.link
    return replace(node, link=Link(link.id, pages.get(link.id, link.name)), children=tuple(_with_names(one, pages) for one in node.children))


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
