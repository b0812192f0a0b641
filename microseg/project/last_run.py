"""What a run said, file by file, so that the next one need only speak of what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from microseg.lint.engine import BEYOND, MOST_A_FILE
from microseg.lint.finding import SEVERITIES, Edit, Finding, Fix, Identity, Location, Related
from microseg.lint.rule import rules_by_name
from microseg.model.link import Standing, standing_of
from microseg.model.walk import words_in
from microseg.project.encode import decode, encode
from microseg.project.keys import content_key
from microseg.record import NamedTuple, made, notes_of

if TYPE_CHECKING:
    from microseg.lint.engine import Heard
    from microseg.lint.finding import Report
    from microseg.lint.local import Hit
    from microseg.model.evidence import Evidence
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace
    from microseg.project.pack import Pack

T = TypeVar("T", "Segment", "Evidence")
ROOTS = -1
_NOTHING = b"[]"


class Row(NamedTuple):
    """What is known of a file: a hash of its bytes, where the pack has what was said of it, its segments in the tree, and what it hangs together with.

    `owns` are its ids, and `uses` what its references say. `families` are the numbers of the parents in whose families
    something was said of this file; `linked` and `whole` are the files that are pointed to where rules of these scopes speak of it.
    """

    path: str
    digest: str
    said: str
    standing: list[Standing]
    owns: str
    uses: str
    families: list[int]
    linked: list[str]
    whole: list[str]
    sums: tuple[int, ...]  # of the findings of the file: errors, warnings, infos, silenced, safe fixes without infos and with them
    first: str  # the first rule to explain


class Table(NamedTuple):
    """All files of a run, in order, the newest day among them, and the rules on the whole workspace that said something."""

    newest: str
    beyond: list[str]
    rows: list[Row]


class Told(NamedTuple):
    """What was said of one file: findings, those that a comment silences, and what rules said that look beyond families."""

    kept: tuple[Finding, ...]
    silenced: tuple[Finding, ...]
    hits: list[Hit]


def encoded(table: Table) -> bytes:
    """A table as bytes."""
    return encode(table)


def table_of(data: bytes) -> Table:
    """What `encoded` made. Raises ValueError for anything else."""
    try:
        newest, beyond, rows = decode(data)
        return Table(newest, beyond, [_row(row) for row in rows])
    except (TypeError, LookupError) as error:
        raise ValueError from error


_STANDING, _SUMS = map(Row._fields.index, ("standing", "sums"))


def _row(row: list[Any]) -> Row:
    row[_STANDING] = [Standing(*one) for one in row[_STANDING]]
    row[_SUMS] = tuple(row[_SUMS])
    return Row(*row)


def entry_of(told: Told, numbers: dict[int, int]) -> bytes:
    """What was said of a file, as the pack keeps it; a segment is its number."""
    parts = [told.kept, told.silenced, [_plain(hit, numbers) for hit in told.hits]]
    return b"\n".join([encode(part) if part else _NOTHING for part in parts])


def keep_entry(entry: bytes, pack: Pack) -> str:
    """Put it into the pack, if it is not there; by which name it is found there."""
    key = content_key(entry)
    if not pack.holds(key):
        pack.put(key, entry)
    return key.hex()


def _plain(hit: Hit, numbers: dict[int, int]) -> list[Any]:
    segment = hit.found.segment
    return [hit.code, hit.found._replace(segment=None), None if segment is None else numbers[id(segment)]]


def findings_of(entries: list[bytes], part: int) -> tuple[Finding, ...]:
    """The findings of many files, in their order: part 0 those that are kept, part 1 those that comments silence. Raises ValueError for what is none of ours."""
    listed = [part_of for entry in entries if (part_of := entry.split(b"\n", 2)[part]) != _NOTHING]
    try:
        return tuple([_finding(row) for row in decode(b"[" + b",".join([one[1:-1] for one in listed]) + b"]")])
    except (TypeError, LookupError) as error:
        raise ValueError from error


_LOCATION, _RELATED, _FIX, _IDENTITY = map([name for name, _ in notes_of(Finding)].index, ("location", "related", "fix", "identity"))


def _finding(row: list[Any]) -> Finding:
    row[_LOCATION] = made(Location, row[_LOCATION])
    row[_RELATED] = tuple([Related(made(Location, where), words) for where, words in row[_RELATED]])
    if row[_FIX] is not None:
        title, edits, safe = row[_FIX]
        row[_FIX] = Fix(title, tuple([Edit(*one) for one in edits]), safe)
    row[_IDENTITY] = Identity(*row[_IDENTITY])
    return made(Finding, row)


def family_of(hit: Hit, workspace: Workspace, numbers: dict[int, int]) -> int | None:
    """The number of the parent in whose family something was said, -1 for the roots; None for what was said elsewhere."""
    scope = rules_by_name()[hit.code].scope
    if scope == "family":
        return hit.where
    if scope != "chain":
        return None
    parent = workspace.parent(workspace.segments[hit.where])
    return ROOTS if parent is None else numbers[id(parent)]


def is_beyond_families(hit: Hit) -> bool:
    """Was it said by a rule that looks beyond families?"""
    return rules_by_name()[hit.code].scope in BEYOND


def is_of_all(hit: Hit) -> bool:
    """Was it said by a rule on the whole workspace?"""
    return rules_by_name()[hit.code].scope == "workspace"


def pointed_to(hits: Iterable[Hit]) -> set[str]:
    """The files that these have to do with."""
    found = set()
    for hit in hits:
        one = hit.found
        found |= {one.place.path, *(note.place.path for note in one.notes), *(path for path, _ in (one.mend.edits if one.mend else ()))}
    return found


def is_apart(told: Told, path: str, standing: Iterable[Standing]) -> bool:
    """Can no finding of another file be about the same as one of these? Then each file's are told apart by themselves."""
    owners = {path, *(one.id for one in standing)}
    return all(one.identity.owner in owners for one in (*told.kept, *told.silenced))


def words_of(records: Iterable[object]) -> tuple[set[str], set[str]]:
    """The ids that segments and sources own, and all that they refer to."""
    owned: set[str] = set()
    used: set[str] = set()
    for record in records:
        ids, written = words_in(record)
        owned.update(ids)
        used.update(written)
    return owned, used


def table_after(workspace: Workspace, heard: Heard, report: Report, digests: dict[str, bytes], pack: Pack) -> Table | None:
    """All that a whole run said (`report`, before any baseline), file by file; None where it cannot be told apart so."""
    segments = workspace.segments
    numbers = {id(segment): number for number, segment in enumerate(segments)}
    if workspace.unreadable or len(workspace.by_id) < len(segments) or sum(1 for _ in workspace.walk()) < len(segments):
        return None
    hits: dict[str, list[Hit]] = {path: [] for path in digests}
    families: dict[str, set[int]] = {path: set() for path in digests}
    counts: dict[str, int] = dict.fromkeys(digests, 0)
    for hit in heard.hits:
        path = hit.found.place.path
        if path not in digests:
            return None
        counts[path] += 1
        if is_beyond_families(hit):
            hits[path].append(hit)
        elif (family := family_of(hit, workspace, numbers)) is not None:
            families[path].add(family)
    if max(counts.values()) > MOST_A_FILE:
        return None
    held = _by_path(workspace.segments, digests)
    sources = _by_path(workspace.evidence, digests)
    kept, silenced = findings_by_path(report.findings, digests), findings_by_path(report.suppressed, digests)
    rows = []
    for path in sorted(digests):
        told = Told(tuple(kept[path]), tuple(silenced[path]), hits[path])
        standing = [standing_of(one) for one in held[path]]
        if not is_apart(told, path, standing):
            return None
        rows.append(row_of(path, digests[path], keep_entry(entry_of(told, numbers), pack), (held[path], sources[path]), (told, families[path])))
    beyond = {hit.code for listed in hits.values() for hit in listed if is_of_all(hit)}
    return Table("" if workspace.newest_date is None else workspace.newest_date.isoformat(), sorted(beyond), rows)


def row_of(path: str, digest: bytes, said: str, records: tuple[Sequence[Segment], Sequence[Evidence]], heard: tuple[Told, Iterable[int]]) -> Row:
    """The row of a file with these segments and sources, of which this was said, in these families."""
    segments, sources = records
    told, families = heard
    owns, uses = words_of((*segments, *sources))
    first = next((one.name for one in told.kept if one.severity != "info"), "")
    standing = [standing_of(one) for one in segments]
    return Row(path, digest.hex(), said, standing, " ".join(sorted(owns)), " ".join(sorted(uses)), sorted(families), *_pointing(told.hits), _counted(told), first)


def _pointing(hits: Sequence[Hit]) -> tuple[list[str], list[str]]:
    return sorted(pointed_to(hit for hit in hits if not is_of_all(hit))), sorted(pointed_to(hit for hit in hits if is_of_all(hit)))


def _counted(told: Told) -> tuple[int, ...]:
    severities = [one.severity for one in told.kept]
    fixable = [one.severity for one in told.kept if one.fix is not None and one.fix.safe]
    return (*map(severities.count, SEVERITIES), len(told.silenced), len(fixable) - fixable.count("info"), len(fixable))


def _by_path(records: Iterable[T], paths: Iterable[str]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = {path: [] for path in paths}
    for one in records:
        found[one.at.path].append(one)
    return found


def findings_by_path(findings: Iterable[Finding], paths: Iterable[str]) -> dict[str, list[Finding]]:
    """Findings by the file that they stand in, which is one of these."""
    found: dict[str, list[Finding]] = {path: [] for path in paths}
    for one in findings:
        found[one.location.path].append(one)
    return found
