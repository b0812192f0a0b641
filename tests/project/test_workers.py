"""Shared work: each piece once, whatever becomes of the children. In a process of its own, for forking wants no threads."""

import subprocess
import sys

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


def test_each_piece_is_done_once_and_nothing_is_left():
    told = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)

    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout.splitlines() == ["no child is left", "4"]
