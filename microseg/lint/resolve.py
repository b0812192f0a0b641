"""References that resolve nowhere: what MS102 reports, and MS012 counts while a file is unreadable."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter
from typing import TYPE_CHECKING

from microseg.criteria.ast import references as references_of_criteria
from microseg.criteria.ast import tests_in
from microseg.criteria.definitions import PRESETS
from microseg.model.criteria_in import criteria_in
from microseg.model.places import Place
from microseg.model.walk import ANYWHERE, gathered, references_in
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from microseg.lint.rule import Context
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace


_WRITTEN, _IS_ID = attrgetter("written"), attrgetter("is_id")


class Names(NamedTuple):
    """The ids that there are, by space; which of them stand twice; and what references say that resolves nowhere."""

    known: dict[str, set[str]]
    is_any_twice: bool
    missing: frozenset[str]
    cited: frozenset[str]  # as evidence


def names_in(workspace: Workspace, context: Context) -> Names:
    """Put together once a run for all rules that ask."""
    found: Names | None = context.memo.get("names")
    if found is None:
        found = context.memo["names"] = _names_in(workspace, context)
    return found


def _names_in(workspace: Workspace, context: Context) -> Names:
    ids, references = gathered(workspace.segments)
    for space, names in gathered(workspace.evidence).ids.items():
        ids.setdefault(space, []).extend(names)
    for space, entries in (("metric", workspace.config.metrics), ("definition", workspace.config.definitions)):
        ids.setdefault(space, []).extend([entry.name for entry in entries])
    known = {space: set(names) for space, names in ids.items()}
    missing: set[str] = set()
    cited: set[str] = set()
    for spaces, held in references.items():
        written = set(map(_WRITTEN, filter(_IS_ID, held)))
        if "dimension" in spaces:
            missing |= {one for one in written if "." in one and context.dimensions.find(one) is None}
        elif ANYWHERE not in spaces:
            missing |= written.difference(*[known.get(space, ()) for space in spaces])
        if "evidence" in spaces:
            cited.update(map(_WRITTEN, held))
    return Names(known, any(len(known[space]) < len(names) for space, names in ids.items()), frozenset(missing), frozenset(cited))


class Missing(NamedTuple):
    """A reference that resolves nowhere: what was typed, the spaces it may resolve in, and whose it is (None: settings)."""

    written: str
    spaces: tuple[str, ...]
    place: Place
    segment: Segment | None


def missing_references(workspace: Workspace, context: Context) -> Iterator[Missing]:
    """Every such reference of every segment and of the settings, in the order of the files."""
    names = names_in(workspace, context)
    ids = names.known
    for segment in workspace.segments:
        for reference, spaces in references_in(segment) if names.missing else ():
            if not reference.is_id or "dimension" in spaces:
                if reference.is_id and context.dimensions.find(reference.written) is None and "." in reference.written:
                    yield Missing(reference.written, spaces, reference.place, segment)
                continue
            if ANYWHERE not in spaces and not any(reference.written in ids.get(space, ()) for space in spaces):
                yield Missing(reference.written, spaces, reference.place, segment)
        yield from _missing_in_criteria(segment, segment.at.path, segment, ids)
    yield from _missing_in_criteria(workspace.config, workspace.config.at.path, None, ids)


def _missing_in_criteria(record: object, path: str, segment: Segment | None, ids: dict[str, set[str]]) -> Iterator[Missing]:
    for criterion in criteria_in(record):
        if tests_in(criterion) is not None:  # tests name nothing but dimensions
            continue
        for kind, name, start, end in references_of_criteria(criterion):
            if name in ids.get(kind, ()) or (kind == "definition" and name in PRESETS):
                continue
            yield Missing(name, (kind,), Place(path, start, end), segment)
