"""What a statement says by itself."""

import json

from microseg.words.analyse import Analysis, analyse


def test_words_are_struck_out_and_the_rest_is_kept() -> None:
    found = analyse("Easy re-certification of crane operators, log-in by 07:30")

    assert [stem for stem, _ in found.left] == ["certification", "cran", "operator"]
    assert (found.words, found.praised) == (10, True)
    assert found.family == "commodity"
    assert found.stems == " easy re certification of cran operator log in by 07:30 "
    assert found.english


def test_an_analysis_survives_being_sent_on() -> None:
    found = analyse("Reliable loans from unstaffed branches")
    english, score, left, *others = json.loads(json.dumps(found))

    assert Analysis(english, score, tuple((stem, weight) for stem, weight in left), *others) == found


def test_punctuation_and_case_change_nothing() -> None:
    assert analyse("- A good UI!") == analyse("A GOOD ui")
