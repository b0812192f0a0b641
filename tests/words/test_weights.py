"""The shipped weights: what they weigh, and that judging adds up what training enumerates."""

from functools import cache
from zlib import crc32

import pytest

from microseg.words.analyse import analyse
from microseg.words.context import context_for
from microseg.words.features import LETTER_SLOTS, UNITS, letter_slots
from microseg.words.learnt import evidence
from microseg.words.lexicon import FOLDER
from microseg.words.person import signs
from microseg.words.tokens import lowered_words
from microseg.words.verdict import log_odds
from microseg.words.weights import PAIR_UNITS, STATEMENT_JUDGES, ZERO, _letters, known_words, weights

STATEMENTS = (
    "A good UI",
    "Fast re-certification of crane operators between shifts, e-mailed by 07:30",
    "Log in, and the password reset works \u2014 without a manual!",
    "Nobody can tell who passed which version; auditors don\u2019t wait",
    "Reliable software that plant managers can trust, says Xyzzyqua",
    "We really need a hovercraft-grade export when the week ends in chaos",
)


def test_the_tables_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 3_000_000
    assert list(known_words()) == sorted(set(known_words()))


@pytest.mark.parametrize("word", ["a", "\u00e9", "of", "crane", "pneumonoultramicroscopicsilicovolcanoconiosis"])
def test_letter_groups_are_of_three_to_five_bytes(word: str) -> None:
    edged = f"<{word[:24]}>".encode()
    groups = [edged[start : start + long] for long in (3, 4, 5) for start in range(len(edged) - long + 1)]

    assert letter_slots(word) == [crc32(group) % LETTER_SLOTS for group in groups]


def test_the_weights_are_of_this_corpus() -> None:
    corpus = pytest.importorskip("training.corpus")
    lines = (FOLDER / "mer.settings.txt").read_text(encoding="utf-8").splitlines()

    assert f"corpus {corpus.stamp()}" in lines, "run python -m training.train"


@pytest.mark.slow
@pytest.mark.parametrize("text", STATEMENTS)
def test_judging_adds_up_what_training_enumerates(text: str) -> None:
    layouts, rows = pytest.importorskip("training.layout"), pytest.importorskip("training.rows")
    context = context_for(["Crane operators", "Plant managers"])
    for kind, turn in (("", 0), ("pain", 1), ("solution", -1)):
        for surroundings in (context_for(), context):
            row = rows.row(text, layouts.layout_of("mer"), kind=kind, group=surroundings.group)
            expected = worth(row, "mer") + turn * worth(without_pairs(row, layouts.layout_of("mer")), "tilt")

            assert log_odds(analyse(text), surroundings, kind=kind or None) == pytest.approx(expected, abs=0.02)
    found = analyse(text)
    for judge, score in (("solution_pain", found.cure), ("vague", found.vague)):
        row = rows.row(text, layouts.layout_of(judge))

        assert score + weights(judge).maybe[""] == pytest.approx(worth(row, judge), abs=0.02)
    row = rows.row(text, layouts.layout_of("persona"))

    assert evidence(lowered_words(text), "persona", signs(text)) == pytest.approx(worth(row, "persona"), abs=0.02)


def without_pairs(row: dict[int, float], layout: object) -> dict[int, float]:
    short = layout.pairs_at
    return {column - layout.pairs * (column >= layout.shape_at): value for column, value in row.items() if column < short or column >= layout.shape_at}


def worth(row: dict[int, float], judge: str) -> float:
    known, dense = weights(judge), each_column(judge)
    return known.bias + sum(value * dense[column] for column, value in row.items())


@cache
def each_column(judge: str) -> list[float]:
    known = weights(judge)
    pairs = [(step - ZERO) * PAIR_UNITS / UNITS for step in known.pairs]
    shared = [slot >> 16 * STATEMENT_JUDGES.index(judge) & 0xFFFF for slot in _letters()] if judge in STATEMENT_JUDGES else known.letters
    return [*(units / UNITS for units in known.words), *((step - ZERO) * known.letter_step for step in shared), *pairs, *known.shape, known.unknown / UNITS]
