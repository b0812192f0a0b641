"""microseg rename: an id and every reference to it, comments kept."""

from __future__ import annotations

from typing import Annotated

import typer

from microseg.cli.options import HERE, Directory, Quiet, complete_segment, from_there, open_project, say, warn_of_unreadable, write
from microseg.errors import UsageError


def run(
    old: Annotated[str, typer.Argument(metavar="[KIND:]OLD", help="The id as it is; with a kind where several things have it: goal:faster.", autocompletion=complete_segment, show_default=False)],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The id as it should be.", show_default=False)],
    *,
    directory: Directory = HERE,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and change nothing.")] = False,
    quiet: Quiet = False,
) -> None:
    """Change an id and every reference to it. Comments, order and quotes stay.

    \b
    microseg rename corporate-trainers trainers
    microseg rename goal:faster-onboarding goal-onboarding
    """
    from microseg.project.renaming import rename
    from microseg.source.text import clean

    kind, _, name = old.rpartition(":")
    project = open_project(directory)
    warn_of_unreadable(project)
    outcome = rename(project, name, new, kind=kind, write=not diff)
    if diff:
        write(outcome.diff, None)
        raise typer.Exit(1)
    if outcome.refused:
        path, why = outcome.refused[0]
        raise UsageError(f"{clean(path)}: left as it is: {why}", "run again")
    say(f"renamed {name} to {new}: {outcome.places} place{'' if outcome.places == 1 else 's'} in {len(outcome.files)} file{'' if len(outcome.files) == 1 else 's'}", quiet=quiet)
    say(f"next: `microseg lint{from_there(directory)}` checks that all still fits", quiet=quiet)
