"""How one judge is fitted to labelled statements and rounded to the whole units that ship."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags, hstack
from sklearn.linear_model import LogisticRegression

from microseg.words import features
from microseg.words.context import context_for
from microseg.words.features import UNITS
from microseg.words.shape import LONG
from microseg.words.tokens import lowered_words
from microseg.words.vocabulary import LEFT, word_class
from microseg.words.weights import PAIR_UNITS, SHAPE_STEP
from training import known, vectors
from training.corpus import Statement
from training.layout import Layout, layout_of
from training.rows import row

STRENGTH = 12.0
"""Inverse of the regularisation; chosen by leaving one author out."""
_STEPS = 127  # of a weight in one byte
Floats = NDArray[np.float64]


class Tables(NamedTuple):
    """The weights of one judge in whole units, as they ship, and the settings that go with them."""

    words: NDArray[np.int16]
    letters: NDArray[np.int8]
    pairs: NDArray[np.int8]
    shape: NDArray[np.int16]
    settings: dict[str, float]

    def dense(self) -> Floats:
        """Return what each column of a row is worth, in log-odds."""
        unknown = self.settings["unknown"] / UNITS
        letters = self.letters * self.settings["letter_step"]
        return np.concatenate([self.words / UNITS, letters, self.pairs * (PAIR_UNITS / UNITS), self.shape * SHAPE_STEP, [unknown]])


class Lessons(NamedTuple):
    """Statements as rows of features (`Layout.columns` wide), and which way each is turned: 1 pain, -1 solution, 0 neither."""

    rows: csr_matrix
    turns: Floats

    def __getitem__(self, chosen: object) -> "Lessons":  # type: ignore[override]
        """Return some of the statements."""
        return Lessons(self.rows[chosen], self.turns[chosen])


class Trained(NamedTuple):
    """A judge: what it weighs, and how much more in a pain and less in a solution (None: it does not ask)."""

    plain: Tables
    tilt: Tables | None

    def scores(self, lessons: Lessons) -> Floats:
        """Return the log-odds of statements, as the shipped judge computes them."""
        found = lessons.rows @ self.plain.dense() + self.plain.settings["bias"]
        if self.tilt is not None:
            held = lessons.rows if self.plain.pairs.size == 0 else _without_pairs(lessons.rows, layout_of("mer"))
            found = found + lessons.turns * (held @ self.tilt.dense())
        return np.asarray(found)


def lessons_of(statements: Sequence[Statement], task: str, *, struck: bool = False) -> Lessons:
    """Return the features of statements; `struck`: without the words of their segments."""
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
    rows = csr_matrix((values, columns, ends), shape=(len(statements), layout.columns))
    return Lessons(rows, np.array([{"pain": 1.0, "solution": -1.0}.get(one.kind, 0.0) for one in statements]))


def learnable(lessons: Lessons, task: str) -> csr_matrix:
    """Return rows of what is learnt from: each known word becomes itself, its letter groups, its company and rarity."""
    layout = layout_of(task)
    plain = (lessons.rows @ spread(layout)).tocsr()
    if task != "mer":
        return plain
    turned = (_without_pairs(lessons.rows, layout) @ spread(_bare(layout))).tocsr()
    return hstack([plain, diags(lessons.turns * features.KIND_SHARE) @ turned], format="csr")


def fit(learnt: csr_matrix, positive: NDArray[np.bool_], task: str, *, share: Floats | None = None) -> Trained:
    """Fit a logistic regression and round it to the units that are shipped; `share` is how much each row counts."""
    layout = layout_of(task)
    model = LogisticRegression(C=STRENGTH, solver="liblinear", dual=True, max_iter=5000, tol=1e-3, random_state=0)
    model.fit(learnt, positive, sample_weight=share)
    turn = spread(layout)
    plain = _tables(turn @ model.coef_[0][: turn.shape[1]], layout, bias=float(model.intercept_[0]))
    if task != "mer":
        return Trained(plain, None)
    tilted = spread(_bare(layout)) @ model.coef_[0][turn.shape[1] :] * features.KIND_SHARE
    return Trained(plain, _tables(tilted, _bare(layout), bias=0.0))


@cache
def spread(layout: Layout) -> csr_matrix:
    """Return what turns a row into what is learnt from: one line for each column of a row."""
    meaning = _meanings()
    letters_at, wide = layout.words, layout.unknown_at
    lines: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for place, word in enumerate(known.known_words()):
        slots = features.letter_slots(word)
        lines += [place] * (1 + len(slots))
        columns += [place, *(letters_at + slot for slot in slots)]
        values += [1.0, *[features.LETTERS_SHARE] * len(slots)]
    rest = range(letters_at, wide)
    lines += rest
    columns += rest
    values += [features.LETTERS_SHARE] * layout.letters + [1.0] * layout.pairs + [features.SHAPE_SHARE] * layout.shape
    own = csr_matrix((values, (lines, columns)), shape=(wide + 1, wide))
    empty = csr_matrix((wide - layout.words, meaning.shape[1]))
    unknown = csr_matrix(([features.RARITY_SHARE], ([0], [meaning.shape[1] - 1])), shape=(1, meaning.shape[1]))
    return hstack([own, _stacked(csr_matrix(meaning), empty, unknown)], format="csr")


def _stacked(*parts: csr_matrix) -> csr_matrix:
    from scipy.sparse import vstack

    return vstack(parts, format="csr")


@cache
def _meanings() -> Floats:
    """Return the company and the rarity of each known word; rarity only of those that may be left over."""
    numbers = vectors.vectors()
    found = np.zeros((len(known.known_words()), numbers.shape[1] + len(features.RANKS) + 2))
    for place, word in enumerate(known.known_words()):
        rank = vectors.ranks().get(word)
        if rank is not None:
            found[place, : numbers.shape[1]] = numbers[rank]
        if word_class(word).kind == LEFT:
            step = len(features.RANKS) + 1 if rank is None else int(np.searchsorted(features.RANKS, rank, side="right"))
            found[place, numbers.shape[1] + step] = features.RARITY_SHARE
    return found


def _bare(layout: Layout) -> Layout:
    """Return a layout without its pairs."""
    return layout._replace(pairs=0)


def _without_pairs(rows: csr_matrix, layout: Layout) -> csr_matrix:
    return hstack([rows[:, : layout.pairs_at], rows[:, layout.shape_at :]], format="csr")


def _tables(weights: Floats, layout: Layout, *, bias: float) -> Tables:
    words, letters, pairs, shape, unknown = np.split(weights, [layout.words, layout.pairs_at, layout.shape_at, layout.unknown_at])
    letter_step = max(round(float(np.abs(letters).max()) / _STEPS, 6), 1e-6)
    settings = {"bias": round(bias, 4), "letter_step": letter_step, "unknown": round(float(unknown[0]) * UNITS)}
    if layout.pairs:
        settings["pairs"] = layout.pairs
    return Tables(
        np.round(words * UNITS).astype(np.int16),
        _whole(letters / letter_step),
        _whole(pairs * (UNITS / PAIR_UNITS)),
        np.round(shape / SHAPE_STEP).astype(np.int16),
        settings,
    )


def _whole(steps: Floats) -> NDArray[np.int8]:
    return np.round(steps).clip(-_STEPS, _STEPS).astype(np.int8)
