"""References that resolve nowhere: what MS102 reports, and MS012 counts while a file is unreadable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from microseg.criteria.ast import references as references_of_criteria
from microseg.criteria.ast import tests_in
from microseg.criteria.definitions import PRESETS
from microseg.model.criteria_in import criteria_in
from microseg.model.places import Place
from microseg.model.walk import ANYWHERE, references_in
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from microseg.lint.rule import Context
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace


class Missing(NamedTuple):
    """A reference that resolves nowhere: what was typed, the spaces it may resolve in, and whose it is (None: settings)."""

    written: str
    spaces: tuple[str, ...]
    place: Place
    segment: Segment | None


def missing_references(workspace: Workspace, context: Context) -> Iterator[Missing]:
    """Every such reference of every segment and of the settings, in the order of the files."""
    ids = workspace.ids
    for segment in workspace.segments:
        for reference, spaces in references_in(segment):
            if not reference.is_id or "dimension" in spaces:
                if reference.is_id and context.dimensions.find(reference.written) is None and "." in reference.written:
                    yield Missing(reference.written, spaces, reference.place, segment)
                continue
            if ANYWHERE not in spaces and not any(reference.written in ids.get(space, ()) for space in spaces):
                yield Missing(reference.written, spaces, reference.place, segment)
        yield from _missing_in_criteria(segment, segment.at.path, segment, ids)
    yield from _missing_in_criteria(workspace.config, workspace.config.at.path, None, ids)


def _missing_in_criteria(record: object, path: str, segment: Segment | None, ids: dict[str, dict[str, list[Place]]]) -> Iterator[Missing]:
    for criterion in criteria_in(record):
        if tests_in(criterion) is not None:  # tests name nothing but dimensions
            continue
        for kind, name, start, end in references_of_criteria(criterion):
            if name in ids.get(kind, ()) or (kind == "definition" and name in PRESETS):
                continue
            yield Missing(name, (kind,), Place(path, start, end), segment)
