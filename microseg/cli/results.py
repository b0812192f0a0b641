"""Results as tables on standard output: folded to a terminal, plain where there is none, or Markdown, or CSV."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

from microseg.cli.options import wants_color, write

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from microseg.tables.table import Table

FORMATS = ("text", "json", "csv", "md")
_PLAIN = str.maketrans("─█▉▊▋▌▍▎▏", "-########")


def write_tables(tables: Iterable[Table], tidy: Table, *, format_: str, output: Path | None, color: str) -> None:
    """`tables` for people, `tidy` the one table that holds all of it for a program."""
    paints = wants_color(color) and output is None  # first, so that a wrong word is refused before anything is written
    if format_ == "csv":
        from microseg.tables.csv import render as as_csv

        write(as_csv(tidy), output)
    elif format_ == "md":
        from microseg.tables.markdown import render as as_markdown

        write(as_markdown(tables), output)
    else:
        from microseg.tables.text import render as as_text

        told = as_text(tables, width=terminal_width(output), color=paints)
        write(told if output is not None or _shows_blocks() else told.translate(_PLAIN), output)


def terminal_width(output: Path | None) -> int | None:
    """How wide the terminal is; None where the result goes elsewhere."""
    if output is not None or not sys.stdout.isatty():
        return None
    return shutil.get_terminal_size().columns


def _shows_blocks() -> bool:
    """Can standard output take the signs that bars are made of?"""
    try:
        "█─".encode(sys.stdout.encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
