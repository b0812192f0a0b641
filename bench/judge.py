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
RUNS = 7
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
    looks().clear()
    gc.disable()
    new = _seconds(lambda: _judge(statements, context))
    met = min(_seconds(lambda: _judge(statements, context)) for _ in range(RUNS))
    told = min(_seconds(lambda: [explain(text, context, kind=kind) for text, kind in statements[:500]]) for _ in range(3))
    portrait = _seconds(lambda: [portray(text) for text in members])
    gc.enable()
    turn = min(_seconds(_loop) for _ in range(RUNS)) / TURNS
    print(f"\njudging; a plain loop takes {turn * 1e9:.0f} ns a turn, nominal {NOMINAL * 1e9:.0f}")
    print(f"{'user CPU':52}{'measured':>10}{'nominal':>10}{'limit':>8}")
    rows = [
        ("analyse + verdict, words met before, us", met / len(statements), "15"),
        ("analyse + verdict, words met for the first time, us", new / len(statements), ""),
        ("explain, us", told / 500, "100"),
        ("portray a text about members, first time, us", portrait / len(members), ""),
    ]
    for name, seconds, limit in rows:
        print(f"{name:52}{seconds * 1e6:10.1f}{seconds * 1e6 * NOMINAL / turn:10.1f}{limit:>8}")
    start = _start()
    print(f"{'added to the start of a process, ms':52}{start * 1e3:10.1f}{start * 1e3 * NOMINAL / turn:10.1f}{'10':>8}")


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
