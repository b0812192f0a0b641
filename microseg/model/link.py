"""From files to a tree: ids and levels that were left out are derived, nested children get their parent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from microseg.model.bind_scalars import slugify
from microseg.model.fields import shape_of
from microseg.model.load import load
from microseg.model.places import Place
from microseg.model.reference import Reference
from microseg.model.segment import Segment
from microseg.source.edits import TextEdit
from microseg.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

_ATTRIBUTES = {name: index for index, name in enumerate(shape_of(Segment).attributes)}
_ID, _NAME, _LEVEL, _PARENT, _SEGMENTS = (_ATTRIBUTES[name] for name in ("id", "name", "level", "parent", "segments"))


class FileProblem(NamedTuple):
    """A problem and the file it stands in."""

    path: str
    problem: Problem


class _Found(NamedTuple):
    """A segment as binding left it, with what its place in the file says about it."""

    packed: Any
    path: str
    stem: str | None  # the file's name, for the one segment at the top of a file
    above: int | None  # index of the segment it is nested in


class Linked(NamedTuple):
    """The segments of all files, flat, and what could not be derived."""

    segments: tuple[Segment, ...]
    problems: tuple[FileProblem, ...]


def link(files: Iterable[tuple[str, tuple[Any, ...], bool]], column_of: Callable[[str, int], int]) -> Linked:
    """Files as (path, packed segments, is one segment at the top); `column_of(path, offset)` counts from 1."""
    found: list[_Found] = []
    for path, packed, single in files:
        for one in packed:
            _flatten(one, path, PurePosixPath(path).stem if single else None, found)
    ids, problems = _settle_ids(found, column_of)
    parents = [ids[one.above] if one.above is not None else _typed_parent(one) for one in found]
    problems += _find_false_parents(found, ids)
    levels = _settle_levels(found, ids, parents)
    segments = tuple(
        load(Segment, one.packed, one.path, id=ids[index], level=levels[index], parent=_parent_reference(one, parents[index]), segments=())
        for index, one in enumerate(found)
    )
    return Linked(segments, tuple(problems))


def _flatten(packed: Any, path: str, stem: str | None, found: list[_Found], above: int | None = None) -> None:
    index = len(found)
    found.append(_Found(packed, path, stem, above))
    for child in packed[2][_SEGMENTS]:
        _flatten(child, path, None, found, index)


def _typed_parent(one: _Found) -> str | None:
    parent = one.packed[2][_PARENT]
    return None if parent is None else str(parent[0])


def _parent_reference(one: _Found, parent: str | None) -> Reference | None:
    if parent is None:
        return None
    typed = one.packed[2][_PARENT]
    if typed is not None:
        return Reference(parent, is_id=True, place=Place(one.path, typed[3], typed[4]))
    return Reference(parent, is_id=True, place=Place(one.path, one.packed[0], one.packed[1]))


def _settle_ids(found: list[_Found], column_of: Callable[[str, int], int]) -> tuple[list[str], list[FileProblem]]:
    """Typed ids as they are; the others derived, and where that fails, one made up and MS005 asking for it to be typed."""
    taken = {one.packed[2][_ID] for one in found if one.packed[2][_ID]}
    ids: list[str] = []
    problems = []
    counts: Counter[str] = Counter()
    for one in found:
        typed = one.packed[2][_ID]
        if typed:
            ids.append(typed)
            continue
        derived = slugify(one.stem if one.stem is not None else one.packed[2][_NAME] or "")
        if derived and derived not in taken:
            taken.add(derived)
            ids.append(derived)
            continue
        base = derived or (ids[one.above] if one.above is not None else slugify(PurePosixPath(one.path).stem)) or "segment"
        made = _free(base, taken, counts)
        taken.add(made)
        ids.append(made)
        if one.packed[2][_NAME]:
            problems.append(_ask_for_id(one, derived, made, column_of))
    return ids, problems


def _free(base: str, taken: set[str], counts: Counter[str]) -> str:
    while True:
        counts[base] += 1
        made = f"{base[:58]}-{counts[base] + 1}"
        if made not in taken:
            return made


def _ask_for_id(one: _Found, derived: str, made: str, column_of: Callable[[str, int], int]) -> FileProblem:
    start, _, values, marks = one.packed
    why = f"the id `{derived}` that would follow from it is taken" if derived else "no id can be made of it"
    name = next(((mark[3], mark[4]) for mark in marks if mark[0] == _NAME), (start, start + 1))
    first = marks[0][1] if marks else start
    lead = f"id: {made}, " if first != start else f"id: {made}\n" + " " * (column_of(one.path, first) - 1)
    problem = Problem("MS005", f"{values[_NAME]} needs an `id:`, for {why}", *name, f"add `id: {made}`, or a better one", edits=(TextEdit(first, first, lead),))
    return FileProblem(one.path, problem)


def _find_false_parents(found: list[_Found], ids: list[str]) -> Iterator[FileProblem]:
    """A nested segment may repeat its true parent, and no other."""
    for one in found:
        typed = one.packed[2][_PARENT]
        if one.above is None or typed is None or typed[0] == ids[one.above]:
            continue
        message = f"this segment is nested under {ids[one.above]}, and names {typed[0]} as its parent"
        yield FileProblem(one.path, Problem("MS006", message, typed[3], typed[4], "delete `parent:`, or move the segment to a file of its own"))


def _settle_levels(found: list[_Found], ids: list[str], parents: list[str | None]) -> list[str]:
    """A level that was left out: a root is head, a leaf is longtail, what lies between is midtail."""
    have_children = {parent for parent in parents if parent is not None}
    levels = []
    for index, one in enumerate(found):
        typed = one.packed[2][_LEVEL]
        if typed:
            levels.append(typed)
        elif parents[index] is None:
            levels.append("head")
        else:
            levels.append("midtail" if ids[index] in have_children else "longtail")
    return levels
