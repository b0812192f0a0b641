"""What refreshing tells must be what a fresh open tells, whatever has been edited before."""

import shutil

import edited_trees
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.errors import SettingsError
from microseg.project import Project

POOL = {**edited_trees.POOL, "microseg.yaml": [*edited_trees.POOL["microseg.yaml"], "version: 2\n"]}
_STEPS = st.lists(
    st.one_of(
        *(st.tuples(st.sampled_from(["disk", "overlay"]), st.just(path), st.sampled_from(texts)) for path, texts in POOL.items()),
        st.tuples(st.sampled_from(["remove", "take back"]), st.sampled_from(sorted(POOL)), st.just("")),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.slow
@given(steps=_STEPS)
@settings(max_examples=12)
def test_refreshing_tells_what_a_fresh_open_tells(steps, tmp_path_factory):
    root = tmp_path_factory.mktemp("workspace")
    _write(root, "segments/a.yaml", POOL["segments/a.yaml"][0])
    project = Project.open(root)
    project.findings()
    overlay = {}
    for how, path, text in steps:
        if how == "disk":
            _write(root, path, text)
        elif how == "remove":
            (root / path).unlink(missing_ok=True)
        elif how == "overlay":
            overlay[path] = text.encode()
        else:
            overlay.pop(path, None)
        project.refresh([path], {path: overlay.get(path)} if how in {"overlay", "take back"} else None)
        project.findings()
    fresh = Project.open(root, overlay)

    assert project.findings() == fresh.findings()
    assert project.paths == fresh.paths
    assert [project.data(path) for path in fresh.paths] == [fresh.data(path) for path in fresh.paths]
    assert project.workspace.segments == fresh.workspace.segments
    shutil.rmtree(root)


def _write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text)


def test_what_is_not_named_is_not_read_again(write_tree):
    root = write_tree({"segments/a.yaml": "name: A\n", "segments/b.yaml": "name: B\n"})
    project = Project.open(root)
    write_tree({"segments/a.yaml": "name: A2\n", "segments/b.yaml": "name: B2\n"})

    project.refresh(["segments/b.yaml"])

    assert [one.name for one in project.workspace.segments] == ["A", "B2"]


def test_a_folder_stands_for_all_that_is_in_it(write_tree):
    root = write_tree({"segments/x/a.yaml": "name: A\n", "segments/b.yaml": "name: B\n"})
    project = Project.open(root)
    write_tree({"segments/x/a.yaml": "name: A2\n", "segments/x/c.yaml": "name: C\n"})

    project.refresh(["segments/x"])

    assert [one.name for one in project.workspace.segments] == ["B", "A2", "C"]


def test_an_overlay_outside_the_workspace_is_not_read(write_tree):
    project = Project.open(write_tree({"segments/a.yaml": "name: A\n"}), {"notes/b.yaml": b"nmae: B\n", "segments/.hidden.yaml": b"nmae: C\n", "segments/d.txt": b"nmae: D\n"})

    assert project.paths == ("segments/a.yaml",)


def test_an_overlay_is_held_to_the_bounds(write_tree):
    project = Project.open(write_tree({"microseg.yaml": "limits: {file_bytes: 10}\n"}), {"segments/a.yaml": b"name: A name that is long\n"})

    assert [(one.rule, one.message) for one in project.findings().findings if one.severity == "error"] == [("MS007", "the file has 26 bytes; at most 10 are read")]


def test_settings_that_break_leave_the_project_as_it_was(write_tree):
    project = Project.open(write_tree({"segments/a.yaml": "nmae: A\n"}))
    before = project.findings()

    with pytest.raises(SettingsError, match=r"microseg.yaml:1:1: a `\[` or `{` is opened and not closed"):
        project.refresh([], {"microseg.yaml": b"[\n"})

    assert project.findings() == before


def test_findings_are_the_same_bytes_every_time(write_tree):
    root = write_tree({path: texts[-1] for path, texts in POOL.items()})

    assert Project.open(root).findings() == Project.open(root).findings()


def test_of_what_an_editor_holds_only_what_changed_is_read_again(write_tree):
    read = []
    root = write_tree({"segments/a.yaml": "name: A\n"})
    project = Project.open(root, {f"segments/{name}.yaml": f"name: {name}\n".encode() for name in "bcd"}, watch=lambda done, total: read.append((done, total)))
    read.clear()

    project.refresh([], {"segments/c.yaml": b"name: C2\n"})

    assert read == [(1, 1)]
    assert [one.name for one in project.workspace.segments] == ["A", "b", "C2", "d"]
