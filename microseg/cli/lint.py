"""microseg lint: everything wrong with a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import HERE, AsOf, Color, Directory, Output, Quiet, choose, from_there, open_project, read_day, require_segments, say, wants_color, write
from microseg.cli.paths import exists
from microseg.errors import NothingToDoError, UsageError, cannot_write, short

if TYPE_CHECKING:
    from microseg.lint.engine import Options
    from microseg.lint.finding import Report
    from microseg.lint.settle import Baseline
    from microseg.project import Project

_MOST_SHOWN = 50
_WORST = {"error": 0, "warning": 1, "info": 2}


def run(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATHS]...", help="Report only on these files or folders; the whole tree is read.", show_default=False)] = None,
    *,
    directory: Directory = HERE,
    format_: Annotated[list[str] | None, typer.Option("--format", "-f", metavar="FORMAT[=FILE]", help="text, json, sarif, github, junit, gitlab or rdjson; several times for several, `json=out.json` into a file.", show_default="text")] = None,
    select: Annotated[list[str] | None, typer.Option(help="Only these rules: codes, names or families such as MS2.", metavar="RULE")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not these rules.", metavar="RULE")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    fail_on: Annotated[str, typer.Option("--fail-on", metavar="SEVERITY", help="error, warning or info: what makes the exit code 1.")] = "error",
    show_all: Annotated[bool, typer.Option("--all", help="Show infos too: the to-do list of drafts.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended without changing what was meant.")] = False,
    unsafe_fixes: Annotated[bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: also mends that a person should look at.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")] = False,
    only: Annotated[list[Path] | None, typer.Option(help="Report only on this file or folder (for pre-commit).", metavar="PATH")] = None,
    stdin_path: Annotated[str, typer.Option("--stdin-path", metavar="PATH", help="Read this file of the workspace from standard input, as an editor holds it.")] = "",
    no_suppress: Annotated[bool, typer.Option("--no-suppress", help="Show what comments in the files suppress.")] = False,
    baseline: Annotated[Path | None, typer.Option(metavar="FILE", help="Findings to live with for now; left out: microseg-baseline.json beside microseg.yaml.")] = None,
    write_baseline: Annotated[bool, typer.Option("--write-baseline", help="Write all errors and warnings of today into the baseline.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Always leave with 0.")] = False,
    output: Output = None,
    as_of: AsOf = "",
    color: Color = "auto",
    quiet: Quiet = False,
) -> None:
    """Find everything wrong with the workspace.

    \b
    microseg lint                         the whole workspace
    microseg lint --all                   with the to-do list of drafts
    microseg lint --fix                   mend what can be mended
    microseg lint --format github         in a pull request
    microseg explain minimum-expected     why a rule exists
    """
    from microseg.lint.engine import Options

    wanted = [part for one in select or [] for part in one.split(",")], [part for one in ignore or [] for part in one.split(",")]
    _check_rules([*wanted[0], *wanted[1]])
    threshold = _threshold(fail_on, strict=strict)
    formats = _formats(format_ or ["text"], diff=diff)
    named = _named([*(paths or []), *(only or [])], stdin_path, fix=fix)
    project = _open(directory, stdin_path, named)
    options = Options(tuple(wanted[0]), tuple(wanted[1]), read_day(as_of), suppress=not no_suppress, baseline=None if write_baseline else _baseline(project, baseline))
    if not project.workspace.segments and not project.findings(options).counts["error"]:
        require_segments(project)
    if fix or diff:
        count = _fix(project, options, unsafe=unsafe_fixes, infos=show_all, write_files=not diff, quiet=quiet)
        if diff:
            raise typer.Exit(1 if count and not exit_zero else 0)
    if write_baseline:
        _write_baseline(project, options, baseline, quiet=quiet)
        return
    report = _only(project.findings(options), project, directory, named)
    _write(report, project, [(name, target or str(output or "")) for name, target in formats], show_all=show_all, color=color)
    _say_next(report, directory, quiet=quiet or formats != [("text", "")])
    if not exit_zero and any(_WORST[one.severity] <= threshold for one in report.findings):
        raise typer.Exit(1)


def _baseline(project: Project, path: Path | None) -> Baseline | None:
    """The baseline that was named, or the one beside the settings. Raises UsageError where the named one is not there."""
    from microseg.lint.baseline import FILE_NAME, read_baseline
    from microseg.lint.settle import Baseline
    from microseg.project.discover import read_bytes

    target = path or project.root / FILE_NAME
    if path is None and not exists(target):
        return None
    data = read_bytes(target)
    if not isinstance(data, bytes):
        raise UsageError(f"{short(path or FILE_NAME)}: {data.message}", data.help)
    text = data.decode("utf-8", "replace")
    held = target.resolve()
    inside = held.relative_to(project.root).as_posix() if held.is_relative_to(project.root) else target.name
    return Baseline(inside, text, read_baseline(text, short(path or FILE_NAME)))


def _write_baseline(project: Project, options: Options, path: Path | None, *, quiet: bool) -> None:
    from microseg.lint.baseline import FILE_NAME, write_baseline
    from microseg.project.writing import write_atomically

    report = project.findings(options)
    target = path or project.root / FILE_NAME
    if not exists(target.parent) or not target.parent.is_dir():
        raise cannot_write(target, "there is no such folder", "name another file with --baseline")
    write_atomically(target, write_baseline(report.findings).encode("utf-8", "backslashreplace"))
    count = report.counts["error"] + report.counts["warning"]
    say(f"wrote {short(path or FILE_NAME)}: {count} finding{'' if count == 1 else 's'} to live with for now", quiet=quiet)
    say("next: commit it; new findings fail as ever", quiet=quiet)


def _check_rules(selectors: list[str]) -> None:
    from microseg.lint.rule import is_known, rules_by_name

    for selector in selectors:
        if not is_known(selector):
            choose(selector, rules_by_name(), what="rule")


def _formats(asked: list[str], *, diff: bool) -> list[tuple[str, str]]:
    """Each format with its file, empty for the terminal. Raises UsageError where they do not go together."""
    from microseg.discovery import names_in

    known = names_in("microseg.formats")
    formats = []
    for one in asked:
        name, sign, target = one.partition("=")
        choose(name, known, what="format")
        if sign and not target:
            raise UsageError(f"--format {name}=: the file is missing", f"for example: --format {name}=out.txt")
        formats.append((name, target))
    if sum(not target for _, target in formats) > 1:
        raise UsageError("two formats would be mixed on the terminal", "send all but one of them into a file: --format json=out.json")
    if diff and formats != [("text", "")]:
        raise UsageError("--diff shows a patch, whatever --format says", "leave out one of the two")
    return formats


def _named(paths: list[Path], stdin_path: str, *, fix: bool) -> list[Path]:
    """The files and folders to report on; beside --stdin-path a lone `-` means standard input. Raises UsageError."""
    if stdin_path and fix:
        raise UsageError("--fix cannot write into standard input", "use --diff, which shows what it would change")
    if stdin_path and paths == [Path("-")]:
        return []
    return paths


def _open(directory: Path, stdin_path: str, named: list[Path]) -> Project:
    """The workspace of the folder, or, where that is none, the one that the first named file lies in."""
    if not stdin_path:
        first = directory / named[0] if named else directory
        if not named or not exists(first):
            return open_project(directory)
        try:
            return open_project(directory)
        except NothingToDoError:
            return open_project(first if first.is_dir() else first.parent)
    import sys

    from microseg.config import FILE_NAME
    from microseg.project import Project, find_root
    from microseg.project.discover import FOLDERS, kind_of

    if not exists(directory):
        raise UsageError(f"{short(directory)}: there is no such folder", "name a folder with -C")
    root = find_root(directory)
    path = Path(stdin_path)
    full = (path if path.is_absolute() else Path.cwd() / directory / path).resolve()
    exists(full)  # a path that is too long is refused
    if not full.is_relative_to(root):
        raise UsageError(f"--stdin-path {short(stdin_path)}: not inside the workspace", "name the path that the text would have there")
    relative = full.relative_to(root).as_posix()
    if kind_of(relative) is None and relative != FILE_NAME:
        raise UsageError(f"--stdin-path {short(stdin_path)}: not a file that a workspace is made of", f"name {FILE_NAME}, or a .yaml file under {' or '.join(f'{one}/' for one in FOLDERS)}")
    return Project.open(root, {relative: sys.stdin.buffer.read()})


def _only(report: Report, project: Project, directory: Path, paths: list[Path]) -> Report:
    """Keep the findings of these files and folders. Raises UsageError for a path that is not there."""
    if not paths:
        return report
    import dataclasses

    wanted = []
    for path in paths:
        full = (path if path.is_absolute() else directory / path).resolve()
        if not exists(full):
            raise UsageError(f"{short(path)}: there is no such file or folder", "name a file of the workspace, or leave it out")
        if not full.is_relative_to(project.root):
            raise UsageError(f"{short(path)}: outside the workspace", f"the workspace is {project.root.name}")
        wanted.append(full.relative_to(project.root).as_posix())
    kept = tuple(one for one in report.findings if any(path in {".", one.location.path} or one.location.path.startswith(f"{path}/") for path in wanted))
    return dataclasses.replace(report, findings=kept)


def _write(report: Report, project: Project, formats: list[tuple[str, str]], *, show_all: bool, color: str) -> None:
    from importlib import import_module

    from microseg.cli.summary import write_job_summary
    from microseg.formats._look import Look

    for name, target in formats:
        look = Look(project.source, color=not target and wants_color(color), show_infos=show_all, prefix=_prefix(project))
        module = import_module(f"microseg.formats.{name}")
        text: str = module.render(report, look)
        write(text, Path(target) if target else None, option=f"--format {name}=FILE")
        if name == "github":
            write_job_summary(report, _prefix(project))


def _prefix(project: Project) -> str:
    """From the current folder to the workspace, so that a path can be clicked where it is printed."""
    here = Path.cwd()
    if project.root == here or not project.root.is_relative_to(here):
        return ""
    return project.root.relative_to(here).as_posix() + "/"


def _threshold(fail_on: str, *, strict: bool) -> int:
    """The mildest severity that makes the run fail, as a rank. Raises UsageError for another word."""
    if fail_on not in _WORST:
        raise UsageError(f"--fail-on {short(fail_on)}: not a severity", "use error, warning or info")
    return max(_WORST[fail_on], _WORST["warning"]) if strict else _WORST[fail_on]


def _say_next(report: Report, directory: Path, *, quiet: bool) -> None:
    there = from_there(directory)
    if report.counts["error"] or report.counts["warning"]:
        first = next(one for one in report.findings if one.severity != "info")
        say(f"next: `microseg explain {first.name}` says why, and shows it mended", quiet=quiet)
    elif report.counts["info"]:
        say(f"next: `microseg lint{there} --all` shows what is still to do, `microseg build{there}` writes the briefs", quiet=quiet)
    else:
        say(f"next: `microseg build{there}` writes the briefs", quiet=quiet)


def _fix(project: Project, options: Options, *, unsafe: bool, infos: bool, write_files: bool, quiet: bool) -> int:
    """Mend, or show the patch of it; how many findings that is."""
    from microseg.project.fixing import fix_all

    outcome = fix_all(project, options, unsafe=unsafe, infos=infos, write=write_files)
    if not write_files:
        write(outcome.diff, None)
        if not outcome.fixed:
            say("nothing to mend", quiet=quiet)
        return len(outcome.fixed)
    for path, why in outcome.refused:
        say(f"{path}: left as it is: {why}")
    for one in outcome.fixed[:_MOST_SHOWN]:
        say(f"mended {one.path}:{one.line}: {one.title}", quiet=quiet)
    if outcome.fixed:
        more = len(outcome.fixed) - _MOST_SHOWN
        say(f"{f'and {more} more; ' if more > 0 else ''}{len(outcome.fixed)} mended in {len(outcome.files)} file{'' if len(outcome.files) == 1 else 's'}", quiet=quiet)
    return len(outcome.fixed)
