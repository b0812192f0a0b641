"""What `build` does behind its options: find out that nothing changed before anything is read, or make what did."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import typer

from microseg.briefs.maker import made_with, whole_key
from microseg.briefs.remembered import Remembered, recall, remember
from microseg.briefs.write import Written, check_folder, find_current, intact_pages, read_folder, write_site
from microseg.cli.common import from_there, root_of, say
from microseg.cli.pages import material_on, measures_in, templates_in
from microseg.cli.paths import exists
from microseg.cli.revision import revision_of
from microseg.config import FILE_NAME
from microseg.errors import UsageError

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from microseg.briefs.render import Format
    from microseg.config import Config
    from microseg.lint.finding import Report
    from microseg.project import Project

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


def find_finished(order: Order) -> tuple[Written, Path] | None:
    """What the output folder holds, and where it is, if it was built from just these files; None where something is to be done.

    Reads files but no YAML except the settings; whatever is odd is left to the build itself.
    """
    from microseg.project.discover import discover, read_bytes
    from microseg.project.settings import read_settings
    from microseg.source.problem import Problem

    root = root_of(order.directory)
    settings = read_settings(root, None)
    target = _target(root, settings.config, order.out)
    known = recall(target, root)
    if not known.key:
        return None
    sources = [(FILE_NAME, _digest((root / FILE_NAME).read_bytes() if (root / FILE_NAME).exists() else b""))]
    for one in discover(root, most=settings.bounds.files):
        data = one.problem or read_bytes(root / one.path, largest=settings.bounds.file_bytes)
        if isinstance(data, Problem):
            return None
        sources.append((one.path, _digest(data)))
    check_folder(target, root)
    key = _key(root, settings.config, order, sources)
    written = find_current(read_folder(target, known), known, key) if key == known.key else None
    return None if written is None else (written, target)


def build_site(project: Project, order: Order, *, check: bool, overwrite: bool, keep_going: bool) -> tuple[Written, Path]:
    """Make what changed and write it. A site made from a workspace with errors is never taken for finished."""
    from microseg.briefs.render import Options
    from microseg.briefs.site import join_site, plan_changes
    from microseg.lint.engine import Options as LintOptions

    target = _target(project.root, project.config, order.out)
    check_folder(target, project.root)
    try:
        report = project.findings(LintOptions(as_of=order.day))
    finally:
        project.close()  # what was read and judged need not be done again by the next run, of `lint` too
    if not keep_going:
        _refuse_errors(report, project, order.directory)
    known = recall(target, project.root)
    held = read_folder(target, known)
    material, formats = material_on(project, order.day, stamp=order.stamp), _formats(project.config, order)
    options = Options(templates=templates_in(project.root))
    intact = {} if order.single_file else intact_pages(held, known)
    settings, measures = _digest(project.data(FILE_NAME)), measures_in(project.root)
    site = plan_changes(material, intact, formats=formats, options=options, findings=report.findings, settings=f"{settings} {measures} {material.revision}")
    files = dict(site.files)
    if order.single_file:
        files |= {f"_site.{one}": join_site(material, site.files, one).encode("utf-8", "backslashreplace") for one in formats}
    written, good = write_site(files, target, root=project.root, check=check, overwrite=overwrite, kept=site.kept, held=held)
    if not check:
        sources = ((FILE_NAME, settings), *((path, project.digest(path)) for path in project.paths))
        is_whole = not written.edited_by_hand and not report.counts["error"]
        remember(target, Remembered(_key(project.root, project.config, order, sources) if is_whole else "", {path: key for path, key in site.keys.items() if path in good}, good), project.root)
    return written, target


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
    if not errors:
        return
    from microseg.formats._look import Look
    from microseg.formats.text import render
    from microseg.record import replace

    say(render(replace(report, findings=errors[:_SHOWN]), Look(project.source)).rsplit("\n", 2)[0])
    say(f"nothing is written: lint finds {len(errors)} error{'' if len(errors) == 1 else 's'}")
    there = from_there(directory)
    say(f"next: `microseg lint{there}` shows them all; `microseg build{there} --keep-going` builds all the same")
    raise typer.Exit(1)
