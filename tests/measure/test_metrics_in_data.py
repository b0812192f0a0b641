"""Every metric as an engine counts it, against the same worked out by hand: files of CSV, one run, all sixteen types."""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from measure.test_metrics import EVERY_TYPE, adopters, any_world, metric
from measure.worlds import counted, setting
from microseg.measure.data import read_data
from microseg.measure.engines import engine_for
from microseg.measure.result import build
from microseg.measure.result_json import as_dict
from microseg.measure.run import Request, measure
from microseg.project import Project

DATA = """\
data:
  as_of: 2026-06-30
  tables:
    account: {from: account.csv, key: id}
    user: {from: user.csv, key: id, account: account}
    event: {from: event.csv, user: user, at: at, name: name, minutes: minutes, feature: feature}
    survey: {from: survey.csv, user: user, at: at, kind: kind, score: score}
    history: {from: history.csv, account: account, at: at, dimension: dimension, value: value}
  dimensions:
    plan.state: {column: account.plan.state}
    plan.mrr: {column: account.plan.mrr}
    acct.since: {column: account.acct.since}
    firmo.headcount: {column: account.firmo.headcount}
"""
COLUMNS = {
    "account": ("id", "plan.state", "plan.mrr", "acct.since", "firmo.headcount"),
    "user": ("id", "account"),
    "event": ("user", "at", "name", "minutes", "feature"),
    "survey": ("user", "at", "kind", "score"),
    "history": ("account", "at", "dimension", "value"),
}


def written(where, root: Path, unit: str) -> Project:
    """The world as files, in a workspace whose segments are measured by one metric of each type."""
    rows = {"account": where.rows.accounts, "user": where.rows.users, "event": where.rows.events, "survey": where.rows.surveys, "history": where.rows.history}
    for table, columns in COLUMNS.items():
        with (root / f"{table}.csv").open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(columns)
            writer.writerows([_cell(row.get(column)) for column in columns] for row in rows[table])
    names = [metric(text).type.replace("_", "-") for text in EVERY_TYPE]
    defined = "".join(f"  {name}: {text}\n" for name, text in zip(names, EVERY_TYPE, strict=True))
    (root / "microseg.yaml").write_text(f"version: 1\ndefaults: {{unit: {unit}}}\nmetrics:\n{defined}{DATA}")
    (root / "segments").mkdir()
    (root / "segments" / "all.yaml").write_text(
        f"id: all\nname: Everybody\nmetrics: [{', '.join(names)}]\nsegments:\n"
        "  - {id: busy, name: Busy ones, criteria: {use.events: {gte: 2, last: 180d}}, experiences: [{id: trial, metric: retention, start: 2026-06-01}, {id: other, metric: share, start: 2026-06-11, holdout: free}]}\n"
        "  - {id: paying, name: Paying ones, criteria: {any: [{plan.state: paid}, {firmo.headcount: {gte: 50}}]}}\n"
    )
    return Project.open(root)


def _cell(value: object) -> object:
    return "" if value is None else float(value) if hasattr(value, "denominator") and not isinstance(value, int) else value


def answers(project: Project, found, settings: Mapping) -> list:
    """The JSON of a result, without what says where it comes from."""
    held = as_dict(build(found, project.workspace, settings))
    return [{key: value for key, value in one.items() if key != "unknown_because"} for one in held["segments"]] + [held["coverage"], held["overlaps"]]


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["account", "user"])
@pytest.mark.parametrize("seed", range(3))
def test_an_engine_counts_what_was_worked_out_by_hand(tmp_path, seed, unit):
    where = any_world(seed) if seed else adopters((3, 90), (12, 80), (20, 7), idle=30)
    project = written(where, tmp_path, unit)
    engine = engine_for(data := read_data(project.config.data), tmp_path)
    try:
        found = measure(Request(project.workspace, project.dimensions, data), engine)
    finally:
        engine.close()
    settings = {unit: setting(unit, history=found.settings[unit].history)}

    by_hand = answers(project, counted(project.workspace, where, settings), settings)
    from_data = answers(project, found, found.settings)
    for expected, actual in zip(by_hand, from_data, strict=True):
        for key in expected if isinstance(expected, dict) else ():
            assert expected[key] == actual[key], (expected["id"], key)
        assert expected == actual
