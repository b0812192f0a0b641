"""A run after an edit: only what has to do with the files that changed is read, judged and settled; the rest is said again.

That holds where an edit leaves the tree as it was. Rules on families are asked about the families of those files; rules
that look along ids are asked about the files that an id leads to, and handed the part of the workspace that they look at;
rules on the whole workspace say what they said, where `microseg.project.reach` can tell. Else a whole run has the word.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from microseg.config import FILE_NAME, Config
from microseg.lint.drafts import first_names
from microseg.lint.engine import BEYOND, MOST_A_FILE, Heard, Inputs, Options, conclude, hear, rules_of
from microseg.lint.local import Hit, Judge
from microseg.model.link import FileProblem, Standing, link_again
from microseg.model.workspace import Workspace
from microseg.project.discover import kind_of
from microseg.project.facts import Held, held
from microseg.project.keys import family_keys
from microseg.project.last_run import ROOTS, Table, Told, counted, entry_of, is_apart, is_of_all, keep_entry, pointed_to, row_of, words_of
from microseg.project.reach import BY_SOURCES, Reach, is_near, reach_of, reached
from microseg.project.stage_two import Kept, found_of, share_families
from microseg.record import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microseg.criteria.dimensions import Dimensions
    from microseg.lint.finding import Finding
    from microseg.lint.rule import Family, Scope
    from microseg.model.segment import Segment
    from microseg.project.cache import Store
    from microseg.project.facts import FileFacts
    from microseg.source.text import SourceFile

_MOST_FILES = 32  # that have changed: beyond, a whole run is as quick
_MOST_SEGMENTS = 400  # that are judged again, or a quarter of all


class Scene(NamedTuple):
    """A workspace of which nothing has been read yet, and what reads it."""

    store: Store
    config: Config
    dimensions: Dimensions
    texts: Mapping[str, bytes]
    digests: Mapping[str, bytes]
    facts: Callable[[str, bytes], FileFacts | None]  # of a file with this hash; None where the file is another now, and the cache has forgotten it
    source: Callable[[str], SourceFile]


class Again(NamedTuple):
    """The table of what a run says, with what is said of the files that are spoken of anew, by path (nothing, where all is as it was)."""

    table: Table
    fresh: Mapping[str, bytes]


def say_again(scene: Scene, options: Options, table: Table) -> Again | None:
    """What a whole run would say, or None where that has to be found out by one. Raises ValueError where the cache holds what is none of ours."""
    if [row.path for row in table.rows] != sorted(scene.digests):
        return None
    changed = [number for number, row in enumerate(table.rows) if row.digest != scene.digests[row.path].hex()]
    if not changed:
        return Again(table, {})
    part = Part(scene, table)
    if len(changed) > _MOST_FILES or scene.store.settled.is_heavy or scene.store.told.is_heavy or scene.store.facts.is_heavy:
        return None
    reaches = [reach for row in changed if (reach := part.reach(row)) is not None]
    codes = (one.code for one in rules_of(scene.config, options) if one.scope == "workspace")
    if len(reaches) < len(changed) or not is_near(reaches, changed, table, codes):
        return None
    return _Edit(scene, options, part, changed, reaches).judge()


def _are_free(drafts: Iterable[Iterable[str]], owned: Iterable[Iterable[str]]) -> bool:
    """Are no two of the first names of drafts the same, and none of them an id?"""
    names = [name for some in drafts for name in some]
    ids = frozenset(name.partition(":")[2] for name in names)
    return len(set(names)) == len(names) and all(map(ids.isdisjoint, owned))


def _at(path: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(one for one in findings if one.location.path == path)


class Part:
    """The files that are asked for, each read when it is, with the tree that all of them stand in."""

    def __init__(self, scene: Scene, table: Table) -> None:
        self.rows = table.rows
        self.beyond = table.beyond
        self.config = scene.config
        self.newest = datetime.date.fromisoformat(table.newest) if table.newest else None
        self.numbers: dict[int, int] = {}  # of segments that have been made, by their id()
        self.by_path = {row.path: number for number, row in enumerate(table.rows)}
        self.standing: list[Standing] = []
        self._scene = scene
        self._first: list[int] = []
        for row in table.rows:
            self._first.append(len(self.standing))
            self.standing += row.standing
        self._by_id = {one.id: number for number, one in enumerate(self.standing)}
        self.children: dict[int, list[int]] = {}
        for number, one in enumerate(self.standing):
            self.children.setdefault(self.parent(one), []).append(number)
        self._files: dict[int, tuple[Held, list[Segment]]] = {}

    def number(self, id_: str) -> int | None:
        """The number of the segment of this id; None where there is none."""
        return self._by_id.get(id_)

    def parent(self, one: Standing) -> int:
        """The number of a segment's parent; -1 for a root."""
        return self._by_id.get(one.parent, ROOTS) if one.parent is not None else ROOTS

    def row_of(self, number: int) -> int:
        """The number of the file that a segment stands in."""
        return bisect_right(self._first, number) - 1

    def above(self, number: int) -> Iterator[int]:
        """The numbers of all above a segment, nearest first."""
        while (number := self.parent(self.standing[number])) != ROOTS:
            yield number

    def below(self, number: int) -> Iterator[int]:
        """The numbers of a segment that is a parent, and of all parents below it."""
        waiting = [number]
        while waiting:
            one = waiting.pop()
            if one in self.children:
                yield one
                waiting += self.children[one]

    def file(self, row: int) -> Held:
        """What a file says now. Raises ValueError where it does not fit into the tree."""
        return self._file(row)[0]

    def segments(self, row: int) -> list[Segment]:
        """The segments of a file, in the tree."""
        return self._file(row)[1]

    def of(self, row: int) -> range:
        """The numbers of a file's segments."""
        return range(self._first[row], self._first[row] + len(self.rows[row].standing))

    def reach(self, row: int) -> Reach | None:
        """What an edit did to a file; None where that concerns the whole workspace, or is not known."""
        pair = self.versions(self.rows[row].path, bytes.fromhex(self.rows[row].digest))
        return None if pair is None else reach_of(held(pair[0]), held(pair[1]), self.config, self.newest)

    def versions(self, path: str, was: bytes) -> tuple[FileFacts, FileFacts] | None:
        """What a file said when it had this hash, and what it says now; None where that is not known any more."""
        old, new = self._scene.facts(path, was), self._scene.facts(path, self._scene.digests[path])
        return None if old is None or new is None else (old, new)

    def workspace(self, rows: Iterable[int]) -> Workspace:
        """A workspace of these files alone, with the settings and the day of all."""
        chosen = sorted(set(rows))
        segments = [one for row in chosen for one in self.segments(row)]
        measured = () if self.newest is None else (self.newest,)
        return Workspace(self._scene.config, segments, [one for row in chosen for one in self.file(row).evidence], measured=measured)

    def _file(self, row: int) -> tuple[Held, list[Segment]]:
        if row not in self._files:
            path = self.rows[row].path
            facts = None if path == FILE_NAME else self._scene.facts(path, self._scene.digests[path])
            known = Held(path, kind_of(path) or "segments") if facts is None else held(facts)
            segments = link_again(known.segments, self.rows[row].standing)
            self.numbers |= {id(one): number for one, number in zip(segments, self.of(row), strict=True)}
            self._files[row] = known, segments
        return self._files[row]


class _Edit:
    """What is done about the files that changed."""

    def __init__(self, scene: Scene, options: Options, part: Part, changed: list[int], reaches: list[Reach]) -> None:
        self._reaches = reaches
        self._scene = scene
        self._options = replace(options, baseline=None)
        self._part = part
        self._changed = changed
        self._paths = {part.rows[row].path for row in changed}

    def judge(self) -> Again | None:
        """Judge the families of the files that changed, then settle all files of which something was or is said there."""
        part = self._part
        if any(not self._paths.isdisjoint(row.whole) for row in part.rows):
            return None
        dirty = self._dirty()
        if not self._are_names_free(dirty):
            return None
        families = self._families()
        beside = self._beside(dirty)
        count = sum(len(part.children[one]) for one in families) + len(beside)
        if count > max(_MOST_SEGMENTS, len(part.standing) // 4):
            return None
        told, said = self._ask(families, beside)
        paths = {part.rows[row].path for row in dirty}
        linked = [hit for hit in said if not is_of_all(hit) and hit.found.place.path in paths]
        of_all = [hit for hit in said if is_of_all(hit)]
        if not paths.isdisjoint(pointed_to(of_all)) or any(hit.code == BY_SOURCES for hit in of_all):
            return None
        concerned = paths | {row.path for row in part.rows if not families.isdisjoint(row.families)} | {hit.found.place.path for hits in told.values() for hit in hits}
        if FILE_NAME in concerned or not concerned <= part.by_path.keys():
            return None
        rows = sorted(part.by_path[path] for path in concerned)
        others = {family for row in rows for family in part.rows[row].families} - families
        more, _ = self._ask(others, (), rows)
        return self._settled(rows, set(dirty), told | more, linked)

    def _dirty(self) -> list[int]:
        """The files that rules which look along ids may speak of in another way."""
        part = self._part
        found = {*self._changed, *reached(self._reaches, part.rows)}
        found |= {number for number, row in enumerate(part.rows) if not self._paths.isdisjoint(row.linked)}
        for row, reach in zip(self._changed, self._reaches, strict=True):
            if not reach.is_wording:
                found |= {part.row_of(child) for number in part.of(row) for parent in part.below(number) for child in part.children[parent]}
        return sorted(found)

    def _are_names_free(self, dirty: Iterable[int]) -> bool:
        """Does every draft that has to do with these files get its first name, before the edit and after, whatever else is looked at?"""
        rows, part = self._part.rows, self._part
        drafts = {row: first_names(part.segments(row)) for row in self._changed}
        if not any(rows[row].drafts for row in dirty) and not any(drafts.values()) and not any(one.owned for one in self._reaches):
            return True
        before = [row.drafts.split() for row in rows]
        owned = {row: words_of(part.segments(row))[0] for row in self._changed}
        return _are_free(before, [row.owns.split() for row in rows]) and _are_free(
            [drafts.get(number, names) for number, names in enumerate(before)], [owned[number] if number in owned else row.owns.split() for number, row in enumerate(rows)]
        )

    def _families(self) -> set[int]:
        """The families that a segment of the files is in, as a child, as the parent or above it, by the numbers of the parents."""
        part = self._part
        found: set[int] = set()
        for row in self._changed:
            for number in part.of(row):
                found.add(part.parent(part.standing[number]))
                found.update(part.below(number))
        return found

    def _beside(self, dirty: Sequence[int]) -> set[int]:
        """The files that hold an id which these use or own, or use one that these own; and themselves."""
        part = self._part
        segments = [one for row in dirty for one in part.segments(row)]
        owned, used = words_of(segments)
        mentioned = owned | used
        found = {number for number, row in enumerate(part.rows) if not mentioned.isdisjoint(row.owns.split()) or not owned.isdisjoint(row.uses.split())}
        return found | set(dirty)

    def _ask(self, families: Iterable[int], beside: Iterable[int], also: Iterable[int] = ()) -> tuple[dict[int, list[Hit]], list[Hit]]:
        """What rules say of families, by the number of the parent, and what those say that look beyond: of all `beside`."""
        part, asked = self._part, set(families)
        chosen = {*beside, *also, *(part.row_of(one) for family in asked for one in (*part.children[family], family) if one != ROOTS)}
        chosen |= {part.row_of(above) for row in tuple(chosen) for number in part.of(row) for above in part.above(number)}
        workspace = part.workspace(chosen)
        scene, found = self._scene, dict[int, list[Hit]]()
        keys = family_keys(scene.store, workspace, scene.digests, scene.texts[FILE_NAME], self._options)

        def local(all_of_them: Sequence[Family], work: Judge) -> Iterable[list[Hit]]:
            wanted = [one for one in all_of_them if (ROOTS if one.parent is None else part.numbers[id(one.parent)]) in asked]
            told = share_families(wanted, work, segments=workspace.segments, among=1, kept=Kept(scene.store.told, keys))
            found.update((ROOTS if one.parent is None else part.numbers[id(one.parent)], hits) for one, hits in zip(wanted, told, strict=True))
            return ()

        scopes: frozenset[Scope] = frozenset({"linked"}) if all(one.is_wording for one in self._reaches) else BEYOND
        heard = hear(self._inputs(workspace, ()), self._options, None, local, scopes=scopes if beside else frozenset())
        return found, heard.hits

    def _inputs(self, workspace: Workspace, rows: Iterable[int]) -> Inputs:
        """What is judged, with the problems and suppressions of some files."""
        scene, part = self._scene, self._part
        files = [part.file(row) for row in rows]
        problems = tuple(FileProblem(one.path, problem) for one in files for problem in one.problems)
        return Inputs(workspace, scene.dimensions, problems, {one.path: one.suppressions for one in files if one.suppressions}, scene.texts, scene.source)

    def _settled(self, rows: list[int], dirty: set[int], told: dict[int, list[Hit]], linked: list[Hit]) -> Again | None:
        """What is said of these files now, put in the place of what was said of them."""
        part = self._part
        workspace = part.workspace(rows)
        inputs = self._inputs(workspace, rows)
        read = hear(inputs, self._options, None, lambda *_: (), scopes=frozenset())
        beyond = [hit for row in rows for hit in self._kept(row, is_linked=row not in dirty)] + linked
        beyond.sort(key=lambda hit: hit.code)
        by_path: dict[str, tuple[set[int], list[Hit]]] = {part.rows[row].path: (set(), []) for row in rows}
        hits = [*read.hits, *beyond]
        for family in sorted(told):
            for hit in told[family]:
                if hit.found.place.path in by_path:
                    by_path[hit.found.place.path][0].add(family)
                    hits.append(hit)
        for hit in beyond:
            by_path[hit.found.place.path][1].append(hit)
        report = conclude(inputs, self._options, Heard(read.rules, hits))
        new, fresh = list(part.rows), dict[str, bytes]()
        for row in rows:
            path = part.rows[row].path
            found = Told(_at(path, report.findings), _at(path, report.suppressed), by_path[path][1])
            if not is_apart(found, path, part.rows[row].standing) or len(found.kept) + len(found.silenced) > MOST_A_FILE:
                return None
            fresh[path] = entry_of(found, part.numbers)
            said = keep_entry(fresh[path], self._scene.store.settled)
            new[row] = row_of(path, self._scene.digests[path], (part.segments(row), part.file(row).evidence), (found.hits, by_path[path][0]), counted(found, said))
        return Again(Table("" if part.newest is None else part.newest.isoformat(), part.beyond, new), fresh)

    def _kept(self, row: int, *, is_linked: bool) -> Iterator[Hit]:
        """What rules that look beyond families said of a file in the last run; without those that were asked again."""
        from microseg.lint.rule import rules_by_name
        from microseg.project.encode import decode

        entry = self._scene.store.settled.get(bytes.fromhex(self._part.rows[row].said))
        if entry is None:  # swept away, or of a run that was killed before it was kept
            raise ValueError
        segments = dict(zip(self._part.of(row), self._part.segments(row), strict=True))
        rows: list[Any] = decode(entry.split(b"\n", 2)[2])
        for code, found, number in rows:
            if is_linked or rules_by_name()[code].scope != "linked":
                yield Hit(code, -1, found_of(found, None if number is None else segments[number]))
