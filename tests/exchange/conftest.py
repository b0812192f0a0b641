"""Exports of small workspaces, and random criteria that look at traits."""

import json
from random import Random

import pytest
from measure.draws import OWN, criterion
from measure.oracle import World

from microseg.criteria.ast import Criterion
from microseg.criteria.definitions import resolve, with_presets
from microseg.criteria.parse import parse_criteria
from microseg.exchange.export import Exported, Request, exporter
from microseg.project import Project
from microseg.source.nodes import read_document

DEFINITIONS = {**with_presets({}), "team-default": with_presets({})["free"]}


def drawn(seed: int, unit: str, *, depth: int = 3) -> Criterion:
    """Criteria for the dimensions of tests, resolved."""
    found = parse_criteria(read_document(json.dumps(criterion(Random(f"{unit} {seed}"), unit, depth=depth), ensure_ascii=False)).root, OWN).criterion  # noqa: S311
    assert found is not None
    return resolve(found, DEFINITIONS)


@pytest.fixture
def export(tmp_path):
    """`export("mermaid", {"segments/a.yaml": …})` runs one exporter over a workspace."""

    def run(target: str, files: dict[str, str], *names: str, **settings: object) -> Exported:
        project = Project.open(tmp_path, {path: text.encode() for path, text in files.items()})
        segments = tuple(one for _, one in project.workspace.walk() if not names or one.id in names)
        return exporter(target).export(Request(project.workspace, project.dimensions, segments, **settings))

    return run


def certainly_in(world: World, unit: str, whole: Criterion) -> set[str]:
    """The ids of those of whom a criterion is true."""
    return {one.row["id"] for one in world.everybody(unit) if one.holds(whole) is True}
