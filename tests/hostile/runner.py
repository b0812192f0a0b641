"""Runs microseg once a line of standard input, each run in a process of its own with a bound of time, forked so that nothing is imported twice."""

import base64
import contextlib
import gc
import importlib
import json
import os
import pkgutil
import re
import resource
import signal
import sys
import tempfile
import time
from pathlib import Path

LIBRARIES = ("csv", "gzip", "jinja2", "rich.console", "yaml", "_duckdb")  # with all of microseg; a fork of a process that has them starts in milliseconds


def peak():
    """The most memory that this process has had, in kilobytes."""
    status = Path("/proc/self/status")
    return int(re.search(r"VmHWM:\s+(\d+)", status.read_text()).group(1)) if status.exists() else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def run(asked, place):
    """The run itself, in the child."""
    os.setsid()  # a hang is ended together with the processes that it started
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["spends"], asked["spends"]))
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["env"])
    (place / "in").write_bytes(base64.b64decode(asked["stdin"]))
    for number, name, flags in ((0, place / "in", os.O_RDONLY), (1, asked["stdout"] or place / "out", os.O_WRONLY | os.O_CREAT), (2, place / "err", os.O_WRONLY | os.O_CREAT)):
        os.dup2(os.open(name, flags, 0o600), number)
    sys.stdin, sys.stdout, sys.stderr = (open(number, mode, encoding="utf-8", errors="surrogateescape", closefd=False) for number, mode in ((0, "r"), (1, "w"), (2, "w")))  # noqa: SIM115 - the streams of the run
    sys.argv = ["microseg", *asked["arguments"]]
    code = 99
    try:
        from microseg.__main__ import main

        main()
        code = 0
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 98
    finally:
        try:
            sys.stdout.flush()
            sys.stderr.flush()
        except OSError:
            pass
        (place / "peak").write_text(str(peak()))
        os._exit(code)


def wait(child, seconds):
    """Its exit code; -9 where it took too long and was ended."""
    began = time.monotonic()
    pause = 0.002
    while time.monotonic() - began < seconds:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return -9


def answer(asked):
    with tempfile.TemporaryDirectory(prefix="run-") as name:
        place = Path(name)
        began = time.monotonic()
        child = os.fork()
        if child == 0:
            run(asked, place)
        code = wait(child, asked["seconds"])
        held = {name: (place / name).read_bytes() if (place / name).exists() else b"" for name in ("out", "err", "peak")}
        return {"code": code, "took": time.monotonic() - began, "peak": int(held["peak"] or 0) * 1024, "out": base64.b64encode(held["out"]).decode(), "err": base64.b64encode(held["err"]).decode()}


def _tell(held):
    sys.stdout.write(json.dumps(held) + "\n")
    sys.stdout.flush()


def main():
    import microseg

    for name in (*LIBRARIES, *(one.name for one in pkgutil.walk_packages(microseg.__path__, "microseg."))):
        with contextlib.suppress(ImportError):  # an engine that is not installed
            importlib.import_module(name)
    gc.disable()
    _tell({"peak": peak() * 1024})
    for line in sys.stdin:
        _tell(answer(json.loads(line)))


if __name__ == "__main__":
    main()
