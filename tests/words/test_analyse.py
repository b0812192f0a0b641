"""What a statement says by itself."""

import json

import pytest

from microseg.words.analyse import Analysis, analyse, line_of
from microseg.words.look import Seen, apart, is_left, looks, packed, words_of
from microseg.words.tokens import stem_line


def test_words_are_struck_out_and_the_rest_is_kept() -> None:
    text = "Easy re-certification of crane operators, log-in by 07:30"
    found = analyse(text)

    assert [word.stems for word in words_of(found.pieces) if is_left(word)] == ["certification", "cran", "operator"]
    assert (found.words, found.left, found.praised) == (10, 3, True)
    assert found.family == "commodity"
    assert line_of(found) == stem_line(text) == " easy re certification of cran operator log in by 07:30 "
    assert found.english


def test_an_analysis_survives_being_sent_on() -> None:
    found = analyse("Reliable loans from unstaffed branches, day-old")
    held = json.loads(json.dumps(found))

    def seen(one: list) -> Seen:
        return Seen(*one[:5], tuple(map(seen, one[5])))

    held[7], held[8] = tuple(map(seen, held[7])), tuple(held[8])

    assert Analysis(*held) == found


def test_punctuation_and_case_change_nothing() -> None:
    assert analyse("- A good UI!") == analyse("A GOOD ui")


def test_nothing_is_said_by_nothing() -> None:
    assert analyse(" -- ").words == 0
    assert looks()["--"] is None


@pytest.mark.parametrize("weights", [(0, 0, 0, 0), (-1, 1, -1, 1), (70000, -3, 2, -70000)])
def test_packed_weights_come_apart(weights: tuple[int, int, int, int]) -> None:
    assert apart(packed(*weights)) == weights
    assert apart(packed(*weights) + packed(1, 1, 1, 1)) == tuple(weight + 1 for weight in weights)


def test_a_compound_weighs_what_its_words_weigh() -> None:
    together, apart_ = analyse("log-in for crane-drivers"), analyse("log in for crane drivers")

    assert together.score == pytest.approx(apart_.score)
    assert (together.words, together.left, together.family) == (apart_.words, apart_.left, apart_.family)


def test_a_wish_and_a_haze_are_seen() -> None:
    assert analyse("We really need SSO").cure > 0 > analyse("Shift workers share one password on paper").cure
    assert analyse("Reporting is a nightmare").vague > 0 > analyse("Two people match sign-in sheets for two days").vague
