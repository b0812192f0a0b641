"""The `microseg` command and its subcommands."""

from __future__ import annotations

from typing import Annotated

import typer

from microseg import __version__
from microseg.cli import add, brief, explain, init, judge, lint, rename, schema, tree

_HELP = """Plan segments instead of personas: head, midtail, longtail.

A workspace is a folder of YAML files. Start one with `microseg init`, check it with `microseg lint`,
read it with `microseg tree` and `microseg brief`, share it with `microseg build`.
"""

app = typer.Typer(name="microseg", help=_HELP, no_args_is_help=True, pretty_exceptions_enable=False, context_settings={"help_option_names": ["--help", "-h"]})

def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"microseg {__version__}")
        raise typer.Exit

@app.callback()
def _main(*, version: Annotated[bool, typer.Option("--version", help="Show the version and leave.", is_eager=True, callback=_show_version)] = False) -> None:
    """Options of the command itself."""

app.command("init")(init.run)
app.command("add")(add.run)
app.command("rename")(rename.run)
app.command("lint")(lint.run)
app.command("explain")(explain.run)
app.command("judge")(judge.run)
app.command("tree")(tree.run)

app.command("brief")(brief.run)
app.command("schema")(schema.run)
