"""Cures among the pains, and statements nobody can picture."""

import pytest

from microseg.words.wording import solution_in_disguise, vague


@pytest.mark.parametrize("text", ["We need SSO", "No bulk edit", "Lack of an API"])
def test_a_cure_in_disguise(text: str) -> None:
    assert solution_in_disguise(text) is not None


@pytest.mark.parametrize("text", ["We need three days to close the month because receipts come by post", "New hires wait two weeks for a badge"])
def test_a_pain(text: str) -> None:
    assert solution_in_disguise(text) is None


@pytest.mark.parametrize("text", ["Reporting is a nightmare", "Empower our users"])
def test_vague(text: str) -> None:
    assert vague(text) is not None


def test_not_vague() -> None:
    assert vague("Auditors ask who passed which version of a course, and nobody can tell") is None
