"""The few things that every command does with its options, without the library that reads the command line."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from microseg.cli.paths import exists, write_file
from microseg.errors import NothingToDoError, UsageError, short

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable

    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace
    from microseg.project import Project
    from microseg.project.got import Got

HERE = Path()
_MOST_NAMES = 6
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)


def open_project(directory: Path, *, cached: bool = False, got: Got | None = None) -> Project:
    """Open the workspace that a folder lies in, with what earlier runs kept of it if `cached`, and of the files that were `got`. Raises NothingToDoError where there is none."""
    from microseg.cli.progress import reading
    from microseg.project import Project

    root = directory if got is not None else root_of(directory)
    with reading() as watch:
        return Project.open(root, watch=watch, cached=cached, got=got)


def open_tree(directory: Path, *, cached: bool = False) -> Project:
    """Open a workspace of which something is to be shown, and say which files are left out. Raises NothingToDoError where there is no workspace, or no segment."""
    project = open_project(directory, cached=cached)
    warn_of_unreadable(project)
    require_segments(project)
    return project


def root_of(directory: Path) -> Path:
    """The folder of the workspace that a folder lies in. Raises UsageError where there is no such folder, NothingToDoError where there is no workspace."""
    from microseg.project.got import find_root

    if not exists(directory) or not directory.is_dir():
        raise UsageError(f"{short(directory)}: there is no such folder", "name a folder with -C")
    return find_root(directory)


def require_segments(project: Project) -> None:
    """Raises NothingToDoError where the workspace has no segment: a green run on nothing would be a lie."""
    if not project.workspace.segments:
        raise NothingToDoError("there is no segment in this workspace", "write one with `microseg add NAME`, or look at an example: `microseg init --example learning DIR`")


def wants_color(when: str, stream: object = None) -> bool:
    """Colour on a terminal, unless NO_COLOR or TERM=dumb says otherwise. Raises UsageError for another word."""
    if when not in {"auto", "always", "never"}:
        raise UsageError(f"--color {short(when)}: not one of auto, always, never", "for example: --color never")
    if when != "auto":
        return when == "always"
    target = stream or sys.stdout
    is_terminal = bool(getattr(target, "isatty", lambda: False)())
    return is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def read_day(text: str) -> datetime.date | None:
    """The day of --as-of. Raises UsageError for what is no day."""
    if not text:
        return None
    import datetime

    if text == "today":
        return datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text if _DAY.match(text) else "")
    except ValueError:
        raise UsageError(f"--as-of {short(text)}: not a day", "write YYYY-MM-DD, or today") from None


def write(text: str, output: Path | None, *, option: str = "--output", for_programs: bool = False) -> None:
    """Send a result to the terminal, or to the file that `option` named. Raises OutputError where it cannot be written.

    What is `for_programs` is UTF-8 wherever it goes; a person's terminal gets what it can show.
    """
    if output is not None:
        write_file(output, text, hint=f"name another file with {option}")
        return
    if for_programs and hasattr(sys.stdout, "buffer"):
        sys.stdout.flush()
        sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
    else:
        sys.stdout.write(text)
    sys.stdout.flush()


def say(text: str, *, quiet: bool = False) -> None:
    """A hint or a note for the person, beside the result."""
    if not quiet:
        from microseg.source.text import clean

        try:
            sys.stderr.write("".join(f"{clean(line)}\n" for line in text.split("\n")))
            sys.stderr.flush()
        except OSError:  # a full disk behind `2>`: the result and the exit code stand, and leaving must not try once more
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())


def from_there(directory: Path) -> str:
    """The -C of this run, for a hint that names the next command; empty where none was given."""
    import shlex

    from microseg.source.text import clean

    return "" if directory == HERE else f" -C {shlex.quote(clean(str(directory)))}"


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
        raise UsageError(f"`{short(clean(name))}` could be several segments", f"one of: {', '.join(near[:_MOST_NAMES])}{' …' if len(near) > _MOST_NAMES else ''}")
    hint = nearest(part, workspace.by_id)
    raise UsageError(f"there is no segment `{short(clean(name))}`", f"did you mean `{hint}`?" if hint else f"those that exist: {_few(workspace)}")


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
    raise UsageError(f"there is no {what} `{short(clean(name))}`", f"did you mean `{hint}`?" if hint else f"use one of: {', '.join(known)}")
