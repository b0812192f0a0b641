"""Which class a word falls into."""

from microseg.words.vocabulary import FUNCTION, GENERIC, LEFT, NUMBER, QUALITY, classes, phrases, phrases_in


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


def test_a_phrase_is_found_in_any_inflection() -> None:
    assert [mark.family for mark in classes(["logging", "in"])] == ["commodity", "commodity"]


def test_a_phrase_is_looked_for_at_its_rarest_word() -> None:
    assert "log" in phrases()
    assert "in" not in phrases()
    assert [(start, end) for start, end, _ in phrases_in(("to", "log", "in"))] == [(1, 3)]
    assert phrases_in(("to", "log", "it")) == []
