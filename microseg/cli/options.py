"""Options that several commands share, and the few things every command does with them."""

from __future__ import annotations

import datetime
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace
    from microseg.project import Project

Directory = Annotated[Path, typer.Option("--directory", "-C", metavar="DIR", help="Run as if from there.", show_default=False)]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of the terminal.")]
Color = Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but the result.")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day to judge by: YYYY-MM-DD, or today. Left out: the newest date in the workspace.")]

HERE = Path()
_MOST_NAMES = 6


def open_project(directory: Path) -> Project:
    """Open the workspace that a folder lies in. Raises NothingToDoError where there is none."""
    from microseg.cli.progress import reading
    from microseg.project import Project, find_root

    if not directory.is_dir():
        raise UsageError(f"{directory}: there is no such folder", "name a folder with -C")
    root = find_root(directory)
    with reading() as watch:
        return Project.open(root, watch=watch)


def wants_color(when: str, stream: object = None) -> bool:
    """Colour on a terminal, unless NO_COLOR or TERM=dumb says otherwise. Raises UsageError for another word."""
    if when not in {"auto", "always", "never"}:
        raise UsageError(f"--color {when}: not one of auto, always, never", "for example: --color never")
    if when != "auto":
        return when == "always"
    target = stream or sys.stdout
    is_terminal = bool(getattr(target, "isatty", lambda: False)())
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def read_day(text: str) -> datetime.date | None:
    """The day of --as-of. Raises UsageError for what is no day."""
    if not text:
        return None
    if text == "today":
        return datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--as-of {text}: not a day", "write YYYY-MM-DD, or today") from None


def write(text: str, output: Path | None) -> None:
    """Send a result to the terminal or to a file. Raises OutputError where the file cannot be written."""
    if output is None:
        sys.stdout.write(text)
        sys.stdout.flush()
        return
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {(error.strerror or 'unknown reason').lower()}", "name another file with --output") from None


def say(text: str, *, quiet: bool = False) -> None:
    """A hint or a note for the person, beside the result."""
    if not quiet:
        typer.echo(text, err=True)


def find_segment(workspace: Workspace, name: str) -> Segment:
    """The segment of that id or name, or the only one whose id holds it. Raises UsageError where there is none, or several."""
    from microseg.model.bind_scalars import slugify
    from microseg.source.nearest import nearest
    from microseg.source.text import clean

    wanted = name.strip().casefold()
    exact = workspace.by_id.get(name) or next((one for one in workspace.segments if (one.name or "").casefold() == wanted), None)
    if exact is not None:
        return exact
    part = slugify(name)
    near = sorted(id_ for id_ in workspace.by_id if part and part in id_)
    if len(near) == 1:
        return workspace.by_id[near[0]]
    if near:
        raise UsageError(f"`{clean(name)}` could be several segments", f"one of: {', '.join(near[:_MOST_NAMES])}{' …' if len(near) > _MOST_NAMES else ''}")
    hint = nearest(part, workspace.by_id)
    raise UsageError(f"there is no segment `{clean(name)}`", f"did you mean `{hint}`?" if hint else f"those that exist: {_few(workspace)}")


def _few(workspace: Workspace) -> str:
    names = sorted(workspace.by_id)
    return ", ".join(names[:_MOST_NAMES]) + (" … (`microseg tree` shows them all)" if len(names) > _MOST_NAMES else "")


def warn_of_unreadable(project: Project) -> None:
    """Say which files are left out, so that nobody misses a segment that is only behind a mistake."""
    from microseg.source.text import clean

    unreadable = project.workspace.unreadable
    if unreadable:
        more = f" and {len(unreadable) - 1} more" if len(unreadable) > 1 else ""
        say(f"warning: {clean(unreadable[0])}{more} cannot be read, and what is in it is left out; `microseg lint` says why")


def choose(name: str, options: Iterable[str], *, what: str) -> str:
    """One of several words. Raises UsageError with the nearest."""
    from microseg.source.nearest import nearest
    from microseg.source.text import clean

    known = sorted(options)
    if name in known:
        return name
    hint = nearest(name, known)
    raise UsageError(f"there is no {what} `{clean(name)}`", f"did you mean `{hint}`?" if hint else f"use one of: {', '.join(known)}")


def complete_segment(context: typer.Context, incomplete: str) -> list[str]:
    """Segment ids for the shell's completion; an unreadable workspace completes nothing."""
    from microseg.errors import MicrosegError

    try:
        project = open_project(Path(str(context.params.get("directory") or ".")))
    except MicrosegError:
        return []
    return sorted(name for name in project.workspace.by_id if name.startswith(incomplete))
