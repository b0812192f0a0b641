"""The part of a workspace that an edit inside segments reaches: what is shown of it can be made anew without reading the rest.

Wording, names and numbers may differ, items come and go that no other segment points to, and something else may be said
of files; then the tree stands, and a segment is shown in its own place, in what its children inherit, as a child of its
parent, and where an id leads to it; its name and size beside it and two levels above, too. Whatever else was edited (the
tree, the name or size of a root, ids that others say) is left to those who read all of the workspace.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from microseg.criteria.ast import references
from microseg.model.criteria_in import criteria_in
from microseg.model.workspace import Workspace
from microseg.project.facts import held
from microseg.project.last_run import ROOTS, seen_by_path
from microseg.project.reach import flat, reach_of
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from microseg.lint.finding import Seen
    from microseg.model.saved import Run, Saved
    from microseg.model.segment import Segment
    from microseg.project.after_edit import Part
    from microseg.project.cache import Store
    from microseg.project.last_run import Row

MOST_FILES = 32  # that differ: beyond, reading all of them is as quick
_PART = 3  # of the files, one in so many may be read


class Edited(NamedTuple):
    """The files that are needed to show what an edit reaches, as a workspace of their own, the ids of the segments that it reaches, what was measured of all in that workspace, and the ids of those that have another name or size."""

    workspace: Workspace
    reached: frozenset[str]
    runs: tuple[Run, ...]
    faces: frozenset[str]


class _Edit(NamedTuple):
    """An edited file by its number: is but wording another, and which segments have another name or size."""

    row: int
    is_wording: bool
    faces: frozenset[str]


def marks_of(rows: Iterable[Row]) -> dict[str, str]:
    """By path what is shown of a file: a hash of its bytes, and of what was said of it."""
    return {row.path: f"{row.digest} {row.said}" for row in rows}


def found_at(marks: Mapping[str, str], store: Store) -> dict[str, list[Seen]]:
    """By path what is shown of what was found in each of these files when they had these marks. Raises ValueError where a part of it is lost."""
    entries = [store.settled.get(bytes.fromhex(mark.partition(" ")[2])) for mark in marks.values()]
    if None in entries:
        raise ValueError
    return seen_by_path([one for one in entries if one is not None], marks)


def edited_part(part: Part, before: Mapping[str, str], saved: Sequence[Saved] = ()) -> Edited | None:
    """What is reached by all that differs from the marks of `before`; None where that cannot be told, or is no small part.

    `saved` are the saved measures, which are the same as then. Raises ValueError where the cache holds what is none of ours.
    """
    now = marks_of(part.rows)
    if now.keys() != before.keys():
        return None
    differing = [number for number, row in enumerate(part.rows) if before[row.path] != now[row.path]]
    edited = [number for number in differing if before[part.rows[number].path].partition(" ")[0] != part.rows[number].digest]
    if len(differing) > MOST_FILES:
        return None
    edits = [edit for number in edited if (edit := _edit_of(part, number, before, is_measured=bool(saved))) is not None]
    if len(edits) < len(edited):
        return None
    reached = _reached(part, differing, edits)
    ids = frozenset(part.standing[number].id for number in reached)
    shown = _shown(part, reached, {name for one in saved for pair in one.run(ids).overlaps for name in (pair.a, pair.b)})
    if shown is not None and saved:
        shown = _beside_measures(part, shown, set().union(*(one.names() for one in saved)))
    if shown is None:
        return None
    workspace = part.workspace(shown)
    return Edited(workspace, ids, tuple(one.run(workspace.by_id) for one in saved), frozenset().union(*(edit.faces for edit in edits)))


def _edit_of(part: Part, row: int, before: Mapping[str, str], *, is_measured: bool) -> _Edit | None:
    """What was edited in a file, where that is shown but in some places (see the module); None where it may be shown anywhere."""
    path = part.rows[row].path
    pair = part.versions(path, bytes.fromhex(before[path].partition(" ")[0]))
    if pair is None:
        return None
    old, new = map(held, pair)
    reach = reach_of(old, new, part.config, part.newest)
    if reach is None:
        return None
    both = list(zip(flat(old.segments), flat(new.segments), strict=True))
    faces = frozenset(part.standing[number].id for number, (one, other) in zip(part.of(row), both, strict=True) if (one.name, one.size) != (other.name, other.size))
    if reach.is_wording and not faces:
        return _Edit(row, is_wording=True, faces=faces)
    if not _is_met_nowhere_else(reach.owned | reach.used, part, row):
        return None
    if is_measured and (faces or any(criteria_in(one) != criteria_in(other) for one, other in both)):
        return None  # those who share members are named, and it is told whether others were measured
    return _Edit(row, is_wording=False, faces=faces) if _may_differ(faces, part) else None


def _may_differ(names: Iterable[str], part: Part) -> bool:
    """May these have another name or size? Shares are told of a root, by its name, and the settings may name whom they like."""
    asked = {one.name for held in part.config.definitions if held.value is not None for one in references(held.value) if one.kind == "segment"}
    return all(name not in asked and (number := part.number(name)) is not None and part.parent(part.standing[number]) != ROOTS for name in names)


def _is_met_nowhere_else(words: frozenset[str], part: Part, row: int) -> bool:
    """Is each of these words an id that no other file of segments owns, nor says unless it is a source's?"""
    others = [one for number, one in enumerate(part.rows) if number != row] if words else []
    sources = frozenset(word for one in others if not one.standing for word in one.owns.split())
    return all(words.isdisjoint(one.owns.split()) and (words - sources).isdisjoint(one.uses.split()) for one in others if one.standing)


def _reached(part: Part, differing: Sequence[int], edits: Sequence[_Edit]) -> set[int]:
    """The segments, by number, of which something else may be shown when these files differ (see the module); where a file was not edited, other things were said of it, which no id leads to."""
    owned = {word for edit in edits for word in part.rows[edit.row].owns.split()}
    relieved = {pain.written for edit in edits for one in part.segments(edit.row) for solution in one.ideal_solutions for pain in solution.relieves}
    tied = {number for number, row in enumerate(part.rows) if not owned.isdisjoint(row.uses.split()) or not relieved.isdisjoint(row.owns.split())}
    own = {number for row in differing for number in part.of(row)}
    parents = {above for number in own if (above := part.parent(part.standing[number])) != ROOTS}
    names = frozenset(name for edit in edits for name in edit.faces)
    if names:
        tied |= {number for number, row in enumerate(part.rows) if not names.isdisjoint(row.asks.split())}
    wide = {number for edit in edits if not edit.is_wording for number in part.of(edit.row)} | {number for row in tied if names for number in part.of(row)}
    two_above = {one for number in wide for one in islice(part.above(number), 2)}
    beside = {child for name in names for child in part.children[part.parent(part.standing[part.number(name) or 0])]}
    return parents | two_above | beside | {below for row in {*differing, *tied} for number in part.of(row) for below in _all_below(part, number)}


def _all_below(part: Part, number: int) -> Iterator[int]:
    yield number
    for parent in part.below(number):
        yield from part.children[parent]


def _shown(part: Part, reached: Iterable[int], sharing: Iterable[str]) -> set[int] | None:
    """The files that are read to show these segments: their line and all beside it, two levels below them, what ids and criteria there lead to, and those `sharing` members with them; None where that is no small part."""
    lines = {above for number in reached for above in (number, *part.above(number))}
    children = {child for number in lines for child in part.children.get(number, ())}
    below = {one for number in reached for child in part.children.get(number, ()) for one in part.children.get(child, ())}
    rows = {part.row_of(number) for number in lines | children | below}
    if len(rows) > len(part.rows) // _PART:
        return None
    segments = [one for row in rows for one in part.segments(row)]
    used = {word for row in rows for word in part.rows[row].uses.split()} | {name for one in segments for name in _named(one)} | {*sharing}
    pains = {pain.id for one in segments for pain in one.pain_points if pain.id}
    rows |= {number for number, row in enumerate(part.rows) if not used.isdisjoint(row.owns.split()) or not pains.isdisjoint(row.uses.split())}
    rows |= {part.row_of(above) for row in tuple(rows) for number in part.of(row) for above in part.above(number)}
    return rows if len(rows) <= len(part.rows) // _PART else None


def _beside_measures(part: Part, rows: set[int], measured: Container[str]) -> set[int] | None:
    """These files and what measures are shown by: all that criteria there rest on, for by those it is told whether others were measured, and one `measured` segment in each tree, for then sizes that were typed are estimates; None as above."""
    named = {one.name for held in part.config.definitions if held.value is not None for one in references(held.value) if one.kind == "segment"}
    waiting = rows
    while waiting:
        named |= {name for row in waiting for one in part.segments(row) for name in _named(one)}
        numbers = [number for name in named if (number := part.number(name)) is not None]
        waiting = {part.row_of(one) for number in numbers for one in (number, *part.above(number))} - rows
        rows = rows | waiting
    heads = {(number, *part.above(number))[-1] for row in rows for number in part.of(row)}
    found = [next((one for one in _all_below(part, head) if one != head and part.standing[one].id in measured), head) for head in heads]
    rows = rows | {part.row_of(one) for number in found for one in (number, *part.above(number))}
    return rows if len(rows) <= len(part.rows) // _PART else None


def _named(segment: Segment) -> Iterator[str]:
    """The segments that criteria name."""
    if segment.criteria is not None:
        yield from (one.name for one in references(segment.criteria) if one.kind == "segment")
