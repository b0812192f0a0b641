"""Everything that one run is asked to sum: metrics, what sets segments apart, and experiences before and after."""

from __future__ import annotations

from collections.abc import Mapping

from microseg.measure import drivers
from microseg.measure.chosen import Chosen, metrics_of
from microseg.measure.experiences import asks_of, trials_of
from microseg.measure.expression import Setting
from microseg.measure.metric import Ask, sums_of
from microseg.model.segment import Segment
from microseg.model.workspace import Workspace

METRIC = "metric "


def asked(workspace: Workspace, settings: Mapping[str, Setting]) -> tuple[Ask, ...]:
    """What is summed over every measured segment, by unit. `settings`: one for each unit in use, "account" or "user"."""
    found: list[Ask] = []
    for unit in sorted(settings):
        setting = settings[unit]
        segments = [one for one in workspace.segments if workspace.unit(one) == unit]
        found += (Ask(METRIC + one.id, setting.unit, sums_of(one.metric, setting)) for one in _metrics(segments, workspace))
        found.append(drivers.ask(workspace, setting))
        for segment in segments:
            for trial in trials_of(segment, workspace, setting):
                found += asks_of(trial, setting)
    return tuple(one for one in found if one.sums)


def _metrics(segments: list[Segment], workspace: Workspace) -> tuple[Chosen, ...]:
    """Each metric of these segments once, in the order of the segments."""
    found: dict[str, Chosen] = {}
    for segment in segments:
        for one in metrics_of(segment, workspace):
            found.setdefault(one.id, one)
    return tuple(found.values())
