"""microseg build: every brief and an index, only what changed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from microseg.cli.building import Wanted, build
from microseg.cli.options import HERE, AsOf, Directory, Quiet


def run(
    *,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="The output folder; left out: `briefs.out` of microseg.yaml, else briefs.", show_default=False)] = None,
    check: Annotated[bool, typer.Option("--check", help="Change nothing; leave with 1 if anything would change (for CI).")] = False,
    format_: Annotated[list[str] | None, typer.Option("--format", "-f", metavar="FORMAT", help="md or html; left out: both.", show_default=False)] = None,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Build although lint finds errors.")] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace pages that somebody has edited by hand.")] = False,
    single_file: Annotated[bool, typer.Option("--single-file", help="The whole site as one page too, to mail: _site.html.")] = False,
    stamp: Annotated[bool, typer.Option("--stamp", help="Name the git revision on each page. Pages that are committed are then out of date at once.")] = False,
    directory: Directory = HERE,
    as_of: AsOf = "",
    quiet: Quiet = False,
) -> None:
    """Write every brief, in Markdown and HTML, with an index. Only what changed is written.

    \b
    microseg build
    microseg build --out public
    microseg build --check
    """
    raise typer.Exit(build(Wanted(out, check, tuple(format_ or ()), keep_going, overwrite, single_file, stamp, directory, as_of, quiet)))
