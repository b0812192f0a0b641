"""Renaming: an id where it is defined and everywhere it is referred to, as text edits."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING

from microseg.criteria.ast import references as references_of_criteria
from microseg.errors import OutputError, UsageError, short
from microseg.lint.baseline import FILE_NAME as BASELINE
from microseg.lint.baseline import rename_in_baseline
from microseg.model.bind_scalars import id_mistake, slugify
from microseg.model.criteria_in import criteria_in
from microseg.model.places import Place
from microseg.model.walk import references_in
from microseg.project.discover import read_bytes
from microseg.project.fixing import patch
from microseg.project.measures import SPACES, rename_in_measures
from microseg.project.writing import encode_like, write_atomically
from microseg.record import NamedTuple
from microseg.source.edits import TextEdit, apply
from microseg.source.nearest import nearest
from microseg.source.text import clean, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from microseg.model.segment import Segment
    from microseg.project.project import Project

_LINE_BREAK = re.compile(r"\r\n|\n|\r")
KINDS = ("definition", "evidence", "experience", "goal", "metric", "minimum", "pain", "segment", "solution")


class Renamed(NamedTuple):
    """What renaming did: how many places, in which files, which file changed meanwhile, and the patch."""

    places: int
    files: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    diff: str


def rename(project: Project, old: str, new: str, *, kind: str = "", write: bool = True) -> Renamed:
    """Rename an id. Raises UsageError where it is nowhere, in several kinds, where the new one is taken, or where a file that names it cannot be read.

    All bytes are known before the first is written; where one file cannot be written, those before it are put back.
    """
    space = _space(project, old, kind)
    _check_new(project, space, new)
    places = sorted({*_definitions(project, space, old, new), *_references(project, space, old, new)})
    edits: dict[str, list[TextEdit]] = {}
    for place, text in places:
        edits.setdefault(place.path, []).append(TextEdit(place.start, place.end, text))
    before = {path: project.data(path) for path in edits}
    after = {path: encode_like(before[path], apply(decode(before[path]).text, of_file)) for path, of_file in edits.items()}
    for path, held, mended in _renamed_json(project, space, old, new):
        before[path], after[path] = held, mended
    diff = "".join(patch(path, before[path], after[path]) for path in sorted(before))
    if not write:
        return Renamed(len(places), tuple(sorted(edits)), (), diff)
    changed = next((path for path in sorted(before) if read_bytes(project.root / path) != before[path]), None)
    if changed is not None:
        return Renamed(0, (), ((changed, "it changed while the id was being renamed"),), diff)
    _write_all(project, before, after)
    return Renamed(len(places), tuple(sorted(edits)), (), diff)


def _write_all(project: Project, before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Write every file, or none: half a renaming would leave references that lead nowhere."""
    written: list[str] = []
    try:
        for path in sorted(after):
            write_atomically(project.root / path, after[path])
            written.append(path)
    except OutputError:
        for path in written:
            with contextlib.suppress(OutputError):
                write_atomically(project.root / path, before[path])
        raise


def _space(project: Project, old: str, kind: str) -> str:
    ids = project.workspace.ids
    if kind and kind not in KINDS:
        hint = nearest(kind, KINDS)
        raise UsageError(f"there is no kind `{short(clean(kind))}`", f"did you mean `{hint}`?" if hint else f"use one of: {', '.join(KINDS)}")
    found = sorted(space for space, names in ids.items() if old in names and kind in {"", space})
    if len(found) == 1:
        return found[0]
    said = short(clean(old))
    if found:
        raise UsageError(f"`{said}` is the id of a {' and of a '.join(found)}", f"say which: microseg rename {found[0]}:{said} NEW")
    known = {name for space, names in ids.items() for name in names if kind in {"", space}}
    hint = nearest(old, known)
    raise UsageError(f"nothing has the id `{said}`{f' among {kind}s' if kind else ''}", f"did you mean `{hint}`?" if hint else "`microseg tree` lists the segments")


def _check_new(project: Project, space: str, new: str) -> None:
    mistake = id_mistake(new, space)
    if mistake:
        raise UsageError(mistake, "choose another one" if slugify(new) == new else "use lower-case letters, digits and single dashes")
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
    line_break = _LINE_BREAK.search(source.text)
    below = ("\n" if line_break is None else line_break.group()) + " " * (source.position(first.start).column - 1)
    return Place(first.path, first.start, first.start), f"id: {new}, " if is_flow else f"id: {new}{below}"


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


def _renamed_json(project: Project, space: str, old: str, new: str) -> Iterator[tuple[str, bytes, bytes]]:
    """The baseline names ids; saved measures name segments: each file that changes, as it is and as it will be. Raises UsageError for one that cannot be read."""
    baseline = project.root / BASELINE
    if baseline.exists():
        yield from _if_changed(BASELINE, _read(baseline, BASELINE), lambda text: rename_in_baseline(text, space, old, new))
    for path in sorted((project.root / "measures").glob("*.json")) if space in SPACES else ():
        relative = path.relative_to(project.root).as_posix()
        yield from _if_changed(relative, _read(path, relative), lambda text, at=relative: rename_in_measures(text, old, new, path=at, space=space))  # type: ignore[misc]


def _read(path: Path, shown: str) -> bytes:
    data = read_bytes(path)
    if isinstance(data, bytes):
        return data
    raise UsageError(f"{clean(shown)}: {data.message}", f"nothing is renamed: {data.help}")


def _if_changed(path: str, data: bytes, change: Callable[[str], str]) -> Iterator[tuple[str, bytes, bytes]]:
    """The bytes before and after, unless they are the same; bytes that are no UTF-8 stay as they are."""
    after = change(data.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
    if after != data:
        yield path, data, after
