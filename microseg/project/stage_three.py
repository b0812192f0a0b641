"""Stage three over many files: what was found is settled and shown a file at a time, shared between processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.lint.engine import MOST_A_FILE, by_rule
from microseg.project.last_run import Counted, Row, Told, counted, entry_of, family_of, is_apart, is_beyond_families, name_of, row_of
from microseg.project.workers import MOST_PIECES, share
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from microseg.lint.local import Hit
    from microseg.lint.settle import Settling
    from microseg.model.evidence import Evidence
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace
    from microseg.project.cache import Store
    from microseg.project.last_run import Table
    from microseg.project.said import Show

_AT_ONCE = 50  # files a piece: some milliseconds of work


class OfFile(NamedTuple):
    """What is said of a file: as it is shown, what is counted, and as the cache keeps it (empty where nothing is kept)."""

    shown: str
    counted: Counted
    entry: bytes


class Keeping:
    """What makes the entry of a file in the cache, and its row, out of what was said of it."""

    def __init__(self, store: Store, key: bytes, workspace: Workspace, digests: Mapping[str, bytes], before: Table | None = None) -> None:
        """`key` is that of the table in the cache, `before` the one that is there, `digests` are the hashes of all files, by path."""
        self.store = store
        self.key = key
        self._workspace = workspace
        self._digests = digests
        self._before = {} if before is None else {row.path: row for row in before.rows}
        self._numbers = {id(segment): number for number, segment in enumerate(workspace.segments)}
        self._records: dict[str, tuple[list[Segment], list[Evidence]]] = {path: ([], []) for path in digests}
        for segment in workspace.segments:
            self._records[segment.at.path][0].append(segment)
        for source in workspace.evidence:
            self._records[source.at.path][1].append(source)

    def entry(self, path: str, told: Told) -> bytes:
        """The entry of a file; empty where a finding of another file may be about the same."""
        return entry_of(told, self._numbers) if is_apart(told, path, self._records[path][0]) else b""

    def row(self, path: str, hits: Iterable[Hit], counted: Counted) -> Row:
        """The row of a file, of which rules found this. It looks at all that a file says, which processes that share memory should not do beside each other."""
        families = {family for hit in hits if (family := family_of(hit, self._workspace, self._numbers)) is not None}
        return row_of(path, self._digests[path], self._records[path], (beyond_families(hits), families), counted, before=self._before.get(path))


def hits_by_path(hits: Iterable[Hit], paths: Iterable[str]) -> dict[str, list[Hit]] | None:
    """What was found in each file; None where something was found elsewhere, or more in one of them than is shown."""
    found: dict[str, list[Hit]] = {path: [] for path in paths}
    for hit in hits:
        there = found.get(hit.found.place.path)
        if there is None:
            return None
        there.append(hit)
    return None if any(len(there) > MOST_A_FILE for there in found.values()) else found


def beyond_families(hits: Iterable[Hit]) -> list[Hit]:
    """What rules said that look beyond families."""
    return [hit for hit in hits if is_beyond_families(hit)]


def settle_files(found: Mapping[str, list[Hit]], settling: Settling, show: Show, keeping: Keeping | None, *, among: int) -> list[OfFile] | None:
    """What is said of each file, in the order of their paths; None where something is to be kept and files cannot be told apart."""
    paths = sorted(found)
    step = max(_AT_ONCE, -(-len(paths) // MOST_PIECES))
    pieces = [paths[start : start + step] for start in range(0, len(paths), step)]

    def settled(path: str) -> OfFile:
        hits = found[path]
        kept, silenced, unlisted = settling(by_rule(hits), path)
        told = Told(kept, silenced, [] if keeping is None else beyond_families(hits), unlisted)
        entry = b"" if keeping is None else keeping.entry(path, told)
        return OfFile(show.piece(kept), counted(told, name_of(entry) if entry else ""), entry)

    done: dict[int, list[OfFile]] = dict(share(len(pieces), lambda number: list(map(settled, pieces[number])), encode=_sent, decode=_taken, among=among))
    files = [one for number in sorted(done) for one in done[number]]
    return None if keeping is not None and not all(one.entry for one in files) else files


def _sent(_: int, files: list[OfFile]) -> bytes:
    from microseg.project.pipe import to_parent

    return to_parent([(shown, tuple(counts), entry) for shown, counts, entry in files])


def _taken(_: int, data: bytes) -> list[OfFile]:
    from microseg.project.pipe import from_child

    return [OfFile(shown, Counted(*counts), entry) for shown, counts, entry in from_child(data)]
