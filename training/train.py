"""Make the weights that the package ships, from the corpus: `python -m training.train`.

Needs the `training` extra. The same corpus and the same locked versions give the same bytes on one machine.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from microseg.words.features import check_sum
from microseg.words.shape import LONG, tier_name
from microseg.words.tokens import lowered_words
from microseg.words.weights import STATEMENT_JUDGES, ZERO
from training.corpus import TASKS, Statement, lessons, of_task, read_folder, stamp
from training.fit import Tables, Trained, fit, learnable, lessons_of
from training.folds import author_of, left_out, positives
from training.known import known_words
from training.scoring import threshold

SHIPPED = Path(__file__).parents[1] / "microseg" / "words" / "english"
PRECISION = {"mer": (0.98, 0.935), "persona": (0.98, 0.98), "solution_pain": (0.98, 0.98), "vague": (0.98, 0.98)}
"""Precision that each tier (sure, maybe) must reach on authors that were left out; it sets the thresholds."""
PRECISION_LONG = (0.99, 0.955)
KINDS = ("pain", "solution")


def train(corpus: Sequence[Statement], task: str) -> Trained:
    """Fit one judge to a whole corpus; its thresholds are not set."""
    statements, positive, share = lessons(corpus, task)
    return fit(learnable(lessons_of(statements, task), task), np.array(positive), task, share=np.array(share))


def tiers(corpus: Sequence[Statement], task: str) -> dict[str, float]:
    """Return the least score of each tier, by leaving one author out: for each kind and length, and for a kind unknown."""
    statements = of_task(corpus, task)
    scores, positive = left_out(corpus, task, author_of), positives(statements)
    sorts = [(kind, long) for kind in ("", *KINDS) for long in (False, True)] if task == "mer" else [("", None)]
    found = {}
    for kind, long in sorts:
        rows = [place for place, one in enumerate(statements) if kind in {"", one.kind} and long in {None, is_long(one)}]
        for tier, precision in zip(("sure", "maybe"), precisions(task, long=bool(long)), strict=True):
            name = f"{tier}_{tier_name(kind, long=bool(long))}".rstrip("_")
            found[name] = round(threshold(positive[rows], scores[rows], precision=precision), 2)
    return found


def precisions(task: str, *, long: bool) -> tuple[float, float]:
    """Return the precision that each tier must reach; more for long statements, since few of them are mer in real files."""
    return PRECISION_LONG if long else PRECISION[task]


def is_long(statement: Statement) -> bool:
    """Say whether a statement is long, counted as the judge counts."""
    return len(lowered_words(statement.text)) >= LONG


def write(tables: Tables, name: str) -> None:
    """Write NAME.bin and NAME.settings.txt beside the word lists; whole numbers of several bytes are little-endian."""
    letters = b"" if name in STATEMENT_JUDGES else _from_zero(tables.letters).astype(np.uint8).tobytes()
    pairs = _from_zero(tables.pairs).astype(np.uint8).tobytes()
    table = tables.words.astype("<i2").tobytes() + letters + pairs + tables.shape.astype("<i2").tobytes()
    (SHIPPED / f"{name}.bin").write_bytes(table)
    lines = [f"{key} {value}" for key, value in sorted(tables.settings.items())]
    text = "\n".join(["# Steps and thresholds of a trained judge; written by training/train.py.", *lines, ""])
    (SHIPPED / f"{name}.settings.txt").write_text(text, encoding="utf-8")


def write_letters(judges: dict[str, Tables]) -> None:
    """Write the steps of the letter groups of the judges of statements, sixteen bits each, in one number a slot."""
    fields = [_from_zero(judges[name].letters).astype(np.uint64) << np.uint64(16 * place) for place, name in enumerate(STATEMENT_JUDGES)]
    (SHIPPED / "letters.bin").write_bytes(np.sum(fields, axis=0, dtype=np.uint64).astype("<u8").tobytes())


def _from_zero(steps: NDArray[np.int8]) -> NDArray[np.int16]:
    return steps.astype(np.int16) + ZERO


def write_known_words() -> None:
    """Write the check sums of the words that have weights of their own, in order."""
    (SHIPPED / "known.bin").write_bytes(np.array([check_sum(word) for word in known_words()], dtype="<u4").tobytes())


def main() -> None:
    """Train every judge on the whole corpus and write what the package ships."""
    write_known_words()
    corpus = read_folder()
    judges: dict[str, Tables] = {}
    for task in TASKS:
        trained = train(corpus, task)
        trained.plain.settings.update(tiers(corpus, task), corpus=stamp())
        judges[task] = trained.plain
        if trained.tilt is not None:
            judges["tilt"] = trained.tilt
        sys.stdout.write(f"{task}: {len(of_task(corpus, task))} statements\n")
    for name, tables in judges.items():
        write(tables, name)
    write_letters(judges)


if __name__ == "__main__":
    main()
