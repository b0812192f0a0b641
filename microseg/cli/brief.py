"""microseg brief: one segment as a page to read or share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import (
    HERE,
    AsOf,
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
    wants_color,
    write,
)
from microseg.cli.pages import AUDIENCES, material_on, owed_findings, templates_of
from microseg.errors import UsageError, short

if TYPE_CHECKING:
    from microseg.briefs.render import Format


def run(
    segments: Annotated[list[str] | None, typer.Argument(metavar="[SEGMENT]...", help="Which segments, by id.", autocompletion=complete_segment, show_default=False)] = None,
    *,
    overview: Annotated[bool, typer.Option("--overview", help="The whole tree on one page instead: a line a segment, what we do not chase, what we ask.")] = False,
    format_: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="md or html.")] = "md",
    audience: Annotated[str, typer.Option("--for", metavar="TEAM", help="product, engineering, marketing or support: what they need first.")] = "",
    flavor: Annotated[str, typer.Option(metavar="NAME", help="Of Markdown: plain pastes anywhere, github adds a diagram.")] = "plain",
    tables: Annotated[str, typer.Option(metavar="FORM", help="Of Markdown: table or list.")] = "table",
    front_matter: Annotated[bool, typer.Option("--front-matter", help="Of Markdown: begin with the title and id as YAML.")] = False,
    stamp: Annotated[bool, typer.Option("--stamp", help="Name the git revision.")] = False,
    directory: Directory = HERE,
    output: Output = None,
    color: Color = "auto",
    as_of: AsOf = "",
    quiet: Quiet = False,
) -> None:
    """Show one segment as a brief: what hurts, what would fix it, what is not proved yet.

    \b
    microseg brief corporate-trainers
    microseg brief corporate-trainers --format html --output trainers.html
    microseg brief corporate-trainers --for support
    microseg brief --overview --format html --output overview.html
    """
    from microseg.briefs.render import Options, render_brief, render_overview
    from microseg.briefs.view import view_brief
    from microseg.briefs.whole_view import view_whole

    choose(format_, ("md", "html"), what="format")
    choose(flavor, ("plain", "github"), what="flavor")
    choose(tables, ("table", "list"), what="form")
    if audience:
        choose(audience, AUDIENCES, what="team")
    if bool(segments) == overview:
        raise UsageError("name a segment, or ask for the --overview", "`microseg tree` lists the segments" if not overview else "one of the two")
    if format_ == "html" and segments and len(segments) > 1:
        raise UsageError("one HTML page holds one segment", "name one segment, or write all pages with `microseg build`")
    project = open_tree(directory, cached=True)
    material = material_on(project, read_day(as_of), findings=owed_findings(project), stamp=stamp)
    options = Options(templates=templates_of(project), flavor="github" if flavor == "github" else "plain", tables="list" if tables == "list" else "table", front_matter=front_matter)
    kind: Format = "html" if format_ == "html" else "md"
    if overview:
        pages = [render_overview(view_whole(material), format=kind, options=options)]
    else:
        chosen = [find_segment(project.workspace, name) for name in segments or ()]
        pages = [render_brief(view_brief(material, one, audience=audience), format=kind, options=options) for one in chosen]
    project.close()  # what was read and judged need not be done again by the next run
    text = "\n".join(pages)
    if output is None and format_ == "md" and wants_color(color):
        _lay_out(text)
    else:
        write(text, output)
    say(f"next: `microseg build{from_there(directory)}` writes them all" if output is None else f"wrote {short(output)}", quiet=quiet)


def _lay_out(text: str) -> None:
    """Markdown as a terminal shows it best."""
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(force_terminal=True)
    console.print(Markdown(text), width=min(console.width, 100))
