"""The usual goal of a state, found in criteria or in numbers."""

from fractions import Fraction

import pytest

from measure.worlds import metric, setting
from microseg.measure.chosen import is_taken_in
from microseg.measure.goals import state_of
from microseg.measure.metric import MetricValue
from microseg.project import Project


def chain(tmp_path, criteria: str):
    (tmp_path / "segments").mkdir()
    (tmp_path / "microseg.yaml").write_text("version: 1\n")
    (tmp_path / "segments" / "one.yaml").write_text(f"name: Some\nunit: account\ncriteria: {criteria}\n")
    return (Project.open(tmp_path).workspace.segments[0].criteria,)


@pytest.mark.parametrize(
    ("criteria", "state"),
    [
        ("{plan.state: free}", "free"),
        ("{plan.state: [free, trial], firmo.headcount: {lt: 9}}", "free"),
        ("{plan.state: paid}", "paid"),
        ("{plan.state: [free, paid]}", None),
        ("{any: [{plan.state: free}, {firmo.headcount: {lt: 9}}]}", None),
        ("{plan.state: paid, sent.nps: {lt: 0, last: 90d}}", "unhappy"),
        ("{sent.nps: {gte: 0, last: 90d}}", None),
        ("{trend: {of: acct.active_users, over: 90d, between: [-0.05, 0.05]}}", "static"),
        ("{trend: {of: acct.active_users, over: 90d, gt: 0.05}}", None),
        ("{users: {where: {sent.nps_score: {between: [0, 6], last: 90d}}, at_least: 3}}", "unhappy"),
    ],
)
def test_the_state_that_criteria_put_a_segment_in(tmp_path, criteria, state):
    found = state_of(chain(tmp_path, criteria), {}, {}, setting())

    assert (found.name if found else None) == state


@pytest.mark.parametrize(("low", "high", "state"), [(-60, -10, "unhappy"), (-30, 10, None)])
def test_a_score_is_low_where_its_whole_interval_is(low, high, state):
    score = MetricValue(Fraction(low + high, 2), 50, 0, "points", Fraction(low), Fraction(high))

    found = state_of((), {"nps": metric("{type: nps}")}, {"nps": score}, setting())

    assert (found.name if found else None) == state


@pytest.mark.parametrize(
    ("criteria", "outcome", "taken_in"),
    [
        ("{plan.state: paid}", "{type: conversion, from: {plan.state: free}, to: {plan.state: paid}, within: 30d}", True),
        ("{plan.state: [paid, free]}", "{type: conversion, from: {plan.state: free}, to: {plan.state: paid}, within: 30d}", False),
        ("{any: [{plan.state: free}, {plan.state: {changed_to: paid, last: 60d}}]}", "{type: conversion, from: {plan.state: free}, to: {plan.state: paid}, within: 30d}", False),
        ("{plan.state: lapsed}", "{type: churn, active: {plan.state: paid}, over: 90d}", True),
        ("{firmo.headcount: {gte: 50}}", "{type: churn, active: {plan.state: paid}, over: 90d}", False),
        ("{plan.state: paid}", "{type: share, where: {plan.state: paid}}", False),
    ],
)
def test_where_everybody_has_come_to_the_outcome_there_is_nothing_to_measure(tmp_path, criteria, outcome, taken_in):
    assert is_taken_in(chain(tmp_path, criteria), metric(outcome), setting()) is taken_in
