"""What the linter flagged, by segment: a page of its own, so that briefs stay free of rules and codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from microseg.briefs.page import Link
from microseg.lint.finding import seen
from microseg.record import made, record

if TYPE_CHECKING:
    from microseg.briefs.material import Material
    from microseg.lint.finding import Finding


@record
class Flag:
    """One place to look at: what, what to do, which rule, and where, as path:line."""

    severity: str
    message: str
    help: str
    rule: str
    name: str
    where: str


@record
class Flagged:
    """The flags of one segment; `link` is None for those of no segment."""

    link: Link | None
    flags: tuple[Flag, ...]


def flagged_view(material: Material, findings: Sequence[Finding]) -> tuple[Flagged, ...]:
    """Findings by segment in order of the tree; those of no segment first."""
    workspace = material.workspace
    inside = dict.fromkeys([*(segment.id or "" for _, segment in workspace.walk()), *sorted(workspace.by_id)])
    return flagged_of({id_: material.link(workspace.by_id[id_]) for id_ in inside}, map(seen, findings))


def flagged_of(links: Mapping[str, Link], found: Iterable[Sequence[str | None]]) -> tuple[Flagged, ...]:
    """What is shown of findings (see `microseg.lint.finding.Seen`) by segment, in the order of these ids; those of no segment first."""
    flags: dict[str, list[Flag]] = {}
    for segment, *shown in found:
        flags.setdefault(segment if segment is not None and segment in links else "", []).append(made(Flag, shown))
    return tuple(Flagged(links[id_] if id_ else None, tuple(flags[id_])) for id_ in dict.fromkeys(["", *links]) if id_ in flags)
