"""A run over many files: the same bytes with the cache and without, in one process and in several, and after a run was killed."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from microseg.lint import local
from microseg.project import facts, project, stage_one
from microseg.project.workers import processes

FORMATS = ("text", "json", "sarif", "junit", "gitlab", "rdjson", "github")


def _files(count):
    files = {"microseg.yaml": "version: 1\ndefaults: {status: active}\n"}
    for number in range(count):
        parent = f"parent: group-{(number - 1) // 5}\n" if number else ""
        odd = ("", "", "nmae: x\n", "level: head   # microseg: ignore[level-order] a trial\n")[number % 4]
        files[f"segments/{number % 7}/group-{number}.yaml"] = (
            f"id: group-{number}\nname: Those with cranes {number}\n{parent}{odd}keyword: cranes\npain_points:\n  - Easy to use\n  - id: late-{number}\n    statement: They wait {number} hours for a crane: nobody answers\n"
            f"ideal_solutions:\n  - statement: Book a crane {number}\n    relieves: [late-{number}]\ncriteria:\n  demo.language: {{in: [en, x{number}]}}\n"
        )
    return files


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_the_same_with_the_cache(run, tree, monkeypatch, name):
    monkeypatch.setattr(project, "FEW", 1)
    monkeypatch.setattr(project, "processes", lambda: 1)
    monkeypatch.setattr(stage_one, "processes", lambda: 1)
    tree(_files(12))

    for args in (["--all"], ["--strict"], ["segments/1"]):
        command = ["lint", "--format", name, *args]
        plain, first, second = run(*command, "--no-cache"), run(*command), run(*command)

        assert first == plain
        assert second == plain


def test_nothing_is_kept_without_the_cache(run, tree, monkeypatch):
    monkeypatch.setattr(project, "FEW", 1)
    tree(_files(3))
    run("lint", "--no-cache")
    run("lint", "--stdin-path", "segments/0/group-0.yaml", "-", stdin=b"name: A\n")
    run("lint", "--diff")

    assert not (Path(os.environ["XDG_CACHE_HOME"]) / "microseg").exists()


@pytest.mark.slow
def test_a_build_keeps_what_it_read_and_judged(run, tree, monkeypatch, tmp_path):
    monkeypatch.setattr(project, "FEW", 1)
    monkeypatch.setattr(project, "processes", lambda: 1)
    monkeypatch.setattr(stage_one, "processes", lambda: 1)
    done = []
    read, judged = facts.read_facts, local.Work.__call__
    monkeypatch.setattr(facts, "read_facts", lambda path, *args, **named: (done.append(path), read(path, *args, **named))[1])
    monkeypatch.setattr(local.Work, "__call__", lambda self, families: (done.append(len(families)), judged(self, families))[1])
    tree(_files(40))
    run("build", "--keep-going")
    first, done[:] = list(done), []
    edited = tmp_path / "segments/4/group-39.yaml"
    edited.write_text(edited.read_text().replace("39 hours", "40 hours"))
    run("build", "--keep-going")

    assert (len([one for one in first if isinstance(one, str)]), sum([one for one in first if not isinstance(one, str)])) == (40, 9)
    assert done == ["segments/4/group-39.yaml", 1]


def _lint(root, cache, *args):
    return subprocess.Popen(
        [sys.executable, "-m", "microseg", "lint", "--all", "--exit-zero", *args], cwd=root, env={**os.environ, "XDG_CACHE_HOME": str(cache)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


@pytest.mark.slow
def test_workers_say_what_one_process_says(write_tree, tmp_path):
    root = write_tree({f"w/{path}": text for path, text in _files(240).items()}) / "w"
    one = "import sys; from microseg.project import workers; workers.MOST_PROCESSES = {}; from microseg.__main__ import main; sys.argv = ['microseg', 'lint', '--all', '--no-cache', '--format', '{}', '--exit-zero']; main()"
    for name in ("text", "json"):
        told = {subprocess.run([sys.executable, "-c", one.format(count, name)], cwd=root, capture_output=True, check=True).stdout for count in (1, 4)}

        assert len(told) == 1
    assert processes() >= 1


@pytest.mark.slow
def test_a_killed_run_leaves_nothing_and_the_next_one_is_right(write_tree, tmp_path):
    root = write_tree({f"w/{path}": text for path, text in _files(240).items()}) / "w"
    cache = tmp_path / "cache"
    before = sorted(path for path in root.rglob("*"))
    start = time.monotonic()
    right = _lint(root, cache, "--no-cache").communicate()
    long = time.monotonic() - start
    chance = random.Random(5)  # noqa: S311 - the same moments every time
    for number in range(8):
        (root / "segments/0/group-0.yaml").write_text(_files(1)["segments/0/group-0.yaml"] + f"# {number}\n")
        run = _lint(root, cache)
        time.sleep(chance.random() * long)
        run.send_signal(signal.SIGKILL)
        run.communicate()
        again = _lint(root, cache)

        assert again.communicate()[0] == right[0]
        assert again.returncode == 0
    assert sorted(path for path in root.rglob("*")) == before
    assert [path.name for path in (cache / "microseg").rglob("*.passing")] == []


@pytest.mark.slow
def test_two_runs_at_once_say_the_same(write_tree, tmp_path):
    root = write_tree({f"w/{path}": text for path, text in _files(240).items()}) / "w"
    told = [one.communicate()[0] for one in [_lint(root, tmp_path / "cache") for _ in range(3)]]
    told.append(_lint(root, tmp_path / "cache").communicate()[0])

    assert len(set(told)) == 1
