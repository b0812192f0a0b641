"""A workspace that is open: stage one a file at a time, stage two over all of them, each done again only where it must be."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from microseg.config import FILE_NAME, Config
from microseg.criteria.dimensions import Dimensions
from microseg.errors import NothingToDoError
from microseg.lint.engine import Inputs, Options, Results, judge
from microseg.model.evidence import Evidence
from microseg.model.link import FileProblem, Linked, link
from microseg.model.load import load
from microseg.model.workspace import Workspace
from microseg.project.discover import Found, discover, kind_of, read_bytes, too_large
from microseg.project.facts import FileFacts, read_facts
from microseg.project.settings import read_settings
from microseg.source.problem import Problem
from microseg.source.text import SourceFile, blank_unseen, decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from microseg.lint.finding import Report
    from microseg.words.analyse import Analysis

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

    def __init__(self, root: Path, overlay: Mapping[str, bytes] | None = None, *, watch: Watch | None = None) -> None:
        """Read everything; use `open`, which says what it does."""
        self.root = root
        self._watch = watch
        self._overlay = dict(overlay or {})
        self._texts: dict[str, bytes] = {}
        self._facts: dict[str, FileFacts] = {}
        self._results = Results()
        self._read_all()

    @classmethod
    def open(cls, root: Path, overlay: Mapping[str, bytes] | None = None, *, watch: Watch | None = None) -> Project:
        """Open the workspace at `root`. Raises SettingsError where its settings are not YAML.

        `watch(done, total)` is called for each file that is read, so that a long run can show how far it is.
        """
        return cls(root, overlay, watch=watch)

    def refresh(self, paths: Iterable[str], overlay: Mapping[str, bytes | None] | None = None) -> None:
        """Read these files again (paths relative to the root; a folder means all below it), and nothing else.

        `overlay` sets the unsaved bytes of files; None takes a file back to what is on the disk.
        """
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
        return judge(self._inputs, options or Options(), self._results)

    @cached_property
    def workspace(self) -> Workspace:
        """The segments in their trees."""
        return Workspace(self.config, self._linked.segments, self._evidence(), unreadable=(one.path for one in self._facts.values() if one.unreadable))

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
        """The SHA-256 of a file's bytes, as hexadecimal digits."""
        return self._facts[path].digest if path in self._facts else ""

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
        segments = ((one.path, one.packed, one.single) for one in files if one.kind == "segments")
        return link(segments, lambda path, offset: self.source(path).position(offset).column)

    @cached_property
    def _inputs(self) -> Inputs:
        analyses: dict[str, Analysis] = dict(self._settings.analyses)
        problems = [FileProblem(FILE_NAME, problem) for problem in self._settings.problems]
        suppressions = {FILE_NAME: self._settings.suppressions} if self._settings.suppressions else {}
        digests = {}
        for path in sorted(self._facts):
            facts = self._facts[path]
            analyses.update(facts.analyses)
            problems += (FileProblem(path, problem) for problem in facts.problems)
            digests[path] = facts.digest
            if facts.suppressions:
                suppressions[path] = facts.suppressions
        return Inputs(self.workspace, self.dimensions, (*problems, *self._linked.problems), suppressions, analyses, digests, self.source)

    def _evidence(self) -> list[Evidence]:
        return [load(Evidence, one, path) for path in sorted(self._facts) if self._facts[path].kind == "evidence" for one in self._facts[path].packed]

    def _read_all(self) -> None:
        self._settings = read_settings(self.root, self._overlay.get(FILE_NAME))  # may raise: what was read before still stands then
        self._facts.clear()
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
        for number, path in enumerate(sorted(files), 1):
            if self._watch is not None:
                self._watch(number, len(files))
            self._read(files[path])

    def _read(self, one: Found) -> None:
        data = self._bytes_of(one)
        if isinstance(data, Problem):
            self._texts.pop(one.path, None)
            self._facts[one.path] = FileFacts(one.path, one.kind, "", (data,), unreadable=data.code != "MS011")
        else:
            self._texts[one.path] = data
            self._facts[one.path] = read_facts(one.path, one.kind, data, dimensions=self.dimensions, limits=self._settings.bounds.file)

    def _bytes_of(self, one: Found) -> bytes | Problem:
        """What an editor holds of a file, else what is on the disk, or why it cannot be had."""
        if one.problem is not None:
            return one.problem
        largest = self._settings.bounds.file_bytes
        data = self._overlay.get(one.path)
        if data is None:
            return read_bytes(self.root / one.path, largest=largest)
        return too_large(len(data), largest) if len(data) > largest else data

    def _held(self, path: str) -> bytes:
        data = read_bytes(self.root / path) if (self.root / path).exists() else b""
        return b"" if isinstance(data, Problem) else data

    def _forget(self) -> None:
        """Drop what was worked out from the files as they were."""
        for name in ("workspace", "_linked", "_inputs", "_sources"):
            self.__dict__.pop(name, None)


def _is_below(path: str, changed: set[str]) -> bool:
    """Is a path one of those named, or inside a folder that is?"""
    return path in changed or any(path.startswith(one.rstrip("/") + "/") for one in changed)
