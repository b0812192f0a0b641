"""The table that words are looked up in: made from the lists, and up to date."""

import pytest

from microseg.words.lexicon import FAMILIES, FOLDER, mapping_of, phrases_of, set_of, words_of

lists = pytest.importorskip("training.lists", reason="the lists are made from a checkout")


def test_the_table_is_up_to_date() -> None:
    made = "".join(f"{line}\n" for line in lists.table())

    assert made == (FOLDER / "lists.table").read_text(encoding="utf-8"), "run python -m training.lists"


def test_every_family_has_words() -> None:
    assert set(words_of("phrases")[2::3]) | set(mapping_of("classes").values()) >= {str(number) for number in range(len(FAMILIES))}


def test_words_are_looked_up_by_what_a_line_holds() -> None:
    assert "when" in set_of("situation")
    assert mapping_of("irregular")["children"] == "child"
    assert ("soccer", "mom") in phrases_of("stereotype")["soccer"]
