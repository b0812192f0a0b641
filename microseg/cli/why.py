"""microseg why: why an account or a user is in a segment, out of it, or unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.measure import data_of
from microseg.cli.options import HERE, Color, Directory, Output, Quiet, choose, open_tree, say, write
from microseg.cli.results import FORMATS, write_tables
from microseg.errors import short

if TYPE_CHECKING:
    from microseg.measure.data import Data
    from microseg.measure.entity import Why
    from microseg.project import Project


def run(
    entity: Annotated[str, typer.Argument(metavar="ID", help="The id of an account or a user, as the table has it.", show_default=False)],
    *,
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day the data stands for; left out: `as_of` under `data:`.")] = "",
    engine: Annotated[str, typer.Option(metavar="ENGINE", help="duckdb, postgresql://host/database, spark or sc://host; left out: as microseg.yaml says.")] = "",
    allow_outside: Annotated[bool, typer.Option("--allow-outside", help="Files of the data may lie outside the workspace.")] = False,
    format_: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text, json, csv or md.")] = "text",
    directory: Directory = HERE,
    output: Output = None,
    color: Color = "auto",
    quiet: Quiet = False,
) -> None:
    """Go through the tree with one account or user, and show each test with the value that decided it.

    \b
    microseg why a0042
    microseg why a0042 --format json
    """
    from microseg.measure.result_json import as_text

    choose(format_, FORMATS, what="format")
    project = open_tree(directory)
    data = data_of(project, as_of=as_of, engine=engine)
    found = _asked(project, data, entity, allow_outside=allow_outside, quiet=quiet)
    if format_ == "json":
        from microseg.measure.shown_why import as_dict

        write(as_text(as_dict(found, data.as_of, project.workspace, project.dimensions)), output)
    else:
        from microseg.measure.shown_why import table, tidy

        shown = tuple(table(one, project.workspace, project.dimensions) for one in found)
        write_tables(shown, tidy(found, project.workspace, project.dimensions), format_=format_, output=output, color=color)
    if any(one.result is None for held in found for one in held.placements):
        say("unknown: a value is missing, and nobody is let in or left out for that; fill it in, or write `missing: exclude` into the test", quiet=quiet)


def _asked(project: Project, data: Data, entity: str, *, allow_outside: bool, quiet: bool) -> tuple[Why, ...]:
    """What is found of an account or a user; of a user's account, where segments count accounts only."""
    from microseg.cli.waiting import closing, waiting
    from microseg.measure.engines import engine_for
    from microseg.measure.entity import why
    from microseg.measure.run import Request, Session
    from microseg.source.text import clean

    engine = engine_for(data, project.root, allow_outside=allow_outside)
    with closing(engine), waiting("asking", engine.progress):
        found = why(Session(Request(project.workspace, project.dimensions, data), engine), entity)
    if all(one.id != entity for one in found):
        say(f"{short(clean(entity))} is a user, and segments here count accounts: this is its account", quiet=quiet)
    return found
