"""microseg members: the ids of those who are certainly in a segment."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.measure import data_of
from microseg.cli.options import HERE, Directory, Quiet, complete_segment, find_segment, open_tree, say
from microseg.errors import UsageError, cannot_write
from microseg.source.text import clean

if TYPE_CHECKING:
    from microseg.measure.data import Data


def run(
    segment: Annotated[str, typer.Argument(metavar="SEGMENT", help="Whose members.", autocompletion=complete_segment, show_default=False)],
    *,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write to a file: .csv or .parquet.")] = None,
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day the data stands for; left out: `as_of` under `data:`.")] = "",
    engine: Annotated[str, typer.Option(metavar="ENGINE", help="duckdb, postgresql://host/database, spark or sc://host; left out: as microseg.yaml says.")] = "",
    allow_outside: Annotated[bool, typer.Option("--allow-outside", help="Files of the data may lie outside the workspace.")] = False,
    directory: Directory = HERE,
    quiet: Quiet = False,
) -> None:
    """List who is certainly in a segment, as CSV with one id a line.

    \b
    microseg members trainers-mid
    microseg members trainers-mid --out trainers.parquet
    """
    project = open_tree(directory)
    found = find_segment(project.workspace, segment)
    data = data_of(project, as_of=as_of, engine=engine)  # says what is not installed, before anything is imported that needs it

    from microseg.cli.waiting import closing, waiting
    from microseg.measure.engines import engine_for
    from microseg.measure.member_files import write_csv, write_members
    from microseg.measure.members import members
    from microseg.measure.run import Request, Session

    unit = project.workspace.unit(found)
    if out is not None:
        _refuse_data(out, data, project.root)
    runner = engine_for(data, project.root, allow_outside=allow_outside)
    with closing(runner):
        with waiting("asking", runner.progress):
            batches = members(Session(Request(project.workspace, project.dimensions, data), runner), found.id or "")
        count = write_csv(batches, f"{unit}_id", sys.stdout) if out is None else write_members(batches, f"{unit}_id", out)
    written = f", written to {out}" if out is not None else ""
    say(f"{count:,} {unit}{'' if count == 1 else 's'} in {clean(found.name or found.id or '')} as of {data.as_of.isoformat()}{written}; who may be in is not among them", quiet=quiet)


def _refuse_data(out: Path, data: Data, root: Path) -> None:
    """Raises OutputError where the list would replace a file that it is made from."""
    from microseg.measure.files import files_of

    for source in data.sources.values() if data.engine == "duckdb" else ():
        with suppress(UsageError):  # said when it is read
            if out.resolve() in files_of(source.origin, root, allow_outside=True):
                raise cannot_write(out, f"the table `{source.table}` is read from it", "name another file with --out")
