"""A workspace that is open: stage one a file at a time, stage two over all of them, each done again only where it must be."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from microseg.config import FILE_NAME, Config
from microseg.criteria.dimensions import Dimensions
from microseg.errors import NothingToDoError
from microseg.lint.engine import Inputs, Options, judge
from microseg.lint.local import Results
from microseg.model.evidence import Evidence
from microseg.model.link import FileProblem, Linked, link
from microseg.model.workspace import Workspace
from microseg.project.discover import Found, discover, kind_of, measured_days, read_bytes, too_large
from microseg.project.facts import FileFacts, Held, held, read_facts
from microseg.project.settings import read_settings
from microseg.project.stage_one import FEW, File, read_many
from microseg.project.workers import processes
from microseg.source.problem import Problem
from microseg.source.text import SourceFile, blank_unseen, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from microseg.lint.finding import Report
    from microseg.project.cache import Pack, Store
    from microseg.project.discover import FileKind

    Watch = Callable[[int, int], None]


def find_root(start: Path) -> Path:
    """The workspace that a folder lies in: the nearest microseg.yaml above, not past the root of a git repository.

    A folder with segments/ and no settings is a workspace too. Raises NothingToDoError where there is none.
    """
    folder = start.resolve()
    for place in (folder, *folder.parents):
        if (place / FILE_NAME).exists():
            return place
        if (place / ".git").exists():
            break
    if (folder / "segments").is_dir():
        return folder
    raise NothingToDoError(
        f"there is no workspace here: no {FILE_NAME} in {folder.name or folder} or above",
        "start one with `microseg init`, or name its folder with -C",
    )


class Project:
    """An open workspace. `overlay` holds the bytes of files that an editor has not saved, by path."""

    def __init__(self, root: Path, overlay: Mapping[str, bytes] | None = None, *, watch: Watch | None = None, cached: bool = False) -> None:
        """Read everything; use `open`, which says what it does."""
        self.root = root
        self._is_cached = cached
        self._store: Store | None = None
        self._watch = watch
        self._overlay = dict(overlay or {})
        self._texts: dict[str, bytes] = {}
        self._known: dict[str, Held] = {}
        self._waiting: dict[str, FileKind] = {}  # files whose bytes are there, and whose facts nobody has asked for
        self._results = Results()
        self._is_kept_open = False  # then what rules said is kept for the next time, which what another process heard is not
        self._read_all()

    @classmethod
    def open(cls, root: Path, overlay: Mapping[str, bytes] | None = None, *, watch: Watch | None = None, cached: bool = False) -> Project:
        """Open the workspace at `root`. Raises SettingsError where its settings are not YAML.

        `watch(done, total)` is called for each file that is read, so that a long run can show how far it is. With
        `cached`, what earlier runs worked out is looked up and kept where there are many files, and files are got at once
        and read when something is asked of them; `close` keeps it.
        """
        return cls(root, overlay, watch=watch, cached=cached)

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
        self._take({path: one for path, one in found.items() if path not in self._facts or _is_below(path, changed)})
        self._forget()

    def findings(self, options: Options | None = None) -> Report:
        """Judge the workspace as it stands."""
        asked = options or Options()
        segments = self.workspace.segments
        is_many = len(segments) >= FEW and not self._is_kept_open
        among = processes() if is_many else 1
        if among == 1 and (self._store is None or not is_many):
            return judge(self._inputs, asked, self._results)
        from microseg.project.keys import family_keys
        from microseg.project.stage_two import Kept, share_families

        kept = None if self._store is None else Kept(self._store.told, family_keys(self._store, self.workspace, self._digests, self._texts[FILE_NAME], asked))
        return judge(self._inputs, asked, None, local=lambda families, work: share_families(families, work, segments=segments, among=among, kept=kept))

    def run_key(self, options: Options, shown: object) -> bytes:
        """What the outcome of a run is known by in the cache: all files, all that was asked, and how it is `shown`; empty without a cache."""
        if self._store is None:
            return b""
        from microseg.project.encode import encode
        from microseg.project.keys import run_key

        unread = ((one.path, encode(one.problems)) for one in self._known.values() if one.path not in self._texts)
        return run_key(self._store, sorted([*self._digests.items(), *unread]), options, shown)

    def recall(self, key: bytes) -> bytes | None:
        """What a run of this key said."""
        return None if self._store is None else self._store.outcome(key)

    def keep(self, key: bytes, said: bytes) -> None:
        """Let the next run of this key say the same at once."""
        if self._store is not None:
            self._store.keep_outcome(key, said)

    def close(self) -> None:
        """Let other runs use what was found of files and families."""
        if self._store is not None:
            self._store.close()

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
        return tuple(sorted(self._facts))

    def digest(self, path: str) -> str:
        """The SHA-256 of a file's bytes, as hexadecimal digits; empty where it cannot be read."""
        import hashlib

        return hashlib.sha256(self._texts[path]).hexdigest() if path in self._texts else ""

    def data(self, path: str) -> bytes:
        """The bytes of a file as they were read; empty where there are none."""
        return self._texts.get(path, b"")

    def source(self, path: str) -> SourceFile:
        """A file's text, to count lines in and to quote from."""
        found = self._sources.get(path)
        if found is None:
            decoded = decode(self._texts.get(path, b""))
            found = self._sources[path] = SourceFile(path, blank_unseen(decoded.text, decoded.unseen))
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
        return Inputs(self.workspace, self.dimensions, (*problems, *self._linked.problems), suppressions, {}, self._texts, self.source)

    def _evidence(self) -> list[Evidence]:
        return [one for path in sorted(self._facts) for one in self._facts[path].evidence]

    def _read_all(self) -> None:
        self._settings = read_settings(self.root, self._overlay.get(FILE_NAME))  # may raise: what was read before still stands then
        self._known.clear()
        self._waiting.clear()
        self._texts.clear()
        self._results = Results()
        self._texts[FILE_NAME] = self._overlay[FILE_NAME] if FILE_NAME in self._overlay else self._held(FILE_NAME)
        self._take(self._discover())
        self._forget()

    def _discover(self) -> dict[str, Found]:
        """All files by path: those on the disk, and those that only an editor holds."""
        held = {path: Found(path, kind) for path in self._overlay if (kind := kind_of(path)) is not None}
        return {**{one.path: one for one in discover(self.root, most=self._settings.bounds.files)}, **held}

    def _take(self, files: Mapping[str, Found]) -> None:
        """Read these files."""
        readable = [path for path in sorted(files) if self._has_bytes(files[path])]
        self._waiting = {path: files[path].kind for path in readable}
        if self._is_cached and self._store is None and len(readable) >= FEW:
            from microseg.project.cache import open_store

            self._store = open_store(self.root)
        if self._store is None or self._is_kept_open:
            self._read_waiting()

    def _read_waiting(self) -> None:
        """Read the files that wait for it."""
        waiting, self._waiting = self._waiting, {}
        cache = None if self._store is None or len(waiting) < FEW else self._store.facts
        for done, facts in enumerate(read_many([self._file(path, kind, cache) for path, kind in waiting.items()], self._read_one, cache), 1):
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

    def _read_one(self, path: str, kind: FileKind, data: bytes) -> FileFacts:
        return read_facts(path, kind, data, dimensions=self.dimensions, limits=self._settings.bounds.file)

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
        if data is None:
            return read_bytes(f"{self.root}/{one.path}", largest=largest)
        return too_large(len(data), largest) if len(data) > largest else data

    def _held(self, path: str) -> bytes:
        data = read_bytes(self.root / path) if (self.root / path).exists() else b""
        return b"" if isinstance(data, Problem) else data

    def _forget(self) -> None:
        """Drop what was worked out from the files as they were."""
        for name in ("workspace", "_linked", "_inputs", "_sources", "_digests"):
            self.__dict__.pop(name, None)


def _is_below(path: str, changed: set[str]) -> bool:
    """Is a path one of those named, or inside a folder that is?"""
    return path in changed or any(path.startswith(one.rstrip("/") + "/") for one in changed)
