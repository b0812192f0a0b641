"""What `build` does behind its options: find out that nothing changed before anything is read, or make what did."""

from __future__ import annotations

import contextlib
import hashlib
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from microseg.briefs.maker import made_with, whole_key
from microseg.briefs.remembered import Before, Remembered, recall, recall_pieces, remember, remember_pieces
from microseg.briefs.write import Outcome, Stage, Written, check_folder, find_current, intact_pages, read_folder
from microseg.cli.common import HERE, choose, from_there, open_project, read_day, require_segments, root_of, say, warn_of_unreadable
from microseg.cli.pages import material_on, measured_in, measures_in, templates_in
from microseg.cli.paths import exists
from microseg.cli.revision import revision_of
from microseg.config import FILE_NAME
from microseg.errors import UsageError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from microseg.briefs.after_edit import Tell
    from microseg.briefs.material import Material
    from microseg.briefs.pieces import Kept
    from microseg.briefs.render import Format
    from microseg.briefs.site import Site
    from microseg.config import Config
    from microseg.lint.engine import Options as LintOptions
    from microseg.lint.finding import Finding, Report, Seen, Sums
    from microseg.model.saved import Saved
    from microseg.project import Project
    from microseg.project.edited import Edited
    from microseg.project.got import Got

FORMATS: tuple[Format, ...] = ("md", "html")
_SHOWN = 3


class Order(NamedTuple):
    """What is asked for: from which folder, into which, and what."""

    directory: Path
    out: Path | None
    formats: tuple[Format, ...]
    day: datetime.date | None
    single_file: bool
    stamp: bool


class Ways(NamedTuple):
    """How it is to be done: look only, replace what was edited by hand, build in spite of errors."""

    check: bool = False
    overwrite: bool = False
    keep_going: bool = False


class Wanted(NamedTuple):
    """The options as they were typed."""

    out: Path | None = None
    check: bool = False
    format_: Sequence[str] = ()
    keep_going: bool = False
    overwrite: bool = False
    single_file: bool = False
    stamp: bool = False
    directory: Path = HERE
    as_of: str = ""
    quiet: bool = False


def build(wanted: Wanted) -> int:
    """Build the site, say what was done, and give the exit code."""
    chosen = {choose(one, FORMATS, what="format") for one in wanted.format_}
    formats = tuple(one for one in FORMATS if one in chosen)
    order = Order(wanted.directory, wanted.out, formats, read_day(wanted.as_of), single_file=wanted.single_file, stamp=wanted.stamp)
    start = begin(order)
    ways = Ways(wanted.check, wanted.overwrite, wanted.keep_going)
    found = start.finished or build_site(open_project(start.root, cached=True, got=start.got), order, ways, known=start.known)
    if found is None:
        return 1
    _tell(*found, wanted)
    return int(wanted.check and found[0].is_stale)


def _tell(written: Written, target: Path, wanted: Wanted) -> None:
    for path in written.edited_by_hand:
        say(f"{target / path}: edited by hand since it was built, and left as it is; `--overwrite` replaces it", quiet=wanted.quiet)
    would = "would be " if wanted.check else ""
    parts = [f"{len(written.written)} {would}written", f"{len(written.unchanged)} unchanged"]
    if written.removed:
        parts.append(f"{len(written.removed)} {would}removed")
    say(f"{target}: {', '.join(parts)}", quiet=wanted.quiet)
    if wanted.check:
        say(f"next: `microseg build{from_there(wanted.directory)}` brings them up to date" if written.is_stale else "everything is up to date", quiet=wanted.quiet)
    else:
        say(f"next: open {target / 'index.html' if 'index.html' in {*written.written, *written.unchanged} else target / 'index.md'}", quiet=wanted.quiet)


class Start(NamedTuple):
    """A workspace whose files were got; what is known of the output folder; and what that holds, and where it is, if it was built from just these files."""

    root: Path
    got: Got
    known: Remembered
    finished: tuple[Written, Path] | None


def begin(order: Order) -> Start:
    """Get the files, and find out whether there is anything to do. Reads no YAML except the settings; whatever is odd is left to the build itself."""
    from microseg.project.got import get_files
    from microseg.project.settings import read_settings
    from microseg.source.problem import Problem

    root = root_of(order.directory)
    got = get_files(root)
    settings = read_settings(root, None)
    target = _target(root, settings.config, order.out)
    known = recall(target, root)
    if not known.key or any(isinstance(data, Problem) for data in got.data.values()):
        return Start(root, got, known, None)
    check_folder(target, root)
    hashes = {path: _digest(data) for path, data in sorted(got.data.items()) if not isinstance(data, Problem)}
    key = _key(root, settings.config, order, hashes.items())
    written = find_current(read_folder(target, known), known, key) if key == known.key else None
    return Start(root, got._replace(hashes=hashes), known, None if written is None else (written, target))


def build_site(project: Project, order: Order, ways: Ways, *, known: Remembered | None = None) -> tuple[Written, Path] | None:
    """Make what changed and write it; None where errors are in the way. A site made from a workspace with errors is never taken for finished."""
    target = _target(project.root, project.config, order.out)
    check_folder(target, project.root)
    known = recall(target, project.root) if known is None else known
    before = Before(known, cache(partial(recall_pieces, target, project.root)), partial(_found_then, project, known))
    with Stage(target, root=project.root, check=ways.check, overwrite=ways.overwrite, known=known) as stage, _begun(project, order, stage, before) as tell:
        looked = _look(project, order, ways, known)
        if looked is None:
            return None
        outcome, site = _make(project, order, stage, _Last(before, looked.saved, looked.edited, tell, (lambda kept: kept) if ways.check else partial(remember_pieces, target, root=project.root)), looked.lint)
    if not ways.check:
        is_whole = not outcome.written.edited_by_hand and not looked.lint.sums.error
        key = _key(project.root, project.config, order, _sources(project)) if is_whole else ""
        pages = {path: key for path, key in site.keys.items() if path in outcome.good}
        pieces = site.pieces.hash or remember_pieces(target, site.pieces, project.root).hash
        remember(target, Remembered(key, pages, outcome.good, outcome.stamps, looked.lint.marks, site.made_with, pieces), project.root)
    return outcome.written, target


def _found_then(project: Project, known: Remembered) -> dict[str, list[Seen]]:
    """What was found in each file at the last build. Raises ValueError where that is lost."""
    from microseg.project.edited import found_at

    if project.store is None:
        raise ValueError
    return found_at(known.marks, project.store)


@contextlib.contextmanager
def _begun(project: Project, order: Order, stage: Stage, before: Before) -> Iterator[Tell | None]:
    """What makes pages about all segments after an edit, begun before it is known what the edit says; None where that is not all that happened since the last build, or nothing is known of that."""
    if order.single_file or not project.is_edited(before.known.marks):
        yield None
        return
    from microseg.briefs.after_edit import begin_edit
    from microseg.briefs.render import Options
    from microseg.model.workspace import Workspace

    options = Options(templates=templates_in(project.root))
    shared = material_on(project, order.day, findings=tuple, stamp=order.stamp, part=Workspace(project.config, (), ()), runs=())
    with begin_edit(before, shared, formats=_formats(project.config, order), options=options, put=stage.put_unseen) as tell:
        yield tell


class _Looked(NamedTuple):
    """What lint says, the saved measures, and the part of the workspace that edits since the last build reach, if that is all that is needed."""

    lint: _Lint
    saved: tuple[Saved, ...]
    edited: Edited | None


def _look(project: Project, order: Order, ways: Ways, known: Remembered) -> _Looked | None:
    """Judge the workspace, and find out what was edited; None where errors are in the way, which are told."""
    from microseg.lint.engine import Options as LintOptions

    lint = _Lint(project, LintOptions(as_of=order.day))
    try:
        is_refused = not ways.keep_going and lint.sums.error > 0
        saved = () if is_refused else measured_in(project.root)
        edited = None if is_refused or order.single_file else project.edited(lint.said, known.marks, saved)
        if edited is None:
            lint.report()
    finally:
        project.close()  # what was read and judged need not be done again by the next run, of `lint` too
    if edited is None:
        warn_of_unreadable(project)
        require_segments(project)
    if is_refused:
        _refuse_errors(lint.report(), project, order.directory)
        return None
    return _Looked(lint, saved, edited)


class _Lint:
    """What lint says of a workspace: how much, and what of it stands where; a report is made of it only where all of it is asked for."""

    def __init__(self, project: Project, asked: LintOptions) -> None:
        self.said = project.said(asked)
        self._project = project
        self._asked = asked
        self._report: Report | None = None

    @property
    def sums(self) -> Sums:
        """How much was found."""
        return self.said.sums if self._report is None and self.said.is_by_file else self.report().sums

    def report(self) -> Report:
        """All that was found."""
        if self._report is None:
            self.said, self._report = self._project.reported(self.said, self._asked)
        return self._report

    @property
    def marks(self) -> dict[str, str]:
        """What is shown of each file (see `microseg.project.edited`)."""
        from microseg.project.edited import marks_of

        return marks_of(self.said.rows)

    def seen_in(self, paths: Collection[str]) -> dict[str, list[Seen]]:
        """What is shown of what was found in each of these files."""
        from microseg.lint.finding import seen

        found: dict[str, list[Seen]] = {path: [] for path in paths}
        for one in self.findings_at(paths):
            if one.location.path in found:
                found[one.location.path].append(seen(one))
        return found

    def findings_at(self, paths: Collection[str]) -> Sequence[Finding]:
        """What was found in these files at least."""
        try:
            return self.said.findings_at(paths)
        except ValueError:  # a part of it is lost
            return self.report().findings


class _Last(NamedTuple):
    """What is known of the last build of the folder, the saved measures, the part of the workspace that edits since then reach, if that is all that is needed, what was begun for it, and what keeps what is said of each segment."""

    before: Before
    saved: tuple[Saved, ...]
    edited: Edited | None
    tell: Tell | None
    keep: Callable[[Kept], Kept]


def _make(project: Project, order: Order, stage: Stage, last: _Last, lint: _Lint) -> tuple[Outcome, Site]:
    """The pages that changed, and bring them in: those that edits reach, where that is known, else all that are made from something else now."""
    from microseg.briefs.after_edit import plan_edit
    from microseg.briefs.render import Options
    from microseg.briefs.site import join_site, plan_changes

    formats, options = _formats(project.config, order), Options(templates=templates_in(project.root))
    settings = f"{_digest(project.data(FILE_NAME))} {measures_in(project.root)} {revision_of(project.root) if order.stamp else ''}"

    def findings() -> Sequence[Finding]:
        return lint.report().findings

    def intact() -> Mapping[str, str]:
        return intact_pages(stage.held, before.known)

    def material() -> Material:
        return material_on(project, order.day, findings=findings, stamp=order.stamp, runs=tuple(one.run() for one in last.saved))

    def part_of(edited: Edited) -> Material:
        paths = {one.at.path for one in edited.workspace.segments}
        return material_on(project, order.day, findings=lambda: lint.findings_at(paths), stamp=order.stamp, part=edited.workspace, runs=edited.runs)

    before, site = last.before, None
    if last.edited is not None and last.tell is not None:
        differing = {path for path, mark in lint.marks.items() if before.known.marks[path] != mark}
        site = plan_edit(
            before, part_of(last.edited), last.edited.reached, intact=intact, found=lint.seen_in(differing), faces=last.edited.faces, formats=formats, options=options, settings=settings, put=stage.put_unseen, tell=last.tell, keep=last.keep
        )
    if site is None and not order.single_file:
        site = plan_changes(material(), intact(), formats=formats, options=options, settings=settings, pieces=before.kept(), put=stage.put)
    if site is not None:
        return stage.finish(site.files, site.kept), site
    whole = material()
    site = plan_changes(whole, {}, formats=formats, options=options, settings=settings)
    files = site.files | {f"_site.{one}": join_site(whole, site.files, one).encode("utf-8", "backslashreplace") for one in formats}
    return stage.finish({path: stage.put(path, data) for path, data in files.items()}), site


def _sources(project: Project) -> list[tuple[str, str]]:
    return sorted([(FILE_NAME, _digest(project.data(FILE_NAME))), *((path, project.digest(path)) for path in project.paths)])


def _key(root: Path, config: Config, order: Order, sources: Iterable[tuple[str, str]]) -> str:
    """A hash over everything the site is made from."""
    made_by = made_with(_formats(config, order), templates_in(root))
    asked = f"{order.day} {order.single_file} {revision_of(root) if order.stamp else ''}"
    return whole_key([made_by, asked, *(f"{path} {digest}" for path, digest in (*sources, *measures_in(root)))])


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _formats(config: Config, order: Order) -> tuple[Format, ...]:
    """Those asked for, else those of the settings, else all."""
    wanted = order.formats or (config.briefs.formats if config.briefs else ()) or FORMATS
    return tuple(one for one in FORMATS if one in wanted)


def _target(root: Path, config: Config, out: Path | None) -> Path:
    """The output folder: inside the workspace unless --out names another."""
    if out is not None:
        exists(out)  # a path that is too long is refused before any page is made
        return out
    settings = config.briefs
    target = root / ((settings.out if settings else None) or "briefs")
    if not target.resolve().is_relative_to(root):
        raise UsageError("`briefs.out` of microseg.yaml leads out of the workspace", "name a folder inside it, or use --out")
    return target


def _refuse_errors(report: Report, project: Project, directory: Path) -> None:
    """A page made from a broken workspace would mislead; so nothing is written."""
    errors = tuple(one for one in report.findings if one.severity == "error")
    from microseg.formats._look import Look
    from microseg.formats.text import render
    from microseg.record import replace

    say(render(replace(report, findings=errors[:_SHOWN]), Look(project.source)).rsplit("\n", 2)[0])
    say(f"nothing is written: lint finds {len(errors)} error{'' if len(errors) == 1 else 's'}")
    there = from_there(directory)
    say(f"next: `microseg lint{there}` shows them all; `microseg build{there} --keep-going` builds all the same")
