"""The program ends at once: with its exit code, with all that it wrote, and after all that was to be done at its end."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """
import atexit, sys, microseg.__main__ as program
def main():
    atexit.register(print, "swept")
    print("written " * 10_000)
    print("told", file=sys.stderr)
    {end}
program.main = main
program.start()
"""


@pytest.mark.parametrize(("end", "code", "told"), [("", 0, ""), ("sys.exit(3)", 3, ""), ("sys.exit()", 0, ""), ("sys.exit('no')", 1, "no\n"), ("1 / 0", 1, "ZeroDivisionError")])
def test_it_ends_with_its_code_and_whole(end, code, told):
    run = subprocess.run([sys.executable, "-c", PROGRAM.format(end=end)], check=False, capture_output=True, text=True)

    assert (run.returncode, run.stdout) == (code, "written " * 10_000 + "\nswept\n")
    assert run.stderr.startswith("told\n")
    assert told in run.stderr


def test_threads_that_still_work_are_waited_for():
    end = "import threading, time; threading.Thread(target=lambda: (time.sleep(0.2), print('worked'))).start()"
    run = subprocess.run([sys.executable, "-c", PROGRAM.format(end=end)], check=False, capture_output=True, text=True)

    assert (run.returncode, run.stdout) == (0, "written " * 10_000 + "\nworked\nswept\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_what_cannot_be_written_out_is_no_success(stream):
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        run = subprocess.run([sys.executable, "-c", PROGRAM.format(end=f"sys.{stream}.write('x')")], check=False, **{"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, stream: full})

    assert run.returncode != 0
