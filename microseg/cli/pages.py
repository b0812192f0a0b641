"""What the commands that make pages share: the material, the team's own templates, the readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.cli.common import say
from microseg.source.text import clean

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from microseg.briefs.material import Material
    from microseg.lint.finding import Finding
    from microseg.model.saved import Run, Saved
    from microseg.model.workspace import Workspace
    from microseg.project import Project

AUDIENCES = ("product", "engineering", "marketing", "support")


def material_on(
    project: Project, day: datetime.date | None, *, findings: Callable[[], Sequence[Finding]], stamp: bool = False, part: Workspace | None = None, runs: tuple[Run, ...] | None = None
) -> Material:
    """What pages are made from, judged by the day that was asked for, else by the newest date in the workspace; with `stamp` the git revision too.

    `findings()` is what lint says, which decides what every product owes. `part` stands in for the workspace where some pages
    are all that is made; `runs` are the saved measures, where somebody has read them already.
    """
    from microseg.briefs.material import Material
    from microseg.cli.revision import revision_of

    if runs is None:
        runs = tuple(one.run() for one in measured_in(project.root))
    revision = revision_of(project.root) if stamp else ""
    workspace = project.workspace if part is None else part
    return Material(workspace, project.dimensions, digest=project.digest, as_of=day or workspace.newest_date, runs=runs, revision=revision, source=project.source, findings=findings)


def measured_in(root: Path) -> tuple[Saved, ...]:
    """The saved measures, the newest first; says which cannot be read."""
    from microseg.project.saved_runs import open_runs

    saved = open_runs(root)
    for path, why in saved.unread[:1]:
        say(f"warning: {clean(path)} is left out: {clean(why)}" + (f" (and {len(saved.unread) - 1} more)" if len(saved.unread) > 1 else ""))
    return saved.runs


def owed_findings(project: Project) -> Callable[[], Sequence[Finding]]:
    """What lint says of items that every product owes, asked for when it is needed; a rule that a team has switched off moves nothing."""
    from microseg.lint.engine import Options
    from microseg.model.ranking import OWED

    settings = project.config.lint
    return lambda: project.findings(Options(select=tuple(OWED), ignore=settings.ignore if settings else ())).findings


def measures_in(root: Path) -> list[tuple[str, str]]:
    """Path and SHA-256 of every saved measure."""
    import hashlib

    found = sorted((root / "measures").glob("*.json")) if (root / "measures").is_dir() else []
    return [(f"measures/{path.name}", hashlib.sha256(path.read_bytes()).hexdigest()) for path in found if path.is_file()]


def templates_of(project: Project) -> Path | None:
    """The team's own templates, if it has some."""
    return templates_in(project.root)


def templates_in(root: Path) -> Path | None:
    """The same, by the folder of the workspace."""
    folder = root / "templates"
    return folder if folder.is_dir() else None
