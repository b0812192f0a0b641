"""What `microseg lint` does with what was asked, without the library that reads the command line: the hot command starts quickly."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from microseg.cli.common import HERE, choose, from_there, open_project, read_day, require_segments, say, wants_color, write
from microseg.cli.paths import exists
from microseg.errors import NothingToDoError, UsageError, cannot_write, short
from microseg.record import NamedTuple, record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microseg.lint.engine import Options
    from microseg.lint.finding import Report
    from microseg.lint.settle import Baseline
    from microseg.project import Project

_MOST_SHOWN = 50
_WORST = {"error": 0, "warning": 1, "info": 2}


@record
class Asked:
    """The command line of `lint`: each argument and option under the name that `microseg.cli.lint.run` gives it."""

    paths: Sequence[Path] | None = None
    directory: Path = HERE
    format_: Sequence[str] | None = None
    select: Sequence[str] | None = None
    ignore: Sequence[str] | None = None
    strict: bool = False
    fail_on: str = "error"
    show_all: bool = False
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    only: Sequence[Path] | None = None
    stdin_path: str = ""
    no_suppress: bool = False
    no_cache: bool = False
    baseline: Path | None = None
    write_baseline: bool = False
    exit_zero: bool = False
    output: Path | None = None
    as_of: str = ""
    color: str = "auto"
    quiet: bool = False


class _View(NamedTuple):
    """What a run shows: of which paths (all, where none is named), in which formats and whether in colour, with infos, and what stands before paths."""

    paths: list[str]
    formats: list[tuple[str, bool]]
    show_all: bool
    prefix: str


class _Said(NamedTuple):
    """What a run says: the text of each format, the severities that it holds, and the first rule to explain; or that there is nothing to lint."""

    texts: list[str]
    counts: list[str]
    first: str
    is_empty: bool


def lint(asked: Asked) -> int:
    """Find, mend or write down what is wrong, as asked; the exit code."""
    from microseg.lint.engine import Options

    select, ignore = _parted(asked.select), _parted(asked.ignore)
    _check_rules([*select, *ignore])
    threshold = _threshold(asked.fail_on, strict=asked.strict)
    formats = _formats(asked.format_ or ["text"], diff=asked.diff)
    named = _named([*(asked.paths or []), *(asked.only or [])], asked.stdin_path, fix=asked.fix)
    is_writing = asked.fix or asked.diff or asked.write_baseline
    project = _open(asked.directory, asked.stdin_path, named, cached=not (asked.no_cache or is_writing))
    options = Options(select, ignore, read_day(asked.as_of), suppress=not asked.no_suppress, baseline=None if asked.write_baseline else _baseline(project, asked.baseline))
    if is_writing and not project.workspace.segments and not project.findings(options).counts["error"]:
        require_segments(project)
    if asked.fix or asked.diff:
        count = _fix(project, options, unsafe=asked.unsafe_fixes, infos=asked.show_all, write_files=not asked.diff, quiet=asked.quiet)
        if asked.diff:
            return 1 if count and not asked.exit_zero else 0
    if asked.write_baseline:
        _write_baseline(project, options, asked.baseline, quiet=asked.quiet)
        return 0
    said = _said(project, options, _View(_wanted(project, asked.directory, named), [(name, not target and wants_color(asked.color)) for name, target in formats], asked.show_all, _prefix(project)))
    if said.is_empty:
        require_segments(project)
    for (name, target), text in zip(formats, said.texts, strict=True):
        out = target or str(asked.output or "")
        write(text, Path(out) if out else None, option=f"--format {name}=FILE", for_programs=name != "text")
    _say_next(said, asked.directory, quiet=asked.quiet or formats != [("text", "")])
    return 1 if not asked.exit_zero and any(_WORST[severity] <= threshold for severity in said.counts) else 0


def _parted(given: Sequence[str] | None) -> tuple[str, ...]:
    """Rules may be named one an option, or several with commas."""
    return tuple(part for one in given or () for part in one.split(","))


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


def _formats(asked: Sequence[str], *, diff: bool) -> list[tuple[str, str]]:
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


def _open(directory: Path, stdin_path: str, named: list[Path], *, cached: bool) -> Project:
    """The workspace of the folder, or, where that is none, the one that the first named file lies in."""
    if not stdin_path:
        first = directory / named[0] if named else directory
        if not named or not exists(first):
            return open_project(directory, cached=cached)
        try:
            return open_project(directory, cached=cached)
        except NothingToDoError:
            return open_project(first if first.is_dir() else first.parent, cached=cached)
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


def _wanted(project: Project, directory: Path, paths: list[Path]) -> list[str]:
    """These files and folders as the workspace names them. Raises UsageError for a path that is not there."""
    wanted = []
    for path in paths:
        full = (path if path.is_absolute() else directory / path).resolve()
        if not exists(full):
            raise UsageError(f"{short(path)}: there is no such file or folder", "name a file of the workspace, or leave it out")
        if not full.is_relative_to(project.root):
            raise UsageError(f"{short(path)}: outside the workspace", f"the workspace is {project.root.name}")
        wanted.append(full.relative_to(project.root).as_posix())
    return wanted


def _only(report: Report, wanted: list[str]) -> Report:
    """Keep the findings of these files and folders."""
    if not wanted:
        return report
    from microseg.record import replace

    kept = tuple(one for one in report.findings if any(path in {".", one.location.path} or one.location.path.startswith(f"{path}/") for path in wanted))
    return replace(report, findings=kept)


def _said(project: Project, options: Options, view: _View) -> _Said:
    """What the run says: what the last run said, if nothing that it follows from has changed since."""
    to_github = any(name == "github" for name, _ in view.formats)  # writes a summary as well
    key = b"" if to_github else project.run_key(options, view)
    held = project.recall(key) if key else None
    if held is not None:
        from microseg.project.encode import decode

        with contextlib.suppress(ValueError, TypeError):
            return _Said(*decode(held))
    try:
        said = _judged(project, options, view)
    finally:
        project.close()
    if key:
        from microseg.project.encode import encode

        project.keep(key, encode(said))
    return said


def _judged(project: Project, options: Options, view: _View) -> _Said:
    whole = project.findings(options)
    report = _only(whole, view.paths)
    counts: list[str] = [severity for severity, count in report.counts.items() if count]
    first = next((one.name for one in report.findings if one.severity != "info"), "")
    return _Said(_texts(report, project, view), counts, first, is_empty=not whole.segments and not whole.counts["error"])


def _texts(report: Report, project: Project, view: _View) -> list[str]:
    """A report in each format."""
    from importlib import import_module

    from microseg.formats._look import Look

    texts = []
    for name, color in view.formats:
        look = Look(project.source, color=color, show_infos=view.show_all, prefix=view.prefix)
        texts.append(import_module(f"microseg.formats.{name}").render(report, look))
        if name == "github":
            from microseg.cli.summary import write_job_summary

            write_job_summary(report, view.prefix)
    return texts


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


def _say_next(said: _Said, directory: Path, *, quiet: bool) -> None:
    there = from_there(directory)
    if said.first:
        say(f"next: `microseg explain {said.first}` says why, and shows it mended", quiet=quiet)
    elif said.counts:
        say(f"next: `microseg lint{there} --all` shows what is still to do, `microseg build{there}` writes the briefs", quiet=quiet)
    else:
        say(f"next: `microseg build{there}` writes the briefs", quiet=quiet)


def _fix(project: Project, options: Options, *, unsafe: bool, infos: bool, write_files: bool, quiet: bool) -> int:
    """Mend, or show the patch of it; how many findings that is."""
    from microseg.project.fixing import fix_all

    outcome = fix_all(project, options, unsafe=unsafe, infos=infos, write=write_files)
    if not write_files:
        write(outcome.diff, None, for_programs=True)
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
