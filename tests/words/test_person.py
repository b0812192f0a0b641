"""Persons, caricatures and job titles where a group is due."""

import pytest

from microseg.words.person import occupation_only, persona, signs, stereotype, useless_detail


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Mary, 34, works in HR", "Mary"),
        ("Marketing Mary wants more leads", "Mary"),
        ("A 34-year-old manager with two kids", "34-year-old"),
        ("We are targeting John Doe with this feature", "John Doe"),
    ],
)
def test_one_person(text: str, words: str) -> None:
    found = persona(text)

    assert found is not None
    assert found.words == words == text[found.start : found.end]


@pytest.mark.parametrize("text", ["Those of 40 firms, aged 34", "Clerk 12, 34 year old", "Owner of 2 shops, in his 40s", "A trainer AGED 44 at 3 sites"])
def test_an_age_is_found_beside_other_numbers(text: str) -> None:
    assert signs(text)[4]
    assert not signs(text.replace("4", "x"))[4]


@pytest.mark.parametrize(
    "text",
    ["Teams that run Jenkins themselves", "Patients aged 65 and over", "Firms under Sarbanes-Oxley", "Will writers at small law firms", "Subject matter experts", "Corporate trainers"],
)
def test_a_group(text: str) -> None:
    assert persona(text) is None
    assert stereotype(text) is None


def test_a_caricature() -> None:
    found = stereotype("Millennials glued to their phones")

    assert found is not None
    assert found.words == "Millennials"


@pytest.mark.parametrize(
    ("text", "flagged"), [("Business owners", True), ("CTO", True), ("Developers", True), ("Trainers who certify crane operators", False)]
)
def test_a_job_title_alone(text: str, *, flagged: bool) -> None:
    assert (occupation_only(text) is not None) is flagged


def test_a_detail_that_no_need_uses() -> None:
    found = useless_detail("Trainers who drink oat lattes")

    assert found is not None
    assert found.words == "lattes"
