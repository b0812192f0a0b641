"""The statements that the judge learns from, as they lie in training/corpus."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from microseg.words.shape import wish_length
from microseg.words.tokens import lowered_words

CORPUS = Path(__file__).with_name("corpus")
DISPUTED = Path(__file__).with_name("disputed")
TASKS = ("mer", "persona", "solution_pain", "vague")
POSITIVE = frozenset({"mer", "yes"})


class Statement(NamedTuple):
    """One labelled statement; `second` is the label of a reader who saw only text, kind and domain, or empty.

    `segment` and `definition` say whose wish it is, where that is known.
    """

    text: str
    label: str
    kind: str
    task: str
    domain: str
    register: str
    author: str
    hard: bool
    segment: str
    definition: str
    second: str

    @property
    def positive(self) -> bool:
        """Say whether the label is the one that is looked for: mer, or yes."""
        return self.label in POSITIVE


def read_folder(folder: Path = CORPUS) -> list[Statement]:
    """Return all statements of a folder of JSON lines, in the order of the file names."""
    return [statement for path in sorted(folder.glob("*.jsonl")) for statement in read_file(path)]


def read_file(path: Path) -> list[Statement]:
    """Return the statements of one file; fields that a file does not have are empty."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_statement(json.loads(line), path.stem) for line in lines if line.strip()]


def stamp() -> int:
    """Return a check sum of the corpus, kept with the weights so that a test can say when they are out of date."""
    found = 0
    for path in sorted(CORPUS.glob("*.jsonl")):
        found = crc32(path.read_bytes(), found)
    return found


def of_task(statements: Iterable[Statement], task: str) -> list[Statement]:
    """Return the statements of one task."""
    return [statement for statement in statements if statement.task == task]


def _statement(fields: dict[str, object], author: str) -> Statement:
    def text(name: str, otherwise: str = "") -> str:
        return str(fields.get(name, otherwise))

    return Statement(
        text("text"),
        text("label"),
        text("kind"),
        text("task", "mer"),
        text("domain"),
        text("register"),
        text("author", author),
        bool(fields.get("hard")),
        text("segment") or text("segment_name"),
        text("segment_definition"),
        text("second"),
    )


def lessons(corpus: Sequence[Statement], task: str) -> tuple[list[Statement], list[bool], list[float]]:
    """Return what a judge learns from: statements, whether each is positive, and how much it counts."""
    own, others = of_task(corpus, task), _counterexamples(corpus, task)
    positive = [one.positive for one in own] + [False] * len(others)
    return own + others, positive, [1.0] * len(own) + [SHARE_OF_OTHERS.get(task, 0.0)] * len(others)


def _counterexamples(corpus: Sequence[Statement], task: str) -> list[Statement]:
    """Return statements of other tasks that are none of this one, of sorts that are rare in its own.

    The pains of one segment in the main task were written as pains, short and plain ones among them: no cures. What is
    vague is no cure either, and a cure is not vague: it is reported once, for what it is.
    """
    if task == "vague":
        return [one for one in of_task(corpus, "solution_pain") if one.positive]
    if task != "solution_pain":
        return []
    pains = [one for one in of_task(corpus, "mer") if not one.positive]
    empty = [one for one in of_task(corpus, "vague") if one.positive]
    return [one for one in (*pains, *empty) if one.kind == "pain" and not wish_length(lowered_words(one.text))]


SHARE_OF_OTHERS = {"solution_pain": 0.3, "vague": 0.15}
"""How much a statement counts that was written for another task; chosen by leaving one author out."""
