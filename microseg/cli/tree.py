"""microseg tree: the tree in the terminal, with counts and flags."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from microseg.cli.options import (
    HERE,
    AsOf,
    Color,
    Directory,
    Output,
    Quiet,
    choose,
    complete_segment,
    find_segment,
    from_there,
    open_tree,
    read_day,
    say,
    wants_color,
    write,
)
from microseg.source.text import clean

if TYPE_CHECKING:
    from pathlib import Path

    from microseg.lint.finding import Report
    from microseg.model.places import Place
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace

_FOCUS = {"now": "● now", "later": "○ later", "never": "✗ never"}
_CODES = {"head": "1;36", "midtail": "36", "longtail": "0"}


def run(
    segment: Annotated[str, typer.Argument(metavar="[SEGMENT]", help="Only this segment and what is below it.", autocompletion=complete_segment, show_default=False)] = "",
    *,
    depth: Annotated[int | None, typer.Option(metavar="N", min=0, help="How many levels below the top.")] = None,
    format_: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text, md or json.")] = "text",
    directory: Directory = HERE,
    output: Output = None,
    color: Color = "auto",
    as_of: AsOf = "",
    quiet: Quiet = False,
) -> None:
    """Show the tree: head, midtail, longtail, with pains, solutions and what lint says.

    \b
    microseg tree
    microseg tree corporate-trainers --depth 1
    """
    from microseg.lint.engine import Options

    choose(format_, ("text", "md", "json"), what="format")
    project = open_tree(directory)
    workspace = project.workspace
    start = find_segment(workspace, segment) if segment else None
    rows = [(level, one) for level, one in workspace.walk(start) if depth is None or level <= depth]
    flags = _flags(project.findings(Options(as_of=read_day(as_of))), rows)
    if format_ == "json":
        write(json.dumps({"version": 1, "segments": [_as_dict(level, one, workspace, flags) for level, one in rows]}, ensure_ascii=False, indent=1) + "\n", output)
    elif format_ == "md":
        write("".join(f"{'    ' * level}- **{_escaped(one.name or one.id or '')}** ({', '.join(_facts(one, workspace, flags))})\n" for level, one in rows), output)
    else:
        write(_drawn(rows, workspace, flags, color=output is None and wants_color(color), width=_width(output)), output)
        say(f"next: `microseg brief{from_there(directory)} {rows[-1][1].id}` reads one", quiet=quiet)


def _flags(report: Report, rows: list[tuple[int, Segment]]) -> dict[Place, dict[str, int]]:
    """How many errors and warnings each segment has; where several have one id, each has those of its own file."""
    found = {one.at.whole: {"error": 0, "warning": 0} for _, one in rows}
    named: dict[str | None, list[Place]] = {}
    for _, one in rows:
        named.setdefault(one.id, []).append(one.at.whole)
    for finding in report.findings:
        if finding.segment is not None and finding.severity != "info":
            among = named.get(finding.segment, [])
            for place in (among[1:] and [one for one in among if one.path == finding.location.path]) or among[:1]:
                found[place][finding.severity] += 1
    return found


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _solutions(one: Segment) -> int:
    """Ideal solutions, and the texts that stand behind `solved_by`."""
    return len(one.ideal_solutions) + sum(not reference.is_id for pain in one.pain_points for reference in pain.solved_by)


def _facts(one: Segment, workspace: Workspace, flags: dict[Place, dict[str, int]]) -> list[str]:
    facts = [str(one.level), _counted(len(one.pain_points), "pain"), _counted(_solutions(one), "solution")]
    if one.focus:
        facts.append(_FOCUS[one.focus])
    if workspace.status(one) != "active":
        facts.append(workspace.status(one))
    counts = flags[one.at.whole]
    facts += [_counted(counts[severity], severity) for severity in ("error", "warning") if counts[severity]]
    return facts


def _as_dict(level: int, one: Segment, workspace: Workspace, flags: dict[Place, dict[str, int]]) -> dict[str, Any]:
    parent = workspace.parent(one)
    return {
        "id": one.id,
        "name": one.name,
        "level": one.level,
        "depth": level,
        "parent": parent.id if parent is not None else None,
        "status": workspace.status(one),
        "focus": one.focus,
        "pains": len(one.pain_points),
        "solutions": _solutions(one),
        "path": one.at.path,
        "flags": flags[one.at.whole],
    }


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c in r"\`*_{}[]<>#|" else c for c in clean(text))


def _drawn(rows: list[tuple[int, Segment]], workspace: Workspace, flags: dict[Place, dict[str, int]], *, color: bool, width: int) -> str:
    """Branches as lines; what does not fit beside a name stands under it."""
    levels = [level for level, _ in rows]
    lines = []
    for index, (lead, (level, one)) in enumerate(zip(_leads(levels), rows, strict=True)):
        facts = " · ".join(_facts(one, workspace, flags))
        name = clean(one.name or one.id or "")
        if len(lead) + len(name) + 2 + len(facts) <= width:
            lines.append(f"{lead}{_painted(name, one, color=color)}  {_dim(facts, color=color)}\n")
            continue
        below = "│  " if index + 1 < len(levels) and levels[index + 1] > level else "   "
        lines.append(f"{lead}{_painted(name, one, color=color)}\n{lead.replace('├─', '│ ').replace('└─', '  ')}{below}{_dim(facts, color=color)}\n")
    return "".join(lines)


def _painted(name: str, one: Segment, *, color: bool) -> str:
    """A name in the colour of its level."""
    return f"\x1b[{_CODES.get(one.level or '', '0')}m{name}\x1b[0m" if color else name


def _width(output: Path | None) -> int:
    """How wide a line may be: as the terminal is, and as long as it likes where there is none."""
    if output is not None or not sys.stdout.isatty():
        return sys.maxsize
    return shutil.get_terminal_size().columns


def _dim(text: str, *, color: bool) -> str:
    return f"\x1b[2m{text}\x1b[0m" if color else text


def _leads(levels: list[int]) -> list[str]:
    """The lines that lead to each row, worked out from the last row up."""
    leads: list[str] = []
    open_below: set[int] = set()
    for level in reversed(levels):
        bars = "".join("│  " if depth in open_below else "   " for depth in range(1, level))
        corner = "" if level == 0 else ("├─ " if level in open_below else "└─ ")
        leads.append(bars + corner)
        open_below = {depth for depth in open_below if depth < level} | {level}
    return leads[::-1]
