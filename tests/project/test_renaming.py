import re
from pathlib import Path

import pytest

from microseg import model
from microseg.errors import OutputError, UsageError
from microseg.project import Project
from microseg.project.renaming import KINDS, rename

A = """\
id: trainers          # the id
name: Corporate trainers
pain_points:
  - {id: late, statement: They wait., felt_by: ["large", 'small'], solved_by: list}
  - statement: They wait again.
    solved_by: [list, They wait for the list]   # a text
ideal_solutions:
  - id: list
    statement: Enrol from the list.
    relieves: [late]
    serves: [faster]
goals:
  - {id: faster, statement: Faster., because_of: [late]}
segments:
  - name: Large
    criteria: {use: power-user, segment: {is_not: small}}
  - {name: Small, related: [{segment: large}]}
"""
B = "name: Schools\nparent: trainers\nrelated: [trainers]\npain_points:\n  - statement: late\n    evidence: [int-1]\n"
FILES = {
    "segments/a.yaml": A,
    "segments/b.yaml": B,
    "evidence/e.yaml": "evidence:\n  - {id: int-1, kind: interview}\n",
    "microseg.yaml": "definitions:\n  power-user: {use.active_days: {gte: 12, last: 30d}}\nmetrics:\n  paid: {type: share, where: {use: power-user}}\n",
    "measures/m.json": '{"segments": [{"id": "trainers", "note": "trainers and late"}]}\n',
}


def _after(write_tree, old, new, **how):
    root = write_tree(FILES)
    outcome = rename(Project.open(root), old, new, **how)
    return root, outcome, {path: (root / path).read_text() for path in FILES}


def _changed(texts):
    return {path: text for path, text in texts.items() if text != FILES[path]}


def test_a_segment_everywhere(write_tree):
    _, outcome, texts = _after(write_tree, "trainers", "coaches")

    assert _changed(texts) == {
        "segments/a.yaml": A.replace("id: trainers", "id: coaches"),
        "segments/b.yaml": B.replace("parent: trainers", "parent: coaches").replace("[trainers]", "[coaches]"),
        "measures/m.json": FILES["measures/m.json"].replace('"trainers"', '"coaches"'),
    }
    assert (outcome.places, outcome.files, outcome.refused) == (3, ("segments/a.yaml", "segments/b.yaml"), ())


def test_a_pain_and_no_text_that_reads_like_it(write_tree):
    _, _, texts = _after(write_tree, "late", "waiting")

    assert _changed(texts) == {"segments/a.yaml": A.replace("id: late", "id: waiting").replace("[late]", "[waiting]")}


def test_a_solution_behind_solved_by(write_tree):
    _, _, texts = _after(write_tree, "list", "from-list")

    assert _changed(texts) == {"segments/a.yaml": A.replace("solved_by: list", "solved_by: from-list").replace("[list,", "[from-list,").replace("id: list", "id: from-list")}


def test_a_derived_id_is_pinned_and_quotes_stay(write_tree):
    _, _, texts = _after(write_tree, "large", "big")

    assert _changed(texts) == {"segments/a.yaml": A.replace('"large"', '"big"').replace("- name: Large", "- id: big\n    name: Large").replace("segment: large", "segment: big")}


def test_a_derived_id_in_braces_is_pinned_and_criteria_follow(write_tree):
    _, _, texts = _after(write_tree, "small", "tiny")

    assert _changed(texts) == {"segments/a.yaml": A.replace("'small'", "'tiny'").replace("is_not: small", "is_not: tiny").replace("{name: Small", "{id: tiny, name: Small")}


def test_a_definition_in_segments_and_settings(write_tree):
    _, _, texts = _after(write_tree, "power-user", "heavy-user")

    assert _changed(texts) == {"segments/a.yaml": A.replace("power-user", "heavy-user"), "microseg.yaml": FILES["microseg.yaml"].replace("power-user", "heavy-user")}


def test_evidence(write_tree):
    _, _, texts = _after(write_tree, "int-1", "talk-1")

    assert _changed(texts) == {"segments/b.yaml": B.replace("int-1", "talk-1"), "evidence/e.yaml": FILES["evidence/e.yaml"].replace("int-1", "talk-1")}


def test_a_change_is_shown_and_not_written(write_tree):
    _, outcome, texts = _after(write_tree, "int-1", "talk-1", write=False)

    assert _changed(texts) == {}
    assert "-  - {id: int-1, kind: interview}\n+  - {id: talk-1, kind: interview}\n" in outcome.diff


def test_lint_says_the_same_before_and_after(write_tree):
    root = write_tree(FILES)
    before = [(one.rule, one.location.line) for one in Project.open(root).findings().findings if one.severity == "error"]
    rename(Project.open(root), "trainers", "coaches")

    assert [(one.rule, one.location.line) for one in Project.open(root).findings().findings if one.severity == "error"] == before


@pytest.mark.parametrize(
    ("old", "new", "message", "hint"),
    [
        ("trainer", "x", "nothing has the id `trainer`", "did you mean `trainers`?"),
        ("trainers", "Big Ones", "`Big Ones` is not an id", "use lower-case letters, digits and single dashes"),
        ("trainers", "index", "`index` is a name that the site or the file system needs", "choose another one"),
        ("trainers", "small", "the segment id `small` is taken", "choose another one"),
        ("\x1b[2J", "x", "nothing has the id `\\u{1b}[2J`", "`microseg tree` lists the segments"),
    ],
)
def test_refuses_with_a_reason(write_tree, old, new, message, hint):
    with pytest.raises(UsageError) as caught:
        rename(Project.open(write_tree(FILES)), old, new)

    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_two_kinds_with_one_id_are_told_apart(write_tree):
    root = write_tree({"segments/a.yaml": "name: A\npain_points:\n  - {id: x, statement: They wait.}\ngoals:\n  - {id: x, statement: Faster., because_of: [x]}\n"})

    with pytest.raises(UsageError, match="`x` is the id of a goal and of a pain"):
        rename(Project.open(root), "x", "y")
    rename(Project.open(root), "x", "y", kind="goal")

    assert (root / "segments/a.yaml").read_text() == "name: A\npain_points:\n  - {id: x, statement: They wait.}\ngoals:\n  - {id: y, statement: Faster., because_of: [x]}\n"


def test_a_file_that_changed_meanwhile_stops_all(write_tree):
    root = write_tree(FILES)
    project = Project.open(root)
    write_tree({"segments/b.yaml": "name: other\n"})

    outcome = rename(project, "trainers", "coaches")

    assert (outcome.places, outcome.refused) == (0, (("segments/b.yaml", "it changed while the id was being renamed"),))
    assert (root / "segments/a.yaml").read_text() == A


MEASURES = '{\r\n  "segments": [{"parent": null, "id": "trainers"}, {"id" : "s\\u006dall", "note": "trainers"}],\r\n  "overlaps": [{"a": "trainers", "b": "large", "both": 12}],\r\n  "trainers": "trainers", "coverage": [{"parent": "trainers", "id": ["trainers"]}]\r\n}\r\n'


def test_measures_change_only_where_they_name_a_segment(write_tree):
    root = write_tree({**FILES, "measures/m.json": MEASURES.encode()})
    rename(Project.open(root), "trainers", "coaches")

    expected = MEASURES.replace('"id": "trainers"', '"id": "coaches"').replace('"a": "trainers"', '"a": "coaches"').replace('"parent": "trainers"', '"parent": "coaches"')
    assert (root / "measures/m.json").read_bytes() == expected.encode()


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("measures/z.json", "{nope", "measures/z.json is not JSON, so the id in it cannot be changed"),
        ("microseg-baseline.json", "{}", "microseg-baseline.json is not a baseline"),
    ],
)
def test_a_file_that_cannot_be_read_stops_all_before_the_first_write(write_tree, path, text, message):
    root = write_tree({**FILES, path: text})

    with pytest.raises(UsageError) as caught:
        rename(Project.open(root), "trainers", "coaches")

    assert caught.value.message == message
    assert {name: (root / name).read_text() for name in FILES} == FILES


def test_a_file_that_cannot_be_written_puts_the_others_back(write_tree, monkeypatch):
    from microseg.project import renaming

    root = write_tree(FILES)

    def write(target, data):
        if target.name == "b.yaml" and b"coaches" in data:
            raise OutputError("full")
        target.write_bytes(data)

    monkeypatch.setattr(renaming, "write_atomically", write)
    with pytest.raises(OutputError):
        rename(Project.open(root), "trainers", "coaches")

    assert {name: (root / name).read_text() for name in FILES} == FILES


def test_a_baseline_and_measures_stand_in_the_patch(write_tree):
    held = '{"version": 1, "algorithm": "rule, owner, subject, rank: v1", "findings": [\n  {"rule": "MS303", "owner": "trainers", "subject": "x", "rank": 1}\n]}\n'
    root = write_tree({**FILES, "microseg-baseline.json": held})

    outcome = rename(Project.open(root), "trainers", "coaches", write=False)

    assert '+  {"rule": "MS303", "owner": "coaches", "subject": "x", "rank": 1}\n' in outcome.diff
    assert '+{"segments": [{"id": "coaches", "note": "trainers and late"}]}\n' in outcome.diff


def test_a_pinned_id_ends_its_line_as_the_file_does(write_tree):
    root = write_tree({"segments/a.yaml": b"name: A\r\nsegments:\r\n  - name: B\r\n"})
    rename(Project.open(root), "b", "c")

    assert (root / "segments/a.yaml").read_bytes() == b"name: A\r\nsegments:\r\n  - id: c\r\n    name: B\r\n"


@pytest.mark.parametrize(("kind", "message", "hint"), [("segmnt", "there is no kind `segmnt`", "did you mean `segment`?"), ("q", "there is no kind `q`", f"use one of: {', '.join(KINDS)}"), ("goal", "nothing has the id `trainers` among goals", "`microseg tree` lists the segments")])
def test_a_kind_is_looked_at_first(write_tree, kind, message, hint):
    with pytest.raises(UsageError) as caught:
        rename(Project.open(write_tree(FILES)), "trainers", "x", kind=kind)

    assert (caught.value.message, caught.value.hint) == (message, hint)


def test_every_kind_that_has_ids_is_known():
    declared = {match for path in (Path(model.__file__).parent).glob("*.py") for match in re.findall(r'SlugKind\("(\w+)"\)', path.read_text(encoding="utf-8"))}

    assert set(KINDS) == {*declared, "definition", "metric"}
