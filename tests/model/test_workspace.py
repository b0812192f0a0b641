import datetime

import pytest

from microseg.project import Project

HEAD = """\
name: Creators
owner: us
unit: user
pain_points:
  - {id: wait, statement: They wait., solved_by: [list, A text]}
ideal_solutions:
  - {id: list, statement: A list., relieves: [wait]}
minimum_expected: [A good UI]
reviewed: 2026-03-01
segments:
  - name: Teachers
    status: active
    owner: them
    pain_points: [{id: marks, statement: They mark by hand.}]
    segments:
      - name: Schools
        unit: account
        ideal_solutions:
          - {id: scan, statement: Scan them., relieves: [marks, wait]}
  - name: Coaches
    ideal_solutions: [{id: calendar, statement: A calendar., relieves: [marks]}]
"""


@pytest.fixture(scope="module")
def workspace(tmp_path_factory):
    files = {"segments/creators.yaml": HEAD, "microseg.yaml": "defaults: {owner: nobody, status: retired}\n", "evidence/e.yaml": "evidence: [{id: int-1, kind: interview, date: 2026-05-04}]\n"}
    return Project.open(tmp_path_factory.mktemp("w"), {path: text.encode() for path, text in files.items()}).workspace


def _of(workspace, what):
    return {one.id: what(one) for one in workspace.segments}


def test_what_is_inherited_and_what_is_not(workspace):
    assert _of(workspace, workspace.owner) == {"creators": "us", "teachers": "them", "schools": "them", "coaches": "us"}
    assert _of(workspace, workspace.unit) == {"creators": "user", "teachers": "user", "schools": "account", "coaches": "user"}
    assert _of(workspace, workspace.status) == {"creators": "retired", "teachers": "active", "schools": "retired", "coaches": "retired"}


def test_items_come_with_the_segment_they_are_from(workspace):
    schools = workspace.by_id["schools"]

    assert [(one.item.id, one.origin.id) for one in workspace.pains(schools)] == [("marks", "teachers"), ("wait", "creators")]
    assert [(one.item.id, one.origin.id) for one in workspace.solutions(schools)] == [("scan", "schools"), ("list", "creators")]
    assert [(one.item.statement, one.origin.id) for one in workspace.minimum_expected(schools)] == [("A good UI", "creators")]


def test_reliefs_come_from_here_above_or_below_each_once(workspace):
    creators, teachers = workspace.by_id["creators"], workspace.by_id["teachers"]

    assert [(one.statement, one.solution and one.solution.id, one.origin.id) for one in workspace.reliefs(creators, creators.pain_points[0])] == [("A list.", "list", "creators"), ("A text", None, "creators"), ("Scan them.", "scan", "schools")]
    assert [one.origin.id for one in workspace.reliefs(teachers, teachers.pain_points[0])] == ["schools"]


def test_relatives(workspace):
    schools, teachers = workspace.by_id["schools"], workspace.by_id["teachers"]

    assert [one.id for one in workspace.ancestors(schools)] == ["teachers", "creators"]
    assert [one.id for one in workspace.children(workspace.by_id["creators"])] == ["teachers", "coaches"]
    assert [one.id for one in workspace.siblings(teachers)] == ["coaches"]
    assert [(depth, one.id) for depth, one in workspace.walk()] == [(0, "creators"), (1, "teachers"), (2, "schools"), (1, "coaches")]
    assert [(depth, one.id) for depth, one in workspace.walk(teachers)] == [(0, "teachers"), (1, "schools")]
    assert (workspace.is_in_line(schools, workspace.by_id["creators"]), workspace.is_in_line(schools, workspace.by_id["coaches"])) == (True, False)


def test_ids_by_space(workspace):
    assert {space: sorted(names) for space, names in workspace.ids.items()} == {"segment": ["coaches", "creators", "schools", "teachers"], "pain": ["marks", "wait"], "solution": ["calendar", "list", "scan"], "evidence": ["int-1"]}


def test_today_is_the_newest_date_that_was_typed(workspace):
    assert workspace.newest_date == datetime.date(2026, 5, 4)


@pytest.mark.parametrize(("settings", "unit"), [("", "user"), ("product: {business_model: b2b}\n", "account"), ("product: {business_model: b2c}\n", "user"), ("product: {business_model: b2b}\ndefaults: {unit: user}\n", "user")])
def test_the_unit_follows_from_who_pays(tmp_path, settings, unit):
    workspace = Project.open(tmp_path, {"microseg.yaml": settings.encode(), "segments/a.yaml": b"name: A\n"}).workspace

    assert workspace.unit(workspace.segments[0]) == unit
