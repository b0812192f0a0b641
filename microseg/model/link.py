"""From files to a tree: ids and levels that were left out are derived, nested children get their parent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from microseg.model.bind_scalars import slugify
from microseg.model.fields import shape_of
from microseg.model.places import Place
from microseg.model.reference import Reference
from microseg.model.segment import Segment
from microseg.record import NamedTuple, made
from microseg.source.edits import TextEdit
from microseg.source.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

_ID, _LEVEL, _PARENT, _SEGMENTS = (shape_of(Segment).attributes.index(name) for name in ("id", "level", "parent", "segments"))


class FileProblem(NamedTuple):
    """A problem and the file it stands in."""

    path: str
    problem: Problem


class _Found(NamedTuple):
    """A segment as it was typed, with what its place in the file says about it."""

    typed: Segment
    stem: str | None  # the file's name, for the one segment at the top of a file
    above: int | None  # index of the segment it is nested in


class Linked(NamedTuple):
    """The segments of all files, flat, and what could not be derived."""

    segments: tuple[Segment, ...]
    problems: tuple[FileProblem, ...]


def link(files: Iterable[tuple[str, tuple[Segment, ...], bool]], column_of: Callable[[str, int], int]) -> Linked:
    """Files as (path, segments as typed, is one segment at the top); `column_of(path, offset)` counts from 1."""
    found: list[_Found] = []
    for path, segments, single in files:
        for one in segments:
            _flatten(one, PurePosixPath(path).stem if single and not one.id else None, found)
    ids, problems = _settle_ids(found, column_of)
    parents = [ids[one.above] if one.above is not None else one.typed.parent.written if one.typed.parent is not None else None for one in found]
    problems += _find_false_parents(found, ids)
    levels = _settle_levels(found, ids, parents)
    return Linked(tuple(map(_linked, found, ids, levels, parents)), tuple(problems))


class Standing(NamedTuple):
    """What the tree says of a segment: its id, its level and its parent's id."""

    id: str
    level: str
    parent: str | None


def standing_of(segment: Segment) -> Standing:
    """What the tree said of a segment that has been linked."""
    return Standing(segment.id or "", segment.level or "", None if segment.parent is None else segment.parent.written)


def link_again(segments: tuple[Segment, ...], standing: list[Standing]) -> list[Segment]:
    """The segments of a file, flat, with what the tree said of them before. Raises ValueError where they are not as many."""
    found: list[_Found] = []
    for one in segments:
        _flatten(one, None, found)
    return [_linked(one, *known) for one, known in zip(found, standing, strict=True)]


def _flatten(segment: Segment, stem: str | None, found: list[_Found], above: int | None = None) -> None:
    index = len(found)
    found.append(_Found(segment, stem, above))
    for child in segment.segments:
        _flatten(child, None, found, index)


def _linked(one: _Found, id_: str, level: str, parent: str | None) -> Segment:
    """The segment with what the tree says of it; most have it typed already."""
    typed = one.typed
    if typed.id == id_ and typed.level == level and one.above is None and not typed.segments:
        return typed
    held = list(typed)  # type: ignore[call-overload]  # at run time a record is a tuple
    held[_ID], held[_LEVEL], held[_PARENT], held[_SEGMENTS] = id_, level, _parent_reference(typed, parent), ()
    return made(Segment, held)


def _parent_reference(typed: Segment, parent: str | None) -> Reference | None:
    if parent is None:
        return None
    return Reference(parent, True, None, *(typed.parent.place if typed.parent is not None else typed.at.whole))


def _settle_ids(found: list[_Found], column_of: Callable[[str, int], int]) -> tuple[list[str], list[FileProblem]]:
    """Typed ids as they are; the others derived, and where that fails, one made up and MS005 asking for it to be typed."""
    taken = {one.typed.id for one in found if one.typed.id}
    ids: list[str] = []
    problems = []
    counts: Counter[str] = Counter()
    for one in found:
        typed = one.typed
        if typed.id:
            ids.append(typed.id)
            continue
        derived = slugify(one.stem if one.stem is not None else typed.name or "")
        if derived and derived not in taken:
            taken.add(derived)
            ids.append(derived)
            continue
        base = derived or (ids[one.above] if one.above is not None else slugify(PurePosixPath(typed.at.path).stem)) or "segment"
        made_up = _free(base, taken, counts)
        taken.add(made_up)
        ids.append(made_up)
        if typed.name:
            problems.append(_ask_for_id(typed, derived, made_up, column_of))
    return ids, problems


def _free(base: str, taken: set[str], counts: Counter[str]) -> str:
    while True:
        counts[base] += 1
        free = f"{base[:58]}-{counts[base] + 1}"
        if free not in taken:
            return free


def _ask_for_id(typed: Segment, derived: str, made_up: str, column_of: Callable[[str, int], int]) -> FileProblem:
    at = typed.at
    why = f"the id `{derived}` that would follow from it is taken" if derived else "no id can be made of it"
    name = at.value("name") if at.has("name") else Place(at.path, at.start, at.start + 1)
    first = at.first_key.start
    lead = f"id: {made_up}, " if first != at.start else f"id: {made_up}\n" + " " * (column_of(at.path, first) - 1)
    problem = Problem("MS005", f"{typed.name} needs an `id:`, for {why}", name.start, name.end, f"add `id: {made_up}`, or a better one", edits=(TextEdit(first, first, lead),))
    return FileProblem(at.path, problem)


def _find_false_parents(found: list[_Found], ids: list[str]) -> Iterator[FileProblem]:
    """A nested segment may repeat its true parent, and no other."""
    for one in found:
        typed = one.typed.parent
        if one.above is None or typed is None or typed.written == ids[one.above]:
            continue
        message = f"this segment is nested under {ids[one.above]}, and names {typed.written} as its parent"
        problem = Problem("MS006", message, typed.place.start, typed.place.end, "delete `parent:`, or move the segment to a file of its own")
        yield FileProblem(one.typed.at.path, problem)


def _settle_levels(found: list[_Found], ids: list[str], parents: list[str | None]) -> list[str]:
    """A level that was left out: a root is head, a leaf is longtail, what lies between is midtail."""
    have_children = {parent for parent in parents if parent is not None}
    levels = []
    for index, one in enumerate(found):
        typed = one.typed.level
        if typed:
            levels.append(typed)
        elif parents[index] is None:
            levels.append("head")
        else:
            levels.append("midtail" if ids[index] in have_children else "longtail")
    return levels
