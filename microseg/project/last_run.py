"""What a run said, file by file, so that the next one need only speak of what has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from microseg.criteria.ast import references
from microseg.lint.drafts import first_names
from microseg.lint.engine import BEYOND
from microseg.lint.finding import SEVERITIES, Edit, Finding, Fix, Identity, Location, Related, Seen, Severity
from microseg.lint.rule import rules_by_name
from microseg.lint.settle import NONE_UNLISTED, Unlisted
from microseg.model.criteria_in import criteria_in
from microseg.model.link import Standing, standing_of
from microseg.model.walk import words_in
from microseg.project.encode import decode, encode
from microseg.project.keys import content_key
from microseg.record import NamedTuple, made, notes_of

if TYPE_CHECKING:
    from microseg.lint.local import Hit
    from microseg.model.evidence import Evidence
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace
    from microseg.project.cache import Store
    from microseg.project.pack import Pack

ROOTS = -1
_NOTHING = b"[]"


class Row(NamedTuple):
    """What is known of a file: a hash of its bytes, where the pack has what was said of it, its segments in the tree, and what it hangs together with.

    `owns` are its ids, `uses` what its references say, `drafts` the first names of its items
    without ids, and `asks` the segments that its criteria ask about. `families` are the numbers of the parents in whose families
    something was said of this file; `linked` and `whole` are the files that are pointed to where rules of these scopes speak of it.
    """

    path: str
    digest: str
    said: str
    standing: list[Standing]
    owns: str
    uses: str
    drafts: str
    asks: str
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
    """What was said of one file: findings, those that a comment silences, and what rules said that look beyond families; and how many infos were counted besides."""

    kept: tuple[Finding, ...]
    silenced: tuple[Finding, ...]
    hits: list[Hit]
    unlisted: Unlisted = NONE_UNLISTED


class Counted(NamedTuple):
    """Of what was said of a file: its name in the pack, what is counted (see `Row`), and the first rule to explain, of errors if there are any."""

    said: str
    sums: tuple[int, ...]
    first: str


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
    name = name_of(entry)
    put_entry(name, entry, pack)
    return name


def name_of(entry: bytes) -> str:
    """By which name the pack has an entry."""
    return content_key(entry).hex()


def put_entry(name: str, entry: bytes, pack: Pack) -> None:
    """Put an entry of this name into the pack, if it is not there."""
    key = bytes.fromhex(name)
    if not pack.holds(key):
        pack.put(key, entry)


def _plain(hit: Hit, numbers: dict[int, int]) -> list[Any]:
    segment = hit.found.segment
    return [hit.code, hit.found._replace(segment=None), None if segment is None else numbers[id(segment)]]


def findings_of(entries: list[bytes], part: int) -> tuple[Finding, ...]:
    """The findings of many files, in their order: part 0 those that are kept, part 1 those that comments silence. Raises ValueError for what is none of ours."""
    try:
        return tuple([_finding(row) for row in _rows_of(entries, part)])
    except (TypeError, LookupError) as error:
        raise ValueError from error


def _rows_of(entries: list[bytes], part: int) -> list[list[Any]]:
    listed = [part_of for entry in entries if (part_of := entry.split(b"\n", 2)[part]) != _NOTHING]
    rows: list[list[Any]] = decode(b"[" + b",".join([one[1:-1] for one in listed]) + b"]")
    return rows


def seen_by_path(entries: list[bytes], paths: Iterable[str]) -> dict[str, list[Seen]]:
    """What is shown of the findings of these files, by path, with no finding made. Raises ValueError for what is none of ours."""
    found: dict[str, list[Seen]] = {path: [] for path in paths}
    try:
        for *shown, (path, line, *_) in map(_SEEN, _rows_of(entries, 0)):
            found[path].append(made(Seen, (*shown, f"{path}:{line}")))
    except (TypeError, LookupError) as error:
        raise ValueError from error
    return found


_NAMES = [name for name, _ in notes_of(Finding)]
_LOCATION, _RELATED, _FIX, _IDENTITY = map(_NAMES.index, ("location", "related", "fix", "identity"))
_SEEN = itemgetter(*map(_NAMES.index, ("segment", "severity", "message", "help", "rule", "name")), _LOCATION)


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


def is_apart(told: Told, path: str, standing: Iterable[Standing | Segment]) -> bool:
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


def entries_in(store: Store) -> Callable[[Row], bytes | None]:
    """What finds the entry of a row; None where it is lost."""
    return lambda row: store.settled.get(bytes.fromhex(row.said))


def table_of_rows(rows: list[Row], workspace: Workspace, hits: Iterable[Hit]) -> Table:
    """The table of a whole run in which rules said this."""
    newest = workspace.newest_date
    return Table("" if newest is None else newest.isoformat(), sorted({hit.code for hit in hits if is_of_all(hit)}), rows)


def row_of(path: str, digest: bytes, records: tuple[Sequence[Segment], Sequence[Evidence]], heard: tuple[Sequence[Hit], Iterable[int]], counted: Counted, *, before: Row | None = None) -> Row:
    """The row of a file with these segments and sources, of which rules that look beyond families found these hits, and others something in these families.

    Where `before`, a row of the same settings, is of the same bytes in the same place of the tree, the words of the file are those.
    """
    segments, sources = records
    hits, families = heard
    standing = [standing_of(one) for one in segments]
    is_known = before is not None and before.digest == digest.hex() and before.standing == standing
    words = (before.owns, before.uses, before.drafts, before.asks) if before is not None and is_known else _words_of(segments, sources)
    return Row(path, digest.hex(), counted.said, standing, *words, sorted(families), *_pointing(hits), counted.sums, counted.first)


def _words_of(segments: Sequence[Segment], sources: Sequence[Evidence]) -> tuple[str, str, str, str]:
    """The ids that a file owns, those that it uses, the first names of its drafts, and the segments that it asks about."""
    owns, uses = words_of((*segments, *sources))
    return " ".join(sorted(owns)), " ".join(sorted(uses)), " ".join(first_names(segments)), " ".join(sorted(_asked_by(segments)))


def _asked_by(segments: Iterable[Segment]) -> set[str]:
    """The segments that criteria ask about."""
    return {one.name for segment in segments for criterion in criteria_in(segment) for one in references(criterion) if one.kind == "segment"}


def _pointing(hits: Sequence[Hit]) -> tuple[list[str], list[str]]:
    return sorted(pointed_to(hit for hit in hits if not is_of_all(hit))), sorted(pointed_to(hit for hit in hits if is_of_all(hit)))


def counted(told: Told, said: str = "") -> Counted:
    """What is counted of a file of which this was told, kept under the name `said`."""
    severities = [one.severity for one in told.kept]
    fixable = [one.severity for one in told.kept if (fix := one.fix) is not None and fix.safe]
    errors, warnings, infos = map(severities.count, SEVERITIES)
    worst: Severity = "error" if errors else "warning"
    first = told.kept[severities.index(worst)].name if errors or warnings else ""
    sums = errors, warnings, infos + told.unlisted.infos, len(told.silenced), len(fixable) - fixable.count("info"), len(fixable) + told.unlisted.fixable
    return Counted(said, sums, first)


def findings_by_path(findings: Iterable[Finding], paths: Iterable[str]) -> dict[str, list[Finding]]:
    """Findings by the file that they stand in, which is one of these."""
    found: dict[str, list[Finding]] = {path: [] for path in paths}
    for one in findings:
        found[one.location.path].append(one)
    return found
