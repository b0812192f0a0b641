"""A workspace that is open: stage one a file at a time, stage two over all of them, each done again only where it must be."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from microseg.config import FILE_NAME, Config
from microseg.criteria.dimensions import Dimensions
from microseg.lint.engine import Inputs, Options, conclude, hear, rules_of
from microseg.lint.local import Results
from microseg.lint.settle import with_baseline
from microseg.model.evidence import Evidence
from microseg.model.link import FileProblem, Linked, link
from microseg.model.workspace import Workspace
from microseg.project.discover import MOST_FILES, Found, discover, is_below, kind_of, measured_days, read_bytes, too_large
from microseg.project.facts import FileFacts, Held, held, reader
from microseg.project.got import Got, settings_in
from microseg.project.said import Said, Show
from microseg.project.settings import read_settings
from microseg.project.stage_one import FEW, File, read_many
from microseg.project.workers import processes
from microseg.source.problem import Problem
from microseg.source.text import SourceFile, blank_unseen, decode, decode_clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from microseg.lint.finding import Report
    from microseg.model.saved import Saved
    from microseg.project.after_edit import Scene
    from microseg.project.cache import Store
    from microseg.project.discover import FileKind
    from microseg.project.edited import Edited
    from microseg.project.facts import Read
    from microseg.project.last_run import Table
    from microseg.project.pack import Pack
    from microseg.project.run import Run
    from microseg.project.stage_three import Keeping

    Watch = Callable[[int, int], None]


_MOST_SOURCES = 1_000  # texts with their lines, a few kilobytes each


class Project:
    """An open workspace. `overlay` holds the bytes of files that an editor has not saved, by path."""

    def __init__(self, root: Path, overlay: Mapping[str, bytes] | None = None, *, watch: Watch | None = None, cached: bool = False, got: Got | None = None) -> None:
        """Read everything; use `open`, which says what it does."""
        self.root = root
        self._is_cached = cached
        self._got = got
        self._store: Store | None = None
        self._watch = watch
        self._overlay = dict(overlay or {})
        self._texts: dict[str, bytes] = {}
        self._known: dict[str, Held] = {}
        self._waiting: dict[str, FileKind] = {}  # files whose bytes are there, and whose facts nobody has asked for
        self._just_read: dict[str, FileFacts] = {}  # of files that wait, what the cache did not have
        self._results = Results()
        self._is_whole = True  # all that the cache holds of use was asked for
        self._before: Table | None = None  # of the last run that was asked like this one
        self._run: Run | None = None  # held as long as the workspace is: to let go of all that was found takes a short run longer than to end
        self._is_kept_open = False  # then what rules said is kept for the next time, which what another process heard is not
        self._read_all()

    @classmethod
    def open(cls, root: Path, overlay: Mapping[str, bytes] | None = None, *, watch: Watch | None = None, cached: bool = False, got: Got | None = None) -> Project:
        """Open the workspace at `root`. Raises SettingsError where its settings are not YAML.

        `watch(done, total)` is called for each file that is read, so that a long run can show how far it is. With
        `cached`, what earlier runs worked out is looked up and kept where there are many files, and files are got at once
        and read when something is asked of them; `close` keeps it. `got` are the files, where somebody has got them already.
        """
        return cls(root, overlay, watch=watch, cached=cached, got=got)

    def refresh(self, paths: Iterable[str], overlay: Mapping[str, bytes | None] | None = None) -> None:
        """Read these files again (paths relative to the root; a folder means all below it), and nothing else.

        `overlay` sets the unsaved bytes of files; None takes a file back to what is on the disk.
        """
        self._is_kept_open = True
        self._read_waiting()
        for path, data in (overlay or {}).items():
            if data is None:
                self._overlay.pop(path, None)
            else:
                self._overlay[path] = data
        changed = {*paths, *(overlay or {})}
        if FILE_NAME in changed:
            self._read_all()
            return
        found = self._discover()
        for path in self._facts.keys() - found.keys():
            del self._facts[path]
            self._texts.pop(path, None)
        self._take({path: one for path, one in found.items() if path not in self._facts or is_below(path, changed)})
        self._forget()

    def findings(self, options: Options | None = None) -> Report:
        """Judge the workspace as it stands."""
        asked = options or Options()
        return with_baseline(self.judged(asked)[1], asked.baseline, rules_of(self.config, asked))

    def judged(self, asked: Options) -> tuple[Said, Report]:
        """What rules say, without the baseline, and all of it as a report."""
        return self.reported(self.said(asked), asked)

    def reported(self, said: Said, asked: Options) -> tuple[Said, Report]:
        """What was `said` as a report too; where a part of it is lost, all is said anew."""
        try:
            return said, said.report()
        except ValueError:
            said = self.said(asked, anew=True)
            return said, said.report()

    def said(self, asked: Options, show: Show | None = None, *, anew: bool = False) -> Said:
        """What rules say, without the baseline; where its parts are asked for and one is lost, ask for it `anew`.

        With `show`, which turns the findings of a file into text, what many files say may come `shown`, and without a report.
        """
        return (None if anew else self._said_again(asked)) or self._said_anew(asked, show)

    def edited(self, said: Said, before: Mapping[str, str], saved: Sequence[Saved] = ()) -> Edited | None:
        """What differs from `before` (see `microseg.project.edited`), while not all files are read; None where all of them have to be. `saved` are the saved measures."""
        if self._store is None or said.table is None or not self._waiting:
            return None
        from microseg.project.after_edit import Part
        from microseg.project.edited import edited_part

        try:
            return edited_part(Part(self._scene(self._store), said.table), before, saved)
        except ValueError:
            return None

    def is_edited(self, before: Mapping[str, str]) -> bool:
        """Do few of the files, and one at least, have other bytes than `before`, and all others the same?"""
        from microseg.project.edited import MOST_FILES

        if self._store is None or before.keys() != self._digests.keys():
            return False
        return 0 < sum(before[path].partition(" ")[0] != digest.hex() for path, digest in self._digests.items()) <= MOST_FILES

    @property
    def store(self) -> Store | None:
        """What is kept from one run to the next, if anything is."""
        return self._store

    def _said_again(self, asked: Options) -> Said | None:
        """What is said, where a run before said so much of it that the files need not all be read."""
        if self._store is None or self._is_kept_open or len(self._waiting) < FEW or self._known:
            return None
        from microseg.project.after_edit import say_again
        from microseg.project.last_run import encoded, entries_in, table_of

        key = self._last_key(asked)
        known = self._store.last(key)
        try:
            self._before = None if known is None else table_of(known)
            again = None if self._before is None else say_again(self._scene(self._store), asked, self._before)
        except ValueError:
            return None
        if again is None:
            return None
        self._is_whole = False
        if again.fresh:
            self._store.keep_last(key, encoded(again.table))
        entry_of = entries_in(self._store)
        return Said(again.table, lambda row: again.fresh.get(row.path) or entry_of(row))

    def _scene(self, store: Store) -> Scene:
        from microseg.project.after_edit import Scene

        return Scene(store, self.config, self.dimensions, self._texts, self._digests, self._facts_of, self.source)

    def _said_anew(self, asked: Options, show: Show | None) -> Said:
        """What is said when all files are read."""
        segments = self.workspace.segments
        is_many = len(segments) >= FEW and not self._is_kept_open
        among = processes() if is_many else 1
        if not is_many or (among == 1 and self._store is None and show is None):
            return Said(None, lambda _: None, conclude(self._inputs, asked, hear(self._inputs, asked, self._results)))
        from microseg.project.keys import family_keys
        from microseg.project.run import Run
        from microseg.project.stage_two import Kept, share_families

        kept = None if self._store is None else Kept(self._store.told, family_keys(self._store, self.workspace, self._digests, self._texts[FILE_NAME], asked))
        heard = hear(self._inputs, asked, None, local=lambda families, work: share_families(families, work, segments=segments, among=among, kept=kept))
        run = self._run = Run(self._inputs, asked, heard, self._keeping(asked))
        return (None if show is None else run.shown(show, among=among)) or run.reported()

    def _keeping(self, asked: Options) -> Keeping | None:
        """What keeps what is said file by file; None where there is no cache, or files cannot be told apart."""
        from microseg.project.stage_three import Keeping

        if self._store is None or self._linked.problems or self._known.keys() - self._texts.keys() or self.workspace.unreadable or not self.workspace.is_forest:
            return None
        return Keeping(self._store, self._last_key(asked), self.workspace, self._digests, self._before)

    def _last_key(self, asked: Options) -> bytes:
        from microseg.project.keys import last_key

        return b"" if self._store is None else last_key(self._store, self._texts[FILE_NAME], asked, measured_days(self.root))

    def _facts_of(self, path: str, digest: bytes) -> FileFacts | None:
        """The facts of a file when it had this hash; None where they are not known any more."""
        from microseg.project.encode import decode, encode, facts_of, plain

        kind = kind_of(path)
        if self._store is None or kind is None:
            return None
        if path in self._just_read and digest == self._digests[path]:
            return self._just_read[path]
        key = self._store.key((kind.encode(), self._texts[FILE_NAME], digest))
        line = self._store.facts.get(key)
        if line is not None:
            return facts_of(path, kind, decode(line))
        if digest != self._digests[path]:
            return None
        facts = self._just_read[path] = self._reader(1)(path, kind, self._texts[path])
        self._store.facts.put(key, encode(plain(facts)))
        return facts

    def close(self) -> None:
        """Let other runs use what was found of files and families."""
        if self._store is not None:
            self._store.close(whole=self._is_whole)

    @cached_property
    def workspace(self) -> Workspace:
        """The segments in their trees."""
        return Workspace(self.config, self._linked.segments, self._evidence(), unreadable=(path for path in sorted(self._facts) if self._facts[path].unreadable), measured=measured_days(self.root))

    @property
    def config(self) -> Config:
        """The settings."""
        return self._settings.config

    @property
    def dimensions(self) -> Dimensions:
        """The built-in dimensions and the workspace's own."""
        return self._settings.dimensions

    @property
    def paths(self) -> tuple[str, ...]:
        """All files, settings left out, in order."""
        return tuple(sorted({*self._waiting, *self._known}))

    def digest(self, path: str) -> str:
        """The SHA-256 of a file's bytes, as hexadecimal digits; empty where it cannot be read."""
        import hashlib

        found = self._hashes.get(path)
        if found is None:
            found = self._hashes[path] = hashlib.sha256(self._texts[path]).hexdigest() if path in self._texts else ""
        return found

    @cached_property
    def _hashes(self) -> dict[str, str]:
        return {}

    def data(self, path: str) -> bytes:
        """The bytes of a file as they were read; empty where there are none."""
        return self._texts.get(path, b"")

    def source(self, path: str) -> SourceFile:
        """A file's text, to count lines in and to quote from."""
        found = self._sources.get(path)
        if found is None:
            data = self._texts.get(path, b"")
            text = decode_clean(data)  # mostly there is nothing odd to look for again
            if text is None:
                decoded = decode(data)
                text = blank_unseen(decoded.text, decoded.unseen)
            if len(self._sources) >= _MOST_SOURCES:
                self._sources.clear()
            found = self._sources[path] = SourceFile(path, text)
        return found

    @cached_property
    def _sources(self) -> dict[str, SourceFile]:
        return {}

    @cached_property
    def _linked(self) -> Linked:
        files = [self._facts[path] for path in sorted(self._facts)]
        return link(((one.path, one.segments, one.single) for one in files), lambda path, offset: self.source(path).position(offset).column)

    @cached_property
    def _inputs(self) -> Inputs:
        problems = [FileProblem(FILE_NAME, problem) for problem in self._settings.problems]
        suppressions = {FILE_NAME: self._settings.suppressions} if self._settings.suppressions else {}
        for path in sorted(self._facts):
            facts = self._facts[path]
            problems += (FileProblem(path, problem) for problem in facts.problems)
            if facts.suppressions:
                suppressions[path] = facts.suppressions
        return Inputs(self.workspace, self.dimensions, (*problems, *self._linked.problems), suppressions, self._texts, self.source)

    def _evidence(self) -> list[Evidence]:
        return [one for path in sorted(self._facts) for one in self._facts[path].evidence]

    def _read_all(self) -> None:
        self._settings = read_settings(self.root, self._overlay.get(FILE_NAME))  # may raise: what was read before still stands then
        self._known.clear()
        self._waiting.clear()
        self._just_read.clear()
        self._texts.clear()
        self._results = Results()
        self._texts[FILE_NAME] = self._overlay[FILE_NAME] if FILE_NAME in self._overlay else settings_in(self.root)
        self._forget()
        self._take(self._discover())
        for name, known in () if self._got is None or self._overlay else (("_digests", self._got.digests), ("_hashes", self._got.hashes)):
            if known.keys() == self._texts.keys():
                self.__dict__[name] = dict(known)
        self._got = None

    def _discover(self) -> dict[str, Found]:
        """All files by path: those on the disk, and those that only an editor holds."""
        held = {path: Found(path, kind) for path in self._overlay if (kind := kind_of(path)) is not None}
        most = self._settings.bounds.files
        found = self._got.found if self._got is not None and most == MOST_FILES else discover(self.root, most=most)
        return {**{one.path: one for one in found}, **held}

    def _take(self, files: Mapping[str, Found]) -> None:
        """Read these files."""
        readable = [path for path in sorted(files) if self._has_bytes(files[path])]
        self._waiting = {path: files[path].kind for path in readable}
        if self._is_cached and self._store is None and len(readable) >= FEW:
            from microseg.project.cache import open_store

            self._store = open_store(self.root) if self._got is None or self._got.store is None else self._got.store
        if self._store is None or self._is_kept_open:
            self._read_waiting()

    def _read_waiting(self) -> None:
        """Read the files that wait for it."""
        waiting, self._waiting = self._waiting, {}
        for facts in self._just_read.values():
            self._known[facts.path] = held(facts)
            waiting.pop(facts.path, None)
        self._just_read.clear()
        cache = None if self._store is None or len(waiting) < FEW else self._store.facts
        for done, facts in enumerate(read_many([self._file(path, kind, cache) for path, kind in waiting.items()], self._reader(len(waiting)), cache), 1):
            self._known[facts.path] = held(facts)
            if self._watch is not None:
                self._watch(done, len(waiting))

    def _file(self, path: str, kind: FileKind, cache: Pack | None) -> File:
        if cache is None or self._store is None:
            return File(path, kind, self._texts[path])
        return File(path, kind, self._texts[path], self._store.key((kind.encode(), self._texts[FILE_NAME], self._digests[path])))

    @property
    def _facts(self) -> dict[str, Held]:
        """What is known of each file by its path."""
        if self._waiting:
            self._read_waiting()
        return self._known

    @cached_property
    def _digests(self) -> dict[str, bytes]:
        from microseg.project.keys import digests_of

        return digests_of(self._texts)

    def _reader(self, files: int) -> Read:
        return reader(self.dimensions, self._settings.bounds.file, many=files >= FEW)

    def _has_bytes(self, one: Found) -> bool:
        """Get the bytes of a file; where that fails, the file is known by what is wrong with it."""
        data = self._bytes_of(one)
        if isinstance(data, bytes):
            self._texts[one.path] = data
            return True
        self._texts.pop(one.path, None)
        self._known[one.path] = Held(one.path, one.kind, (data,), unreadable=data.code != "MS011")
        return False

    def _bytes_of(self, one: Found) -> bytes | Problem:
        """What an editor holds of a file, else what is on the disk, or why it cannot be had."""
        if one.problem is not None:
            return one.problem
        largest = self._settings.bounds.file_bytes
        data = self._overlay.get(one.path)
        if data is None and self._got is not None and isinstance(got := self._got.data.get(one.path), bytes):
            data = got
        if data is None:
            return read_bytes(f"{self.root}/{one.path}", largest=largest)
        return too_large(len(data), largest) if len(data) > largest else data

    def _forget(self) -> None:
        """Drop what was worked out from the files as they were."""
        for name in ("workspace", "_linked", "_inputs", "_sources", "_digests", "_hashes"):
            self.__dict__.pop(name, None)
