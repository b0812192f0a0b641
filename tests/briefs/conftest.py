"""Workspaces for tests, held in memory."""

import datetime
from pathlib import Path
from textwrap import dedent

import pytest

from microseg.briefs.material import Material
from microseg.model.saved import Run, read_run
from microseg.project import Project

SAMPLE = Path(__file__).parents[2] / "sample_workspace"


def open_material(root: Path, files: dict[str, str] | None = None, as_of: datetime.date | None = None, *, runs: tuple[Run, ...] = (), revision: str = "", findings=tuple) -> Material:
    held = {path: dedent(text).encode("utf-8", "surrogatepass") for path, text in (files or {}).items()}
    overlay = {path: data for path, data in held.items() if not path.startswith("measures/")}
    runs = runs + tuple(run for path, data in held.items() if path not in overlay and isinstance(run := read_run(path, data), Run))
    project = Project.open(root, overlay=overlay)
    return Material(project.workspace, project.dimensions, digest=project.digest, as_of=as_of or project.workspace.newest_date, runs=runs, revision=revision, source=project.source, findings=findings)


@pytest.fixture
def material_of(tmp_path):
    """A function from files (path: YAML) to the material for pages."""
    return lambda files, as_of=None: open_material(tmp_path, files, as_of)


@pytest.fixture(scope="session")
def sample():
    return open_material(SAMPLE)
