"""microseg build: every brief and an index, only what changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.building import FORMATS, Order, build_site, find_finished
from microseg.cli.options import HERE, AsOf, Directory, Quiet, choose, from_there, open_tree, read_day, say

if TYPE_CHECKING:
    from microseg.briefs.write import Written

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
    chosen = {choose(one, FORMATS, what="format") for one in format_ or ()}
    formats = tuple(one for one in FORMATS if one in chosen)
    order = Order(directory, out, formats, read_day(as_of), single_file=single_file, stamp=stamp)
    found = find_finished(order)
    if found is None:
        project = open_tree(directory, cached=True)
        found = build_site(project, order, check=check, overwrite=overwrite, keep_going=keep_going)
    written, target = found
    _tell(written, target, directory, check=check, quiet=quiet)
    if check and written.is_stale:
        raise typer.Exit(1)


def _tell(written: Written, target: Path, directory: Path, *, check: bool, quiet: bool) -> None:
    for path in written.edited_by_hand:
        say(f"{target / path}: edited by hand since it was built, and left as it is; `--overwrite` replaces it", quiet=quiet)
    would = "would be " if check else ""
    parts = [f"{len(written.written)} {would}written", f"{len(written.unchanged)} unchanged"]
    if written.removed:
        parts.append(f"{len(written.removed)} {would}removed")
    say(f"{target}: {', '.join(parts)}", quiet=quiet)
    if check:
        say(f"next: `microseg build{from_there(directory)}` brings them up to date" if written.is_stale else "everything is up to date", quiet=quiet)
    else:
        say(f"next: open {target / 'index.html' if 'index.html' in {*written.written, *written.unchanged} else target / 'index.md'}", quiet=quiet)
