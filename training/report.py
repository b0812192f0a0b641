"""Print every figure of the judge, from scratch, as Markdown: `python -m training.report` (`make judge-report`).

Figures are of statements whose author (or domain) the judge had not seen. `--apart FILE` (repeatable, or the variable
MICROSEG_APART with the paths) adds files of other hands: they are scored and never learnt from.
"""

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from microseg.words.shape import tier_name
from microseg.words.weights import weights
from training import trees
from training.check_corpus import summary
from training.corpus import CORPUS, DISPUTED, TASKS, Statement, of_task, read_file, read_folder
from training.fit import lessons_of
from training.folds import author_of, authors, domain_fold, learning_curve, least_like_the_rest, left_out, positives, told_apart
from training.fresh import FRESH, judged
from training.scoring import PREVALENCE, Flags, Scores, cross_thresholds, intervals, rates, threshold
from training.train import KINDS, PRECISION, is_long, precisions, train

_SIZES = (1, 2, 4, 8, 16, 30)
_LONG = 10
_FEW = 20  # statements below which a row is not worth printing


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--apart", action="append", type=Path, default=[], help="labelled JSON lines, never learnt from")
    given = parser.parse_args().apart or [Path(path) for path in os.environ.get("MICROSEG_APART", "").split(os.pathsep) if path]
    for line in report(given):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def report(apart: Sequence[Path]) -> Iterator[str]:
    """Yield the lines of the report."""
    corpus = read_folder(CORPUS)
    statements = of_task(corpus, "mer")
    scores = left_out(corpus, "mer", author_of)
    tiers = {tier: _flagged(statements, scores, place) for place, tier in enumerate(("sure", "sure + maybe"))}
    yield from ("## The corpus", "", *summary(corpus, read_folder(DISPUTED)), "", *_independence(statements), "")
    yield from ("## Minimum expected requirements, one author left out at a time", "", *_headline(statements, tiers), "")
    yield from ("## Where it does well and where not (sure + maybe)", "", *_slices(statements, tiers["sure + maybe"]), "")
    yield from ("## New domains of known authors", "", *_domains(corpus), "")
    yield from ("## What more authors buy", "", *_curve(statements), "")
    yield from ("## Persons, cures in disguise, vague statements, one author left out at a time", "", *_siblings(corpus), "")
    for path in apart:
        yield from (f"## Apart: {path.stem}, never learnt from", "", *_apart(corpus, read_file(path)), "")
    yield from ("## What the workspace adds", "", *trees.table(), "")
    yield from ("## The worst mistakes", "", *_mistakes(statements, scores), "")
    yield from ("## Fresh statements, in no corpus", "", *judged(FRESH))


def _flagged(statements: Sequence[Statement], scores: Scores, tier: int) -> Flags:
    """Return who is flagged, each author by thresholds that the other authors set, one for each kind and length."""
    found, positive = np.zeros(len(statements), dtype=np.bool_), positives(statements)
    sorts = np.array([f"{one.kind} {is_long(one)}" for one in statements])
    for sort in sorted(set(sorts)):
        rows = sorts == sort
        names = [one.author for one, chosen in zip(statements, rows, strict=True) if chosen]
        precision = precisions("mer", long=sort.endswith("True"))[tier]
        found[rows] = scores[rows] >= cross_thresholds(positive[rows], scores[rows], names, precision=precision)
    return found


def _independence(statements: Sequence[Statement]) -> list[str]:
    hits, chance = told_apart(statements)
    return [f"A classifier of words names the author of an unseen statement in {hits:.0%} of the cases (chance: {chance:.0%})."]


def _headline(statements: Sequence[Statement], tiers: dict[str, Flags]) -> list[str]:
    lines = [f"| tier | P | R | F1 | P at {PREVALENCE:.0%} prevalence |", "|---|---|---|---|---|"]
    positive = positives(statements)
    for tier, flagged in tiers.items():
        own = rates(positive, flagged)
        low, high = intervals(positive, flagged, authors(statements))
        bounds = zip(own[:3], low[:3], high[:3], strict=True)
        cells = [f"{value:.3f} ({least:.3f}-{most:.3f})" for value, least, most in bounds]
        lines.append(f"| {tier} | {' | '.join(cells)} | {own.precision_at(PREVALENCE):.2f} |")
    return lines


def _slices(statements: Sequence[Statement], flagged: Flags) -> list[str]:
    lengths = np.array([len(one.text.split()) for one in statements])
    strange = least_like_the_rest(statements)
    slices = {
        "hard": np.array([one.hard for one in statements]),
        "easy": np.array([not one.hard for one in statements]),
        **{kind: np.array([one.kind == kind for one in statements]) for kind in KINDS},
        "up to 6 words": lengths <= 6,
        "7 to 14 words": (lengths > 6) & (lengths <= 14),
        "15 words and more": lengths > 14,
        "10 words and more": lengths >= _LONG,
        f"least like the rest ({', '.join(strange)})": np.isin(authors(statements), strange),
    }
    lines = ["| which | n | P | R | F1 |", "|---|---|---|---|---|"]
    return lines + [_row(name, positives(statements)[rows], flagged[rows]) for name, rows in slices.items()]


def _domains(corpus: Sequence[Statement]) -> list[str]:
    statements = of_task(corpus, "mer")
    folds = [domain_fold(one) for one in statements]
    scores, positive = left_out(corpus, "mer", domain_fold), positives(statements)
    lines = ["| tier | n | P | R | F1 |", "|---|---|---|---|---|"]
    for tier, precision in (("sure", PRECISION["mer"][0]), ("P .95", 0.95), ("sure + maybe", PRECISION["mer"][1])):
        lines.append(_row(tier, positive, scores >= cross_thresholds(positive, scores, folds, precision=precision)))
    return lines


def _curve(statements: Sequence[Statement]) -> list[str]:
    lines = ["| authors learnt from | F1 on six others | R at P .90 |", "|---|---|---|"]
    sizes = [size for size in _SIZES if size + 6 <= len(set(authors(statements)))]
    for size, scores, labels in learning_curve(statements, "mer", sizes):
        recall = rates(labels, scores >= threshold(labels, scores, precision=0.9)).recall
        lines.append(f"| {size} | {rates(labels, scores >= 0).f1:.3f} | {recall:.3f} |")
    return lines


def _siblings(corpus: Sequence[Statement]) -> list[str]:
    lines = ["| task | n | P | R | F1 | F1 hard |", "|---|---|---|---|---|---|"]
    for task in TASKS[1:]:
        statements = of_task(corpus, task)
        scores, positive = left_out(corpus, task, author_of), positives(statements)
        flagged = scores >= cross_thresholds(positive, scores, authors(statements), precision=PRECISION[task][1])
        hard = np.array([one.hard for one in statements])
        lines.append(f"{_row(task, positive, flagged)} {rates(positive[hard], flagged[hard]).f1:.3f} |")
    return lines


def _apart(corpus: Sequence[Statement], others: Sequence[Statement]) -> list[str]:
    """Score statements of other hands with judges that learnt from the whole corpus, at the thresholds that ship."""
    lines = ["| task, tier | n | P | R | F1 |", "|---|---|---|---|---|"]
    for task in TASKS:
        statements = of_task(others, task)
        if len(statements) < _FEW:
            continue
        judge = train(corpus, task)
        lines += _tier_rows(task, statements, judge.scores(lessons_of(statements, task)), "")
        if task == "mer" and any(one.definition for one in statements):
            struck = judge.scores(lessons_of(statements, task, struck=True))
            lines += _tier_rows(task, statements, struck, ", the segment's words struck out")
    return lines


def _tier_rows(task: str, statements: Sequence[Statement], scores: Scores, how: str) -> list[str]:
    kinds = [tier_name(one.kind, long=is_long(one)) if task == "mer" else "" for one in statements]
    tiers = {"sure": weights(task).sure, "sure + maybe": weights(task).maybe}
    if task != "mer":
        tiers = {"flagged": weights(task).maybe}
    flagged = {tier: scores >= np.array([least[kind] for kind in kinds]) for tier, least in tiers.items()}
    return [_row(f"{task}, {tier}{how}", positives(statements), found) for tier, found in flagged.items()]


def _mistakes(statements: Sequence[Statement], scores: Scores) -> list[str]:
    order = np.argsort(scores, kind="stable")
    missed = [statements[place].text for place in order if statements[place].positive][:10]
    false = [statements[place].text for place in order[::-1] if not statements[place].positive][:10]
    return ["Owed by every product, and missed by most:", "", *(f"- {text}" for text in missed), "",
            "Needs of a segment, taken for what every product owes:", "", *(f"- {text}" for text in false)]  # fmt: skip


def _row(name: str, positive: Flags, flagged: Flags) -> str:
    own = rates(positive, flagged)
    return f"| {name} | {len(positive)} | {own.precision:.3f} | {own.recall:.3f} | {own.f1:.3f} |"


if __name__ == "__main__":
    main()
