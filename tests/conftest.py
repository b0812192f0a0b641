"""What every room's tests share: small workspaces written to a folder, and sentences about what lint said of them."""

import gc
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import settings

from microseg.lint.engine import Options
from microseg.project import Project

settings.register_profile("fast", max_examples=60, deadline=None, derandomize=True)
settings.load_profile("fast")
gc.set_threshold(100_000, 20, 20)  # thousands of small tests make little garbage, and what pytest knows of them all is looked through each time

Tree = Mapping[str, str | bytes]


def write_files(root: Path, files: Tree) -> Path:
    """Write files by their relative path, texts as UTF-8; the folder, for convenience."""
    for path, held in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(held.encode() if isinstance(held, str) else held)
    return root


@pytest.fixture
def write_tree(tmp_path: Path) -> Callable[[Tree], Path]:
    """`write_tree({"segments/a.yaml": "name: A\\n"})` writes the files into a fresh folder and returns it."""
    return lambda files: write_files(tmp_path, files)


@pytest.fixture
def lint(tmp_path: Path) -> Callable[..., list[str]]:
    """`lint({"segments/a.yaml": …}, select=("MS003",))` gives each finding as `path:line:column CODE message`."""

    def run(files: Tree, *, select: tuple[str, ...] = (), **options: object) -> list[str]:
        held = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        report = Project.open(tmp_path, held).findings(Options(select=select, **options))
        return [f"{one.location.path}:{one.location.line}:{one.location.column} {one.rule} {one.message}" for one in report.findings]

    return run


# what CI must have: a test that is skipped for the want of it fails the run (REQUIRE=browser,postgres)
REQUIRED = {"browser": ("chromium", "playwright", "axe"), "postgres": ("postgresql", "psycopg"), "spark": ("pyspark", "java"), "exports": ("growthbook",)}
_missed: list[str] = []


_ALL_SLOW = re.compile(rb"^pytestmark = \[?pytest\.mark\.slow\b", re.MULTILINE)


def pytest_ignore_collect(collection_path, config):
    """The fast suite need not import a file that holds nothing but slow tests."""
    is_left_out = config.option.markexpr == "not slow" and collection_path.suffix == ".py" and _ALL_SLOW.search(collection_path.read_bytes())
    return True if is_left_out else None


def _note_skip(report):
    if report.skipped and isinstance(report.longrepr, tuple):
        wanted = [word for name in os.environ.get("REQUIRE", "").split(",") for word in REQUIRED.get(name.strip(), ())]
        if any(word in report.longrepr[2] for word in wanted):
            _missed.append(f"{report.nodeid}: {report.longrepr[2]}")


def pytest_collectreport(report):
    _note_skip(report)


def pytest_runtest_logreport(report):
    _note_skip(report)


def pytest_sessionfinish(session):
    if _missed:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    for line in _missed:
        terminalreporter.write_line(f"required, and skipped: {line}")
