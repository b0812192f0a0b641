"""microseg kano: what features are to whom, from the answers to a questionnaire."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import HERE, Color, Directory, Output, Quiet, choose, open_project, say, warn_of_unreadable, write
from microseg.cli.results import FORMATS, write_tables
from microseg.errors import UsageError, short
from microseg.source.text import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from microseg.measure.expression import Setting
    from microseg.measure.kano import Places
    from microseg.measure.metric import Ask
    from microseg.measure.questionnaire import Questionnaire
    from microseg.measure.run import Session
    from microseg.model.workspace import Workspace
    from microseg.project import Project

_MOST_NAMED = 20


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A CSV file with the columns respondent, feature, functional, dysfunctional, and segment or account.", show_default=False)],
    *,
    format_: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text, json, csv or md.")] = "text",
    directory: Directory = HERE,
    output: Output = None,
    color: Color = "auto",
    quiet: Quiet = False,
) -> None:
    """Say which features are must-be, wanted by the measure, or a delight, segment by segment.

    \b
    microseg kano answers.csv
    microseg kano answers.csv --format md
    """
    from microseg.measure.kano import as_dict, results_of
    from microseg.measure.questionnaire import read_questionnaire
    from microseg.measure.result_json import as_text
    from microseg.measure.shown_kano import tables, tidy

    choose(format_, FORMATS, what="format")
    answers = read_questionnaire(_bytes_of(directory / file), file.name)
    names: dict[str, str] = {}
    places: Places = _nowhere
    if answers.group_column:
        project = open_project(directory)
        warn_of_unreadable(project)
        names = {id_: one.name or id_ for id_, one in project.workspace.by_id.items()}
        places = _places(answers, project)
    report = results_of(answers, places=places)
    if format_ == "json":
        write(as_text(as_dict(report)), output)
    else:
        write_tables(tables(report, names), tidy(report), format_=format_, output=output, color=color)
    if not report.results and not report.bad:
        say(f"nothing to count: {short(clean(file.name))} has no row with an answer", quiet=quiet)
    if report.bad:
        say(f"warning: {len(report.bad):,} of {len(answers.answers) + len(answers.bad):,} rows were left out or count for everybody alone", quiet=quiet)
    must_be = sorted({clean(one.feature) for one in report.results if one.counts.is_must_be})
    if must_be:
        more = f" and {len(must_be) - _MOST_NAMED:,} more" if len(must_be) > _MOST_NAMED else ""
        say(f"next: {', '.join(must_be[:_MOST_NAMED])}{more}: owed to those who say must-be, and no selling point; paste the line under the solution, and `microseg lint` goes by it", quiet=quiet)


def _bytes_of(path: Path) -> bytes:
    """The file's bytes. Raises UsageError where it cannot be read."""
    from microseg.project.discover import read_bytes

    held = read_bytes(path, largest=64 * 1024 * 1024)
    if isinstance(held, bytes):
        return held
    raise UsageError(f"{short(path)}: {held.message}", "name a CSV file with one answer a row: respondent, feature, functional, dysfunctional")


def _nowhere(_: str) -> tuple[str, ...] | None:
    return ()


def _places(answers: Questionnaire, project: Project) -> Places:
    """The segments that a text in the segment or account column stands for, those above included."""
    return _of_accounts(answers, project) if answers.group_column == "account" else _of_segments(project.workspace)


def _of_segments(workspace: Workspace) -> Places:
    by_name = {(one.name or "").strip().casefold(): one for one in workspace.segments}

    def places(text: str) -> tuple[str, ...] | None:
        found = workspace.by_id.get(text) or by_name.get(text.strip().casefold())
        return None if found is None else tuple(one.id or "" for one in (found, *workspace.ancestors(found)))

    return places


def _of_accounts(answers: Questionnaire, project: Project) -> Places:
    """The segments that the accounts of a questionnaire are certainly in, as the workspace's data says."""
    from microseg.cli.measure import data_of

    data = data_of(project)  # says what is not installed, before anything is imported that needs it

    from microseg.cli.waiting import closing, waiting
    from microseg.measure.engines import engine_for
    from microseg.measure.run import Request, Session

    engine = engine_for(data, project.root)
    wanted = {one.group for one in answers.answers if one.group}
    with closing(engine), waiting("placing the accounts", engine.progress):
        session = Session(Request(project.workspace, project.dimensions, data, asking=_nothing), engine)
        found = _placed(session, wanted)
        lost = {account for account in wanted - found.keys() if not _is_there(session, account)}
    return lambda account: None if account in lost else tuple(found.get(account, ()))


def _placed(session: Session, wanted: set[str]) -> dict[str, list[str]]:
    """The segments that each of these accounts is certainly in, from the head down."""
    from microseg.measure.members import members

    found: dict[str, list[str]] = {}
    for subject in session.resolved.subjects.get("account", ()):
        for batch in members(session, subject.id):
            for account in wanted.intersection(batch):
                found.setdefault(account, []).append(subject.id)
    return found


def _is_there(session: Session, account: str) -> bool:
    """Does the table of accounts have that id? Where a head takes everybody, whoever is in no segment is nowhere."""
    from microseg.measure.entity import why

    if any(not subject.chain for subject in session.resolved.subjects.get("account", ())):
        return False
    try:
        return bool(why(session, account, "account"))
    except UsageError:
        return False


def _nothing(_: Workspace, __: Mapping[str, Setting]) -> tuple[Ask, ...]:
    """Nothing is summed where only places are asked for."""
    return ()
