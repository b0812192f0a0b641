"""The shipped weights: what they weigh, and that judging adds up what training enumerates."""

from pathlib import Path

import pytest

from microseg.words.analyse import analyse
from microseg.words.context import context_for
from microseg.words.learnt import evidence
from microseg.words.person import signs
from microseg.words.verdict import log_odds
from microseg.words.weights import common_words, weights

STATEMENTS = (
    "A good UI",
    "Fast re-certification of crane operators between shifts, e-mailed by 07:30",
    "Log in, and the password reset works \u2014 without a manual!",
    "Nobody can tell who passed which version; auditors don\u2019t wait",
    "Reliable software that plant managers can trust",
)


def test_the_tables_stay_small() -> None:
    folder = Path(__file__).parents[2] / "microseg" / "words" / "english"

    assert sum(path.stat().st_size for path in folder.iterdir()) < 3_000_000
    assert list(common_words()) == sorted(set(common_words()))


@pytest.mark.parametrize("text", STATEMENTS)
def test_judging_adds_up_what_training_enumerates(text: str) -> None:
    layouts, rows = pytest.importorskip("training.layout"), pytest.importorskip("training.rows")
    context = context_for(["Crane operators", "Plant managers"])

    for group in (frozenset(), context.group):
        row = rows.row(text, layouts.layout_of("mer"), group=group)
        score = log_odds(analyse(text), context if group else context_for())

        assert score == pytest.approx(_enumerated(row, layouts.layout_of("mer"), "mer"))
    persons = layouts.layout_of("persona")

    assert evidence(text, "persona", signs(text)) == pytest.approx(_enumerated(rows.row(text, persons), persons, "persona"))


def _enumerated(row: dict[int, float], layout: object, judge: str) -> float:
    known = weights(judge)
    shares = {"words": known.word_step, "pairs": known.pair_step}
    total = known.bias
    for column, value in row.items():
        if column < layout.pairs_at:
            total += value * known.words[column] * shares["words"]
        elif column < layout.shape_at:
            total += value * known.pairs[column - layout.pairs_at] * shares["pairs"]
        elif column < layout.common_at:
            total += value / 0.3 * known.shape[column - layout.shape_at]
        elif column < layout.columns - 1:
            total += value * known.meanings[column - layout.common_at] * known.meaning_step
        else:
            total += value * known.unknown
    return total
