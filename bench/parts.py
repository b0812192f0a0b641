"""What a run is made of, each part by itself and in one process: cpu seconds."""

import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from microseg.formats import text
from microseg.formats._look import Look
from microseg.lint import engine
from microseg.lint.engine import Inputs, Options, judge
from microseg.lint.local import Hit, in_this_process
from microseg.model.link import link
from microseg.project import Project
from microseg.project.discover import discover, read_bytes
from microseg.project.encode import facts_of, plain
from microseg.project.facts import held, read_facts
from microseg.project.pipe import from_child, to_parent
from microseg.project.settings import read_settings

T = TypeVar("T")


def parts_of(root: Path) -> Iterator[tuple[str, float]]:
    """The name of each part with the seconds that it takes."""
    gc.disable()
    clock = _Clock()
    settings = read_settings(root, None)
    found = clock(lambda: discover(root))
    yield "find the files", clock.last
    data = clock(lambda: [read_bytes(f"{root}/{one.path}") for one in found])
    yield "get their bytes", clock.last
    facts = clock(lambda: [read_facts(one.path, one.kind, got, dimensions=settings.dimensions, limits=settings.bounds.file) for one, got in zip(found, data, strict=True) if isinstance(got, bytes)])
    yield "YAML to facts (shared between processes)", clock.last
    lines = clock(lambda: [to_parent(plain(one)) for one in facts])
    yield "facts to bytes (shared; what a child sends)", clock.last
    sent = clock(lambda: [facts_of(one.path, one.kind, from_child(line)) for one, line in zip(facts, lines, strict=True)])
    yield "bytes to facts (of what children sent)", clock.last
    kept = clock(lambda: [held(one) for one in sent])
    yield "facts to records", clock.last
    clock(lambda: link(((one.path, one.segments, one.single) for one in kept), lambda *_: 1))
    yield "link the tree", clock.last
    yield from _judged(Project.open(root), clock)
    gc.enable()


def _judged(project: Project, clock: "_Clock") -> Iterator[tuple[str, float]]:
    inputs: Inputs = project._inputs  # noqa: SLF001 - what a run hands to the rules
    said: list[list[Hit]] = []
    spent: dict[str, float] = {}
    settle = engine.settle

    def families(*asked: object) -> list[list[Hit]]:
        said.extend(clock(lambda: list(in_this_process(*asked))))  # type: ignore[arg-type]
        spent["families"] = clock.last
        return said

    def settled(*given: object, **more: object) -> object:
        report = clock(lambda: settle(*given, **more))  # type: ignore[arg-type]
        spent["settle"] = clock.last
        return report

    engine.settle = settled  # type: ignore[assignment]
    try:
        start = time.process_time()
        report = judge(inputs, Options(), None, families)
        whole = time.process_time() - start
    finally:
        engine.settle = settle
    yield "rules on chains and families (shared)", spent["families"]
    yield "rules on the whole workspace", whole - spent["families"] - spent["settle"]
    yield f"settling {len(report.findings):,} findings", spent["settle"]
    clock(lambda: text.render(report, Look(project.source)))
    yield "text of the findings", clock.last


class _Clock:
    """Calls a function and keeps how long it took."""

    last = 0.0

    def __call__(self, work: Callable[[], T]) -> T:
        """What the function returns."""
        start = time.process_time()
        made = work()
        self.last = time.process_time() - start
        return made
