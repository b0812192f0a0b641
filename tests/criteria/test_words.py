"""Criteria as a brief says them."""

import pytest

from microseg.criteria.ast import Criterion
from microseg.criteria.definitions import PRESETS, resolve
from microseg.criteria.dimensions import Dimensions
from microseg.criteria.parse import parse_criteria
from microseg.criteria.words import Family, Line, built_using, lines, words
from microseg.source.nodes import read_document


def read(text: str) -> Criterion:
    root = read_document(text).root
    assert root is not None
    criterion = parse_criteria(root, Dimensions()).criterion
    assert criterion is not None
    return criterion


CASES = """
firmo.headcount: {gte: 50} -> company size of 50 and more
firmo.headcount: {gte: 100, lt: 1000} -> company size from 100 to under 1,000
firmo.headcount: {between: [100, 999]} -> company size from 100 to 999
firmo.revenue: {gt: 5000000} -> revenue over 5,000,000 a year
firmo.growth_rate: {gte: 0.2} -> growth a year of 20 % and more
use.active_days: {gte: 12, last: 30d} -> at least 12 active days in the last 30 days
use.active_days: {gte: 12, lt: 20, last: 1mo} -> active days from 12 to under 20 in the last month
use.events: {gte: 3, last: 30d, event: report_export, platform: [ios, android]} -> at least 3 actions (report export) on ios or android in the last 30 days
use.visits: {gte: 1, in_each: 7d, at_least: 3, of: 4} -> at least 1 visit in at least 3 of the last 4 periods of 7 days
feature.minutes: {gte: 60, last: 1w, feature: quiz} -> at least 60 minutes in quiz in the last week
use.minutes_per_visit: {lt: 5, ever: true} -> time a visit under 5 minutes at any time
sent.nps: {lt: 0, last: 90d, min_n: 5} -> NPS under 0 in the last 90 days
plan.state: free -> plan is free
plan.state: {changed_to: paid, last: 1y} -> plan changed to paid in the last year
tech.crm: [salesforce, hubspot] -> CRM is salesforce or hubspot
tech.stack: {includes_all: [sap, jira]} -> tech stack includes sap and jira
job.use_case: {includes_any: [employee_training]} -> use case includes employee training
acct.age: {lt: 1y} -> length of account under 1 year
acct.since: {gte: 2025-01-01} -> customer since 2025-01-01 or after
acct.joined_version: {v_lt: current} -> version they joined with before the current major version
exp.technical: {at_least: intermediate} -> technical expertise of intermediate and above
firmo.industry: {is_set: false} -> industry not known
not: {tech.crm: a} -> not CRM is a
any: [{tech.crm: a}, {all: [{plan.state: free}, {use: power-user}]}] -> CRM is a or (plan is free and power user)
none: [{tech.crm: a}, {tech.crm: b}] -> none of these: CRM is a and CRM is b
segment: {is_not: higher-ed} -> not in the segment Higher ed
users: {where: {use: power-user}, at_least: 10} -> at least 10 users who match: power user
users: {where: {use: power-user}, share: {gte: 0.5}} -> at least 50 % of all users who match: power user
users: {where: {use: power-user}, below_share_of: firmo.headcount, share: 0.02} -> users who match (power user) are fewer than 2 % of company size
users: {where: {use: power-user}, every: true} -> every user matches: power user
users: {where: {use: power-user}, none: true} -> no user matches: power user
users: {where: {demo.age: {lt: 18}}, at_least: 1} -> at least 1 user who matches: age under 18 years
users: {at_most: 3} -> at most 3 users
trend: {of: acct.active_users, over: 90d, between: [-0.05, 0.05]} -> active users static (within ±5 %) over 90 days
trend: {of: acct.active_users, over: 90d, gt: 0.05} -> active users growing by more than 5 % over 90 days
trend: {of: acct.active_users, over: 90d, lt: -0.05} -> active users shrinking by more than 5 % over 90 days
""".strip().splitlines()


@pytest.mark.parametrize("case", CASES)
def test_words(case: str) -> None:
    text, _, expected = case.rpartition(" -> ")

    assert words(read(text), dimensions=Dimensions(), names={"higher-ed": "Higher ed"}) == expected


def test_long_lists_are_counted() -> None:
    assert words(read(f"tech.crm: [{', '.join('abcdefgh')}]"), dimensions=Dimensions()) == "CRM is one of 8 values"


def test_lines_and_what_they_are_built_on() -> None:
    criterion = read("firmo.headcount: {gte: 1000, lt: 5000}\nall: [{use.active_days: {gte: 12, last: 30d}}, {sent.nps: {lt: 0, last: 90d}}]\nuse: legacy\n")

    assert lines(criterion, dimensions=Dimensions()) == (
        Line("company size from 1,000 to under 5,000", "who"),
        Line("at least 12 active days in the last 30 days", "do"),
        Line("NPS under 0 in the last 90 days", "do"),
        Line("legacy", "who"),
    )
    assert built_using(resolve(criterion, PRESETS), dimensions=Dimensions()) == (
        Family("firmographics", ("company size",)),
        Family("frequency of use", ("active days",)),
        Family("length of account", ("version they joined with",)),
        Family("sentiment", ("NPS",)),
    )
