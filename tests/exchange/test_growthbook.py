"""GrowthBook conditions: whole outputs, and GrowthBook's own evaluator held against the oracle."""

import datetime
import json
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
from microseg.exchange.exporters.growthbook import _asked
from microseg.exchange.formula import certain, fold

SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "export.schema.json"
TREE = """
name: Big
id: big
unit: account
criteria: {firmo.headcount: {gte: 100}, plan.state: [free, trial]}
segments:
  - {name: No crm, id: no-crm, criteria: {not: {tech.crm: {eq: sap, missing: exclude}}}}
  - {name: Weekly, id: weekly, criteria: {use.visits: {gte: 3, last: 30d}}}
"""


def test_conditions_name_what_must_exist_and_what_was_left_out(export):
    exported = export("growthbook", {"segments/big.yaml": TREE})

    told = json.loads(exported.text)
    Draft7Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(told)
    assert [one["id"] for one in told["saved_groups"]] == ["big", "no-crm"]
    assert told["saved_groups"][1]["condition"] == {
        "$and": [
            {"$and": [{"firmo.headcount": {"$exists": True, "$gte": 100}}, {"plan.state": {"$exists": True, "$in": ["free", "trial"]}}]},
            {"$or": [{"tech.crm": {"$exists": False}}, {"$and": [{"tech.crm": {"$exists": True}}, {"$not": {"tech.crm": {"$eq": "sap"}}}]}]},
        ]
    }
    assert told["refused"] == [{"segment": "weekly", "reason": "use.visits is counted over a time, and GrowthBook knows attributes, not events"}]
    assert [one.segment for one in exported.refused] == ["weekly"]


@pytest.mark.parametrize(
    ("criteria", "reason"),
    [
        ("{acct.age: {gte: 1y}}", "acct.age grows day by day, and a condition knows no today; use acct.since with a day"),
        ("{acct.joined_version: {v_lt: current}}", "acct.joined_version is compared with the current version, which GrowthBook does not know"),
        ("{acct.joined_version: {in: ['3', '4']}}", "acct.joined_version is compared with a list of versions, which GrowthBook would compare as texts"),
        ("{acct.joined_version: 1.2.3.4}", "a version in it has more than three numbers, and GrowthBook compares three"),
        ("{demo.gender: {matches: '(?i)x'}}", "the pattern `(?i)x` uses what only some engines know (flags, look-around, back references)"),
        ("{firmo.headcount: 0.1234567890123456789}", "a number in it has more digits than JSON carries"),
        ("{segment: {is: nobody}}", "the segment `nobody` is not known"),
        ("{segment: {is: a}}", "the segment `a` is named in a circle"),
        ("{use: power-user}", "the definition `power-user` is not known, or goes in a circle"),
        ("{trend: {of: use.events, over: 30d, gt: 0}}", "compares two spans of time (`trend:`), which GrowthBook does not"),
    ],
)
def test_what_growthbook_cannot_say_is_refused_with_the_reason(export, criteria, reason):
    exported = export("growthbook", {"segments/a.yaml": f"name: A\nunit: user\ncriteria: {criteria}\n"})

    assert [one.reason for one in exported.refused] == [reason]
    assert json.loads(exported.text)["saved_groups"] == []


def test_another_segment_is_put_in(export):
    tree = "name: A\nunit: user\nsegments:\n  - {name: B, criteria: {demo.gender: x}}\n  - {name: C, criteria: {segment: {is_not: b}}}\n"

    told = json.loads(export("growthbook", {"segments/a.yaml": tree}, "c").text)

    assert told["saved_groups"][0]["condition"] == {"$and": [{"demo.gender": {"$exists": True}}, {"$not": {"demo.gender": {"$eq": "x"}}}]}


def attributes(one: User) -> dict[str, object]:
    """What a team would send: traits by the parts of their names, days and versions as texts, sets as lists."""
    found: dict[str, dict[str, object]] = {}
    for dimension in OWN.all():
        value = None if dimension.windowed == "always" or dimension.type == "duration" else one.value(Question(dimension.id))
        if isinstance(value, frozenset):
            value = sorted(value)
        elif isinstance(value, tuple):
            value = ".".join(str(part) for part in (*value, 0, 0)[: max(3, len(value))])
        elif isinstance(value, Fraction):
            value = float(value)
        elif isinstance(value, datetime.date):
            value = value.isoformat()
        if value is not None:
            group, _, name = dimension.id.rpartition(".")
            found.setdefault(group, {})[name] = value
    return found


@pytest.mark.slow
def test_growthbook_itself_lets_in_whom_the_oracle_lets_in():
    core = pytest.importorskip("growthbook.core", reason="growthbook is not installed: conditions are not run by its own evaluator")
    held = scene(5, accounts=25, users=60)
    mapped = frozenset({"account", "user", "event", "event.name", "event.feature", "event.platform", *(one.id for one in OWN.all() if one.windowed != "always")})
    world = World(held.rows, held.as_of, held.zone, OWN, mapped - {"adopt.feature", "adopt.rogers", "adopt.rank_pct"})
    sent = {one.row["id"]: attributes(one) for one in world.everybody("user")}
    compared = 0
    for number in range(400):
        whole = drawn(number, "user")
        if any(isinstance(part, Test) and part.operator == "matches" for part in walk(whole)):
            continue  # Python and GrowthBook's SDKs each have their own dialect
        try:
            condition = fold(certain(whole, target="GrowthBook"), ask=lambda one: _asked(one, OWN), every=lambda parts: {"$and": parts}, some=lambda parts: {"$or": parts})
        except CannotSayError:
            continue
        compared += 1

        assert {name for name in sent if core.evalCondition(sent[name], condition, {})} == {one.row["id"] for one in world.everybody("user") if one.holds(whole) is True}, (whole, condition)
    assert compared > 80
