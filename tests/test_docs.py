"""The docs cannot lie: generated pages are what the code says, transcripts are run, everything has its place."""

import importlib.util
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
import typer

from microseg.cli.app import app
from microseg.discovery import names_in
from microseg.lint.rule import all_rules
from microseg.project import Project

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
HAND_WRITTEN = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", *(f"docs/{path.name}" for path in sorted(DOCS.glob("*.md")))]
COMMANDS: dict = typer.main.get_command(app).commands


def generator():
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_generated_pages_are_up_to_date():
    stale = [name for name, text in generator().pages().items() if (DOCS / name).read_text(encoding="utf-8") != text]

    assert stale == [], "run `make docs`"


def test_every_record_of_the_format_has_its_keys():
    tables = re.findall(r"^### (.+)\n(?:(?!#).*\n)*?\|---\|---\|---\|\n(.*)", (DOCS / "format.md").read_text(encoding="utf-8"), re.MULTILINE)

    assert {"Data", "Account table", "Dimension column", "Dimensions of your own"} <= {name for name, _ in tables}
    assert [name for name, first in tables if not first.startswith("| `")] == []


def test_the_examples_of_the_format_are_settings_without_a_problem(tmp_path):
    (tmp_path / "microseg.yaml").write_text("version: 1\n" + "".join(generator().EXAMPLES.values()), encoding="utf-8")
    project = Project.open(tmp_path)

    assert [one.message for one in project.findings().findings if one.location.path == "microseg.yaml"] == []
    assert project.config.data.tables.history.value == "new"
    assert [one.id for one in project.dimensions.own] == ["plant.count", "plant.kind"]


def transcripts():
    """Each command of the README's transcript with what it should print."""
    for block in re.findall(r"```console\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = step.partition("\n")
            yield command, output


@pytest.mark.slow
def test_the_transcript_of_the_readme_is_true(tmp_path):
    for command, expected in transcripts():
        words = shlex.split(command)
        assert words[0] == "microseg"
        told = subprocess.run([sys.executable, "-m", *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False)

        assert told.stdout == expected, command


def test_ten_lines_are_the_same_everywhere():
    blocks = [re.findall(r"```yaml\n(# segments/schedulers.yaml\n.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)[0] for page in ("README.md", "docs/format.md")]
    starter = (ROOT / "templates/starters/minimal/segments/schedulers.yaml").read_text(encoding="utf-8")

    lines = [line for line in starter.splitlines() if not line.startswith("#") and line.strip()]
    assert blocks[0] == blocks[1]
    assert [line.split("   #")[0].rstrip() for line in lines] == blocks[0].splitlines()[1:]


@pytest.mark.parametrize("page", HAND_WRITTEN)
def test_links_lead_somewhere(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    targets = [target for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text) if "://" not in target]
    missing = [target for target in targets if not ((ROOT / page).parent / target).exists()]

    assert missing == []


@pytest.mark.parametrize("page", HAND_WRITTEN)
def test_a_command_that_a_page_names_exists(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = set(re.findall(r"`microseg ([a-z]+)", text)) | set(re.findall(r"^\$? ?microseg ([a-z]+)", text, re.MULTILINE))

    assert named - set(COMMANDS) == set()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_a_page_examples_and_a_line_in_the_changelog(name):
    help_ = COMMANDS[name].help or ""

    assert f"## microseg {name}\n" in (DOCS / "cli.md").read_text(encoding="utf-8")
    assert f"microseg {name}" in help_.partition("\b")[2]
    assert f"`{name}`" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8") or f"`microseg {name}`" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_option_has_a_sentence():
    silent = [f"{name} {one.name}" for name, command in COMMANDS.items() for one in command.params if not getattr(one, "help", None) and one.name not in {"help", "install_completion", "show_completion"}]

    assert silent == []


def test_every_format_is_named_by_lint():
    lint = next(one for one in COMMANDS["lint"].params if one.name == "format_")

    assert [name for name in names_in("microseg.formats") if name not in lint.help] == []


def test_every_rule_is_documented():
    page = (DOCS / "rules.md").read_text(encoding="utf-8")

    assert [one.code for one in all_rules() if f"### {one.code} {one.name}\n" not in page] == []


def test_no_page_names_a_machine_or_a_tool_of_a_workplace():
    wrong = re.compile(r"/(?:work|home|root|tmp)/|\bTODO\b|\bFIXME\b")
    hits = [f"{page}: {line}" for page in HAND_WRITTEN for line in (ROOT / page).read_text(encoding="utf-8").splitlines() if wrong.search(line)]

    assert hits == []


def test_pre_commit_hooks_match_the_files_of_a_workspace_and_no_others():
    text = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    patterns = {re.compile(found) for found in re.findall(r"^  files: (.+)$", text, re.MULTILINE)}
    good = ["microseg.yaml", "segments/a.yaml", "segments/deep/b.yml", "planning/segments/a.yaml", "evidence/2026.yaml", "planning/microseg.yaml"]
    bad = ["segments/.hidden.yaml", "segments/a.md", "docs/a.yaml", "mymicroseg.yaml.bak", "mysegments/a.yaml", "segments.yaml"]

    assert len(patterns) == 1
    assert [[bool(pattern.search(name)) for name in (*good, *bad)] for pattern in patterns] == [[True] * len(good) + [False] * len(bad)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("schema", "args"),
    [
        ("lint", ["lint", "--all", "--format", "json", "--exit-zero"]),
        ("tree", ["tree", "--format", "json"]),
        ("judge", ["judge", "A good UI", "企業研修の受講者", "--format", "json"]),
        ("explain", ["explain", "--all", "--format", "json"]),
    ],
)
def test_what_a_command_writes_as_json_fits_its_schema(schema, args, tmp_path):
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "a.yaml").write_text("id: a\nname: A\nkeywrd: x\npain_points: [A good UI]\n")
    (tmp_path / "segments" / "b.yaml").write_text("id: a\nname: B\n")
    told = subprocess.run([sys.executable, "-m", "microseg", *args], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True)
    held = json.loads((DOCS / "schemas" / f"{schema}.schema.json").read_text(encoding="utf-8"))

    assert list(jsonschema.Draft7Validator(held).iter_errors(json.loads(told.stdout))) == []


def test_the_problem_matcher_reads_what_lint_prints(tmp_path):
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "a.yaml").write_text("name: A\nkeywrd: x\n")
    told = subprocess.run([sys.executable, "-m", "microseg", "lint", "--select", "MS003"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False)
    pattern = json.loads((DOCS / "problem-matcher.json").read_text(encoding="utf-8"))["problemMatcher"][0]["pattern"][0]["regexp"]

    assert [match.groups()[:5] for line in told.stdout.splitlines() if (match := re.match(pattern, line))] == [("segments/a.yaml", "2", "1", "error", "MS003 unknown-key")]
