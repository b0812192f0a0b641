"""What cannot be done is refused before anything is written, in words that fit a screen."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from microseg.cli.paths import exists
from microseg.errors import UsageError

LONG = "a" * 5_000
SHORT = "a" * 79 + "…"
FILES = {"microseg.yaml": "version: 1\n", "segments/a.yaml": "name: A\nkeywrd: x\n"}


def lines(told):
    return told.code, told.err.splitlines()


@pytest.mark.parametrize(
    "args",
    [("init", LONG), ("lint", LONG), ("lint", "-C", LONG), ("tree", "-C", LONG), ("build", "--out", LONG)],
)
def test_a_path_that_no_system_holds_is_2(run, tree, args):
    tree(FILES)

    assert lines(run(*args)) == (2, [f"error: {SHORT}: the path is too long", "help: name a shorter one"])


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (("tree", LONG), f"there is no segment `{SHORT}`"),
        (("rename", LONG, "x"), f"nothing has the id `{SHORT}`"),
        (("lint", "--as-of", LONG), f"--as-of {SHORT}: not a day"),
        (("lint", "--format", LONG), f"there is no format `{SHORT}`"),
        (("tree", "-o", LONG), f"{SHORT}: cannot be written: file name too long"),
    ],
)
def test_what_was_typed_is_quoted_in_short(run, tree, args, error):
    tree(FILES)

    told = run(*args)

    assert (told.code, [line for line in told.err.splitlines() if line.startswith("error: ")]) == (2, [f"error: {error}"])


def test_init_leaves_schemas_of_others_alone_and_takes_its_own(run, tree, tmp_path):
    tree({".microseg/segment.schema.json": "mine\n"})
    refused = run("init")
    (tmp_path / ".microseg/segment.schema.json").write_text(run("init", "other").out)
    (tmp_path / ".microseg/segment.schema.json").write_bytes((tmp_path / "other/.microseg/segment.schema.json").read_bytes())

    assert lines(refused) == (2, ["error: .microseg/segment.schema.json exists already, and would be overwritten", "help: name another folder: microseg init DIR"])
    assert run("init").code == 0


@pytest.mark.parametrize(("files", "folder", "obstacle"), [({"segments": "x"}, ".", "segments"), ({"a": "x"}, "a/b", "a"), ({".microseg": "x"}, ".", ".microseg")])
def test_init_names_what_is_in_the_way(run, tree, tmp_path, files, folder, obstacle):  # noqa: PLR0917 - fixtures and parameters
    tree(files)

    assert lines(run("init", folder)) == (2, [f"error: {obstacle} is in the way: a folder is needed there", "help: name another folder: microseg init DIR"])
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(files)


def test_add_writes_the_schema_that_it_points_to(run, tree, tmp_path):
    tree(FILES)
    run("add", "B")
    written = (tmp_path / ".microseg/segment.schema.json").read_text()
    (tmp_path / ".microseg/segment.schema.json").write_text("mine\n")
    run("add", "C")

    assert written.startswith("{")
    assert [path.name for path in (tmp_path / ".microseg").iterdir()] == ["segment.schema.json"]
    assert (tmp_path / ".microseg/segment.schema.json").read_text() == "mine\n"


@pytest.mark.parametrize(
    ("args", "error", "help_"),
    [
        (("--format", "json="), "--format json=: the file is missing", "for example: --format json=out.txt"),
        (("--format", "json", "--format", "text"), "two formats would be mixed on the terminal", "send all but one of them into a file: --format json=out.json"),
        (("--diff", "--format", "json"), "--diff shows a patch, whatever --format says", "leave out one of the two"),
        (("--stdin-path", "segments/a.yaml", "--fix"), "--fix cannot write into standard input", "use --diff, which shows what it would change"),
        (("--stdin-path", "notes.txt"), "--stdin-path notes.txt: not a file that a workspace is made of", "name microseg.yaml, or a .yaml file under segments/ or evidence/"),
        (("--as-of", "20260101"), "--as-of 20260101: not a day", "write YYYY-MM-DD, or today"),
        (("--as-of", "2026-W01-1"), "--as-of 2026-W01-1: not a day", "write YYYY-MM-DD, or today"),
        (("--format", "json=no/out.json"), "no/out.json: cannot be written: no such file or directory", "name another file with --format json=FILE"),
        (("--write-baseline", "--baseline", "no/b.json"), "no/b.json: cannot be written: there is no such folder", "name another file with --baseline"),
        (("--write-baseline", "--baseline", "microseg.yaml/b.json"), "microseg.yaml/b.json: cannot be written: there is no such folder", "name another file with --baseline"),
        (("--write-baseline", "--baseline", "segments"), "segments: cannot be written: it is not a regular file", "name another file"),
    ],
)
def test_lint_refuses_what_does_not_go_together(run, tree, args, error, help_):
    tree(FILES)

    assert lines(run("lint", *args, stdin=b"")) == (2, [f"error: {error}", f"help: {help_}"])


def test_a_lone_dash_is_standard_input(run, tree):
    tree(FILES)

    told = run("lint", "--select", "MS003", "--stdin-path", "segments/a.yaml", "-", stdin=b"name: A\nonwer: x\n")

    assert told.out.splitlines()[0] == "segments/a.yaml:2:1: error MS003 unknown-key: unknown key `onwer`"


def test_a_patch_may_leave_with_0(run, tree):
    tree(FILES)

    assert [run("lint", "--diff", *more).code for more in ((), ("--exit-zero",))] == [1, 0]


def test_a_baseline_is_named_as_it_was_given(run, tree, tmp_path):
    tree({**FILES, "ci/x.txt": ""})

    assert run("lint", "--write-baseline", "--baseline", "ci/b.json").err.splitlines()[0].startswith("wrote ci/b.json: ")


def test_a_stale_entry_is_told_where_its_baseline_lies(run, tree):
    tree({**FILES, "ci/x.txt": ""})
    run("lint", "--write-baseline", "--baseline", "ci/b.json")
    tree({"segments/a.yaml": "name: A\n"})

    assert run("lint", "--select", "MS905", "--baseline", "ci/b.json").out.startswith("ci/b.json:2:3: warning MS905 ")


def test_a_place_that_nobody_may_look_at_is_no_mistake_of_ours(monkeypatch):
    def closed(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "stat", closed)
    with pytest.raises(UsageError, match="secret: permission denied"):
        exists(Path("secret"))


def test_add_writes_no_segment_where_its_schema_cannot_be(run, tree, tmp_path):
    tree({**FILES, ".microseg": "in the way"})

    assert lines(run("add", "B")) == (2, ["error: .microseg/segment.schema.json: cannot be written: file exists", "help: check the folder and its permissions"])
    assert not (tmp_path / "segments/b.yaml").exists()


@pytest.mark.parametrize("args", [("lint",), ("lint", "--fix"), ("lint", "--diff"), ("lint", "--write-baseline"), ("tree",), ("brief", "x"), ("brief", "--overview"), ("build",)])
def test_no_segment_is_3_wherever_it_matters(run, tree, tmp_path, args):
    tree({"microseg.yaml": "version: 1\n"})

    assert lines(run(*args)) == (3, ["error: there is no segment in this workspace", "help: write one with `microseg add NAME`, or look at an example: `microseg init --example learning DIR`"])
    assert [path.name for path in tmp_path.iterdir()] == ["microseg.yaml"]


@pytest.mark.parametrize("args", [("explain",), ("judge", "A good UI"), ("schema",)])
def test_every_command_may_be_quiet(run, args):
    assert lines(run(*args, "-q")) == (0, [])


def test_the_next_step_is_taken_in_the_same_folder(run, tree):
    tree({f"my plans/{path}": text for path, text in {**FILES, "segments/a.yaml": "name: A\n"}.items()})

    told = [run(*args, "-C", "my plans").err.splitlines()[-1] for args in (("tree",), ("brief", "a"), ("lint",), ("add", "B"), ("rename", "a", "c"))]

    assert told == [
        "next: `microseg brief -C 'my plans' a` reads one",
        "next: `microseg build -C 'my plans'` writes them all",
        "next: `microseg lint -C 'my plans' --all` shows what is still to do, `microseg build -C 'my plans'` writes the briefs",
        "next: fill it in, then `microseg lint -C 'my plans' --all` says what is missing",
        "next: `microseg lint -C 'my plans'` checks that all still fits",
    ]


def test_a_file_name_that_is_no_text_breaks_nothing(run, tree, tmp_path):
    tree({"microseg.yaml": "version: 1\n"})
    (tmp_path / "segments").mkdir()
    try:
        (tmp_path / "segments/w\udcff.yaml").write_text("name: W\n")
    except OSError:
        pytest.skip("the file system takes no such name")

    told = [run(*args) for args in (("lint", "--all", "--format", "text"), ("brief", "w", "-o", "w.md"), ("brief", "--overview"), ("build",), ("build", "--check"))]

    assert [one.code for one in told] == [0, 0, 0, 0, 0]
    assert "`segments/w\\udcff.yaml`" in (tmp_path / "w.md").read_text()


@pytest.mark.parametrize(("held", "said"), [({"kind": ["pain"]}, "line 2: `kind` is no text"), ({"segment": {"a": 1}}, "line 2: `segment` is no text"), ({"kind": 5}, "line 2: `kind` is no text")])
def test_what_is_judged_is_named_by_texts(run, held, said):
    told = run("judge", "--jsonl", stdin=b'\xef\xbb\xbf{"text": "good"}\r\n' + json.dumps({"text": "good", **held}).encode())

    assert (told.code, told.err.splitlines()[0]) == (2, f"error: {said}")


def test_a_line_ends_where_a_line_ends_and_nothing_unseen_is_written(run):
    told = run("judge", "--jsonl", "--format", "jsonl", stdin='{"text": "good\u2028UI\u202e"}\n'.encode())

    assert (told.code, told.out[:34]) == (0, '{"text": "good\\u2028UI\\u202e", "la')


def test_half_a_character_is_judged_and_written(run, tmp_path):
    told = run("judge", "--jsonl", "--format", "jsonl", "-o", "out.jsonl", stdin=b'{"text": "\\ud800 good"}\n')

    assert told.code == 0
    assert (tmp_path / "out.jsonl").read_text().startswith('{"text": "\\ud800 good"')


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("args", ["--help", "schema"])
def test_output_that_cannot_be_written_is_2(tmp_path, args):
    told = in_a_shell(f"{args} > /dev/full", tmp_path)

    assert (told.returncode, told.stderr) == (2, "error: standard input or output fails: no space left on device\nhelp: send the result elsewhere, or into a file\n")


@pytest.mark.slow
def test_closed_streams_are_no_mistake_of_ours(tmp_path):
    assert in_a_shell("schema >&- 2>&- <&-", tmp_path).returncode == 0


def in_a_shell(line, folder):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(["/bin/sh", "-c", f"{sys.executable} -m microseg {line}"], cwd=folder, env=env, check=False, capture_output=True, text=True)


def test_a_mistake_of_ours_promises_nothing_where_something_may_be_written(run, tree, monkeypatch):
    from microseg.project import facts

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    tree(FILES)
    monkeypatch.setattr(facts, "read_facts", broken)

    assert [run(*args).err.splitlines()[0] for args in (("tree",), ("lint", "--fix"), ("rename", "a", "b"))] == [
        "error: microseg made a mistake (ZeroDivisionError). Your files are as they were.",
        "error: microseg made a mistake (ZeroDivisionError).",
        "error: microseg made a mistake (ZeroDivisionError).",
    ]
