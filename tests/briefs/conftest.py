"""Workspaces for tests, held in memory."""

import datetime
from pathlib import Path
from textwrap import dedent

import pytest

from microseg.briefs.material import Material
from microseg.model.saved import Run
from microseg.project import Project

SAMPLE = Path(__file__).parents[2] / "sample_workspace"


def open_material(root: Path, files: dict[str, str] | None = None, as_of: datetime.date | None = None, *, runs: tuple[Run, ...] = (), revision: str = "") -> Material:
    overlay = {path: dedent(text).encode() for path, text in (files or {}).items()}
    project = Project.open(root, overlay=overlay)
    return Material(project.workspace, project.dimensions, digest=project.digest, as_of=as_of or project.workspace.newest_date, runs=runs, revision=revision)


@pytest.fixture
def material_of(tmp_path):
    """A function from files (path: YAML) to the material for pages."""
    return lambda files, as_of=None: open_material(tmp_path, files, as_of)


@pytest.fixture(scope="session")
def sample():
    return open_material(SAMPLE)
