"""A program under attack: run as a person would, in a process of its own, with bounds of time and memory."""

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")
SECONDS = 15  # of processor time in any one process, for tests share a machine with others
PATIENCE = 60.0  # seconds on the clock, for what waits and does nothing
MOST_BYTES = 500 * 2**20  # beyond the imports


class Told(NamedTuple):
    code: int
    out: str
    err: str


class _Runner:
    """The process that forks the runs."""

    def __init__(self, home):
        self.home = home
        self.process = subprocess.Popen([sys.executable, str(Path(__file__).with_name("runner.py"))], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)})
        self.floor = json.loads(self.process.stdout.readline())["peak"]

    def ask(self, folder, *arguments, stdin=b"", stdout="", seconds=PATIENCE, **more):
        """A run whatever comes of it: code -9 where it took longer and was killed."""
        env = {"PATH": os.environ["PATH"], "HOME": str(self.home), "XDG_CACHE_HOME": str(self.home / "cache"), "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "120", **more}
        asked = {"folder": str(folder), "arguments": list(arguments), "env": env, "stdin": base64.b64encode(stdin).decode(), "stdout": stdout, "seconds": seconds, "spends": SECONDS}
        self.process.stdin.write(json.dumps(asked).encode() + b"\n")
        self.process.stdin.flush()
        told = json.loads(self.process.stdout.readline())
        return {**told, **{name: base64.b64decode(told[name]).decode("utf-8", "replace") for name in ("out", "err")}}

    def __call__(self, folder, *arguments, **more):
        told = self.ask(folder, *arguments, **more)
        out, err = told["out"], told["err"]

        assert told["code"] in {0, 1, 2, 3}, (arguments, told["code"], told["took"], err)
        assert told["peak"] - self.floor < MOST_BYTES, (arguments, told["peak"])
        assert "Traceback" not in out + err
        assert RAW.findall((out + err).replace("\r\n", "\n")) == [], (arguments, out, err)
        return Told(told["code"], out, err)

    def close(self):
        self.process.stdin.close()
        self.process.wait(timeout=30)
        self.process.stdout.close()


@pytest.fixture(scope="session")
def microseg(tmp_path_factory):
    """`microseg(folder, "lint")` runs it there: exit code, output, errors. It never hangs, crashes or writes a raw control character."""
    runner = _Runner(tmp_path_factory.mktemp("home"))
    yield runner
    runner.close()
