"""How well a judge does: precision, recall and F1 with intervals, and agreement between readers."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]
Scores = NDArray[np.float64]

PREVALENCE = 0.15
"""Share of minimum expected requirements in real files; the corpus holds half."""
_ROUNDS = 1000


class Rates(NamedTuple):
    """Precision, recall and F1 of a set of decisions; `false_alarms` is the share of negatives that were flagged."""

    precision: float
    recall: float
    f1: float
    false_alarms: float

    def precision_at(self, prevalence: float) -> float:
        """Return the precision where only so large a share of the statements is positive."""
        hit, false = prevalence * self.recall, (1 - prevalence) * self.false_alarms
        return hit / (hit + false) if hit + false else 1.0


def rates(positive: Flags, flagged: Flags) -> Rates:
    """Return the rates of decisions against labels."""
    hit = int((positive & flagged).sum())
    precision = hit / max(int(flagged.sum()), 1)
    recall = hit / max(int(positive.sum()), 1)
    f1 = 2 * precision * recall / (precision + recall) if hit else 0.0
    return Rates(precision, recall, f1, int((flagged & ~positive).sum()) / max(int((~positive).sum()), 1))


def intervals(positive: Flags, flagged: Flags, groups: Sequence[str]) -> tuple[Rates, Rates]:
    """Return the lower and upper 95 % bounds of the rates, whole groups (authors) drawn again with replacement."""
    members = [np.flatnonzero(np.array(groups) == group) for group in sorted(set(groups))]
    chance = np.random.default_rng(0)
    drawn = []
    for _ in range(_ROUNDS):
        rows = np.concatenate([members[place] for place in chance.integers(0, len(members), len(members))])
        drawn.append(rates(positive[rows], flagged[rows]))
    low, high = np.quantile(np.array(drawn), [0.025, 0.975], axis=0)
    return Rates(*low), Rates(*high)


def threshold(positive: Flags, scores: Scores, *, precision: float) -> float:
    """Return the least score from which decisions reach a precision on these statements."""
    order = np.argsort(-scores, kind="stable")
    reached = np.cumsum(positive[order]) / np.arange(1, len(order) + 1)
    fit = np.flatnonzero(reached >= precision)
    return float(scores[order][fit[-1]]) if fit.size else float(scores.max()) + 1


def cross_thresholds(positive: Flags, scores: Scores, groups: Sequence[str], *, precision: float) -> Scores:
    """Return for each statement the threshold that the other groups alone would set."""
    names = np.array(groups)
    found = np.zeros(len(scores))
    for group in sorted(set(groups)):
        others = names != group
        found[~others] = threshold(positive[others], scores[others], precision=precision)
    return found


def kappa(first: Sequence[str], second: Sequence[str]) -> float:
    """Return Cohen's kappa of two readers."""
    both = list(zip(first, second, strict=True))
    agreed = sum(one == two for one, two in both) / len(both)
    chance = sum(first.count(label) * second.count(label) for label in set(first)) / len(both) ** 2
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0
