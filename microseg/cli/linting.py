"""What `microseg lint` does with what was asked, without the library that reads the command line: the hot command starts quickly."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from microseg.cli.common import HERE, choose, from_there, open_project, read_day, require_segments, say, write
from microseg.cli.looking import formats_of, root_for, start_of, view_of
from microseg.cli.paths import exists
from microseg.errors import UsageError, cannot_write, short
from microseg.project.outcome import Outcome
from microseg.record import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from microseg.cli.looking import Start, View
    from microseg.formats._look import Look
    from microseg.lint.engine import Options
    from microseg.lint.finding import Report
    from microseg.lint.settle import Baseline
    from microseg.project import Project
    from microseg.project.said import Said, Shown

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


def lint(asked: Asked) -> int:
    """Find, mend or write down what is wrong, as asked; the exit code."""
    start = start_of(asked)
    kept = None if start is None else start.recall()
    if kept is not None:
        return _show(kept, asked)
    from microseg.lint.engine import Options

    select, ignore = _parted(asked.select), _parted(asked.ignore)
    _check_rules([*select, *ignore])
    _threshold(asked.fail_on, strict=asked.strict)
    formats_of(asked)
    named = _named([*(asked.paths or []), *(asked.only or [])], asked.stdin_path, fix=asked.fix)
    is_writing = asked.fix or asked.diff or asked.write_baseline
    project = _open(asked, named, start)
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
    said = _said(project, options, view_of(project.root, asked), start)
    if said.is_empty:
        require_segments(project)
    return _show(said, asked)


def _show(said: Outcome, asked: Asked) -> int:
    """Send each text where it is to go, and say what to do next; the exit code."""
    threshold = _threshold(asked.fail_on, strict=asked.strict)
    formats = formats_of(asked)
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


def _named(paths: list[Path], stdin_path: str, *, fix: bool) -> list[Path]:
    """The files and folders to report on; beside --stdin-path a lone `-` means standard input. Raises UsageError."""
    if stdin_path and fix:
        raise UsageError("--fix cannot write into standard input", "use --diff, which shows what it would change")
    if stdin_path and paths == [Path("-")]:
        return []
    return paths


def _open(asked: Asked, named: list[Path], start: Start | None) -> Project:
    """The workspace, with the files that have been got already."""
    if start is not None:
        return open_project(start.root, cached=not asked.no_cache, got=start.got)
    if not asked.stdin_path:
        return open_project(root_for(asked.directory, named))
    return _open_with_stdin(asked.directory, asked.stdin_path)


def _open_with_stdin(directory: Path, stdin_path: str) -> Project:
    """The workspace, with one file as standard input has it. Raises UsageError where it can be no file of a workspace."""
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


def _only(report: Report, wanted: list[str]) -> Report:
    """Keep the findings of these files and folders."""
    if not wanted:
        return report
    from microseg.record import replace

    kept = tuple(one for one in report.findings if any(path in {".", one.location.path} or one.location.path.startswith(f"{path}/") for path in wanted))
    return replace(report, findings=kept)


def _said(project: Project, options: Options, view: View, start: Start | None) -> Outcome:
    """What the run says, kept for the next one."""
    try:
        said = _said_by_file(project, options, view, start) or _said_whole(project.findings(options), project, view)
    finally:
        project.close()
    if start is not None:
        start.keep(said)
    return said


def _said_whole(whole: Report, project: Project, view: View) -> Outcome:
    report = _only(whole, view.paths)
    counts = tuple(severity for severity, count in report.counts.items() if count)
    first = next((one.name for severity in ("error", "warning") for one in report.findings if one.severity == severity), "")
    return Outcome(tuple(_texts(report, project, view)), counts, first, is_empty=not whole.segments and not whole.counts["error"])


def _said_by_file(project: Project, options: Options, view: View, start: Start | None) -> Outcome | None:
    """The same, put together from what is shown of each file, now or by the last run; None where something else is to be shown."""
    if view.paths or options.baseline is not None or [name for name, _ in view.formats] != ["text"]:
        return None
    from microseg.formats import text
    from microseg.formats._look import Look
    from microseg.lint.finding import SEVERITIES
    from microseg.project.said import Show

    look = Look(project.source, color=view.formats[0][1], show_infos=view.show_all, prefix=view.prefix)
    said = project.said(options, Show(lambda findings: text.piece(findings, look), infos=view.show_all))
    if said.shown is None and not said.is_by_file:
        return _said_whole(said.report(), project, view)
    shown = said.shown or _shown_again(said, project, look, view)
    if shown is None:
        return None
    if project.store is not None and start is not None and said.is_by_file:
        from microseg.project.pieces import keep_pieces

        keep_pieces(said.rows, shown.pieces, project.store, _how(view), start.key)
    counts = tuple(severity for severity in SEVERITIES if getattr(shown.sums, severity))
    return Outcome(("".join([*shown.pieces, text.last(shown.sums, look)]),), counts, shown.first, is_empty=not shown.sums.segments and not shown.sums.error)


def _shown_again(said: Said, project: Project, look: Look, view: View) -> Shown | None:
    """What is shown of each file, as far as it can be from what the last run showed; None where a part is lost."""
    from microseg.formats import text
    from microseg.project.pieces import pieces_of
    from microseg.project.said import Shown, first_among

    if project.store is None:
        return None
    try:
        pieces = pieces_of(said, lambda findings: text.piece(findings, look), project.store, _how(view))
    except ValueError:
        return None
    return Shown(pieces, said.sums, first_among(said.rows))


def _how(view: View) -> bytes:
    return repr(view).encode("utf-8", "surrogatepass")


def _texts(report: Report, project: Project, view: View) -> list[str]:
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


def _threshold(fail_on: str, *, strict: bool) -> int:
    """The mildest severity that makes the run fail, as a rank. Raises UsageError for another word."""
    if fail_on not in _WORST:
        raise UsageError(f"--fail-on {short(fail_on)}: not a severity", "use error, warning or info")
    return max(_WORST[fail_on], _WORST["warning"]) if strict else _WORST[fail_on]


def _say_next(said: Outcome, directory: Path, *, quiet: bool) -> None:
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
