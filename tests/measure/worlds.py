"""Small worlds in which metrics are worked out by hand: accounts, people, what they did on which day, what they answered."""

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from measure.oracle import Rows, World, summed
from microseg.criteria.definitions import resolve_all, with_presets
from microseg.criteria.evaluate import all_of
from microseg.measure.asked import asked
from microseg.measure.chosen import chain_of
from microseg.measure.counted import Counted, Coverage, Overlap, SegmentCount, TableCount
from microseg.measure.expression import Setting
from microseg.measure.metric import MetricValue, sums_of, value_of
from microseg.model.metric import Metric
from microseg.model.segment import Segment
from microseg.model.workspace import Workspace
from microseg.project.settings import read_settings

DAY = dt.date(2026, 6, 30)
MAPPED = frozenset({"account", "user", "event", "event.name", "event.minutes", "event.feature", "survey", "history", "plan.state", "plan.mrr", "acct.since", "firmo.headcount"})


def at(days_ago: int, hour: int = 12) -> dt.datetime:
    """A moment so many days before the day of the run."""
    return dt.datetime.combine(DAY - dt.timedelta(days=days_ago), dt.time(hour), dt.UTC)


def world(
    *,
    accounts: Mapping[str, Mapping[str, Any]] | None = None,
    users: Mapping[str, str] | None = None,
    did: Mapping[str, Mapping[Any, str]] | None = None,
    answers: Mapping[str, tuple[str, int]] | None = None,
    history: tuple[tuple[str, int, str, Any], ...] = (),
    mapped: frozenset[str] = MAPPED,
) -> World:
    """`did`: by person, what on how many days before (or days and hour); `answers`: by person, kind and score, all ten days before; `history`: account, days before, dimension, value."""
    users = users or {}
    now = {name: dict(held) for name, held in (accounts or {}).items()}
    for who, _, dimension, value in sorted(history, key=lambda one: -one[1]):
        now[who][dimension] = value  # what the newest change says, the column says too
    return World(
        Rows(
            tuple({"id": name, **held} for name, held in now.items()),
            tuple({"id": name, "account": account} for name, account in users.items()),
            tuple(
                {"user": who, "at": at(*ago) if isinstance(ago, tuple) else at(ago), "name": what, "minutes": Fraction(5), "platform": None, "feature": what, "visit": None} for who, days in (did or {}).items() for ago, what in days.items()
            ),
            tuple({"user": who, "at": at(10), "kind": kind, "score": Fraction(score)} for who, (kind, score) in (answers or {}).items()),
            tuple({"account": who, "at": at(ago), "dimension": name, "value": value} for who, ago, name, value in history),
        ),
        DAY,
        mapped=mapped,
    )


def metric(text: str) -> Metric:
    """A metric as people type it, in one line of YAML."""
    return read_settings(Path(), f"metrics:\n  it: {text}\n".encode()).config.metrics[0].value


def setting(unit: str = "account", history: frozenset[str] = frozenset({"plan.state", "plan.mrr"}), definitions: Mapping[str, Any] | None = None) -> Setting:
    return Setting(DAY, "UTC", unit, definitions=resolve_all(with_presets(definitions or {})), history=history)


def measured(text: str, where: World, *, unit: str = "account", history: frozenset[str] = frozenset({"plan.state", "plan.mrr"})) -> MetricValue:
    """What a metric says of everybody in a world."""
    told, held = setting(unit, history), metric(text)
    members = where.everybody(unit)
    return value_of(held, {one.name: summed(one.expression, members) for one in sums_of(held, told)}, told)


def counted(workspace: Workspace, where: World, settings: Mapping[str, Setting]) -> Counted:
    """What an engine would count, worked out one member at a time."""
    asks = asked(workspace, settings)
    results = {one.id: _membership(one, workspace, where, settings) for one in workspace.segments if one.criteria is not None or one.parent is None}
    found = []
    for name, inside in results.items():
        unit = workspace.unit(workspace.by_id[name])
        members = [one for one in where.everybody(unit) if inside[one.row["id"]] is True]
        sums = {ask.key: {one.name: summed(one.expression, members) for one in ask.sums} for ask in asks if ask.unit == unit}
        found.append(SegmentCount(name, unit, len(members), sum(held is None for held in inside.values()), "firmo.headcount" if None in inside.values() else None, sums))
    tables = (TableCount("account", "data/accounts.csv", len(where.accounts)),)
    return Counted(DAY, "UTC", "by hand", tables, tuple(found), {}, (), *_shared(workspace, results), ())


def _membership(segment: Segment, workspace: Workspace, where: World, settings: Mapping[str, Setting]) -> dict[str, bool | None]:
    unit = workspace.unit(segment)
    chain = chain_of(segment, workspace, settings[unit].definitions)
    return {one.row["id"]: all_of(one.holds(criterion) for criterion in chain) for one in where.everybody(unit)}


def _shared(workspace: Workspace, results: Mapping[str, dict[str, bool | None]]) -> tuple[tuple[Overlap, ...], tuple[Coverage, ...]]:
    overlaps, coverage = [], []
    for parent in workspace.segments:
        children = [one.id for one in workspace.children(parent) if one.id in results]
        for number, first in enumerate(children):
            overlaps += (_overlap(first, second, results) for second in children[number + 1 :])
        if children and parent.id in results:
            rows = [[results[child].get(who) for child in children] for who, held in results[parent.id].items() if held is True]
            certain = [row.count(True) for row in rows if row.count(True) > 1 or None not in row]
            unknown = len(rows) - len(certain)
            coverage.append(Coverage(parent.id, certain.count(0), certain.count(1), sum(count > 1 for count in certain), unknown))
    return tuple(overlaps), tuple(coverage)


def _overlap(first: str, second: str, results: Mapping[str, dict[str, bool | None]]) -> Overlap:
    pairs = [(held, results[second].get(who)) for who, held in results[first].items()]
    both = sum(pair == (True, True) for pair in pairs)
    return Overlap(first, second, both, sum(False not in pair for pair in pairs) - both)
