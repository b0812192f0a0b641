"""The page about measuring cannot lie: its settings are settings, its commands are commands."""

import re
import textwrap
from pathlib import Path

import pytest
import typer

from microseg.cli.app import app
from microseg.project import Project

PAGE = (Path(__file__).parents[2] / "docs" / "measure.md").read_text(encoding="utf-8")
BLOCKS = [textwrap.dedent(one) for one in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
COMMANDS: dict = typer.main.get_command(app).commands


@pytest.mark.parametrize("settings", BLOCKS)
def test_its_settings_have_no_finding(tmp_path, settings):
    files = {"microseg.yaml": f"version: 1\n{settings}".encode(), "segments/a.yaml": b"name: Fleets\n"}

    report = Project.open(tmp_path, files).findings()

    assert [one.message for one in report.findings if one.location.path == "microseg.yaml"] == []


def test_its_commands_and_options_exist():
    named = {words.split()[0] for words in re.findall(r"`microseg ([a-z][^`]*)`", PAGE)}
    options = set(re.findall(r"(--[a-z][a-z-]*)", PAGE))
    known = {option for command in ("measure", "why", "members", "kano", "init", "build", "rank") for one in COMMANDS[command].params for option in one.opts}

    assert (sorted(named - set(COMMANDS)), sorted(options - known)) == ([], [])
