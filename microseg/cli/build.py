"""microseg build: every brief and an index, only what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import HERE, AsOf, Directory, Quiet, choose, open_project, read_day, say
from microseg.errors import NothingToDoError, UsageError

if TYPE_CHECKING:
    from microseg.briefs.site import Written
    from microseg.project import Project

_FORMATS = ("md", "html")
_SOURCES = ("segments", "evidence", "templates", "data", "measures")
_SHOWN = 3


def run(
    *,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="The output folder; left out: `briefs.out` of microseg.yaml, else briefs.", show_default=False)] = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; leave with 1 if anything would change (for CI).")] = False,
    format_: Annotated[list[str] | None, typer.Option("--format", "-f", metavar="FORMAT", help="md or html; left out: both.", show_default=False)] = None,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Build although lint finds errors.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace pages that somebody has edited by hand.")] = False,
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
    from microseg.briefs.site import plan_site, write_site
    from microseg.cli.brief import material_of, templates_of

    formats = tuple(choose(one, _FORMATS, what="format") for one in format_ or ())
    project = open_project(directory)
    if not project.workspace.segments:
        raise NothingToDoError("there is no segment in this workspace", "write one with `microseg add NAME`")
    target = _target(project, out)
    if not keep_going:
        _refuse_errors(project, as_of)
    settings = project.config.briefs
    files = plan_site(material_of(project, as_of), formats=formats or (settings.formats if settings else ()) or _FORMATS, templates=templates_of(project))
    written = write_site(files, target, check=check, overwrite=overwrite)
    _tell(written, target, check=check, quiet=quiet)
    if check and (written.written or written.removed or written.edited):
        raise typer.Exit(1)


def _target(project: Project, out: Path | None) -> Path:
    """The output folder: inside the workspace unless --out names another, and never among the sources."""
    settings = project.config.briefs
    target = out if out is not None else project.root / ((settings.out if settings else None) or "briefs")
    full = target.resolve()
    if out is None and not full.is_relative_to(project.root):
        raise UsageError("`briefs.out` of microseg.yaml leads out of the workspace", "name a folder inside it, or use --out")
    for name in _SOURCES:
        source = (project.root / name).resolve()
        if full == source or full.is_relative_to(source) or full == project.root or project.root.is_relative_to(full):
            raise UsageError(f"{target}: pages must not stand among the files they come from", "name a folder of their own, such as briefs")
    return target


def _refuse_errors(project: Project, as_of: str) -> None:
    """A page made from a broken workspace would mislead; so nothing is written."""
    from microseg.formats._look import Look
    from microseg.formats.text import render
    from microseg.lint.engine import Options

    report = project.findings(Options(as_of=read_day(as_of)))
    errors = tuple(one for one in report.findings if one.severity == "error")
    if not errors:
        return
    import dataclasses

    say(render(dataclasses.replace(report, findings=errors[:_SHOWN]), Look(project.source)).rsplit("\n", 2)[0])
    say(f"nothing is written: lint finds {len(errors)} error{'' if len(errors) == 1 else 's'}")
    say("next: `microseg lint` shows them all; `microseg build --keep-going` builds all the same")
    raise typer.Exit(1)


def _tell(written: Written, target: Path, *, check: bool, quiet: bool) -> None:
    for path in written.edited:
        say(f"{target / path}: edited by hand since it was built, and left as it is; `--overwrite` replaces it", quiet=quiet)
    would = "would be " if check else ""
    parts = [f"{len(written.written)} {would}written", f"{len(written.unchanged)} unchanged"]
    if written.removed:
        parts.append(f"{len(written.removed)} {would}removed")
    say(f"{target}: {', '.join(parts)}", quiet=quiet)
    if check:
        say("next: `microseg build` brings them up to date" if written.written or written.removed else "everything is up to date", quiet=quiet)
    else:
        say(f"next: open {target / 'index.html' if 'index.html' in {*written.written, *written.unchanged} else target / 'index.md'}", quiet=quiet)
