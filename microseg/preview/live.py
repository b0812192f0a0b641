"""The workspace as it stands: looked at again and again, taken in when a file changed, kept as it was while a file is broken."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from threading import Condition
from typing import TYPE_CHECKING

from microseg.briefs.material import Material
from microseg.config import FILE_NAME
from microseg.errors import MicrosegError
from microseg.lint.engine import Options
from microseg.preview.renderer import Renderer
from microseg.preview.shown import Shown
from microseg.project import Project
from microseg.project.saved_runs import saved_runs
from microseg.source.text import clean

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable
    from pathlib import Path

    from microseg.lint.finding import Finding, Report

WATCHED = ("segments", "evidence", "templates", "measures")
_PAUSE = 0.1  # seconds between two looks; a look at a thousand files takes a few milliseconds
_SHARE = 0.1  # of the time may go into looking
_PATIENCE = 60.0
_MOST_TOLD = 8
_GONE = "segments/ is not there any more. Put it back, or end the preview with Ctrl-C and start it where the segments are now"

State = dict[str, tuple[int, int, int]]


class Live:
    """A workspace under watch. One thread calls `look`; others read `shown`, `mark` and `problems` and wait for them to change."""

    def __init__(self, root: Path, day: datetime.date | None) -> None:
        """Open the workspace. Raises SettingsError where its settings are not YAML."""
        self._root = root
        self._day = day
        self._state = state_of(root)
        self._untaken: set[str] = set()  # changed, and not yet taken in, for the workspace was away or its settings were no YAML
        self._begun = time.time_ns()
        self._count = 0
        self.project = Project.open(root)
        self._report: Report | None = None
        self._renderer = Renderer(_templates(root))
        self.problems: tuple[str, ...] = ()
        self.changed = Condition()
        self.shown = self._show()

    @property
    def mark(self) -> str:
        """Names the state that is shown; a page with another mark is out of date."""
        return f"{self._begun:x}-{self._count}"

    def look(self) -> tuple[str, ...]:
        """Take in what changed since the last look; the paths of the files that did."""
        state = state_of(self._root)
        changed = tuple(sorted(path for path in state.keys() | self._state.keys() if state.get(path) != self._state.get(path)))
        if changed:
            self._state = state
            self._untaken |= set(changed)
            if self._take(sorted(self._untaken)):
                self._untaken.clear()
        return changed

    def check(self) -> None:
        """Judge the workspace as it stands, for those who wait for it."""
        report = self.project.findings(Options(as_of=self._day))
        with self.changed:
            self._report = report
            self.problems = _told(report.findings)
            self.changed.notify_all()

    def watch(self, tell: Callable[[Sequence[str]], None]) -> None:
        """Look until the end of the program; `tell` is called with the paths that changed."""
        self.check()
        while True:
            begun = time.monotonic()
            changed = self.look()
            if changed:
                tell(changed)
            time.sleep(max(_PAUSE, (time.monotonic() - begun) / _SHARE if not changed else 0))

    def close(self) -> None:
        """End what runs beside this."""
        self._renderer.close()

    def _take(self, changed: Sequence[str]) -> bool:
        """Show what changed, or say why not; whether these files need not be looked at again."""
        if not (self._root / "segments").exists():  # moved, or taken away: what was shown stays
            self._tell((_GONE,))
            return False
        try:
            self.project.refresh(changed)
        except MicrosegError as error:  # settings that are no YAML: what was shown stays
            self._tell((f"{error.message} ({error.hint})" if error.hint else error.message,))
            return False
        if self.project.workspace.unreadable and any(path in self.project.workspace.unreadable for path in changed):
            self.check()  # what was shown stays until the file can be read again
            self._tell(self.problems)
            return True
        if any(path.startswith("templates/") for path in changed):
            self._renderer.close()
            self._renderer = Renderer(_templates(self._root))
        shown = self._show()
        with self.changed:
            self._report = None
            self.shown = shown
            self._count += 1
            self.changed.notify_all()
        self.check()
        return True

    def _tell(self, problems: tuple[str, ...]) -> None:
        with self.changed:
            self.problems = problems
            self.changed.notify_all()

    def _show(self) -> Shown:
        project = self.project
        digests = {path: project.digest(path) for path in project.paths}
        material = Material(project.workspace, project.dimensions, digest=lambda path: digests.get(path, ""), as_of=self._day or project.workspace.newest_date, runs=saved_runs(self._root).runs, source=project.source, findings=self._findings)
        return Shown(material, self._renderer)

    def _findings(self) -> Sequence[Finding]:
        """What was found in the state that is shown, as soon as it is known."""
        with self.changed:
            self.changed.wait_for(lambda: self._report is not None, _PATIENCE)
            return self._report.findings if self._report is not None else ()


def _templates(root: Path) -> Path | None:
    return root / "templates" if (root / "templates").is_dir() else None


def state_of(root: Path) -> State:
    """When each file that pages are made from was written, and its size: a file that was saved again has another entry."""
    found: State = {}
    waiting = [str(root / name) for name in WATCHED]
    _note(os.path.join(root, FILE_NAME), FILE_NAME, found)  # noqa: PTH118 - many times a second
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        _note(entry.path, os.path.relpath(entry.path, root).replace(os.sep, "/"), found)
        except OSError:
            continue  # gone since, or not ours to read: the project says so
    return found


def _note(path: str, name: str, found: State) -> None:
    try:
        about = os.stat(path)  # noqa: PTH116 - many times a second
    except OSError:
        return
    found[name] = (about.st_mtime_ns, about.st_size, about.st_ino)


def _told(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The errors, as lines: where and what."""
    errors = [one for one in findings if one.severity == "error"]
    lines = [clean(f"{one.location.path}:{one.location.line}: {one.message}") for one in errors[:_MOST_TOLD]]
    return (*lines, f"and {len(errors) - _MOST_TOLD} more") if len(errors) > _MOST_TOLD else tuple(lines)
