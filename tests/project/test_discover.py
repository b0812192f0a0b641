import datetime
import os
import subprocess

import pytest

from microseg.project import Project
from microseg.project.discover import discover, kind_of, measured_days, read_bytes
from microseg.source.problem import Problem


def _found(root, **bounds):
    return [(one.path, one.problem and (one.problem.code, one.problem.message)) for one in discover(root, **bounds)]


def test_finds_yaml_below_the_two_folders_and_nothing_else(write_tree):
    root = write_tree(dict.fromkeys(("segments/b.yaml", "segments/a.YML", "segments/x/y/c.Yaml", "evidence/e.yml", "segments/.hidden.yaml", "segments/.git/d.yaml", "segments/n.txt", "other/o.yaml", "r.yaml"), ""))

    assert _found(root) == [("evidence/e.yml", None), ("segments/a.YML", None), ("segments/b.yaml", None), ("segments/x/y/c.Yaml", None)]


def test_an_empty_folder_has_no_files(tmp_path):
    assert _found(tmp_path) == []


def test_what_looks_like_a_file_and_is_none_says_so(write_tree):
    root = write_tree({"segments/a.yaml": "", "evidence": "a file", "segments/folder.yaml/inside.yaml": ""})
    os.mkfifo(root / "segments/pipe.yaml")

    assert _found(root) == [
        ("evidence", ("MS010", "this cannot be read: not a directory")),
        ("segments/a.yaml", None),
        ("segments/folder.yaml", ("MS010", "this is a folder, not a file")),
        ("segments/pipe.yaml", None),
    ]
    assert read_bytes(root / "segments/pipe.yaml") == Problem("MS010", "this is not a regular file", 0, 0, "put a plain text file here, or remove it")


def test_links_are_followed_to_files_inside_only(write_tree, tmp_path_factory):
    root = write_tree({"segments/a.yaml": "name: A\n", "segments/x/b.yaml": ""})
    outside = tmp_path_factory.mktemp("outside")
    (outside / "o.yaml").write_text("name: O\n")
    for name, target in {"in.yaml": "a.yaml", "out.yaml": outside / "o.yaml", "folder": "x", "loop": "..", "outside": outside, "self.yaml": "self.yaml", "dangling.yaml": "nowhere.yaml", "notes.txt": outside / "o.yaml"}.items():
        (root / "segments" / name).symlink_to(target)
    leads_out = ("MS011", "a link that leads out of the workspace is not followed")
    to_folder = ("MS011", "a link to a folder is not followed")

    assert _found(root) == [
        ("segments/a.yaml", None),
        ("segments/dangling.yaml", None),
        ("segments/folder", to_folder),
        ("segments/in.yaml", None),
        ("segments/loop", to_folder),
        ("segments/out.yaml", leads_out),
        ("segments/outside", leads_out),
        ("segments/self.yaml", None),
        ("segments/x/b.yaml", None),
    ]
    assert read_bytes(root / "segments/dangling.yaml") == Problem("MS010", "this cannot be read: no such file or directory", 0, 0, "check that it exists and that you may read it")
    assert read_bytes(root / "segments/self.yaml").code == "MS010"


def test_a_folder_that_is_itself_a_link_out_is_not_followed(tmp_path, tmp_path_factory):
    (tmp_path / "segments").symlink_to(tmp_path_factory.mktemp("outside"))

    assert _found(tmp_path) == [("segments", ("MS011", "a link that leads out of the workspace is not followed"))]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_says_so(write_tree):
    root = write_tree({"segments/a.yaml": "", "segments/x/b.yaml": ""})
    (root / "segments/a.yaml").chmod(0)
    (root / "segments/x").chmod(0)

    assert _found(root) == [("segments/a.yaml", None), ("segments/x", ("MS010", "this cannot be read: permission denied"))]
    assert read_bytes(root / "segments/a.yaml").message == "this cannot be read: permission denied"
    (root / "segments/x").chmod(0o700)


def test_there_is_a_bound_on_files(write_tree):
    root = write_tree({f"segments/{name}.yaml": "" for name in "abcd"})

    assert _found(root, most=2) == [("segments/a.yaml", None), ("segments/b.yaml", None), ("segments/c.yaml", ("MS007", "more than 2 files; from here on none is read"))]


@pytest.mark.slow
def test_folders_may_nest_deeper_than_python_recurses(tmp_path):
    handle = os.open(tmp_path, os.O_RDONLY)
    for name in ["segments", *["d"] * 1_100]:
        os.mkdir(name, dir_fd=handle)
        inner = os.open(name, os.O_RDONLY, dir_fd=handle)
        os.close(handle)
        handle = inner
    os.close(handle)
    try:
        found = discover(tmp_path)
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "segments"], check=True)  # pytest's own clearing up would recurse too deep

    assert found == []


def test_a_large_file_is_not_read(tmp_path):
    path = tmp_path / "a.yaml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)

    assert read_bytes(path) == Problem("MS007", "the file has 50,000,000 bytes; at most 8,388,608 are read", 0, 0, "split it into several files")


@pytest.mark.parametrize(
    ("path", "expected"),
    [("segments/a.yaml", "segments"), ("evidence/x/e.YML", "evidence"), ("segments", None), ("a.yaml", None), ("segments/.a.yaml", None), ("segments/.x/a.yaml", None), ("segments/a.txt", None), ("Segments/a.yaml", None)],
)
def test_kind_of(path, expected):
    assert kind_of(path) == expected


def test_a_saved_measure_counts_by_the_day_in_its_name(tmp_path):
    (tmp_path / "measures").mkdir()
    for name in ("2026-06-30.json", "2026-02-30.json", "20260701.json", "2026-07-02.txt", "2026-07-03", "latest.json"):
        (tmp_path / "measures" / name).write_text("{")

    assert measured_days(tmp_path) == (datetime.date(2026, 6, 30),)
    assert measured_days(tmp_path / "nowhere") == ()


def test_today_is_a_measure_where_nothing_is_newer(tmp_path):
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "one.yaml").write_text("name: One\nreviewed: 2026-05-01\n")
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "2026-06-30.json").write_text("{}")

    assert Project.open(tmp_path).workspace.newest_date == datetime.date(2026, 6, 30)
