import os
import stat
from collections import Counter

import pytest
from interrupted import at_each_moment

from microseg.errors import NothingToDoError, OutputError, SettingsError
from microseg.project import Project, find_root
from microseg.project.writing import encode_like, write_atomically


def test_writes_whole_and_leaves_nothing_beside_it(tmp_path):
    write_atomically(tmp_path / "new" / "a.txt", b"one")
    write_atomically(tmp_path / "new" / "a.txt", b"two")

    assert {path.name: path.read_bytes() for path in (tmp_path / "new").iterdir()} == {"a.txt": b"two"}


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # what is open when it is told to end is closed with the process
def test_told_to_end_at_any_moment_it_leaves_the_old_or_the_new_and_nothing_beside_it(tmp_path):
    target, left = tmp_path / "a.txt", Counter()
    target.write_bytes(b"old")

    for _ in at_each_moment(lambda: write_atomically(target, b"new"), "/writing.py"):
        left[target.read_bytes()] += 1
        assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
        target.write_bytes(b"old")

    assert left.keys() == {b"old", b"new"}
    assert left[b"old"] > 50


def test_what_a_killed_run_left_is_taken_away_when_it_is_old(tmp_path):
    old, young, other = (tmp_path / name for name in (".microseg-abcdef12", ".microseg-abcdef34", ".microseg-notes.yaml"))
    for path in (old, young, other):
        path.write_bytes(b"half")
    for path in (old, other):
        os.utime(path, (1_000_000_000, 1_000_000_000))

    write_atomically(tmp_path / "a.txt", b"one")

    assert sorted(path.name for path in tmp_path.iterdir()) == [".microseg-abcdef34", ".microseg-notes.yaml", "a.txt"]


def test_keeps_permissions_and_links(tmp_path):
    target, link = tmp_path / "a.txt", tmp_path / "link.txt"
    target.write_bytes(b"one")
    target.chmod(0o640)
    link.symlink_to(target)

    write_atomically(link, b"two")

    assert (link.is_symlink(), target.read_bytes(), stat.S_IMODE(target.stat().st_mode)) == (True, b"two", 0o640)


def test_says_why_it_cannot_write(tmp_path):
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(OutputError, match="cannot be written: "):
        write_atomically(tmp_path / "file" / "a.txt", b"")


def test_replaces_nothing_but_a_regular_file(tmp_path):
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")

    for name in ("folder", "pipe"):
        with pytest.raises(OutputError, match="cannot be written: it is not a regular file"):
            write_atomically(tmp_path / name, b"")
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


@pytest.mark.parametrize("original", [b"a", b"\xef\xbb\xbfa", b"\xff\xfea\x00", b"\xfe\xff\x00a"])
def test_encodes_as_the_file_was(original):
    assert encode_like(original, "a") == original


def test_the_root_is_the_nearest_settings_above(write_tree):
    root = write_tree({"microseg.yaml": "", "segments/x/a.yaml": "name: A\n"})

    assert find_root(root / "segments" / "x") == root


def test_segments_without_settings_are_a_workspace(write_tree):
    root = write_tree({"segments/a.yaml": "name: A\n"})

    assert find_root(root) == root


def test_a_git_repository_is_not_left(write_tree):
    root = write_tree({"microseg.yaml": "", "repo/.git/HEAD": "", "repo/x/a.txt": ""})

    with pytest.raises(NothingToDoError):
        find_root(root / "repo" / "x")


@pytest.mark.parametrize("text", ["[", "a: 1\n---\nb: 1\n", "a: &x [*x]\n", "\0" * 2_000])
def test_settings_that_are_not_yaml_stop_the_run(write_tree, text):
    with pytest.raises(SettingsError, match=r"microseg.yaml:\d+:\d+: ."):
        Project.open(write_tree({"microseg.yaml": text, "segments/a.yaml": "name: A\n"}))


def test_settings_that_are_a_folder_stop_the_run(tmp_path):
    (tmp_path / "microseg.yaml").mkdir()

    with pytest.raises(SettingsError, match=r"microseg\.yaml: this is not a regular file"):
        Project.open(tmp_path)


def test_a_mistake_inside_the_settings_is_a_finding_and_the_rest_holds(lint):
    settings = "version: 2\nlint: {max_focus: many, severity: {unknown-key: loud}}\ndefaults: {owner: us}\nextra: 1\n"

    assert lint({"microseg.yaml": settings, "segments/a.yaml": "name: A\n"}, select=("MS0",)) == [
        "microseg.yaml:1:10 MS006 2 is out of range",
        "microseg.yaml:2:19 MS004 `many` is not a number",
        "microseg.yaml:2:49 MS006 `loud` is not one of the words this field knows",
        "microseg.yaml:4:1 MS003 unknown key `extra`",
    ]


def test_limits_may_be_lowered(lint):
    files = {"microseg.yaml": "limits: {depth: 4, nodes: 12}\n", "segments/a.yaml": "name: A\nsegments: [{name: B, segments: [{name: C}]}]\n", "segments/b.yaml": "name: A\ntags: [a, b, c, d, e, f, g, h, i]\n"}

    assert lint(files, select=("MS007",)) == ["segments/a.yaml:2:33 MS007 nesting is deeper than 4 levels", "segments/b.yaml:2:29 MS007 more than 12 nodes"]


def test_settings_are_held_to_the_bound_wherever_they_come_from(tmp_path):
    with pytest.raises(SettingsError, match=r"microseg\.yaml: the file has 9,000,000 bytes; at most 8,388,608 are read"):
        Project.open(tmp_path, {"microseg.yaml": b"a: b\n" * 1_800_000})
