"""How one judge is fitted to labelled statements and rounded to the whole steps that ship."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import block_diag, csr_matrix
from sklearn.linear_model import LogisticRegression

from microseg.words import features
from microseg.words.context import context_for
from microseg.words.shape import LONG
from microseg.words.tokens import lowered_words
from microseg.words.vocabulary import LEFT, word_class
from training import vectors
from training.corpus import Statement
from training.layout import Layout, layout_of
from training.rows import row

STRENGTH = 6.0  # inverse of the regularisation; chosen by leaving one author out
_STEPS = 127  # of a weight in one byte
SHAPE_STEP = 0.001


class Trained(NamedTuple):
    """One judge in whole steps, as shipped, with the settings that give the steps their size."""

    layout: Layout
    words: NDArray[np.int8]
    pairs: NDArray[np.int8]
    meanings: NDArray[np.int8]
    shape: NDArray[np.int16]
    settings: dict[str, float]

    def scores(self, rows: csr_matrix) -> NDArray[np.float64]:
        """Return the log-odds of statements, as the shipped judge computes them."""
        size = self.settings
        dense = np.concatenate(
            [
                self.words * size["word_step"],
                self.pairs * size["pair_step"],
                self.shape * (SHAPE_STEP / features.SHAPE_SHARE),
                self.meanings * size["meaning_step"],
                [size["unknown"]],
            ]
        )
        return np.asarray(rows @ dense) + size["bias"]


def matrix(statements: Sequence[Statement], task: str, *, struck: bool = False) -> csr_matrix:
    """Return one row of features for each statement, `Layout.columns` wide; `struck`: without the words of its segment."""
    layout = layout_of(task)
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for one in statements:
        short = len(lowered_words(one.text)) < LONG
        group = context_for([one.segment], [one.definition]).group if struck and short else frozenset()
        found = row(one.text, layout, kind=one.kind, group=group)
        columns.extend(found)
        values.extend(found.values())
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(statements), layout.columns))


def spread(layout: Layout) -> csr_matrix:
    """Return what turns a row of features into what is learnt from: each common word becomes its company and rarity."""
    plain = layout.common_at
    words = vectors.common_words()
    meaning = np.hstack([vectors.vectors() * features.MEANING_SHARE, _rarity(words)])
    unknown = np.zeros((1, meaning.shape[1]))
    unknown[0, -1] = features.RARITY_SHARE
    corner = csr_matrix(np.vstack([meaning, unknown]))
    identity = csr_matrix((np.ones(plain), (range(plain), range(plain))), shape=(plain, plain))
    return block_diag([identity, corner], format="csr")


def fit(rows: csr_matrix, positive: NDArray[np.bool_], task: str, *, share: NDArray[np.float64] | None = None) -> Trained:
    """Fit a logistic regression and round it to the steps that are shipped; `share` is how much each row counts."""
    layout = layout_of(task)
    turn = spread(layout)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, max_iter=5000, tol=1e-3, random_state=0)
    model.fit(rows @ turn, positive, sample_weight=share)
    weights = np.asarray(turn @ model.coef_[0])
    parts = np.split(weights, [layout.pairs_at, layout.shape_at, layout.common_at, layout.columns - 1])
    words, pairs, shape, meanings, unknown = parts
    steps = {"word_step": _step(words), "pair_step": _step(pairs), "meaning_step": _step(meanings)}
    settings = {
        **steps,
        "words": layout.words,
        "pairs": layout.pairs,
        "shape_step": SHAPE_STEP,
        "unknown": round(float(unknown[0]), 4),
        "bias": round(float(model.intercept_[0]), 4),
    }
    return Trained(
        layout,
        _whole(words, steps["word_step"]),
        _whole(pairs, steps["pair_step"]),
        _whole(meanings, steps["meaning_step"]),
        np.round(shape * features.SHAPE_SHARE / SHAPE_STEP).astype(np.int16),
        settings,
    )


def _rarity(words: Sequence[str]) -> NDArray[np.float64]:
    """Return one column for each step of rarity; words that are never left over have none."""
    found = np.zeros((len(words), len(features.RANKS) + 1))
    steps = np.searchsorted(features.RANKS, [vectors.ranks()[word] for word in words], side="right")
    for place, (word, step) in enumerate(zip(words, steps, strict=True)):
        if word_class(word).kind == LEFT:
            found[place, step] = features.RARITY_SHARE
    return np.hstack([found, np.zeros((len(words), 1))])


def _step(weights: NDArray[np.float64]) -> float:
    """Return the size of one step: the largest weight takes the most steps."""
    return max(round(float(np.abs(weights).max()) / _STEPS, 6), 1e-6)


def _whole(weights: NDArray[np.float64], step: float) -> NDArray[np.int8]:
    return np.round(weights / step).clip(-_STEPS, _STEPS).astype(np.int8)
