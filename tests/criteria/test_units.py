"""What a segment of users or of accounts may be asked."""

import pytest

from microseg.criteria.definitions import PRESETS, resolve
from microseg.criteria.dimensions import Dimensions
from microseg.criteria.parse import parse_criteria
from microseg.criteria.units import check_unit
from microseg.source.nodes import read_document


def told(text: str, unit: str) -> list[tuple[str, str, str]]:
    root = read_document(text).root
    assert root is not None
    criterion = parse_criteria(root, Dimensions()).criterion
    assert criterion is not None
    problems = check_unit(resolve(criterion, PRESETS), unit, dimensions=Dimensions())
    assert all(found.help for found in problems)
    return [(found.code, text[found.start : found.end], found.message) for found in problems]


@pytest.mark.parametrize(
    "text",
    [
        "use.visits: {gte: 3, last: 30d}",
        "feature.minutes: {gte: 3, last: 30d, feature: quiz}",
        "tech.platform: ios",
        "adopt.feature: quiz",
        "adopt.rogers: laggard",
        "job.use_case: a",
        "sent.nps: {lt: 0, last: 90d}",
        "users: {where: {demo.age: 40, firmo.headcount: 3, use: promoter}, at_least: 1}",
        "trend: {of: use.minutes, over: 30d, gt: 0}",
    ],
)
def test_fits_a_segment_of_accounts(text: str) -> None:
    assert told(text, "account") == []


@pytest.mark.parametrize("text", ["demo.age: 40", "firmo.headcount: 40", "sent.nps: {lt: 0, last: 90d}", "use: promoter"])
def test_fits_a_segment_of_users(text: str) -> None:
    assert told(text, "user") == []


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("not: {demo.age: 40}", "account", [("MS601", "demo.age", "demo.age (age) is known of one person, and a member of this segment is an account")]),
        ("use: promoter", "account", [("MS601", "promoter", "sent.nps_score (NPS answer) is known of one person, and a member of this segment is an account")]),
        (
            "trend: {of: sent.nps_score, over: 30d, gt: 0}",
            "account",
            [("MS601", "trend", "sent.nps_score (NPS answer) is known of one person, and a member of this segment is an account")],
        ),
        ("users: {at_least: 3}", "user", [("MS601", "users", "`users` counts people inside an account, and a member of this segment is a user")]),
        ("users: {where: {users: {at_least: 1}}, at_least: 3}", "account", [("MS601", "users", "`users` counts people inside an account, and a member of this segment is a user")]),
        (
            "users: {below_share_of: demo.age, share: 0.5}",
            "account",
            [("MS601", "users", "demo.age (age) is known of one person, so the users of an account cannot be a share of it")],
        ),
    ],
)
def test_does_not_fit(text: str, unit: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(text, unit) == expected
