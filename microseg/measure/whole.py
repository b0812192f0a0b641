"""A whole run from settings to result: counted by an engine, and made into an answer; the way in for the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from microseg.criteria.dimensions import Dimensions
from microseg.measure.data import Data
from microseg.measure.engines import Engine
from microseg.measure.result import MeasureResult, build
from microseg.measure.run import Request, measure
from microseg.model.saved import Run
from microseg.model.workspace import Workspace


class Wanted(NamedTuple):
    """What a run is about: the workspace and its data, pairs whose overlap is asked for, a saved run to compare with."""

    workspace: Workspace
    dimensions: Dimensions
    data: Data
    pairs: tuple[tuple[str, str], ...] = ()
    previous: Run | None = None


def request_of(wanted: Wanted, told: Callable[[str], None] = lambda _: None) -> Request:
    """The request of a run; `told` hears what is being done."""
    return Request(wanted.workspace, wanted.dimensions, wanted.data, pairs=wanted.pairs, told=told)


def measured(wanted: Wanted, engine: Engine, told: Callable[[str], None] = lambda _: None) -> MeasureResult:
    """Count and answer. Raises what `run.measure` raises; the engine is closed whatever happens."""
    try:
        counted = measure(request_of(wanted, told), engine)
    finally:
        engine.close()
    return build(counted, wanted.workspace, {str(unit): setting for unit, setting in counted.settings.items()}, wanted.previous)
