"""Wherever it runs: no home, a home that is not ours to write, the C locale, a full disk, a closed stream, and a kill at any moment."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
FILES = {"microseg.yaml": "version: 1\n", "segments/größe.yaml": "id: a\nname: Größe 企業 ☃\ndefinition: Those who wait — “always”.\nsegments: [{id: b, name: Бэ}]\n"}
COMMANDS = [("lint",), ("lint", "--format", "json"), ("tree",), ("brief", "a"), ("brief", "a", "--format", "html"), ("build",), ("export", "--to", "mermaid")]
PLAIN = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}


def run(folder, *words, streams="", **env):
    """In a shell of its own, where streams can be closed."""
    script = f'exec "{sys.executable}" -m microseg "$@" {streams}'
    return subprocess.run(["sh", "-c", script, "sh", *words], cwd=folder, env={**PLAIN, **env}, capture_output=True, check=False, timeout=60)


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_the_c_locale_without_a_home(words, write_tree):
    told = run(write_tree(FILES), *words, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")

    assert told.returncode in {0, 1}, told
    assert b"made a mistake" not in told.stderr
    assert b"Traceback" not in told.stderr


@pytest.mark.parametrize("home", ["/nowhere/at/all", "/dev/null", "/proc", ""])
def test_a_home_that_cannot_be_written(home, write_tree):
    root = write_tree(FILES)

    told = run(root, "lint", HOME=home)

    assert (told.returncode, b"mistake" in told.stderr) == (0, False), told
    assert sorted(path.name for path in root.iterdir()) == ["microseg.yaml", "segments"]


@pytest.mark.parametrize("words", COMMANDS[:5], ids=" ".join)
def test_a_full_disk_behind_the_output(words, write_tree):
    told = run(write_tree(FILES), *words, streams="> /dev/full")

    assert told.returncode == 2, told
    assert b"error: standard input or output fails: no space left on device\nhelp: " in told.stderr


@pytest.mark.parametrize("streams", [">&-", "2>&-", "<&-", "<&- >&- 2>&-", "2> /dev/full"])
def test_closed_streams(streams, write_tree):
    told = run(write_tree(FILES), "tree", streams=streams)

    assert told.returncode in {0, 1, 2}, told
    assert b"mistake" not in told.stderr


def _on_a_full_disk(root, words):
    """The size of files is bounded rather than the disk, which has the same end: a write that fails half way.

    Python itself would put half a compiled module in place of a whole one, and every later start
    would stumble over it: it is told to write none.
    """
    script = f'trap "" XFSZ; ulimit -f 8; exec "{sys.executable}" -m microseg {words}'
    return subprocess.run(["sh", "-c", script], cwd=root, env={**PLAIN, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, check=False, timeout=60)


def test_pages_on_a_full_disk_are_whole_or_not_there(write_tree):
    root = write_tree(FILES)
    told = _on_a_full_disk(root, "build")

    assert told.returncode == 2, told
    assert told.stderr.startswith(b"error: ")
    assert all(path.read_bytes().endswith(b"</html>\n") for path in (root / "briefs").rglob("*.html"))
    assert [path.name for path in root.rglob("*") if "passing" in path.name or path.suffix == ".tmp"] == []


@pytest.mark.parametrize("words", [("measure",), ("lint", "--no-cache"), ("build",)], ids=" ".join)
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_told_to_end_it_leaves_no_process_and_nothing_that_it_spilled(words, sign, tmp_path):
    root = tmp_path / "w"
    _many(root)
    (tmp_path / "spilled").mkdir()
    env = {**PLAIN, "XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(tmp_path / "spilled")}
    run = subprocess.Popen([sys.executable, "-m", "microseg", *words], cwd=root, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    time.sleep(1)
    run.send_signal(sign)
    run.communicate(timeout=30)  # until nobody holds the pipe: the children that it had started have ended too

    assert run.returncode in {0, 1, 130, 143, -sign}
    assert list((tmp_path / "spilled").iterdir()) == []
    assert list(root.rglob(".microseg-*")) == [] or sign == signal.SIGTERM


def _many(root):
    """The sample with so many segments that several processes work on it, and the file of one of them."""
    shutil.copytree(ROOT / "sample_workspace", root)
    for number in range(400):
        (root / f"segments/x{number}.yaml").write_text(f"name: Those of {number}\nid: x{number}\nparent: online-courses\npain_points:\n  - They wait for {number} days\n")
    return root / "segments/x7.yaml"


def test_told_to_end_after_an_edit_it_leaves_nothing_aside_and_the_next_build_is_right(tmp_path, microseg):
    root, env = tmp_path / "w", {"XDG_CACHE_HOME": str(tmp_path / "cache"), "TMPDIR": str(tmp_path)}
    edited = _many(root)
    microseg(root, "build", **env)
    chance = random.Random("edits")  # noqa: S311 - moments, not secrets
    for number in range(8):
        edited.write_text(edited.read_text().replace("days", f"days and {number} hours", 1))
        run = subprocess.Popen([sys.executable, "-m", "microseg", "build"], cwd=root, env={**PLAIN, **env}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.1, 0.6))
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=30)

        assert list(root.rglob(".microseg-*")) == []
    microseg(root, "build", **env)
    microseg(root, "build", "--out", str(tmp_path / "anew"), XDG_CACHE_HOME=str(tmp_path / "another"))

    built, anew = ({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} for folder in (root / "briefs", tmp_path / "anew"))
    assert built == anew
    assert len(built) > 800


def test_a_result_on_a_full_disk_is_whole_or_as_it_was(write_tree):
    root = write_tree({**FILES, "segments/many.yaml": "id: m\nparent: a\nname: " + "x" * 900 + "\ndefinition: " + "y" * 9_000 + "\n", "told.json": "as it was"})

    told = _on_a_full_disk(root, "export --to json -o told.json")

    assert (told.returncode, told.stderr.startswith(b"error: told.json: cannot be written: file too large\nhelp: ")) == (2, True), told
    assert (root / "told.json").read_text() == "as it was"
    assert [path.name for path in root.glob(".microseg-*")] == []


def _state(root):
    """Every file but those on their way: hidden, under a name of their own, and read by nobody."""
    files = {path.relative_to(root): path for path in root.rglob("*") if path.is_file()}
    return {name.as_posix(): path.read_bytes() for name, path in files.items() if not any(part.startswith(".microseg-") for part in name.parts)}


KILLED = {"lint": ("lint",), "mend": ("lint", "--fix"), "build": ("build", "--keep-going"), "save": ("measure", "--save"), "rename": ("rename", "k12", "schools")}


@pytest.mark.parametrize("name", KILLED)
def test_killed_at_any_moment_no_file_is_half_and_the_next_run_is_right(name, tmp_path, microseg):
    if name == "save":
        pytest.importorskip("duckdb", reason="duckdb is not installed: nothing is measured")

    def fresh(place):
        shutil.copytree(ROOT / "sample_workspace", place / "w")
        for number in range(12):
            (place / f"w/segments/x{number}.yaml").write_text(f"nmae: N{number}\nid: x{number}\nparent: online-courses\npain_points:\n  - Waits: we lose them\n")
        return place / "w", {"XDG_CACHE_HOME": str(place / "cache"), "TMPDIR": str(place)}

    chance = random.Random(name)  # noqa: S311 - moments, not secrets
    root, env = fresh(tmp_path / "whole")
    before = _state(root)
    took, after = microseg.ask(root, *KILLED[name], **env)["took"], _state(root)
    for number in range(4):
        root, env = fresh(tmp_path / str(number))
        microseg.ask(root, *KILLED[name], seconds=took * chance.uniform(0.1, 1.0), **env)
        left = _state(root)
        told = microseg(root, *KILLED[name], **env)

        assert {path for path, data in left.items() if data not in {before.get(path), after.get(path)} and not path.endswith(".passing")} == set()
        assert told.code in {0, 1, 2}, told.err
        assert {path: data for path, data in _state(root).items() if data != after.get(path)} == {}
        assert after.keys() == _state(root).keys()
