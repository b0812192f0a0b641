"""Shared work: each piece once, whatever becomes of the children. In a process of its own, for forking wants no threads."""

import subprocess
import sys
from pathlib import Path

import pytest

from microseg.criteria.dimensions import Dimensions
from microseg.project.encode import decode, encode, facts_of, plain
from microseg.project.facts import held, read_facts
from microseg.project.pipe import from_child, to_parent
from microseg.source.nodes import Limits

PROGRAM = """
import os, signal, time
from microseg.project.workers import share

here = os.getpid()

def run(work, count=60, among=3):
    return sorted(share(count, work, encode=lambda number, made: str(made).encode(), decode=lambda number, sent: int(sent), among=among))

def slow(number):
    time.sleep(0.002)
    return number * number

squares = [(number, number * number) for number in range(60)]
assert run(slow) == squares
assert run(slow, among=1) == squares
assert run(slow, count=0) == [] and run(slow, count=1) == [(0, 0)]

def killed(number):
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return slow(number)

assert run(killed) == squares

def broken(number):
    if os.getpid() != here:
        raise ZeroDivisionError
    return slow(number)

assert run(broken) == squares

def long(number):
    return int("7" * 4000)

assert run(long, count=1500) == [(number, long(number)) for number in range(1500)]

given_up = share(60, slow, encode=lambda number, made: b"", decode=lambda number, sent: int(sent), among=3)
next(given_up)
given_up.close()
try:
    print(os.waitpid(-1, os.WNOHANG))
except ChildProcessError:
    print("no child is left")
print(len(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else 4)
"""


AHEAD = """
import os
from microseg.project.workers import ahead

here = os.getpid()

def run(work, told, among=2):
    with ahead(work, encode=lambda made: made, decode=lambda sent: sent, among=among) as tell:
        return tell(told)()

def elsewhere(told):
    return (b"there " if os.getpid() != here else b"here ") + told()

for size in (0, 3, 1 << 20):
    assert run(elsewhere, b"x" * size).partition(b" ")[2] == b"x" * size
assert run(elsewhere, b"told", among=1) == b"here told"

def fails(told):
    if os.getpid() != here:
        raise ValueError
    return b"here " + told()

def dies(told):
    if os.getpid() != here:
        told()
        os._exit(1)
    return b"here " + told()

assert run(fails, b"x" * (1 << 20)).startswith(b"here x")
assert run(dies, b"told") == b"here told"

open_before = sorted(os.listdir("/proc/self/fd")) if os.path.isdir("/proc/self/fd") else []
with ahead(elsewhere, encode=lambda made: made, decode=lambda sent: sent, among=2):
    pass
assert not open_before or sorted(os.listdir("/proc/self/fd")) == open_before
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("done")
"""


@pytest.mark.slow
def test_each_piece_is_done_once_and_nothing_is_left():
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines() == ["no child is left", "4"]


@pytest.mark.slow
def test_what_was_begun_is_ended_there_or_here_and_nothing_is_left():
    told = subprocess.run([sys.executable, "-c", AHEAD], capture_output=True, text=True, check=False, timeout=60)

    assert (told.returncode, told.stderr, told.stdout) == (0, "", "done\n")


def _by_cache(value):
    return decode(encode(value))


def _by_pipe(value):
    return from_child(to_parent(value))


@pytest.mark.parametrize("way", [_by_cache, _by_pipe])
def test_facts_that_were_sent_make_the_same_records(way):
    root = Path(__file__).parents[2] / "sample_workspace"
    for path in sorted((root / "segments").rglob("*.yaml")):
        facts = read_facts(path.name, "segments", path.read_bytes(), dimensions=Dimensions(), limits=Limits())
        sent = facts_of(path.name, "segments", way(plain(facts)))

        assert repr(held(sent)) == repr(held(facts))


@pytest.mark.parametrize("way", [_by_cache, _by_pipe])
def test_problems_and_suppressions_are_sent_whole(way):
    facts = read_facts("a.yaml", "segments", b"nmae: A\nname: #1\nlevel: top  # microseg: ignore[bad-value] why\n", dimensions=Dimensions(), limits=Limits())

    assert facts.problems
    assert facts.suppressions
    assert repr(facts_of("a.yaml", "segments", way(plain(facts)))[2]) == repr(facts[2])
    assert facts_of("a.yaml", "segments", way(plain(facts))).suppressions == facts.suppressions


@pytest.mark.parametrize("data", [b"", to_parent(["a", 1])[:-1], b"\xff"])
def test_what_a_child_sent_in_part_is_refused(data):
    with pytest.raises(ValueError, match=r".*"):
        from_child(data)


@pytest.mark.parametrize("row", [None, 5, [], [1, 2, 3, 4, 5], [[["MS001"]], [], False, [], False]])
def test_what_is_no_facts_is_refused(row):
    with pytest.raises(ValueError, match=r".*"):
        facts_of("a.yaml", "segments", row)
