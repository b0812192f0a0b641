"""From what was counted to what a product manager reads: shares, comparisons, what sets a segment apart, what to do next."""

import datetime as dt
import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import jsonschema
import pytest

from measure.worlds import DAY, MAPPED, counted, setting, world
from microseg.lint.engine import Options
from microseg.measure.asked import asked
from microseg.measure.draft import drafted
from microseg.measure.drivers import behaviours
from microseg.measure.goals import SuggestedGoal
from microseg.measure.result import MeasureResult, build
from microseg.measure.result_json import as_dict, as_text
from microseg.model.saved import read_run
from microseg.model.segment import Segment
from microseg.project import Project

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "measure.schema.json"
SETTINGS = """\
version: 1
product: {name: LearnDash, business_model: b2b}
defaults: {unit: account}
definitions: {left-out: {firmo.headcount: {lt: 62}}}
metrics:
  free-to-paid: {type: conversion, from: {plan.state: free}, to: {plan.state: paid}, within: 60d, good: up}
  churn: {type: churn, active: {plan.state: paid}, over: 90d}
  active: {type: share, where: {use.active_days: {gte: 1, last: 30d}}, name: Active in the month}
"""
TREE = """\
id: creators
name: Course creators
exhaustive: true
split_by: firmo.headcount
metrics: [active, free-to-paid]
segments:
  - id: small
    name: Small companies
    criteria: {firmo.headcount: {lt: 50}}
    pain_points: [{id: chased, statement: Trainers chase signatures by mail for a week before each audit.}]
  - id: free-small
    name: Small companies on the free plan
    criteria: {firmo.headcount: {lt: 20}, plan.state: free}
  - id: large
    name: Large companies
    criteria: {firmo.headcount: {gte: 60}}
    goals: [{id: wider, statement: More people at large companies take part., because_of: [nobody-trained], metric: active, direction: up}]
    pain_points: [{id: nobody-trained, statement: New hires wait three weeks for the course of their role.}]
    experiences:
      - {id: view, hypothesis: A smaller view brings people back., metric: active, start: 2026-06-11, end: 2026-06-25, status: running, holdout: left-out}
      - {id: later, hypothesis: Not begun., metric: active, start: 2026-09-01}
  - id: unsplit
    name: Nobody has said who they are
"""


def workspace(root: Path, tree: str = TREE) -> Project:
    (root / "segments").mkdir(exist_ok=True)
    (root / "microseg.yaml").write_text(SETTINGS)
    (root / "segments" / "creators.yaml").write_text(tree)
    return Project.open(root)


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Project:
    return workspace(tmp_path_factory.mktemp("creators"))


@pytest.fixture(scope="module")
def result(project) -> MeasureResult:
    return result_of(project)


def companies():
    """Twelve small ones that hardly use it, fifteen large ones that do, six in between, one of unknown size; all free 200 days ago."""
    sizes = {**{f"s{number}": 10 + number for number in range(12)}, **{f"l{number}": 60 + number for number in range(15)}, **{f"m{number}": 55 for number in range(6)}, "who": None}
    accounts = {name: {"firmo.headcount": size, "plan.state": "paid" if name in {"s1", "l1"} else "free"} for name, size in sizes.items()}
    users = {f"u-{name}": name for name in sizes}
    busy = {f"u-l{number}": dict.fromkeys(range(number % 4, 30, 3), "lesson") for number in range(2, 15)}
    quiet = {f"u-s{number}": {number: "lesson"} for number in range(0, 12, 2)} | {"u-l0": {32: "lesson"}}
    changes = (*((name, 200, "plan.state", "free") for name in sizes), ("s1", 20, "plan.state", "paid"), ("l1", 20, "plan.state", "paid"))
    return world(accounts=accounts, users=users, did=busy | quiet, history=changes, mapped=MAPPED)


def result_of(project: Project, previous=None, where=None) -> MeasureResult:
    own = {one.name: one.value for one in project.config.definitions}
    settings = {"account": setting("account", definitions=own)}
    return build(counted(project.workspace, where or companies(), settings), project.workspace, settings, previous)


def segment(result: MeasureResult, name: str):
    return next(one for one in result.segments if one.id == name)


def test_sizes_shares_and_who_is_unknown(result):
    assert [(one.id, one.parent, one.size, one.unknown, one.share) for one in result.segments] == [
        ("creators", "", 34, 0, None),
        ("small", "creators", 12, 1, Fraction(12, 34)),
        ("free-small", "creators", 9, 1, Fraction(9, 34)),
        ("large", "creators", 15, 1, Fraction(15, 34)),
    ]
    small = segment(result, "small")
    assert small.low < small.share < small.high
    assert result.skipped == (("unsplit", "no criteria of its own: it would equal the segment above"),)


def test_metrics_stand_beside_those_of_the_parent(result):
    active, turned = segment(result, "large").metrics

    assert (active.name, active.found.value, active.parent.value) == ("Active in the month", Fraction(13, 15), Fraction(19, 34))
    assert (turned.name, turned.found.value, turned.parent.value) == ("Free to paid", Fraction(1, 15), Fraction(2, 34))


def test_a_segment_that_keeps_out_the_outcome_has_no_value_for_it(result):
    _, turned = segment(result, "free-small").metrics

    assert (turned.found.value, turned.parent.value) == (None, Fraction(2, 34))
    assert turned.found.note == "n/a: the criteria of Small companies on the free plan keep out everybody who has turned; measure it on the segment above"


def test_a_claim_to_cover_all_with_a_gap_is_told_with_numbers(result):
    told = {one.kind: one for one in result.noticed}

    assert told["gap"].message == "Course creators says that its segments cover all of it, and 6 of 34 (17.6 %) accounts are in none of them (without Nobody has said who they are: no criteria say who is in); 1 more cannot be told"
    assert told["overlap"].message == "9 accounts are in both Small companies and Small companies on the free plan (9 of 9 (100 %) of Small companies on the free plan)"
    assert told["overlap"].help == "tell them apart by criteria, or say `related: [{segment: small, how: overlaps}]`"


def test_an_empty_segment_is_told(project):
    told = [one.message for one in result_of(project, where=world(accounts={"x": {}})).noticed if one.kind == "empty"]

    assert told[0] == "nobody is in Small companies; 1 may be, but firmo.headcount is missing"


def test_drivers_are_standardised_differences_from_the_others(result):
    found = {one.name: one for one in segment(result, "large").drivers}

    assert list(found) == ["use.active_days", "acct.active_users"]  # visits, actions and minutes say the same as days, and less clearly
    days = found["use.active_days"]
    # small and free-small share members, so the comparison is with everybody else
    assert (days.against, days.n, days.others_n) == ("everybody else in Course creators", 15, 19)
    assert (days.mean, days.others_mean) == (Fraction(127, 15), Fraction(6, 19))
    assert days.effect > 2
    assert days.low < days.mean - days.others_mean < days.high


@pytest.mark.parametrize(("settings", "are"), [("", False), ("definitions: {often: {use.visits: {gte: 9, last: 30d}}}\nmetrics: {m: {type: share, where: {use: often}}}\n", True), ("data: {tables: {event: {from: e.csv, at: at, visit: v}}}\n", True)])
def test_visits_are_compared_where_they_cost_nothing(tmp_path, settings, are):
    (tmp_path / "segments").mkdir()
    (tmp_path / "microseg.yaml").write_text("version: 1\n" + settings)
    project = Project.open(tmp_path)
    names = [one.name for one in behaviours(project.workspace, setting("account", definitions={one.name: one.value for one in project.config.definitions}))]

    assert ("use.visits" in names, "use.minutes_per_visit" in names) == (are, are)


def test_siblings_that_share_nobody_are_the_others(tmp_path):
    tree = "id: creators\nname: Course creators\nsegments:\n  - {id: small, name: Small, criteria: {firmo.headcount: {lt: 50}}}\n  - {id: large, name: Large, criteria: {firmo.headcount: {gte: 60}}}\n"

    driver = segment(result_of(workspace(tmp_path, tree)), "large").drivers[0]

    assert (driver.against, driver.n, driver.others_n) == ("the other segments of Course creators", 15, 12)


def test_the_usual_goal_of_a_state_is_offered_where_there_is_none(result):
    goal = segment(result, "free-small").goal
    assert (goal.state, goal.because, goal.statement, goal.metric, goal.direction) == ("free", "its members are on the free plan", "More of Small companies on the free plan turn from free to paid.", "free-to-paid", "up")
    assert segment(result, "large").goal is None


def test_an_open_baseline_is_filled_from_the_data(result):
    (baseline,) = segment(result, "large").baselines

    assert (baseline.goal, baseline.metric, baseline.value.value) == ("wider", "active", Fraction(13, 15))


def test_an_experience_has_its_metric_before_and_after_and_beside_its_holdout(result):
    (trial,) = segment(result, "large").experiences

    assert (trial.trial.experience.id, trial.trial.before, trial.trial.after) == ("view", dt.date(2026, 6, 10), dt.date(2026, 6, 25))
    # those left out are l0 and l1, of whom l0 was there on 29 May
    assert (trial.before.value, trial.before.n) == (1, 13)
    assert (trial.after.value, trial.without.value, trial.without.n) == (1, Fraction(1, 2), 2)
    assert trial.difference == Fraction(1, 2)
    assert trial.low < trial.difference <= trial.high


def test_the_json_is_what_its_schema_says_and_reads_back(result):
    text = as_text(as_dict(result))
    jsonschema.validate(json.loads(text), json.loads(SCHEMA.read_text(encoding="utf-8")))

    run = read_run("measures/2026-06-30.json", text.encode())
    assert (run.as_of, run.engine, len(run.segments)) == (DAY, "by hand", 4)
    large = run.segment("large")
    assert (large.size, large.unknown, large.unknown_because, large.share_of_parent) == (15, 1, "firmo.headcount", Fraction("0.441176"))
    assert [(one.id, one.value, one.n, one.parent) for one in large.metrics] == [("active", Fraction("0.866667"), 15, Fraction("0.558824")), ("free-to-paid", Fraction("0.066667"), 15, Fraction("0.058824"))]
    assert [one for one in run.overlaps if one.both] == [("small", "free-small", 9)]
    assert run.coverage == (("creators", 6, 18, 9, 1),)


def test_a_run_is_compared_with_the_one_before(result, tmp_path):
    before = read_run("measures/2026-03-31.json", as_text(as_dict(result) | {"as_of": "2026-03-31"}).encode())

    later = result_of(workspace(tmp_path, TREE.replace("{gte: 60}", "{gte: 61}")), before)

    large, small = segment(later, "large"), segment(later, "small")
    assert (large.size, large.previous_size, large.comparable) == (14, 15, False)
    assert (small.previous_size, small.comparable) == (12, True)
    assert large.metrics[0].previous == Fraction("0.866667")
    assert [one.message for one in later.noticed if one.kind == "changed"] == ["the criteria of Large companies have changed since 2026-03-31, so a difference may be one of definition"]
    assert as_dict(later)["since"] == "2026-03-31"


def test_what_is_drafted_passes_lint_when_it_is_pasted(project, result, tmp_path):
    text = drafted(result, project.workspace)
    by_segment = {block.split(":")[0].removeprefix("# "): block for block in text.split("\n\n")}
    before = {(one.rule, one.message) for one in project.findings(Options()).findings}
    pasted = TREE
    for name in ("large", "small", "free-small"):
        pasted = pasted.replace(f"  - id: {name}\n", f"  - id: {name}\n" + _indented(by_segment[name]))

    edited = workspace(tmp_path, pasted)
    after = {(one.rule, one.message) for one in edited.findings(Options()).findings}

    assert "Active in the month is 86.7 % here and 55.9 % in Course creators." in text
    assert after - before == set()
    large = edited.workspace.by_id["large"]
    assert next((one.id, one.observed.n, one.observed.as_of) for one in large.findings) == ("large-active", 15, DAY)
    (goal,) = edited.workspace.by_id["free-small"].goals
    assert (goal.statement, goal.metric.written, [one.written for one in goal.because_of]) == ("More of Small companies on the free plan turn from free to paid.", "free-to-paid", ["free-small-use-active-days"])
    assert "baseline: …   # in Course creators it is 5.9 %" in by_segment["free-small"]


def _indented(block: str) -> str:
    """The findings of a block under a nested segment."""
    lines = block.splitlines()
    start = next(number for number, line in enumerate(lines) if line in {"findings:", "goals:"})
    return "".join(f"    {line}\n" for line in lines[start:] if line and not line.startswith("#"))


def test_nothing_to_draft_says_so(project):
    assert drafted(result_of(project, where=world(accounts={"x": {"firmo.headcount": 9}})), project.workspace).startswith("# ")


def test_a_segment_counts_no_more_than_the_one_above(result):
    for segment in result.segments:
        for metric in segment.metrics:
            if metric.parent is not None:
                assert metric.found.n <= metric.parent.n
        assert segment.share is None or 0 <= segment.low <= segment.share <= segment.high <= 1


def test_same_input_same_bytes(project, result):
    assert as_text(as_dict(result_of(project))) == as_text(as_dict(result))


def test_each_ask_is_asked_once(project):
    asks = asked(project.workspace, {"account": setting()})

    assert len({one.key for one in asks}) == len(asks)
    assert [one.key for one in asks] == ["metric active", "metric free-to-paid", "drivers", "experience large 1 before", "experience large 1 after"]


def test_much_use_is_no_reason_for_a_goal_of_satisfaction(tmp_path):
    told = result_of(workspace(tmp_path))
    unhappy = SuggestedGoal("large", "unhappy", "its members are not satisfied", "Large companies would recommend us.", "", "up", None, ("nps", "csat"))
    large = replace(segment(told, "large"), goal=unhappy, segment=Segment(id="large", name="Large companies"))

    text = drafted(replace(told, segments=(large,)), workspace(tmp_path).workspace)

    assert "findings:" in text
    assert "because_of" not in text
    assert '# large has no goal (its members are not satisfied): the usual one is "Large companies would recommend us."; name the pain behind it first' in text
