"""PostHog cohorts: whole outputs, the two checks PostHog makes, and a small model of how it answers, held against the oracle."""

import datetime as dt
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
from jsonschema import Draft7Validator
from measure.draws import OWN, scene
from measure.oracle import User, World

from exchange.conftest import drawn
from microseg.criteria.ast import Test, walk
from microseg.criteria.evaluate import Question
from microseg.exchange.export import CannotSayError
from microseg.exchange.exporters.posthog import _asked, _every, _homogeneous, _is_pending, _some
from microseg.exchange.formula import certain, fold

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "export.schema.json"
TREE = """
name: Learners
id: learners
unit: user
definition: Those who learn.
criteria: {plan.state: paid, demo.age: {between: [18, 30]}}
segments:
  - {name: Idle, id: idle, criteria: {use.events: {lt: 1, last: 30d, event: lesson}}}
  - {name: Regular, id: regular, criteria: {use.events: {gte: 2, event: lesson, in_each: 1w, at_least: 3, of: 4}}}
  - {name: Firms, id: firms, unit: account}
"""


def leaf(key, operator, value=None):
    return {"type": "person", "key": key, "operator": operator, **({} if value is None else {"value": value}), "negation": False}


def behaviour(value, *, negation=False, **more):
    return {"type": "behavioral", "key": "lesson", "event_type": "events", "negation": negation, "value": value, **more}


def test_cohorts_hold_groups_of_leaves_or_of_groups(export):
    exported = export("posthog", {"segments/a.yaml": TREE})

    told = json.loads(exported.text)
    Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(told)
    ages = {"type": "AND", "values": [leaf("demo.age", "is_set"), leaf("demo.age", "gte", 18), leaf("demo.age", "lte", 30)]}
    paid = {"type": "AND", "values": [leaf("plan.state", "exact", ["paid"])]}
    own = {"type": "AND", "values": [paid, ages]}
    assert [one["id"] for one in told["cohorts"]] == ["learners", "idle", "regular"]
    assert told["cohorts"][0] == {"id": "learners", "name": "Learners", "description": "Those who learn.", "is_static": False, "filters": {"properties": own}}
    assert told["cohorts"][1]["filters"]["properties"]["values"] == [own, {"type": "AND", "values": [behaviour("performed_event", negation=True, time_value=30, time_interval="day")]}]
    assert told["cohorts"][2]["filters"]["properties"]["values"][1]["values"] == [
        behaviour("performed_event_regularly", operator="gte", operator_value=2, time_value=1, time_interval="week", min_periods=3, total_periods=4)
    ]
    assert told["refused"] == [{"segment": "firms", "reason": "its members are accounts, and PostHog holds users"}]


@pytest.mark.parametrize(
    ("criteria", "reason"),
    [
        ("{use.events: {lt: 3, last: 30d, event: lesson}}", "it asks who did not do something, and PostHog wants something beside it that holds"),
        ("{use.events: {gte: 3, last: 30d}}", "use.events counts every event here, and PostHog wants one by name (`event:`)"),
        ("{use.events: {gte: 3, ever: true, event: lesson}}", "use.events is counted between two days or ever, and PostHog counts back from today (`last:`)"),
        ("{use.events: {gte: 0, last: 30d, event: lesson}}", "the count of use.events in it lets everybody in, or nobody"),
        ("{use.events: {ne: 2, last: 30d, event: lesson}}", "use.events is compared with a list of counts or with what it must not be; write `between` or a bound"),
        ("{use.events: {lt: 2, event: lesson, in_each: 1w, at_least: 3, of: 4}}", "use.events asks for periods with few events, and PostHog counts periods with many"),
        ("{use.events: {gte: 2, last: 36h, event: lesson}}", "the time of use.events is in hours or empty, and PostHog counts days, weeks, months and years"),
        ("{use.active_days: {gte: 3, last: 30d}}", "use.active_days is counted over a time, and of that PostHog counts events only (use.events with `event:`)"),
        ("{tech.stack: sap}", "tech.stack: PostHog compares texts, numbers and yes or no, not lists"),
        ("{acct.since: 2026-01-01}", "acct.since: PostHog compares texts, numbers and yes or no, not days"),
    ],
)
def test_what_posthog_cannot_count_is_refused_with_the_reason(export, criteria, reason):
    exported = export("posthog", {"segments/a.yaml": f"name: A\nunit: user\ncriteria: {criteria}\n"})

    assert [one.reason for one in exported.refused] == [reason]


def answers(node: dict, one: User, world: World) -> bool:
    """PostHog as its sources tell: `is_not` and `not_regex` take in who lacks the property, windows count back from now."""
    if "values" in node:
        assert len({"values" in inner for inner in node["values"]}) == 1, "leaves and groups in one group"
        return (all if node["type"] == "AND" else any)(answers(inner, one, world) for inner in node["values"])
    if node["type"] == "behavioral":
        since = world.as_of - dt.timedelta(days=node["time_value"] * {"day": 1, "week": 7}[node["time_interval"]])
        count = sum(row["name"] == node["key"] and row["day"] > since for row in world._by_user.get(one.row["id"], ()))
        return (count >= node.get("operator_value", 1)) is not node["negation"]
    value = one.value(Question(node["key"]))
    held = None if value is None else str(value).lower() if isinstance(value, bool) else value
    listed = [Fraction(repr(value)) if isinstance(value, float) else value for value in (node.get("value") if isinstance(node.get("value"), list) else ())]
    match node["operator"]:
        case "is_set":
            return held is not None
        case "is_not_set":
            return held is None
        case "exact":
            return held is not None and held in listed
        case "is_not":
            return held is None or held not in listed
        case "regex" | "not_regex":
            return (held is not None and re.search(node["value"], held) is not None) is (node["operator"] == "regex")
        case "lt" | "lte" | "gt" | "gte":
            line = Fraction(repr(node["value"]))
            return held is not None and {"lt": held < line, "lte": held <= line, "gt": held > line, "gte": held >= line}[node["operator"]]
    raise AssertionError(node)


@pytest.mark.slow
def test_posthog_would_let_in_whom_the_oracle_lets_in():
    held = scene(3, accounts=15, users=40, events=300)
    mapped = frozenset({"account", "user", "event", "event.name", *(one.id for one in OWN.all() if one.windowed != "always" and not one.id.startswith("adopt."))})
    world = World(held.rows, held.as_of, held.zone, OWN, mapped)
    compared = 0
    for number in range(500):
        whole = drawn(number, "user", depth=2)
        if any(isinstance(part, Test) and (part.operator == "matches" or part.regularity or (part.window and part.window.last and part.window.last.unit in {"mo", "y"})) for part in walk(whole)):
            continue  # dialects of patterns, and months, which PostHog counts by its own calendar
        try:
            group = _homogeneous(fold(certain(whole, target="PostHog"), ask=lambda one: _asked(one, OWN), every=_every, some=_some))
        except CannotSayError:
            continue
        if _is_pending(group)[0]:
            continue
        compared += 1

        assert [answers(group, one, world) for one in world.everybody("user")] == [one.holds(whole) is True for one in world.everybody("user")], (whole, group)
    assert compared > 60
