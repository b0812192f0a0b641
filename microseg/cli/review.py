"""microseg review: the quarterly walk through what is planned."""

from __future__ import annotations

import dataclasses
import json
from itertools import groupby
from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import HERE, AsOf, Directory, Output, Quiet, choose, open_tree, read_day, say, write
from microseg.source.text import clean

if TYPE_CHECKING:
    from microseg.model.workspace import Workspace
    from microseg.review import Point

_WORDS = {"overdue": "overdue", "stale": "grown old", "finished": "finished", "reread": "to read again"}


def run(
    *,
    owner: Annotated[str, typer.Option(metavar="TEAM", help="Only the segments of this team.")] = "",
    format_: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text, md or json.")] = "text",
    directory: Directory = HERE,
    output: Output = None,
    as_of: AsOf = "",
    quiet: Quiet = False,
) -> None:
    """List what to look at again: overdue goals and tests, claims that have grown old, experiments that have ended.

    \b
    microseg review --as-of today
    microseg review --owner learning-team --format md
    """
    from microseg.lint.engine import Options
    from microseg.review import review

    choose(format_, ("text", "md", "json"), what="format")
    project = open_tree(directory)
    workspace = project.workspace
    day = read_day(as_of)
    report = project.findings(Options(select=("MS504", "MS706"), as_of=day))
    points = review(workspace, report.findings, project.source, owner=owner)
    if format_ == "json":
        today = day or workspace.newest_date
        held = {"version": 1, "as_of": today.isoformat() if today else None, "points": [dataclasses.asdict(one) for one in points]}
        write(json.dumps(held, ensure_ascii=False, indent=1) + "\n", output)
        return
    write(_listed(points, workspace, is_markdown=format_ == "md"), output)
    say("next: mend or confirm each, then set `reviewed:` to the day you did" if points else "nothing to look at again", quiet=quiet)


def _listed(points: tuple[Point, ...], workspace: Workspace, *, is_markdown: bool) -> str:
    """The points of each segment under its name."""
    lines = []
    for id_, held in groupby(points, key=lambda one: one.segment):
        segment = workspace.by_id.get(id_ or "")
        name = clean(segment.name or id_ or "") if segment is not None else "Evidence"
        owner = workspace.owner(segment) if segment is not None else None
        head = f"{name} ({clean(owner)})" if owner else name
        lines.append(f"## {_escaped(head)}\n" if is_markdown else head)
        for one in held:
            where = f"{clean(one.path)}:{one.line}"
            text = clean(one.text)
            lines.append(f"- [ ] **{_WORDS[one.kind]}**: {_escaped(text)} (`{where}`)" if is_markdown else f"  {_WORDS[one.kind]}: {text} ({where})")
        if is_markdown:
            lines.append("")
    return "".join(f"{line}\n" for line in lines)


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in r"\`*_{}[]<>#|" else c for c in text)
