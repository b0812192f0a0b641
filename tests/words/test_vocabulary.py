"""Which class a word falls into."""

from microseg.words.lexicon import FAMILIES, entries
from microseg.words.vocabulary import FUNCTION, GENERIC, LEFT, NUMBER, QUALITY, classes, phrase_mates


def test_classes_of_words() -> None:
    words = ["the", "fast", "app", "for", "2", "cranes"]

    assert [mark.kind for mark in classes(words)] == [FUNCTION, QUALITY, GENERIC, FUNCTION, NUMBER, LEFT]


def test_a_phrase_is_one_quality() -> None:
    marks = classes(["one", "place", "to", "log", "in"])

    assert [(mark.kind, mark.family) for mark in marks] == [
        (QUALITY, "generic_benefit"),
        (QUALITY, "generic_benefit"),
        (FUNCTION, ""),
        (QUALITY, "commodity"),
        (QUALITY, "commodity"),
    ]


def test_a_phrase_is_looked_for_only_beside_its_mate() -> None:
    assert phrase_mates("log") == ("in", "out")
    assert phrase_mates("crane") == ()


def test_every_family_has_words() -> None:
    assert all(entries(family) for family in FAMILIES)
