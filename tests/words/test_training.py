"""What training needs is locked in one way only, and its trees can be read."""

import tomllib
from pathlib import Path

HOUSE = Path(__file__).parents[2]


def test_the_extra_and_the_requirements_agree() -> None:
    extras = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]

    assert sorted(extras["train"]) == sorted((HOUSE / "training" / "requirements.txt").read_text(encoding="utf-8").split())


def test_the_report_is_made_with_the_extra() -> None:
    assert ".[train]" in (HOUSE / "Makefile").read_text(encoding="utf-8")
