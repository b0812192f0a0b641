"""How fast, and how much memory: ratios to what libyaml alone needs for the same files, side by side in one run.

`make bench` measures 1,000 and 10,000 segments. Other sizes and shapes: `python bench/bench.py 5000 --fan-out 2500
--items 40`; a workspace that is there already (it is copied): `--workspace DIR`. What else lints YAML is run beside it,
where it is installed (`pip install check-jsonschema yamllint`).
"""

import argparse
import gc
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from generate import write_workspace
from parts import parts_of

RUNS = 5
TURNS = 5
LINT = [sys.executable, "-m", "microseg", "lint", "-q", "--exit-zero"]
BUILD = [sys.executable, "-m", "microseg", "build", "-q", "--keep-going"]
PEERS = {"check-jsonschema": ["check-jsonschema", "--schemafile", "{schema}"], "yamllint": ["yamllint", "-d", "relaxed"]}
TICK = 0.02
AT_REST = 30  # times what a look at the memory takes: the kernel goes through all pages for it, on a core that the run needs
MOST_ARGUMENTS = 2_000  # files a peer is given at once


def main() -> None:
    """Print one table a size, then the start-up."""
    asked = _asked()
    for size in asked.sizes or ([0] if asked.workspace else [1_000, 10_000]):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "workspace"
            if asked.workspace:
                shutil.copytree(asked.workspace, root)
            else:
                write_workspace(root, size, fan_out=asked.fan_out, items=asked.items)
            _measure(root, Path(folder) / "cache", parts=not asked.no_parts, peers=not asked.no_peers)
    if not asked.no_start:
        _start_up()


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", help="how many segments")
    parser.add_argument("--fan-out", type=int, default=8, help="children a segment")
    parser.add_argument("--items", type=int, default=4, help="pain points a segment")
    parser.add_argument("--workspace", type=Path, help="measure a copy of this one instead")
    for part in ("parts", "peers", "start"):
        parser.add_argument(f"--no-{part}", action="store_true")
    return parser.parse_args()


def _measure(root: Path, cache: Path, *, parts: bool, peers: bool) -> None:
    """All that is measured of one workspace: whole runs, what they are made of, and others beside them."""
    paths = sorted((root / "segments").rglob("*.yaml"))
    files = [path.read_bytes() for path in paths]
    compose, compose_cpu = _compose(files)
    print(f"\n{len(paths):,} files, {sum(map(len, files)) / 1e6:.1f} MB of YAML, {os.cpu_count()} cores")
    print(f"libyaml compose, one thread, no garbage collector: {compose:.2f} s wall, {compose_cpu:.2f} s cpu")
    _measure_in_turns(root, files)
    print(f"\n{'microseg lint':44}{'wall s':>8}{'x compose':>11}{'cpu s':>8}{'x compose':>11}{'MB':>7}")
    lint: dict[str, tuple[float, float]] = {}
    for name, change, args in _runs(paths):
        change()
        wall, cpu, megabytes = _process([*LINT, "-C", str(root), *args], {"XDG_CACHE_HOME": str(cache)})
        lint[name] = wall, cpu
        print(f"{name:44}{wall:8.2f}{wall / compose:11.2f}{cpu:8.2f}{cpu / compose_cpu:11.2f}{megabytes:7.0f}", flush=True)
    again, again_cpu = _compose(files)
    print(f"{'(compose once more)':44}{again:8.2f}{again / compose:11.2f}{again_cpu:8.2f}{again_cpu / compose_cpu:11.2f}")
    _measure_build(root, cache, paths, lint)
    if parts:
        print(f"\n{'where the time goes, in one process':44}{'cpu s':>8}{'x compose':>11}")
        for name, seconds in parts_of(root):
            print(f"{name:44}{seconds:8.2f}{seconds / compose_cpu:11.2f}", flush=True)
    if peers:
        _measure_peers(root, paths, compose)


def _measure_in_turns(root: Path, files: list[bytes]) -> None:
    """Lint without the cache and compose, one after the other, while nobody looks at the memory: a machine is not as quick from minute to minute."""
    print(f"\n{'in turns':44}{'compose s':>10}{'lint s':>8}{'x compose':>11}")
    ratios = []
    for turn in range(TURNS):
        compose, _ = _compose(files)
        lint = _timed(lambda: _silently([*LINT, "-C", str(root), "--no-cache"]))
        ratios.append(lint / compose)
        print(f"{f'without the cache, turn {turn + 1}':44}{compose:10.2f}{lint:8.2f}{ratios[-1]:11.2f}", flush=True)
    print(f"{'median':44}{statistics.median(ratios):29.2f}")


def _measure_build(root: Path, cache: Path, paths: list[Path], lint: dict[str, tuple[float, float]]) -> None:
    """The site of the same workspace, each run beside the same run of lint: wall and cpu seconds by its name."""
    shutil.rmtree(cache)
    print(f"\n{'microseg build':44}{'wall s':>8}{'x lint':>11}{'cpu s':>8}{'x lint':>11}{'MB':>7}")
    for name, change, args in _runs(paths):
        if args:
            continue  # build has no such option
        change()
        wall, cpu, megabytes = _process([*BUILD, "-C", str(root), "--out", str(cache.with_name("site"))], {"XDG_CACHE_HOME": str(cache)})
        print(f"{name:44}{wall:8.2f}{wall / lint[name][0]:11.2f}{cpu:8.2f}{cpu / lint[name][1]:11.2f}{megabytes:7.0f}", flush=True)


def _compose(files: list[bytes]) -> tuple[float, float]:
    """Wall and cpu seconds; where they differ much, the machine has other work, and only cpu seconds compare."""
    gc.disable()
    try:
        before = time.process_time()
        wall = _timed(lambda: [yaml.compose(data, Loader=yaml.CSafeLoader) for data in files])
        return wall, time.process_time() - before
    finally:
        gc.enable()


def _timed(work: Callable[[], object]) -> float:
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _runs(paths: list[Path]) -> list[tuple[str, Callable[[], object], list[str]]]:
    """What is run: its name, what is changed before it, and its arguments."""
    head, leaf = paths[0].parent / "group-0.yaml", paths[-1]
    return [
        ("without the cache", lambda: None, ["--no-cache"]),
        ("the first time", lambda: None, []),
        ("nothing changed", lambda: None, []),
        ("one leaf edited", lambda: _edit(leaf), []),
        ("a pain added to it", lambda: _add(leaf), []),
        ("the head edited", lambda: _edit(head if head.exists() else paths[0]), []),
    ]


def _edit(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("definition: ", "definition: Now and then, ", 1), encoding="utf-8")


def _add(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    item = f"  - id: one-more-{text.count('one-more')}\n    statement: Count the crates again when the tide turns\n"
    path.write_text(text.replace("pain_points:\n", f"pain_points:\n{item}", 1), encoding="utf-8")


def _process(command: list[str], environment: dict[str, str]) -> tuple[float, float, float]:
    """Wall and cpu seconds of a whole process and its children, and the most megabytes that they held together."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment}, start_new_session=True)  # noqa: S603 - our own command
    most = 0.0
    try:
        while run.poll() is None:
            begun = time.perf_counter()
            most = max(most, _resident(run.pid))
            time.sleep(max(TICK, AT_REST * (time.perf_counter() - begun)))
    finally:
        run.kill()
    wall = time.perf_counter() - start
    if run.returncode:
        sys.exit(f"{' '.join(command)}: it left with {run.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, most


def _resident(session: int) -> float:
    """Megabytes of all processes of a session; pages that they share are shared out among them (PSS)."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getsid(int(folder.name)) == session:
                held = (folder / "smaps_rollup").read_text()
                total += int(held.split("\nPss:")[1].split()[0])
        except (OSError, IndexError, ValueError):
            continue
    return total / 1024


def _measure_peers(root: Path, paths: list[Path], compose: float) -> None:
    """Others on the same files: a schema checker and a style checker."""
    schema = root.parent / "segment.json"
    schema.write_bytes(subprocess.run([sys.executable, "-m", "microseg", "schema", "segment"], check=True, capture_output=True).stdout)
    print(f"\n{'others, on the same files':44}{'wall s':>8}{'x compose':>11}")
    for name, command in PEERS.items():
        tool = Path(sys.executable).with_name(name)
        if not tool.exists():
            print(f"{name:44}{'not installed':>19}")
            continue
        words = [str(tool), *(word.format(schema=schema) for word in command[1:])]
        pieces = [paths[start : start + MOST_ARGUMENTS] for start in range(0, len(paths), MOST_ARGUMENTS)]
        seconds = _timed(lambda words=words, pieces=pieces: [_silently([*words, *map(str, piece)]) for piece in pieces])  # type: ignore[misc]
        print(f"{name:44}{seconds:8.2f}{seconds / compose:11.2f}", flush=True)


def _silently(command: list[str]) -> None:
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603 - the tools named above


def _start_up() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_workspace(root, 1)
        commands = {"import yaml": [sys.executable, "-c", "import yaml"], "microseg --version": [sys.executable, "-m", "microseg", "--version"], "microseg lint, one file": [*LINT, "-C", str(root)]}
        seconds = {name: _cpu(command) for name, command in commands.items()}
    base = seconds["import yaml"]
    print(f"\n{'start-up, user and system seconds':44}{'cpu s':>8}{'x import yaml':>15}")
    for name, taken in seconds.items():
        print(f"{name:44}{taken:8.3f}{taken / base:15.2f}")


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
    main()
