"""Renaming: an id where it is defined and everywhere it is referred to, as text edits."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from microseg.criteria.ast import references as references_of_criteria
from microseg.errors import UsageError
from microseg.lint.baseline import FILE_NAME as BASELINE
from microseg.lint.baseline import rename_in_baseline
from microseg.model.bind_scalars import id_mistake
from microseg.model.criteria_in import criteria_in
from microseg.model.places import Place
from microseg.model.walk import references_in
from microseg.project.discover import read_bytes
from microseg.project.fixing import patch, put
from microseg.project.writing import encode_like, write_atomically
from microseg.source.edits import TextEdit, apply
from microseg.source.nearest import nearest
from microseg.source.text import clean, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microseg.model.segment import Segment
    from microseg.project.project import Project

class Renamed(NamedTuple):
    """What renaming did: how many places, in which files, which file changed meanwhile, and the patch."""

    places: int
    files: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    diff: str


def rename(project: Project, old: str, new: str, *, kind: str = "", write: bool = True) -> Renamed:
    """Rename an id. Raises UsageError where it is nowhere, in several kinds, or where the new one is taken."""
    space = _space(project, old, kind)
    _check_new(project, space, new)
    places = sorted({*_definitions(project, space, old, new), *_references(project, space, old, new)})
    edits: dict[str, list[TextEdit]] = {}
    for place, text in places:
        edits.setdefault(place.path, []).append(TextEdit(place.start, place.end, text))
    before = {path: project.data(path) for path in edits}
    after = {path: encode_like(before[path], apply(decode(before[path]).text, of_file)) for path, of_file in edits.items()}
    diff = "".join(patch(path, before[path], after[path]) for path in sorted(before))
    if not write:
        return Renamed(len(places), tuple(sorted(before)), (), diff)
    changed = [path for path in sorted(before) if read_bytes(project.root / path) != before[path]]
    if changed:
        return Renamed(0, (), ((changed[0], "it changed while the id was being renamed"),), diff)
    for path in sorted(before):
        put(project, path, before[path], after[path])
    _rename_in_json(project, space, old, new)
    return Renamed(len(places), tuple(sorted(before)), (), diff)


def _space(project: Project, old: str, kind: str) -> str:
    ids = project.workspace.ids
    found = sorted(space for space, names in ids.items() if old in names and kind in {"", space})
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError(f"`{clean(old)}` is the id of a {' and of a '.join(found)}", f"say which: microseg rename {found[0]}:{clean(old)} NEW")
    known = {name for names in ids.values() for name in names}
    hint = nearest(old, known)
    raise UsageError(f"nothing has the id `{clean(old)}`{f' among {clean(kind)}s' if kind else ''}", f"did you mean `{hint}`?" if hint else "`microseg tree` lists the segments")


def _check_new(project: Project, space: str, new: str) -> None:
    mistake = id_mistake(new, space)
    if mistake:
        raise UsageError(f"{clean(new)}: {mistake}", "use lower-case letters, digits and single dashes")
    if new in project.workspace.ids.get(space, {}):
        raise UsageError(f"the {space} id `{new}` is taken", "choose another one")


def _definitions(project: Project, space: str, old: str, new: str) -> Iterator[tuple[Place, str]]:
    """Where the id itself stands; one that was derived from a name is pinned, so that it can differ from it."""
    segment = project.workspace.by_id.get(old) if space == "segment" else None
    if segment is not None and not segment.at.has("id"):
        yield _pin(project, segment, new)
        return
    for place in project.workspace.ids[space][old]:
        yield _inside_quotes(project, place), new


def _pin(project: Project, segment: Segment, new: str) -> tuple[Place, str]:
    first = segment.at.first_key
    source = project.source(segment.at.path)
    is_flow = source.text[segment.at.start : segment.at.start + 1] == "{"
    lead = f"id: {new}, " if is_flow else f"id: {new}\n" + " " * (source.position(first.start).column - 1)
    return Place(first.path, first.start, first.start), lead


def _references(project: Project, space: str, old: str, new: str) -> Iterator[tuple[Place, str]]:
    """Where the id is referred to: in fields, and in criteria."""
    for segment in project.workspace.segments:
        for reference, spaces in references_in(segment):
            if reference.is_id and reference.written == old and space in spaces and _is_typed(project, reference.place, old):
                yield _inside_quotes(project, reference.place), new
    held: tuple[tuple[object, str], ...] = (*((one, one.at.path) for one in project.workspace.segments), (project.config, project.config.at.path))
    for record, path in held:
        for criterion in criteria_in(record):
            for kind, name, start, end in references_of_criteria(criterion):
                place = Place(path, start, end)
                if kind == space and name == old and _is_typed(project, place, old):
                    yield _inside_quotes(project, place), new


def _is_typed(project: Project, place: Place, name: str) -> bool:
    """A nested segment's parent is not typed anywhere."""
    return project.source(place.path).text[place.start : place.end].strip("\"'") == name


def _inside_quotes(project: Project, place: Place) -> Place:
    """Quotes round an id stay where they are."""
    typed = project.source(place.path).text[place.start : place.end]
    return place._replace(start=place.start + 1, end=place.end - 1) if typed[:1] in {"'", '"'} else place


def _rename_in_json(project: Project, space: str, old: str, new: str) -> None:
    """The baseline names ids; saved measures name segments. Both are rewritten."""
    baseline = project.root / BASELINE
    if baseline.is_file():
        data = read_bytes(baseline)
        if isinstance(data, bytes):
            write_atomically(baseline, rename_in_baseline(data.decode("utf-8", "replace"), space, old, new).encode())
    if space != "segment":
        return
    for path in sorted((project.root / "measures").glob("*.json")):
        data = read_bytes(path)
        if not isinstance(data, bytes) or json.dumps(old).encode() not in data:
            continue
        text = data.decode("utf-8", "surrogateescape").replace(json.dumps(old), json.dumps(new))
        write_atomically(path, text.encode("utf-8", "surrogateescape"))
