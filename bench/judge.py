"""What judging costs: user CPU of a statement against a plain Python loop in the same run, and what it adds to the start.

`make bench` prints it after the rest; alone: `python bench/judge.py`. A statement is judged once it is among words
that were met before (a workspace repeats its words), and once with every memo empty.
"""

import gc
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

from microseg.words.analyse import analyse
from microseg.words.context import context_for
from microseg.words.explain import explain
from microseg.words.look import looks
from microseg.words.person import portray
from microseg.words.verdict import verdict

CORPUS = Path(__file__).parents[1] / "training" / "corpus"
TURNS = 200_000
NOMINAL = 35e-9  # seconds a turn of the loop takes on the machine that the limits were set for
RUNS = 11
_START = """
import array, bisect, collections, functools, itertools, math, operator, pathlib, re, sys, time, typing, zlib
import microseg.record
before = time.process_time()
from microseg.words.analyse import analyse
from microseg.words.context import context_for
from microseg.words.person import portray
from microseg.words.verdict import verdict
verdict(analyse("The export leaves out half of the rows and says nothing about it"), context_for(["Crane operators"]), kind="pain")
portray("Those who train their own teams, or run training inside other companies.")
print(time.process_time() - before)
"""


def main() -> None:
    """Print a line for each limit: microseconds as measured, and at the nominal speed of the loop."""
    statements = [(one["text"], one["kind"]) for path in sorted(CORPUS.glob("a0*.jsonl")) for one in map(json.loads, path.open(encoding="utf-8")) if one["task"] == "mer"]
    members = [one["text"] for path in sorted(CORPUS.glob("a*.jsonl")) for one in map(json.loads, path.open(encoding="utf-8")) if one["task"] == "persona"]
    context = context_for(["Crane operators", "Container ports"], traits=["work in shifts"])
    invented = ["".join(syllables) for syllables in product(("ba", "ko", "mi", "re", "tu", "sa", "lo", "ni"), repeat=4)]
    looks().clear()
    gc.disable()
    rows = [
        ("analyse + verdict, words met for the first time, us", _beside_the_loop(lambda: _judge(statements, context), 1), len(statements), ""),
        ("analyse + verdict, words met before, us", _beside_the_loop(lambda: _judge(statements, context)), len(statements), "15"),
        ("the same, a hundred statements over and over, us", _beside_the_loop(lambda: [_judge(statements[:100], context) for _ in range(10)]), 1000, "15"),
        ("look at a word that nobody knows, us", _beside_the_loop(lambda: list(map(looks().__getitem__, invented)), 1), len(invented), ""),
        ("explain, us", _beside_the_loop(lambda: _explain(statements[:500], context), 3), 500, "100"),
        ("portray a text about members, first time, us", _beside_the_loop(lambda: [portray(text) for text in members], 1), len(members), ""),
    ]
    gc.enable()
    print(f"\n{'judging, user CPU':52}{'measured':>10}{'nominal':>10}{'limit':>8}")
    for name, (seconds, turns), count, limit in rows:
        print(f"{name:52}{seconds / count * 1e6:10.1f}{turns * NOMINAL / count * 1e6:10.1f}{limit:>8}")
    start = _start()
    turn = min(_seconds(_loop) for _ in range(RUNS)) / TURNS
    print(f"{'added to the start of a process, ms':52}{start * 1e3:10.1f}{start * 1e3 * NOMINAL / turn:10.1f}{'10':>8}")
    print(f"nominal: as if a turn of the loop took {NOMINAL * 1e9:.0f} ns; it took {turn * 1e9:.0f} at best")


def _beside_the_loop(work: Callable[[], object], runs: int = RUNS) -> tuple[float, float]:
    """Return the seconds of a piece of work, and how many turns of the loop they are: the middle of several runs side by side."""
    taken = []
    for _ in range(runs):
        turn = _seconds(_loop) / TURNS
        seconds = _seconds(work)
        taken.append((seconds / ((turn + _seconds(_loop) / TURNS) / 2), seconds))
    turns, seconds = sorted(taken)[runs // 2]
    return seconds, turns


def _explain(statements: Sequence[tuple[str, str]], context: object) -> None:
    for text, kind in statements:
        explain(text, context, kind=kind)


def _judge(statements: Sequence[tuple[str, str]], context: object) -> None:
    for text, kind in statements:
        verdict(analyse(text), context, kind=kind)


def _loop() -> int:
    total = 0
    for number in range(TURNS):
        total += number & 7
    return total


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _start() -> float:
    """Return the middle of several starts, the first one not counted (it may have to compile)."""
    command = [sys.executable, "-c", _START]
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    taken = [float(subprocess.run(command, capture_output=True, check=True, env=own).stdout) for _ in range(RUNS + 1)]  # noqa: S603 - our own command
    return statistics.median(taken[1:])


if __name__ == "__main__":
    main()
