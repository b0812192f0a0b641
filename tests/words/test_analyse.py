"""What a statement says by itself."""

import json

import pytest

from microseg.words.analyse import Analysis, analyse, line_of
from microseg.words.look import COUNTS, Seen, apart, is_left, look_at, looks, packed, seen_in, weight_in, words_in, words_of
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
    held = json.loads(json.dumps(found, default=sorted))

    def seen(one: list) -> Seen:
        return Seen(*one[:7], tuple(map(seen, one[7])))

    held[7], held[8], held[11] = tuple(map(seen, held[7])), tuple(held[8]), frozenset(held[11])

    assert Analysis(*held) == found


def test_punctuation_and_case_change_nothing() -> None:
    assert analyse("- A good UI!") == analyse("A GOOD ui")


def test_nothing_is_said_by_nothing() -> None:
    assert analyse(" -- ").words == 0
    assert looks()["--"] is None


@pytest.mark.parametrize("owed", [0, -1, 70000, -70000])
def test_packed_weights_come_apart(owed: int) -> None:
    weights = (owed, 1, -owed, 2, -3)
    twice = 2 * (packed(weights) + 7)

    assert (*apart(twice), weight_in(twice, 4)) == tuple(2 * weight for weight in weights)
    assert twice & COUNTS == 14


def test_a_compound_weighs_what_its_words_weigh() -> None:
    together, apart_ = analyse("log-in for crane-drivers"), analyse("log in for crane drivers")

    assert together.score == pytest.approx(apart_.score)
    assert (together.words, together.left, together.family) == (apart_.words, apart_.left, apart_.family)


def test_a_wish_and_a_haze_are_seen() -> None:
    assert analyse("We really need SSO").cure > 0 > analyse("Shift workers share one password on paper").cure
    assert analyse("Reporting is a nightmare").vague > 0 > analyse("Two people match sign-in sheets for two days").vague


def test_words_that_tell_a_quality_together_are_taken_for_it() -> None:
    words = words_in("Crews find their way in the set-up, which is up to date")

    assert [(word.stems, word.first // 16 > 0) for word in words if word.stems in {"crew", "up", "to", "dat"}] == [
        ("crew", False),
        ("up", False),
        ("up", True),
        ("to", True),
        ("dat", True),
    ]


def test_content_is_told_where_it_is_plain() -> None:
    assert [piece.content for piece in seen_in("The crew of Depot-7 never signs 12 sheets")] == ["", "crew", "", None, None, "sign", None, "sheet"]
    assert analyse("The crew of the depot signs all sheets").content == {"crew", "depot", "sign", "sheet"}
    assert not analyse("The crew of the depot never signs all sheets").content


def test_a_word_is_looked_at_once_however_it_is_written() -> None:
    assert looks()["Gantries,"] is looks()["gantries"] is look_at("gantries")
    assert look_at("gantries") is not looks()["gantries/cranes"]
