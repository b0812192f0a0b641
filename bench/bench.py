"""How fast, and how much memory: ratios to what libyaml alone needs for the same files, side by side in one run.

`make bench` measures 1,000 and 10,000 segments; name other sizes: `python bench/bench.py 1000 5000`.
"""

import gc
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from generate import write_workspace

from microseg.project import Project
from microseg.project.facts import parse
from microseg.source.nodes import Limits
from microseg.words.analyse import analyse

RUNS = 5


def main(sizes: list[int]) -> None:
    """Print one table a size, then the start-up."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            write_workspace(root, size)
            _lint(root, size)
    _start_up()


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _lint(root: Path, size: int) -> None:
    files = [path.read_bytes() for path in sorted((root / "segments").rglob("*.yaml"))]
    gc.disable()
    compose = _timed(lambda: [yaml.compose(data, Loader=yaml.CSafeLoader) for data in files])
    gc.enable()
    parts = {"read and parse": _timed(lambda: [parse(data, Limits()) for data in files])}
    held: list[Project] = []
    parts["open: read, parse, bind, analyse"] = _timed(lambda: held.append(Project.open(root)))
    project = held[0]
    texts = [pain.statement or "" for segment in project.workspace.segments for pain in segment.pain_points]
    parts["analyse the pains' texts (warm)"] = _timed(lambda: [analyse(text) for text in texts])
    parts["rules and settling"] = _timed(project.findings)
    whole = _process([sys.executable, "-m", "microseg", "lint", "-q", "--exit-zero", "-C", str(root)])
    print(f"\n{size:,} segments, {sum(map(len, files)) / 1e6:.1f} MB of YAML; libyaml compose, one thread, no garbage collector: {compose:.2f} s")
    print(f"{'':40}{'seconds':>9}{'x compose':>11}")
    for name, seconds in (*parts.items(), ("the whole process `microseg lint`", whole[0])):
        print(f"{name:40}{seconds:9.2f}{seconds / compose:11.2f}")
    print(f"{'peak memory of that process':40}{whole[1]:9.0f} MB")


def _process(command: list[str]) -> tuple[float, float]:
    """Wall seconds and peak megabytes of a whole process."""
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0), (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)])
    _, _, usage = os.wait4(pid, 0)
    return time.perf_counter() - start, usage.ru_maxrss / (1 if sys.platform == "darwin" else 1024)


def _start_up() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_workspace(root, 1)
        commands = {"import yaml": [sys.executable, "-c", "import yaml"], "microseg --version": [sys.executable, "-m", "microseg", "--version"], "microseg lint, one file": [sys.executable, "-m", "microseg", "lint", "-q", "--exit-zero", "-C", str(root)]}
        seconds = {name: _cpu(command) for name, command in commands.items()}
    base = seconds["import yaml"]
    print(f"\n{'start-up, user and system seconds':40}{'seconds':>9}{'x import yaml':>15}")
    for name, taken in seconds.items():
        print(f"{name:40}{taken:9.3f}{taken / base:15.2f}")


def _cpu(command: list[str]) -> float:
    """Median cpu seconds of a process over several runs, the first one not counted."""
    taken = []
    for run in range(RUNS + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)  # noqa: S603 - our own command
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        if run:
            taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(taken)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [1_000, 10_000])
