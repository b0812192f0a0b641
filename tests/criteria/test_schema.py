"""The JSON Schema takes whatever the parser takes, and tells the plain mistakes."""

from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
import yaml

from microseg.criteria.dimensions import BUILT_IN, Dimension, Dimensions
from microseg.criteria.parse import parse_criteria
from microseg.criteria.schema import criteria_schema
from microseg.source.nodes import read_document

SCHEMA = {"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/criteria", "definitions": criteria_schema()}
VALIDATOR = jsonschema.Draft7Validator(SCHEMA)
OWN = Dimensions((Dimension("plant.count", "number", "own", "account", "plant count"),))

FINE = [
    "{}",
    "plan.state: free",
    "plan.state: [free, trial]",
    "plan.state: {changed_to: paid, last: 30d}",
    "firmo.headcount: '100'",
    "firmo.headcount: {between: [010, '200']}",
    "firmo.industry: 010",
    "firmo.industry: [NO, on, 1.5, 2026-01-01]",
    "tech.platform: {includes_any: [ios], last: 30d}",
    "acct.joined_version: 3.1",
    "acct.joined_version: {v_lt: current}",
    "acct.since: {gte: 2026-01-01}",
    "acct.age: 1y",
    "plant.count: 3",
    "plant.count: {gte: 3}",
    "firmo.industry: {is_set: 'true'}",
    "use.visits: {gte: 1, in_each: 7d, at_least: 3, of: 4}",
    "use.events: {gte: 3, ever: true, event: 5, platform: ios}",
    "sent.nps: {lt: 0, from: 2026-01-01, to: 2026-02-01, min_n: 5, missing: exclude}",
    "all: [{any: [{none: [{not: {use: [a, b]}}]}]}]",
    "segment: {is: a, is_not: b}",
    "users: {where: {use: a}, at_least: 1, at_most: 3, share: {gte: 0.5}}",
    "users: {where: {use: a}, below_share_of: firmo.headcount, share: 0.02, none: true}",
    "trend: {of: acct.active_users, over: 90d, between: [-0.05, 0.05], platform: [ios]}",
]


def as_json(text: str) -> Any:
    """What an editor makes of a text: YAML with dates left as texts."""
    resolvers = {letter: [(tag, pattern) for tag, pattern in found if not tag.endswith("timestamp")] for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()}
    return yaml.load(text, type("Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": resolvers}))  # noqa: S506 - a SafeLoader


def test_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("text", FINE)
def test_takes_what_the_parser_takes(text: str) -> None:
    root = read_document(text).root
    assert root is not None

    assert parse_criteria(root, OWN).problems == ()
    assert list(VALIDATOR.iter_errors(as_json(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "planstate: free",
        "plan.state: Free",
        "any: {}",
        "firmo.headcount: many",
        "use.visits: 3",
        "use.visits: {gte: -1, last: 3d}",
        "users: 3",
        "trend: {of: plan.mrr, over: 3d, gt: 1}",
    ],
)
def test_tells_plain_mistakes(text: str) -> None:
    assert not VALIDATOR.is_valid(as_json(text))


def test_describes_every_dimension() -> None:
    properties = criteria_schema()["criteria"]["properties"]

    assert all(properties[dimension.id]["description"] for dimension in BUILT_IN)
