import pytest

from microseg.errors import UsageError
from microseg.project import Project
from microseg.project.renaming import rename

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
        ("trainers", "Big Ones", "Big Ones: `Big Ones` is not an id", "use lower-case letters, digits and single dashes"),
        ("trainers", "index", "index: `index` is a name that the site or the file system needs", "use lower-case letters, digits and single dashes"),
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
