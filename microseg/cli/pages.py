"""What the commands that make pages share: the material, the team's own templates, the readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from microseg.briefs.material import Material
    from microseg.project import Project

AUDIENCES = ("product", "engineering", "marketing", "support")


def material_on(project: Project, day: datetime.date | None) -> Material:
    """What pages are made from, judged by the day that was asked for, else by the newest date in the workspace."""
    from microseg.briefs.material import Material

    return Material(project.workspace, project.dimensions, digest=project.digest, as_of=day or project.workspace.newest_date)


def templates_of(project: Project) -> Path | None:
    """The team's own templates, if it has some."""
    folder = project.root / "templates"
    return folder if folder.is_dir() else None
