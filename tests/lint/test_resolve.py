"""Ids and references of a whole workspace, put together in one walk."""

import datetime

from microseg.lint.resolve import names_in
from microseg.lint.rule import Context
from microseg.model.walk import references_in
from microseg.project import Project

SETTINGS = "version: 1\ndefinitions: {champions: {demo.age: {gte: 40}}}\nmetrics: {renewals: {type: retention}}\n"
SEGMENTS = """\
name: Crane firms
split_by: firmo.headcount
pain_points:
  - {id: waiting, statement: The gate waits for a foreman, evidence: [visit, lost], solved_by: [unlock, A sheet of paper]}
  - {id: waiting, statement: The gate waits for a key}
ideal_solutions:
  - {id: unlock, statement: The foreman unlocks it by phone, relieves: [waiting, nowhere]}
segments:
  - {id: small, name: Small firms, split_by: plant.count}
"""
EVIDENCE = "evidence:\n  - {id: visit, kind: interview, date: 2026-06-01}\n"


def _names(root):
    project = Project.open(root, {"microseg.yaml": SETTINGS.encode(), "segments/crane.yaml": SEGMENTS.encode(), "evidence/all.yaml": EVIDENCE.encode()})
    context = Context(project.config, datetime.date(2026, 7, 1), project.dimensions, lambda _: None, project.source)
    return project.workspace, names_in(project.workspace, context)


def test_the_walk_without_places_finds_the_ids_that_the_walk_with_places_finds(tmp_path):
    workspace, names = _names(tmp_path)

    assert {space: held for space, held in names.known.items() if held} == {space: set(ids) for space, ids in workspace.ids.items()}
    assert names.is_any_twice is any(len(places) > 1 for ids in workspace.ids.values() for places in ids.values())


def test_what_is_cited_and_what_is_missing(tmp_path):
    workspace, names = _names(tmp_path)

    assert names.cited == {one.reference.written for segment in workspace.segments for one in references_in(segment) if "evidence" in one.spaces}
    assert names.missing == {"lost", "nowhere", "plant.count"}
