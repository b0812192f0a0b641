"""microseg export: the tree for documents and mind maps, criteria for databases and products."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import (
    HERE,
    Directory,
    Output,
    Quiet,
    choose,
    complete_segment,
    find_segment,
    open_tree,
    read_day,
    say,
    write,
)
from microseg.errors import UsageError
from microseg.source.text import clean

if TYPE_CHECKING:
    from microseg.exchange.export import Refused
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace

_DIALECTS = ("duckdb", "postgres", "spark")


def run(
    segments: Annotated[list[str] | None, typer.Argument(metavar="[SEGMENT]...", help="Only these segments, each with what is below it.", autocompletion=complete_segment, show_default=False)] = None,
    *,
    to: Annotated[str, typer.Option("--to", "-t", metavar="TARGET", help="The tree: json, csv, opml, mermaid, svg. Criteria: sql, posthog, growthbook.")] = "json",
    engine: Annotated[str, typer.Option("--engine", metavar="ENGINE", help="For sql: duckdb, postgres or spark.")] = "duckdb",
    directory: Directory = HERE,
    output: Output = None,
    as_of: Annotated[str, typer.Option("--as-of", metavar="DATE", help="For sql: the day windows end on. Left out: `as_of` under `data:`.")] = "",
    quiet: Quiet = False,
) -> None:
    """Write the tree, or the criteria of segments, in the form another tool reads.

    What a target cannot express is refused with the reason, and the exit code is 1: nothing is left out unsaid.

    \b
    microseg export --to svg --output segments.svg
    microseg export --to mermaid                  for a README
    microseg export --to growthbook k-12          as the condition of a saved group
    microseg export --to sql --engine postgres    who is in, as statements
    """
    from microseg import __version__
    from microseg.exchange.export import Request, exporter, targets

    module = exporter(choose(to, targets(), what="target"))
    choose(engine, _DIALECTS, what="engine")
    project = open_tree(directory)
    asked = _asked(project.workspace, segments or [])
    request = Request(project.workspace, project.dimensions, asked, read_day(as_of), engine, f"microseg {__version__}")
    if module.KIND == "criteria":
        from microseg.cli.measure import warn_of_mistakes

        warn_of_mistakes(project, "the export")
    exported = module.export(request)
    if asked and len(exported.refused) == len(asked):
        raise _nothing_left(to, exported.refused)
    write(exported.text, output)
    for note in exported.notes:
        say(f"note: {note}", quiet=quiet)
    _say_left_out(exported.refused)
    if exported.refused:
        raise typer.Exit(1)


def _asked(workspace: Workspace, names: list[str]) -> tuple[Segment, ...]:
    """Those that were named with all below them, or everybody, in the order of the tree."""
    if not names:
        return tuple(one for _, one in workspace.walk())
    wanted = {one.id for name in names for _, one in workspace.walk(find_segment(workspace, name))}
    return tuple(one for _, one in workspace.walk() if one.id in wanted)


def _nothing_left(target: str, refused: tuple[Refused, ...]) -> UsageError:
    """What is said when nothing could be exported: the reason if there is one segment, else a line for each before it."""
    hint = "change the criteria, or export to another target"
    if len(refused) == 1:
        return UsageError(f"{refused[0].segment} cannot be exported to {target}: {refused[0].reason}", hint)
    _say_left_out(refused)
    return UsageError(f"none of these {len(refused)} segments can be exported to {target}", hint)


def _say_left_out(refused: tuple[Refused, ...]) -> None:
    for one in refused:
        say(f"left out: {clean(one.segment)}: {clean(one.reason)}")
