"""The command lines of `lint` and `build` are read twice: by hand where it is plain, by Typer otherwise. Both must read the same."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.main import get_command

from microseg.cli.app import app
from microseg.cli.building import Wanted
from microseg.cli.linting import Asked
from microseg.cli.quick import BUILD, FLAGS, SEVERAL, SINGLE, asked_of, read

COMMAND = get_command(app).get_command(None, "lint")
WORDS = ["a.yaml", "segments", "-", "--", "json", "json=out", "x=y", "-x", "MS2,MS301", *FLAGS, *SINGLE, *SEVERAL, "--format=json", "--color=never", "-fjson", "-qf", "-C=x", "--strict=1", "--al", "--help"]


def _by_typer(words):
    context = COMMAND.make_context("lint", list(words), resilient_parsing=False)
    return Asked(**context.params)


def _told(asked):
    """By name, as texts: Typer makes paths of them only when it calls the command."""
    return {name: tuple(map(str, value)) if isinstance(value, list) else str(value or "") for name, value in zip(Asked._names, (list(one) if isinstance(one, tuple) and one else one for one in asked), strict=True)}


BUILDING = get_command(app).get_command(None, "build")
BUILD_WORDS = ["a.yaml", "-", "--", "json", "md", "x=y", "-x", "2026-01-01", *BUILD.flags, *BUILD.single, *BUILD.several, "--format=md", "--out=x", "-fmd", "-qf", "-C=x", "--check=1", "--ch", "--help"]


def test_every_option_of_build_is_known():
    typed = {flag: one.name for one in BUILDING.params for flag in one.opts if flag.startswith("-")}
    known = BUILD.flags | {flag: name for flag, (name, _) in (BUILD.single | BUILD.several).items()}

    assert known == {flag: name for flag, name in typed.items() if name != "help"}


@pytest.mark.slow
@given(st.lists(st.sampled_from(BUILD_WORDS), max_size=6))
@settings(max_examples=300, deadline=None)
def test_what_is_read_of_build_by_hand_is_what_typer_reads(words):
    held = read(words, BUILD)

    if held is not None:
        typed = BUILDING.make_context("build", list(words), resilient_parsing=False).params
        assert {name: str(value) for name, value in held.items()} == {name: str(_plain(name, typed[name])) for name in held}
        assert {name: value for name, value in Wanted()._asdict().items() if name not in held} == {name: _plain(name, value) for name, value in typed.items() if name not in held}


def _plain(name, value):
    """As it reaches the command."""
    if name == "format_":
        return list(value) if value else ()
    return Path(value) if name in {"out", "directory"} and value is not None else value


def test_every_option_of_the_command_is_known():
    typed = {flag: one.name for one in COMMAND.params for flag in one.opts if flag.startswith("-")}
    known = FLAGS | {flag: name for flag, (name, _) in (SINGLE | SEVERAL).items()}

    assert known == {flag: name for flag, name in typed.items() if name != "help"}


@pytest.mark.slow
@given(st.lists(st.sampled_from(WORDS), max_size=6))
@settings(max_examples=300, deadline=None)
def test_what_is_read_by_hand_is_what_typer_reads(words):
    asked = asked_of(words)

    if asked is not None:
        assert _told(asked) == _told(_by_typer(words))


@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--strct"], ["--format"], ["-qf", "json"], ["-fjson"], ["--", "a"], ["--strict=1"], ["-C", "--all"]])
def test_what_is_not_plain_is_left_to_typer(words):
    assert asked_of(words) is None


def test_a_shell_that_completes_asks_typer(monkeypatch):
    monkeypatch.setenv("_MICROSEG_COMPLETE", "complete_bash")

    assert asked_of(["--all"]) is None


def test_the_version_and_lint_start_without_typer(tmp_path):
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "one.yaml").write_text("name: Online courses\n")
    program = (
        "import sys\nfrom microseg.__main__ import main\nsys.argv = ['microseg', *{words!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print(sorted({{'typer', 'rich', 'jinja2', 'pydantic', 'duckdb', 'sqlglot', 'dataclasses', 'inspect', 'subprocess'}} & set(sys.modules)))"
    )
    told = [
        subprocess.run([sys.executable, "-c", program.format(words=words)], cwd=tmp_path, capture_output=True, text=True, check=True).stdout.splitlines()[-1]
        for words in (["--version"], ["lint", "-q"], ["build", "-q"])
    ]

    assert told == ["[]", "[]", "[]"]


@pytest.mark.slow
def test_a_pipe_that_nobody_reads_ends_quietly(tmp_path):
    (tmp_path / "segments").mkdir()
    for number in range(200):
        (tmp_path / "segments" / f"group-{number}.yaml").write_text("name: A group\npain_points: [A good UI, Stable software, Fast support]\nstatus: active\n")

    told = subprocess.run([f"{sys.executable} -m microseg lint | true"], cwd=tmp_path, shell=True, capture_output=True, text=True, check=False)  # noqa: S602 - a pipe is what is tested

    assert "Traceback" not in told.stderr
    assert "Exception ignored" not in told.stderr


@pytest.mark.parametrize("words", [["x" * 50_000], ["lint", "--" + "x" * 50_000], ["tree", "--" + "x" * 50_000 + "=1"]])
def test_an_endless_name_is_not_repeated(run, words):
    told = run(*words)

    assert (told.code, told.out, len(told.err) < 300) == (2, "", True)
    assert told.err.startswith("error: there is no ")
