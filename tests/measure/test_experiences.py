"""Before and after, and beside those left out: which experiences are measured, of whom, and what a difference is worth."""

import datetime as dt
from fractions import Fraction
from pathlib import Path

import pytest

from measure.oracle import summed
from measure.worlds import setting, world
from microseg.measure.experiences import asks_of, gap_between, result_of, trials_of
from microseg.measure.metric import MetricValue
from microseg.project import Project

SETTINGS = "version: 1\ndefaults: {unit: account}\ndefinitions: {left-out: {firmo.headcount: {lt: 50}}}\nmetrics:\n  nps: {type: nps, min_n: 2}\n  active: {type: share, where: {use.active_days: {gte: 1, last: 30d}}}\n"


def trials(root: Path, experience: str, more: str = ""):
    (root / "segments").mkdir(exist_ok=True)
    (root / "microseg.yaml").write_text(SETTINGS)
    (root / "segments" / "one.yaml").write_text(f"id: one\nname: Some\nexperiences: [{{{experience}}}]\n{more}")
    project = Project.open(root)
    own = {one.name: one.value for one in project.config.definitions}
    return trials_of(project.workspace.by_id["one"], project.workspace, setting(definitions=own)), setting(definitions=own)


@pytest.mark.parametrize(
    ("experience", "days"),
    [
        ("metric: active, start: 2026-06-01, end: 2026-06-20", (dt.date(2026, 5, 31), dt.date(2026, 6, 20))),
        ("metric: active, start: 2026-06-01, end: 2026-09-20", (dt.date(2026, 5, 31), dt.date(2026, 6, 30))),
        ("metric: active, start: 2026-06-30", (dt.date(2026, 6, 29), dt.date(2026, 6, 30))),
        ("metric: active, start: 2026-07-01", None),
        ("metric: active", None),
        ("metric: active, start: 2026-06-01, status: dropped", None),
        ("metric: active, start: 2026-06-01, status: planned", None),
        ("metric: how happy they look, start: 2026-06-01", None),
        ("start: 2026-06-01", None),
    ],
)
def test_which_experiences_are_measured_and_when(tmp_path, experience, days):
    found, _ = trials(tmp_path, experience)

    assert [(one.before, one.after) for one in found] == ([] if days is None else [days])


def companies():
    """Ana and Bo at large companies, Cy and Di at small ones; Bo and Cy came back in June."""
    accounts = {"a": {"firmo.headcount": 100}, "b": {"firmo.headcount": 100}, "c": {"firmo.headcount": 9}, "d": {"firmo.headcount": 9}}
    return world(accounts=accounts, users={"ana": "a", "bo": "b", "cy": "c", "di": "d"}, did={"ana": {40: "x"}, "bo": {40: "x", 5: "x"}, "cy": {5: "x"}, "di": {}})


def measured(root: Path, experience: str):
    (trial,), told = trials(root, experience)
    members = companies().everybody("account")
    sums = {ask.key: {one.name: summed(one.expression, members) for one in ask.sums} for ask in asks_of(trial, told)}
    return result_of(trial, sums, told)


def test_without_a_holdout_a_change_may_have_another_cause(tmp_path):
    found = measured(tmp_path, "metric: active, start: 2026-06-01")

    assert (found.before.value, found.after.value, found.difference) == (Fraction(1, 2), Fraction(1, 2), None)
    assert found.note == "no holdout is named, so the change may have another cause"


def test_those_left_out_are_in_neither_before_nor_after(tmp_path):
    found = measured(tmp_path, "metric: active, start: 2026-06-01, holdout: left-out")

    assert [(one.value, one.n) for one in (found.before, found.after, found.without)] == [(1, 2), (Fraction(1, 2), 2), (Fraction(1, 2), 2)]
    assert found.difference == 0
    assert found.low < 0 < found.high


def test_a_sub_group_is_looked_at_alone(tmp_path):
    found = measured(tmp_path, "metric: active, start: 2026-06-01, for: {text: the large ones, where: {firmo.headcount: {gte: 50}}}")

    by_name = measured(tmp_path, "metric: active, start: 2026-06-01, for: {text: the small ones, where: {use: left-out}}")

    assert [(one.value, one.n) for one in (found.before, found.after)] == [(1, 2), (Fraction(1, 2), 2)]
    assert [(one.value, one.n) for one in (by_name.before, by_name.after)] == [(0, 2), (Fraction(1, 2), 2)]


def test_a_holdout_may_be_a_segment_or_nobody_the_workspace_knows(tmp_path):
    (found,), _ = trials(tmp_path, "metric: active, start: 2026-06-01, holdout: small", "segments: [{id: small, name: Small, criteria: {firmo.headcount: {lt: 50}}}]")
    (lost,), _ = trials(tmp_path, "metric: active, start: 2026-06-01, holdout: three sites in Lyon")

    assert found.holdout is not None
    assert (lost.holdout, lost.note) == (None, "`three sites in Lyon` is no definition and no segment, so nobody can be compared")


def test_the_gap_of_two_scores_comes_from_their_margins():
    first = MetricValue(Fraction(10), 100, 0, "points", Fraction(-2), Fraction(22))
    second = MetricValue(Fraction(0), 100, 0, "points", Fraction(-9), Fraction(9))

    assert gap_between(first, second) == (-5, 25)
    assert gap_between(first, MetricValue(Fraction(3), 9, 0, "minutes")) is None


def test_a_margin_that_is_cut_where_the_scale_ends_is_as_wide_as_its_other_side():
    first = MetricValue(Fraction(95), 40, 0, "points", Fraction(86), Fraction(100))
    second = MetricValue(Fraction(10), 100, 0, "points", Fraction(-2), Fraction(22))

    assert gap_between(first, second) == (70, 100)
