"""Make the weights that the package ships, from the corpus: `python -m training.train`.

Needs the `training` extra. The same corpus and the same locked versions give the same bytes on one machine.
"""

import struct
import sys
from collections.abc import Sequence
from pathlib import Path
from zlib import crc32

import numpy as np

from microseg.words.shape import LONG, tier_name
from microseg.words.tokens import lowered_words
from training import vectors
from training.corpus import TASKS, Statement, lessons, of_task, read_folder
from training.fit import Trained, fit, matrix
from training.folds import author_of, left_out, positives
from training.scoring import threshold

SHIPPED = Path(__file__).parents[1] / "microseg" / "words" / "english"
PRECISION = {"mer": (0.975, 0.925), "persona": (0.98, 0.98), "solution_pain": (0.98, 0.98), "vague": (0.98, 0.98)}
"""Precision that each tier (sure, maybe) must reach on authors that were left out; it sets the thresholds."""
PRECISION_LONG = (0.988, 0.945)
KINDS = ("pain", "solution")


def train(corpus: Sequence[Statement], task: str) -> Trained:
    """Fit one judge to a whole corpus; its thresholds are not set."""
    statements, positive, share = lessons(corpus, task)
    return fit(matrix(statements, task), np.array(positive), task, share=np.array(share))


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


def write(trained: Trained, name: str) -> None:
    """Write NAME.bin and NAME.settings.txt beside the word lists."""
    shape = struct.pack(f"<{len(trained.shape)}h", *trained.shape.tolist())
    table = trained.words.tobytes() + trained.pairs.tobytes() + trained.meanings.tobytes() + shape
    (SHIPPED / f"{name}.bin").write_bytes(table)
    lines = [f"{key} {value}" for key, value in sorted(trained.settings.items())]
    text = "\n".join(["# Sizes and thresholds of the trained judge; written by training/train.py.", *lines, ""])
    (SHIPPED / f"{name}.settings.txt").write_text(text, encoding="utf-8")


def write_common_words() -> None:
    """Write the check sums of the common words, in order."""
    sums = [crc32(word.encode()) for word in vectors.common_words()]
    (SHIPPED / "common.bin").write_bytes(struct.pack(f"<{len(sums)}I", *sums))


def main() -> None:
    """Train every judge on the whole corpus and write what the package ships."""
    write_common_words()
    corpus = read_folder()
    for task in TASKS:
        trained = train(corpus, task)
        trained.settings.update(tiers(corpus, task))
        write(trained, task)
        sys.stdout.write(f"{task}: {len(of_task(corpus, task))} statements\n")


if __name__ == "__main__":
    main()
