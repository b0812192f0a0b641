"""Options that several commands share, as Typer reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from microseg.cli.common import HERE, choose, find_segment, from_there, open_project, open_tree, read_day, require_segments, say, wants_color, warn_of_unreadable, write

__all__ = [
    "HERE",
    "AsOf",
    "Color",
    "Directory",
    "Output",
    "Quiet",
    "choose",
    "complete_segment",
    "find_segment",
    "from_there",
    "open_project",
    "open_tree",
    "read_day",
    "require_segments",
    "say",
    "wants_color",
    "warn_of_unreadable",
    "write",
]

Directory = Annotated[Path, typer.Option("--directory", "-C", metavar="DIR", help="Run as if from there.", show_default=False)]
Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file instead of the terminal.")]
Color = Annotated[str, typer.Option("--color", metavar="WHEN", help="auto, always or never.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but the result.")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="The day to judge by: YYYY-MM-DD, or today. Left out: the newest date in the workspace.")]


def complete_segment(context: typer.Context, incomplete: str) -> list[str]:
    """Segment ids for the shell's completion; an unreadable workspace completes nothing."""
    from microseg.errors import MicrosegError

    try:
        project = open_project(Path(str(context.params.get("directory") or ".")))
    except MicrosegError:
        return []
    return sorted(name for name in project.workspace.by_id if name.startswith(incomplete))
