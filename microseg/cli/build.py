"""microseg build: every brief and an index, only what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import HERE, AsOf, Directory, Quiet, choose, from_there, open_project, read_day, require_segments, say, warn_of_unreadable
from microseg.cli.pages import material_on, templates_of
from microseg.cli.paths import exists
from microseg.config import FILE_NAME
from microseg.errors import UsageError

if TYPE_CHECKING:
    import datetime

    from microseg.briefs.render import Format
    from microseg.briefs.write import Written
    from microseg.lint.finding import Report
    from microseg.project import Project

FORMATS: tuple[Format, ...] = ("md", "html")
_SHOWN = 3


def run(
    *,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="The output folder; left out: `briefs.out` of microseg.yaml, else briefs.", show_default=False)] = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; leave with 1 if anything would change (for CI).")] = False,
    format_: Annotated[list[str] | None, typer.Option("--format", "-f", metavar="FORMAT", help="md or html; left out: both.", show_default=False)] = None,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Build although lint finds errors.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace pages that somebody has edited by hand.")] = False,
    single_file: Annotated[bool, typer.Option("--single-file", help="The whole site as one page too, to mail: _site.html.")] = False,
    directory: Directory = HERE,
    as_of: AsOf = "",
    quiet: Quiet = False,
) -> None:
    """Write every brief, in Markdown and HTML, with an index. Only what changed is written.

    \b
    microseg build
    microseg build --out public
    microseg build --check
    """
    from microseg.briefs.write import check_folder
    from microseg.lint.engine import Options as LintOptions

    formats = tuple(choose(one, FORMATS, what="format") for one in format_ or ())
    project = open_project(directory)
    warn_of_unreadable(project)
    require_segments(project)
    target = _target(project, out)
    check_folder(target, project.root)
    settings = project.config.briefs
    wanted = tuple(one for one in FORMATS if one in (formats or (settings.formats if settings else ()) or FORMATS))
    plan = _Plan(project, target, wanted, read_day(as_of), single_file=single_file)
    written = None if overwrite or keep_going else plan.find_current()
    if written is None:
        report = project.findings(LintOptions(as_of=read_day(as_of)))
        if not keep_going:
            _refuse_errors(report, project, directory)
        written = plan.write(report, check=check, overwrite=overwrite, is_sound=not report.counts["error"])
    _tell(written, target, directory, check=check, quiet=quiet)
    if check and written.is_stale:
        raise typer.Exit(1)


class _Plan:
    """What is to be built, where, and the key that says whether it has been built already."""

    def __init__(self, project: Project, target: Path, formats: tuple[Format, ...], day: datetime.date | None, *, single_file: bool) -> None:
        from microseg.briefs.render import Options
        from microseg.briefs.site import site_key

        self.project = project
        self.target = target
        self.formats = formats
        self.single_file = single_file
        self.material = material_on(project, day)
        self.options = Options(templates=templates_of(project))
        sources = [(path, project.data(path)) for path in (FILE_NAME, *project.paths)]
        self.key = site_key(self.material, sources, formats=formats, options=self.options) + ("-single" if single_file else "")

    def find_current(self) -> Written | None:
        """What lies there already, if nothing it is made from has changed; else None."""
        from microseg.briefs.write import find_current

        return find_current(self.target, self.key)

    def write(self, report: Report, *, check: bool, overwrite: bool, is_sound: bool) -> Written:
        """Make the pages and write what changed. A site made from a workspace with errors is never taken for finished."""
        from microseg.briefs.site import plan_single, plan_site
        from microseg.briefs.write import write_site

        files = plan_site(self.material, formats=self.formats, options=self.options, findings=report.findings)
        if self.single_file:
            files |= {f"_site.{one}": plan_single(self.material, format=one, options=self.options).encode("utf-8", "backslashreplace") for one in self.formats}
        return write_site(files, self.target, root=self.project.root, check=check, overwrite=overwrite, key=self.key if is_sound else "")


def _target(project: Project, out: Path | None) -> Path:
    """The output folder: inside the workspace unless --out names another."""
    if out is not None:
        exists(out)  # a path that is too long is refused before any page is made
        return out
    settings = project.config.briefs
    target = project.root / ((settings.out if settings else None) or "briefs")
    if not target.resolve().is_relative_to(project.root):
        raise UsageError("`briefs.out` of microseg.yaml leads out of the workspace", "name a folder inside it, or use --out")
    return target


def _refuse_errors(report: Report, project: Project, directory: Path) -> None:
    """A page made from a broken workspace would mislead; so nothing is written."""
    errors = tuple(one for one in report.findings if one.severity == "error")
    if not errors:
        return
    import dataclasses

    from microseg.formats._look import Look
    from microseg.formats.text import render

    say(render(dataclasses.replace(report, findings=errors[:_SHOWN]), Look(project.source)).rsplit("\n", 2)[0])
    say(f"nothing is written: lint finds {len(errors)} error{'' if len(errors) == 1 else 's'}")
    there = from_there(directory)
    say(f"next: `microseg lint{there}` shows them all; `microseg build{there} --keep-going` builds all the same")
    raise typer.Exit(1)


def _tell(written: Written, target: Path, directory: Path, *, check: bool, quiet: bool) -> None:
    for path in written.edited_by_hand:
        say(f"{target / path}: edited by hand since it was built, and left as it is; `--overwrite` replaces it", quiet=quiet)
    would = "would be " if check else ""
    parts = [f"{len(written.written)} {would}written", f"{len(written.unchanged)} unchanged"]
    if written.removed:
        parts.append(f"{len(written.removed)} {would}removed")
    say(f"{target}: {', '.join(parts)}", quiet=quiet)
    if check:
        say(f"next: `microseg build{from_there(directory)}` brings them up to date" if written.is_stale else "everything is up to date", quiet=quiet)
    else:
        say(f"next: open {target / 'index.html' if 'index.html' in {*written.written, *written.unchanged} else target / 'index.md'}", quiet=quiet)
