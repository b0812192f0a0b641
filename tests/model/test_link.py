import pytest

from microseg.project import Project


def _open(root, files):
    return Project.open(root, {f"segments/{name}.yaml": text.encode() for name, text in files.items()})


def _tree(project):
    return [(one.id, one.level, one.parent and one.parent.written) for one in project.workspace.segments]


def _told(project, *codes):
    return [f"{one.location.path[9:]}:{one.location.line} {one.rule} {one.message}" for one in project.findings().findings if one.rule in codes]


def test_ids_parents_and_levels_follow_from_the_place(tmp_path):
    files = {"creators": "name: Course creators\nsegments:\n  - name: Teachers\n    segments:\n      - name: K-12\n  - {id: coaches, name: Life coaches}\n", "schools": "name: Big schools\nparent: teachers\n"}

    assert _tree(_open(tmp_path, files)) == [
        ("creators", "head", None), ("teachers", "midtail", "creators"), ("k-12", "longtail", "teachers"), ("coaches", "longtail", "creators"), ("schools", "longtail", "teachers"),
    ]  # fmt: skip


def test_a_list_of_segments_may_be_a_file(tmp_path):
    project = _open(tmp_path, {"all": "segments:\n  - name: A\n  - {name: B, parent: a}\n"})

    assert _tree(project) == [("a", "head", None), ("b", "longtail", "a")]
    assert _told(project, "MS004", "MS005") == []


def test_typed_levels_stand(tmp_path):
    assert _tree(_open(tmp_path, {"a": "name: A\nlevel: midtail\nsegments:\n  - {name: B, level: midtail}\n"})) == [("a", "midtail", None), ("b", "midtail", "a")]


@pytest.mark.parametrize(
    ("files", "ids", "told"),
    [
        ({"企業": "name: 企業研修\n"}, ["segment-2"], ["企業.yaml:1 MS005 企業研修 needs an `id:`, for no id can be made of it"]),
        ({"a": "name: A\nsegments:\n  - name: 企業\n"}, ["a", "a-2"], ["a.yaml:3 MS005 企業 needs an `id:`, for no id can be made of it"]),
        ({"a": "name: A\n", "x/a": "name: Other\n"}, ["a", "a-2"], ["x/a.yaml:1 MS005 Other needs an `id:`, for the id `a` that would follow from it is taken"]),
        ({"a": "name: A\nsegments:\n  - name: B\n  - name: B\n  - name: b!\n"}, ["a", "b", "b-2", "b-3"], ["a.yaml:4 MS005 B needs an `id:`, for the id `b` that would follow from it is taken", "a.yaml:5 MS005 b! needs an `id:`, for the id `b` that would follow from it is taken"]),
        ({"a": "name: A\n", "b": "name: B\nid: a\n"}, ["a-2", "a"], ["a.yaml:1 MS005 A needs an `id:`, for the id `a` that would follow from it is taken"]),
    ],
)
def test_an_id_that_cannot_follow_is_asked_for(tmp_path, files, ids, told):
    project = _open(tmp_path, files)

    assert [one.id for one in project.workspace.segments] == ids
    assert _told(project, "MS005") == told


def test_the_fix_gives_an_id(write_tree):
    from microseg.lint.engine import Options
    from microseg.project.fixing import fix_all

    root = write_tree({"segments/a.yaml": "name: A\nsegments:\n  - name: 企業\n  - {name: 研修}\n"})
    fix_all(Project.open(root), Options(select=("MS005",)))

    assert (root / "segments/a.yaml").read_text() == "name: A\nsegments:\n  - id: a-2\n    name: 企業\n  - {id: a-3, name: 研修}\n"


def test_a_false_parent_is_said_and_the_true_one_counts(tmp_path):
    project = _open(tmp_path, {"a": "name: A\nsegments:\n  - {name: B, parent: c}\n  - {name: C, parent: a}\n"})

    assert _told(project, "MS006") == ["a.yaml:3 MS006 this segment is nested under a, and names c as its parent"]
    assert _tree(project) == [("a", "head", None), ("b", "longtail", "a"), ("c", "longtail", "a")]


def test_circles_end(tmp_path):
    project = _open(tmp_path, {"a": "name: A\nparent: c\n", "b": "name: B\nparent: a\n", "c": "name: C\nparent: b\n", "d": "name: D\nparent: d\n"})
    workspace = project.workspace

    assert [[one.id for one in workspace.ancestors(segment)] for segment in workspace.segments] == [["c", "b"], ["a", "c"], ["b", "a"], []]
    assert list(workspace.walk()) == []
    assert {line.split()[1] for line in _told(project, "MS103")} == {"MS103"}


def test_the_same_id_twice_is_said(tmp_path):
    project = _open(tmp_path, {"a": "name: A\n", "b": "name: B\nid: x\n", "c": "name: C\nid: x\n"})

    assert _told(project, "MS101") == ["c.yaml:2 MS101 the segment id `x` is taken"]


def test_a_parent_that_is_nowhere_makes_a_root(tmp_path):
    project = _open(tmp_path, {"a": "name: A\nparent: nowhere\n"})

    assert [one.id for one in project.workspace.roots] == ["a"]
    assert _told(project, "MS102") == ["a.yaml:2 MS102 there is no segment `nowhere`"]
