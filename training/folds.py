"""Scores of statements by judges that never saw their author, their domain, or either."""

from collections.abc import Callable, Sequence
from zlib import crc32

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

from training.corpus import Statement, lessons, of_task
from training.fit import fit, learnable, lessons_of
from training.layout import layout_of
from training.scoring import Flags, Scores

FOLDS = 10


def positives(statements: Sequence[Statement]) -> Flags:
    """Return which statements carry the label that is looked for."""
    return np.array([one.positive for one in statements])


def authors(statements: Sequence[Statement]) -> list[str]:
    """Return who wrote each statement."""
    return [one.author for one in statements]


def left_out(corpus: Sequence[Statement], task: str, group_of: Callable[[Statement], str]) -> Scores:
    """Return the score of each statement of a task by a judge trained without its group (its author, its domain)."""
    statements, positive, share = lessons(corpus, task)
    own = len(of_task(corpus, task))
    rows, labels, shares = lessons_of(statements, task), np.array(positive), np.array(share)
    learnt = learnable(rows, task)
    names = np.array([group_of(one) for one in statements])
    found = np.zeros(own)
    for group in sorted(set(names[:own])):
        held = names == group
        judge = fit(learnt[~held], labels[~held], task, share=shares[~held])
        found[held[:own]] = judge.scores(rows[held])[: int(held[:own].sum())]
    return found


def author_of(statement: Statement) -> str:
    """Return who wrote a statement."""
    return statement.author


def domain_fold(statement: Statement) -> str:
    """Return the fold of a statement's domain, one of ten: a held-out domain is new, its authors are not."""
    return str(crc32(statement.domain.encode()) % FOLDS)


def learning_curve(statements: Sequence[Statement], task: str, sizes: Sequence[int]) -> list[tuple[int, Scores, Flags]]:
    """Return for each number of training authors the scores of six held-out authors at a time, pooled, with labels."""
    rows, positive, names = lessons_of(statements, task), positives(statements), np.array(authors(statements))
    learnt = learnable(rows, task)
    everyone = np.array(sorted(set(names)))
    chance = np.random.default_rng(0)
    found = []
    for size in sizes:
        scores, labels = [], []
        for _ in range(6):
            order = chance.permutation(everyone)
            held, known = np.isin(names, order[:6]), np.isin(names, order[6 : 6 + size])
            scores.append(fit(learnt[known], positive[known], task).scores(rows[held]))
            labels.append(positive[held])
        found.append((size, np.concatenate(scores), np.concatenate(labels)))
    return found


def told_apart(statements: Sequence[Statement]) -> tuple[float, float]:
    """Return how often a classifier of words names the author of an unseen statement, and how often chance would."""
    names = np.array(authors(statements))
    rows = _words_only(statements)
    held = np.arange(len(statements)) % FOLDS == 0
    model = LinearSVC(random_state=0).fit(rows[~held], names[~held])
    return float((model.predict(rows[held]) == names[held]).mean()), float(np.unique(names, return_counts=True)[1].max() / len(names))


def least_like_the_rest(statements: Sequence[Statement], number: int = 3) -> list[str]:
    """Return the authors whose words are furthest from everybody else's (cosine of the summed features)."""
    rows, names = _words_only(statements), np.array(authors(statements))
    total = np.asarray(rows.sum(axis=0)).ravel()
    found = []
    for name in sorted(set(names)):
        own = np.asarray(rows[names == name].sum(axis=0)).ravel()
        rest = total - own
        found.append((float(own @ rest / (np.linalg.norm(own) * np.linalg.norm(rest))), name))
    return [name for _, name in sorted(found)[:number]]


def _words_only(statements: Sequence[Statement]) -> csr_matrix:
    layout = layout_of("mer")
    return learnable(lessons_of(statements, "mer"), "mer")[:, : layout.pairs_at]
