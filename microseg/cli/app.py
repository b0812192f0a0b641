"""The `microseg` command and its subcommands; only the one that is asked for is imported."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from microseg import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

_HELP = """Plan segments instead of personas: head, midtail, longtail.

A workspace is a folder of YAML files. Start one with `microseg init`, check it with `microseg lint`, read it with `microseg tree` and `microseg brief`, share it with `microseg build`.
"""
COMMANDS: Sequence[str] = ("init", "add", "rename", "lint", "explain", "judge", "tree", "brief", "build", "serve", "rank", "review", "measure", "why", "members", "kano", "export", "schema")


class _Modules(dict[str, Any]):
    """The commands by name, each made when it is first looked up."""

    def __getitem__(self, name: str) -> Any:
        """The command of that name, made from the `run` of its module."""
        found = super().__getitem__(name)
        if found is None:
            one = typer.Typer(add_completion=False)
            one.command(name)(import_module(f"microseg.cli.{name}").run)
            found = self[name] = get_command(one)
        return found

    def get(self, name: str, default: Any = None) -> Any:
        """The command of that name, or the default."""
        return self[name] if name in self else default  # noqa: SIM401 - that would look it up without making it

    def items(self) -> Any:
        """All commands, made."""
        return [(name, self[name]) for name in self]

    def values(self) -> Any:
        """All commands, made."""
        return [self[name] for name in self]


class _Commands(TyperGroup):
    """A group that imports a command's module only when the command is wanted."""

    def __init__(self, **settings: Any) -> None:
        """Hold the names; the rest comes when it is asked for."""
        super().__init__(**settings)
        self.commands = _Modules(dict.fromkeys(COMMANDS))

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - the group's interface
        """All commands, in the order a newcomer meets them."""
        return list(COMMANDS)


app = typer.Typer(name="microseg", cls=_Commands, help=_HELP, no_args_is_help=True, pretty_exceptions_enable=False, context_settings={"help_option_names": ["--help", "-h"]})


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"microseg {__version__}")
        raise typer.Exit


@app.callback()
def _main(*, version: Annotated[bool, typer.Option("--version", help="Show the version and leave.", is_eager=True, callback=_show_version)] = False) -> None:
    """Options of the command itself."""
