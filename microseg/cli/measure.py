"""microseg measure: sizes, overlap, coverage and metrics of segments, from real data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import (
    HERE,
    Color,
    Directory,
    Output,
    Quiet,
    choose,
    complete_segment,
    find_segment,
    from_there,
    open_tree,
    read_day,
    say,
    write,
)
from microseg.cli.results import FORMATS, write_tables
from microseg.errors import NothingToDoError, UsageError, short

if TYPE_CHECKING:
    import datetime

    from microseg.measure.data import Data
    from microseg.measure.result import MeasureResult
    from microseg.measure.whole import Wanted
    from microseg.model.saved import Run
    from microseg.project import Project

_ABOUT_NUMBERS = ("MS0", "MS102", "MS601", "MS602", "MS603", "MS610")  # the rules about what criteria and settings say
_BEGIN = """To begin:
  1. put a table of your accounts, as CSV, into data/ beside microseg.yaml
  2. say where it is in microseg.yaml:   data: {as_of: 2026-10-31, tables: {account: {from: data/accounts.csv, key: account_id}}}
     and that members are accounts:      defaults: {unit: account}
  3. and which column holds what:        under data:, dimensions: {firmo.headcount: account.employees, plan.state: account.plan}
  4. `microseg measure --check-data` says what is wrong with it; then `microseg measure`
  5. an example with everything: microseg init sample --example learning, then microseg measure -C sample"""


def run(
    segments: Annotated[list[str] | None, typer.Argument(metavar="[SEGMENT]...", help="Only these, with every detail; left out: all.", autocompletion=complete_segment, show_default=False)] = None,
    *,
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day the data stands for; left out: `as_of` under `data:`.")] = "",
    engine: Annotated[str, typer.Option(metavar="ENGINE", help="duckdb, postgresql://host/database, spark or sc://host; left out: as microseg.yaml says.")] = "",
    pairs: Annotated[list[str] | None, typer.Option("--pairs", metavar="A,B", help="How many are in both of two segments; may stand several times.", show_default=False)] = None,
    since: Annotated[Path | None, typer.Option(metavar="FILE", help="A saved result to compare with; left out: the newest one from before this day.")] = None,
    save: Annotated[bool, typer.Option("--save", help="Write measures/<day>.json, which briefs and `rank` show from then on.")] = False,
    check_data: Annotated[bool, typer.Option("--check-data", help="Say what is wrong with the data, and measure nothing; exits with 1 where numbers suffer from it.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show the question as SQL with its parameters, and do not run it.")] = False,
    draft_findings: Annotated[bool, typer.Option("--draft-findings", help="Write what stands out as YAML to edit and paste.")] = False,
    allow_outside: Annotated[bool, typer.Option("--allow-outside", help="Files of the data may lie outside the workspace.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 where there is something to look at.")] = False,
    format_: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text, json, csv or md.")] = "text",
    directory: Directory = HERE,
    output: Output = None,
    color: Color = "auto",
    quiet: Quiet = False,
) -> None:
    """Count who is in each segment, what its metrics are beside everybody else's, and what the segments leave out.

    \b
    microseg measure
    microseg measure corporate-trainers trainers-mid
    microseg measure --check-data
    microseg measure --save
    microseg measure --format csv --output sizes.csv
    """
    choose(format_, FORMATS, what="format")
    project = open_tree(directory)
    _refuse_half(segments, save=save)
    chosen = tuple(dict.fromkeys(find_segment(project.workspace, one).id or "" for one in segments or ()))
    data = data_of(project, as_of=as_of, engine=engine)
    if check_data:
        _check(project, data, allow_outside=allow_outside, form=(format_, output, color))
        return
    wanted = _wanted(project, data, pairs or [], since)
    if explain:
        write(_explained(project, wanted, allow_outside=allow_outside), output)
        return
    result = narrowed(_measured(project, wanted, allow_outside=allow_outside), chosen, wanted.pairs)
    if draft_findings:
        from microseg.measure.draft import drafted

        write(drafted(result, project.workspace), output)
    else:
        _write(result, project, wanted, details=bool(chosen), form=(format_, output, color))
    if save:
        _save(result, project, quiet=quiet)
    _say_next(result, directory, saved=save, quiet=quiet)
    if strict and any(one.severity == "warning" for one in result.noticed):
        raise typer.Exit(1)


def data_of(project: Project, *, as_of: str = "", engine: str = "") -> Data:
    """The data settings, the command line's word before the file's. Raises NothingToDoError where there are none, with how to begin."""
    from microseg.measure.data import read_data
    from microseg.measure.engines import require
    from microseg.source.text import clean

    settings = project.config.data
    if settings is None or settings.tables is None:
        say(_BEGIN)
        raise NothingToDoError("microseg.yaml names no data to measure", "docs/measure.md has the rest")
    warn_of_mistakes(project, "the numbers")
    data = read_data(settings, engine=engine or None, as_of=read_day(as_of), line_of=lambda place: f"{clean(place.path)}:{project.source(place.path).position(place.start).line}: " if place.path else "")
    require(data)
    return data


def warn_of_mistakes(project: Project, result: str) -> None:
    """Settings and criteria that cannot be read are left out of a result, which may be about another group than was meant."""
    from microseg.lint.engine import Options
    from microseg.source.text import clean

    errors = [one for one in project.findings(Options(select=_ABOUT_NUMBERS)).findings if one.severity == "error"]
    if errors:
        first = f"{clean(errors[0].location.path)}:{errors[0].location.line}"
        more = f" (and {len(errors) - 1:,} more)" if len(errors) > 1 else ""
        say(f"warning: {first}: {clean(errors[0].message)}{more}; what is wrong is left out of {result}, `microseg lint` says what to do")


def _check(project: Project, data: Data, *, allow_outside: bool, form: tuple[str, Path | None, str]) -> None:
    """What is wrong with the data; exit code 1 where numbers suffer from it."""
    from microseg.cli.waiting import closing, waiting
    from microseg.measure.check import check
    from microseg.measure.engines import engine_for
    from microseg.measure.result_json import as_text
    from microseg.measure.shown_check import as_dict, tables, tidy

    engine = engine_for(data, project.root, allow_outside=allow_outside)
    with closing(engine), waiting("reading the data", engine.progress):
        found = check(data, project.dimensions, engine)
    format_, output, color = form
    if format_ == "json":
        write(as_text(as_dict(found, data.as_of)), output)
    else:
        write_tables(tables(found), tidy(found), format_=format_, output=output, color=color)
    if any(one.serious for one in found):
        raise typer.Exit(1)


def _refuse_half(segments: list[str] | None, *, save: bool) -> None:
    if segments and save:
        raise UsageError("--save keeps a whole run, and only some segments were asked for", "leave the segments out, or --save")


def _wanted(project: Project, data: Data, pairs: list[str], since: Path | None) -> Wanted:
    from microseg.measure.whole import Wanted

    return Wanted(project.workspace, project.dimensions, data, tuple(_pair(one, project) for one in pairs), _previous(project, data.as_of, since))


def _pair(text: str, project: Project) -> tuple[str, str]:
    """Two segments with a comma between. Raises UsageError for anything else."""
    names = [one.strip() for one in text.split(",") if one.strip()]
    if len(names) != 2:  # noqa: PLR2004 - a pair
        raise UsageError(f"--pairs {short(text)}: two segments with a comma between are needed", "for example: --pairs higher-ed,k12")
    first, second = (find_segment(project.workspace, one).id or "" for one in names)
    if first == second:
        raise UsageError(f"--pairs {short(text)}: both are the same segment", "name two")
    return first, second


def _previous(project: Project, day: datetime.date, since: Path | None) -> Run | None:
    """The saved run that was named, else the newest one from before that day."""
    from microseg.project.saved_runs import read_saved, saved_runs

    if since is None:
        return next((one for one in saved_runs(project.root).runs if one.as_of < day), None)
    path = since if since.is_absolute() else project.root / since
    found = read_saved(project.root, path if path.exists() else since)
    if isinstance(found, str):
        raise UsageError(f"--since {short(since)}: {found}", "name a file that `microseg measure --save` has written")
    if found.as_of > day:
        raise UsageError(f"--since {short(since)} stands for {found.as_of}, a day after that of this run, {day}", "name an older one, or pass a later --as-of")
    return found


def _measured(project: Project, wanted: Wanted, *, allow_outside: bool) -> MeasureResult:
    from microseg.cli.waiting import closing, waiting
    from microseg.measure.engines import engine_for
    from microseg.measure.whole import measured

    engine = engine_for(wanted.data, project.root, allow_outside=allow_outside)
    with closing(engine), waiting("measuring", engine.progress) as told:
        return measured(wanted, engine, told)


def narrowed(result: MeasureResult, chosen: tuple[str, ...], pairs: tuple[tuple[str, str], ...]) -> MeasureResult:
    """Only the segments that were asked for, with what concerns them; everything where none was named."""
    from dataclasses import replace

    if not chosen:
        return result
    wanted = {*chosen}
    asked = {frozenset(one) for one in pairs}
    return replace(
        result,
        segments=tuple(one for one in result.segments if one.id in wanted),
        overlaps=tuple(one for one in result.overlaps if {one.a, one.b} & wanted or frozenset({one.a, one.b}) in asked),
        coverage=tuple(one for one in result.coverage if one.parent in wanted),
        skipped=tuple(one for one in result.skipped if one[0] in wanted),
        noticed=tuple(one for one in result.noticed if not one.segment or one.segment in wanted),
    )


def _explained(project: Project, wanted: Wanted, *, allow_outside: bool) -> str:
    """The statements with their parameters, as SQL with comments."""
    from microseg.cli.waiting import closing
    from microseg.measure.engines import engine_for
    from microseg.measure.run import explain
    from microseg.measure.whole import request_of
    from microseg.source.text import clean

    engine = engine_for(wanted.data, project.root, allow_outside=allow_outside)
    with closing(engine):
        statements = explain(request_of(wanted), engine)
    shown = []
    for one in statements:
        values = "".join(f"-- {name}: {clean(str(value))}\n" for name, value in one.parameters.items())
        text = "\n".join(map(clean, one.text.split("\n")))
        shown.append(f"-- segments of {one.unit}s; values are bound by name:\n{values}{text}\n")
    return "\n".join(shown)


def _write(result: MeasureResult, project: Project, wanted: Wanted, *, details: bool, form: tuple[str, Path | None, str]) -> None:
    from microseg.measure.result_json import as_dict, as_text
    from microseg.measure.shown import tables, tidy

    format_, output, color = form
    if format_ == "json":
        write(as_text(as_dict(result)), output)
    else:
        asked = frozenset(frozenset(one) for one in wanted.pairs)
        write_tables(tables(result, project.dimensions, details=details, pairs=asked), tidy(result), format_=format_, output=output, color=color)


def _save(result: MeasureResult, project: Project, *, quiet: bool) -> None:
    """Keep the result where briefs look for it."""
    from microseg.measure.result_json import as_dict, as_text
    from microseg.project.saved_runs import FOLDER
    from microseg.project.writing import write_atomically

    name = f"{FOLDER}/{result.as_of.isoformat()}.json"
    write_atomically(project.root / name, as_text(as_dict(result)).encode())
    say(f"wrote {name}: commit it, and briefs show its numbers", quiet=quiet)


def _say_next(result: MeasureResult, directory: Path, *, saved: bool, quiet: bool) -> None:
    where = from_there(directory)
    if any(one.kind == "data" for one in result.noticed):
        say(f"next: `microseg measure{where} --check-data` looks at the data row by row", quiet=quiet)
    elif saved:
        say(f"next: `microseg build{where}` puts the numbers into the pages, `microseg rank{where}` goes by them", quiet=quiet)
    else:
        say(f"next: `microseg why{where} ID` says why somebody is in or not, `microseg measure{where} SEGMENT` shows one with every detail, --save keeps the result", quiet=quiet)
