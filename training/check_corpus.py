"""Is the corpus fit to learn from? `python -m training.check_corpus` prints what it holds; exit status 1 on a fault.

Looks for texts that stand twice, near-duplicates, labels that a length alone would give away, and reports how far the
two readers of each statement agree.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from microseg.words.tokens import content_stems
from training.corpus import CORPUS, DISPUTED, TASKS, Statement, of_task, read_folder
from training.scoring import kappa

NEAR = 0.6
"""Share of content words in common from which two statements of one task are near-duplicates (Jaccard)."""
_LEANING = 0.62  # a rule on length alone may be right this often, no more


def main() -> int:
    """Print the state of the corpus; return 1 when something must be mended."""
    corpus, disputed = read_folder(CORPUS), read_folder(DISPUTED)
    sys.stdout.write("\n".join(summary(corpus, disputed)) + "\n")
    faults = [*near_duplicates(corpus), *leaning(corpus)]
    for fault in faults:
        sys.stdout.write(f"FAULT {fault}\n")
    return int(bool(faults))


def summary(corpus: Sequence[Statement], disputed: Sequence[Statement]) -> list[str]:
    """Return a Markdown table of what is there, a task a line, and a line on authors, domains and registers."""
    lines = ["| task | kept | positive | hard | median words + / - | read twice | agreed | kappa | disputed |"]
    lines.append("|---|---|---|---|---|---|---|---|---|")
    for task in TASKS:
        kept = of_task(corpus, task)
        twice = [one for one in (*kept, *of_task(disputed, task)) if one.second]
        positive = [one for one in kept if one.positive]
        middle = [f"{np.median([len(one.text.split()) for one in kept if one.positive == side]):.0f}" for side in (True, False)]
        lines.append(
            f"| {task} | {len(kept)} | {len(positive)} | {sum(one.hard for one in kept)} | {middle[0]} / {middle[1]}"
            f" | {len(twice)} | {_agreement(twice)} | {len(of_task(disputed, task))} |"
        )
    named = (("authors", "author"), ("domains", "domain"), ("registers", "register"))
    counted = [f"{len({getattr(one, field) for one in corpus})} {name}" for name, field in named]
    return [*lines, "", f"{len(corpus)} statements by {', '.join(counted)}."]


def near_duplicates(corpus: Iterable[Statement]) -> list[str]:
    """Return a line for each statement that shares most of its content words with an earlier one of its task."""
    seen: dict[tuple[str, str], list[frozenset[str]]] = defaultdict(list)
    found = []
    for one in corpus:
        words = frozenset(content_stems(one.text))
        near = Counter(other for word in words for other in seen[one.task, word])
        if any(shared / len(words | other) >= NEAR for other, shared in near.items()):
            found.append(f"near-duplicate in {one.author}: {one.text}")
        for word in words:
            seen[one.task, word].append(words)
    return found


def leaning(corpus: Sequence[Statement]) -> list[str]:
    """Return a line when the number of words alone tells the labels of the main task apart."""
    main_task = of_task(corpus, "mer")
    if not main_task:
        return []
    lengths = np.array([len(one.text.split()) for one in main_task])
    positive = np.array([one.positive for one in main_task])
    best = max(float(((lengths <= cut) == positive).mean()) for cut in range(1, 40))
    best = max(best, 1 - min(float(((lengths <= cut) == positive).mean()) for cut in range(1, 40)))
    return [f"a rule on length is right for {best:.0%} of the statements"] if best > _LEANING else []


def _agreement(twice: Sequence[Statement]) -> str:
    if not twice:
        return "- | -"
    first, second = [one.label for one in twice], [one.second for one in twice]
    agreed = sum(one == two for one, two in zip(first, second, strict=True)) / len(twice)
    return f"{agreed:.1%} | {kappa(first, second):.3f}"


if __name__ == "__main__":
    sys.exit(main())
