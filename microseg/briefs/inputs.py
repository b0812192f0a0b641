"""What each page is made from, as one hash a page: a page whose hash is the one of last time need not be made again.

A hash may change without need, which costs time; it must never stay the same where the page would differ. A property
test edits random workspaces and compares with pages made anew.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from microseg.briefs.maker import whole_key
from microseg.briefs.material import page_name
from microseg.briefs.sizes import is_measured_tree, size_of
from microseg.criteria.ast import references
from microseg.model.walk import words_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microseg.briefs.material import Material
    from microseg.model.segment import Segment


class _Words(NamedTuple):
    """What ties a segment to others: the ids that stand in it, and those it points to."""

    ids: list[str]
    pointed: set[str]


def page_keys(material: Material, common: str) -> dict[str, str]:
    """A hash a segment, by the name of its page; `common` stands for what all pages share. A segment that no root leads to has none.

    Where ids stand twice or segments go round in a circle, what is above and below a segment hangs on where one begins, so each hash is over all of them.
    """
    own = _own_keys(material)
    if not material.workspace.is_forest:
        common = whole_key([common, *own.values()])
    below: dict[int, str] = {}
    found: dict[str, str] = {}
    for segment in reversed([one for _, one in material.workspace.walk()]):  # children before their parents
        below[id(segment)] = whole_key([own[id(segment)], *(below.get(id(child), "") for child in material.children_by_size(segment))])
    for segment in material.workspace.by_id.values():
        if id(segment) in below:
            parent = material.workspace.parent(segment)
            above = [own[id(one)] + str(len(material.children_by_size(one))) for one in material.ancestors(segment)]
            found[page_name(segment)] = whole_key([common, below[id(segment)], *above, "" if parent is None else _faces(parent, material)])
    return found


def _own_keys(material: Material) -> dict[int, str]:
    """A hash over each segment: its file, what of it every product owes, where it stands in the tree, the files of all that it points to or that relieves its pains, and what its measures are shown by."""
    words = {id(one): _words(one) for one in material.workspace.segments}
    files = _files_by_id(material, words)
    relieved: dict[str, set[str]] = defaultdict(set)
    for segment in material.workspace.segments:
        for solution in segment.ideal_solutions:
            for pain in solution.relieves:
                relieved[pain.written].add(segment.at.path)
    sharing = _sharing(material)
    return {id(one): whole_key([*_own(one, words[id(one)].pointed, files, relieved, material), *_measured(one, sharing, material)]) for one in material.workspace.segments}


def _words(segment: Segment) -> _Words:
    ids, written = words_in(segment)
    pointed = set(written)
    if segment.criteria is not None:
        pointed.update(one.name for one in references(segment.criteria) if one.kind == "segment")
    return _Words([segment.id or "", *ids], pointed)


def _own(segment: Segment, pointed: set[str], files: Mapping[str, set[str]], relieved: Mapping[str, set[str]], material: Material) -> list[str]:
    paths: set[str] = set()
    for one in pointed & files.keys():
        paths |= files[one]
    for pain in segment.pain_points:
        if pain.id and pain.id in relieved:
            paths |= relieved[pain.id]
    parent = segment.parent.written if segment.parent is not None else ""
    parts = [segment.at.path, material.digest(segment.at.path), segment.id or "", segment.level or "", parent]
    parts += [f"relief {origin.id}" for pain in segment.pain_points for _, _, origin in material.reliefs(segment, pain)]
    parts += [f"owed {place} {why}" for place, one in enumerate(segment.pain_points) if (why := material.expected(one))]
    return [*parts, *[f"{path} {material.digest(path)}" for path in sorted(paths)]]


def _sharing(material: Material) -> dict[str, set[str]]:
    """With whom a segment shares members, by any saved measure."""
    found: dict[str, set[str]] = defaultdict(set)
    for run in material.runs:
        for pair in run.overlaps:
            found[pair.a].add(pair.b)
            found[pair.b].add(pair.a)
    return found


def _measured(segment: Segment, sharing: Mapping[str, set[str]], material: Material) -> list[str]:
    """Whether typed sizes are estimates, who was counted, and those who share members, by name and where they stand; nothing where nothing was measured."""
    if not material.runs:
        return []
    known = material.workspace.by_id
    others = [known[name] for name in sorted(sharing.get(segment.id or "", ())) if name in known]
    about = [f"{one.id} {one.name} {[above.id for above in material.ancestors(one)]}" for one in others]
    return [f"measured {is_measured_tree(segment, material)} {material.criteria_hashes.get(segment.id or '')}", *about]


def _files_by_id(material: Material, words: Mapping[int, _Words]) -> dict[str, set[str]]:
    """In which files an id stands, whatever it names."""
    found: dict[str, set[str]] = {}
    for segment in material.workspace.segments:
        for one in words[id(segment)].ids:
            found.setdefault(one, set()).add(segment.at.path)
    for source in material.workspace.evidence:
        if source.id:
            found.setdefault(source.id, set()).add(source.at.path)
    return found


def _faces(parent: Segment, material: Material) -> str:
    """What a segment's picture shows of its siblings: names and sizes, in order."""
    return material.once("faces", parent, lambda: whole_key(f"{one.id} {one.name} {size_of(one, material)}" for one in material.children_by_size(parent)))
