"""microseg lint: everything wrong with a workspace."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from microseg.cli.linting import Asked, lint
from microseg.cli.options import HERE, AsOf, Color, Directory, Output, Quiet


def run(
    paths: Annotated[list[Path] | None, typer.Argument(metavar="[PATHS]...", help="Report only on these files or folders; the whole tree is read.", show_default=False)] = None,
    *,
    directory: Directory = HERE,
    format_: Annotated[list[str] | None, typer.Option("--format", "-f", metavar="FORMAT[=FILE]", help="text, json, sarif, github, junit, gitlab or rdjson; several times for several, `json=out.json` into a file.", show_default="text")] = None,
    select: Annotated[list[str] | None, typer.Option(help="Only these rules: codes, names or families such as MS2.", metavar="RULE")] = None,
    ignore: Annotated[list[str] | None, typer.Option(help="Not these rules.", metavar="RULE")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail too.")] = False,
    fail_on: Annotated[str, typer.Option("--fail-on", metavar="SEVERITY", help="error, warning or info: what makes the exit code 1.")] = "error",
    show_all: Annotated[bool, typer.Option("--all", help="Show infos too: the to-do list of drafts.")] = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what can be mended without changing what was meant.")] = False,
    unsafe_fixes: Annotated[bool, typer.Option("--unsafe-fixes", help="With --fix or --diff: also mends that a person should look at.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what --fix would change, and change nothing.")] = False,
    only: Annotated[list[Path] | None, typer.Option(help="Report only on this file or folder (for pre-commit).", metavar="PATH")] = None,
    stdin_path: Annotated[str, typer.Option("--stdin-path", metavar="PATH", help="Read this file of the workspace from standard input, as an editor holds it.")] = "",
    no_suppress: Annotated[bool, typer.Option("--no-suppress", help="Show what comments in the files suppress.")] = False,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Neither use nor keep what earlier runs worked out.")] = False,
    baseline: Annotated[Path | None, typer.Option(metavar="FILE", help="Findings to live with for now; left out: microseg-baseline.json beside microseg.yaml.")] = None,
    write_baseline: Annotated[bool, typer.Option("--write-baseline", help="Write all errors and warnings of today into the baseline.")] = False,
    exit_zero: Annotated[bool, typer.Option("--exit-zero", help="Always leave with 0.")] = False,
    output: Output = None,
    as_of: AsOf = "",
    color: Color = "auto",
    quiet: Quiet = False,
) -> None:
    """Find everything wrong with the workspace.

    \b
    microseg lint                         the whole workspace
    microseg lint --all                   with the to-do list of drafts
    microseg lint --fix                   mend what can be mended
    microseg lint --format github         in a pull request
    microseg explain minimum-expected     why a rule exists
    """
    raise typer.Exit(
        lint(
            Asked(
                paths=paths,
                directory=directory,
                format_=format_,
                select=select,
                ignore=ignore,
                strict=strict,
                fail_on=fail_on,
                show_all=show_all,
                fix=fix,
                unsafe_fixes=unsafe_fixes,
                diff=diff,
                only=only,
                stdin_path=stdin_path,
                no_suppress=no_suppress,
                no_cache=no_cache,
                baseline=baseline,
                write_baseline=write_baseline,
                exit_zero=exit_zero,
                output=output,
                as_of=as_of,
                color=color,
                quiet=quiet,
            )
        )
    )
