"""microseg rank: what to build for whom, every term of the score shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from microseg.cli.options import (
    HERE,
    Color,
    Directory,
    Output,
    Quiet,
    choose,
    complete_segment,
    find_segment,
    from_there,
    open_tree,
    say,
    write,
)
from microseg.cli.results import FORMATS, write_tables

if TYPE_CHECKING:
    from microseg.model.segment import Segment
    from microseg.project import Project
    from microseg.rank.rows import Ranking
    from microseg.rank.setting import Setting
    from microseg.rank.sizes import Sizes

_WHAT = ("pains", "solutions", "segments")


def run(
    what: Annotated[str, typer.Argument(metavar="[WHAT]", help="pains, solutions or segments.", autocompletion=lambda: list(_WHAT), show_default=False)] = "solutions",
    *,
    segment: Annotated[str, typer.Option("--in", metavar="SEGMENT", help="Only this segment and what is below it.", autocompletion=complete_segment)] = "",
    format_: Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="text, json, csv or md.")] = "text",
    directory: Directory = HERE,
    output: Output = None,
    color: Color = "auto",
    quiet: Quiet = False,
) -> None:
    """Rank solutions by RICE, pains by opportunity inside each segment, or segments by focus and size.

    Every term is shown. What lacks one is listed, never guessed; what every product owes stands apart and has no place.

    \b
    microseg rank
    microseg rank pains --in corporate-trainers
    microseg rank segments --format csv --output segments.csv
    """
    choose(what, _WHAT, what="ranking")
    choose(format_, FORMATS, what="format")
    project = open_tree(directory)
    workspace = project.workspace
    start = find_segment(workspace, segment) if segment else None
    chosen = [one for _, one in workspace.walk(start) if workspace.status(one) != "retired"]
    ranking = _ranked(what, chosen, setting_of(project))
    _write(ranking, {id_: one.name or id_ for id_, one in workspace.by_id.items()}, format_=format_, output=output, color=color)
    lacking = sum(row.lane == "unranked" for row in ranking.rows)
    if lacking:
        say(f"next: {lacking} of {len(ranking.rows)} have no place, for an input is missing{'; the last table says which' if format_ in {'text', 'md'} else ''}", quiet=quiet)
    elif not ranking.rows:
        say(f"nothing to rank: no {what} here; `microseg tree{from_there(directory)}` shows what there is", quiet=quiet)


def setting_of(project: Project) -> Setting:
    """What a ranking of this workspace rests on."""
    from microseg.lint.engine import Options
    from microseg.model.ranking import OWED, links_of, spots
    from microseg.rank.setting import Setting, owed_by

    workspace = project.workspace
    settings = workspace.config.lint
    report = project.findings(Options(select=tuple(OWED), ignore=settings.ignore if settings else ()))  # a rule that a team has switched off moves nothing, here or on the site
    evidence = {one.id: one for one in workspace.evidence if one.id}
    return Setting(workspace, _sizes(project), owed_by(report.findings), spots(project.source), evidence, links_of(workspace))


def _sizes(project: Project) -> Sizes:
    """As the newest saved result measured them, where the criteria are still the same; else as typed."""
    from microseg.model.criteria_hash import criteria_hashes
    from microseg.project.saved_runs import saved_runs
    from microseg.rank.sizes import SizeOf, compared_families, typed_sizes, with_measured

    sizes = typed_sizes(project.workspace)
    newest = next(iter(saved_runs(project.root).runs), None)
    if newest is None:
        return sizes
    hashes = criteria_hashes(project.workspace)
    measured = {one.id: SizeOf(one.size, one.unit, "measured") for one in newest.segments if hashes.get(one.id) == one.criteria_hash}
    return with_measured(sizes, measured, {frozenset({one.a, one.b}): one.both for one in newest.overlaps}, compared_families(newest, project.workspace))


def _ranked(what: str, chosen: list[Segment], setting: Setting) -> Ranking:
    if what == "pains":
        from microseg.rank.pains import rank_pains

        return rank_pains(chosen, setting)
    if what == "solutions":
        from microseg.rank.solutions import rank_solutions

        return rank_solutions(chosen, setting)
    from microseg.rank.segments import rank_segments

    return rank_segments(chosen, setting)


def _write(ranking: Ranking, names: dict[str, str], *, format_: str, output: Output, color: str) -> None:
    from microseg.formats._look import as_json
    from microseg.rank.show import tables, tidy, to_json

    if format_ == "json":
        write(as_json(to_json(ranking)), output)
    else:
        write_tables(tables(ranking, names), tidy(ranking), format_=format_, output=output, color=color)
