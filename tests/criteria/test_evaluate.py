"""In, out or unknown, on small made-up accounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from fractions import Fraction

import pytest

from microseg.criteria.ast import Criterion, Test
from microseg.criteria.definitions import PRESETS, resolve
from microseg.criteria.dimensions import Dimensions
from microseg.criteria.evaluate import Answer, Days, Outcome, Question, Tally, days_of, evaluate, explain, periods
from microseg.criteria.parse import parse_criteria
from microseg.criteria.values import Duration
from microseg.source.nodes import read_document

TODAY = dt.date(2026, 6, 30)


@dataclass(frozen=True)
class Account:
    """Values by dimension, visits by day, and people."""

    values: dict[str, Answer] = field(default_factory=dict)
    visits: tuple[str, ...] | None = None
    people: tuple[Account, ...] | None = None
    states: dict[str, str] = field(default_factory=dict)
    segments: dict[str, bool] = field(default_factory=dict)
    answers: int = 10

    def value(self, question: Question, /) -> Answer | None:
        if question.dimension == "use.visits":
            return None if self.visits is None else sum(inside(day, question.days) for day in self.visits)
        if question.min_n is not None and self.answers < question.min_n:
            return None
        return self.values.get(question.dimension)

    def changed(self, question: Question, to: str, /) -> bool | None:
        day = self.states.get(to)
        return None if day is None else inside(day, question.days)

    def users(self) -> tuple[Account, ...] | None:
        return self.people

    def in_segment(self, segment: str, /) -> bool | None:
        return self.segments.get(segment)


def inside(day: str, days: Days | None) -> bool:
    assert days is not None
    when = dt.date.fromisoformat(day)
    return (days.first is None or days.first <= when) and when <= days.last


def read(text: str) -> Criterion:
    root = read_document(text).root
    assert root is not None
    criterion = parse_criteria(root, Dimensions()).criterion
    assert criterion is not None
    return resolve(criterion, PRESETS)


def told(text: str, account: Account) -> bool | None:
    return evaluate(read(text), account, as_of=TODAY, dimensions=Dimensions())


ACME = Account(
    {
        "plan.state": "free",
        "firmo.industry": "building",
        "firmo.headcount": 120,
        "firmo.growth_rate": Fraction(1, 10),
        "acct.age": dt.date(2025, 6, 30),
        "acct.since": dt.datetime(2025, 6, 30, 12),  # noqa: DTZ001
        "acct.joined_version": (2, 9, 0),
        "exp.technical": "intermediate",
        "tech.stack": frozenset({"sap", "jira"}),
        "sent.nps": Fraction(-10),
    },
    visits=("2026-06-30", "2026-06-24", "2026-06-23", "2026-06-01", "2026-05-31", "2026-04-01"),
    states={"paid": "2026-06-01"},
    segments={"higher-ed": True},
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plan.state: free", True),
        ("plan.state: [trial, paid]", False),
        ("plan.state: {not_in: [trial]}", True),
        ("firmo.industry: {ne: building}", False),
        ("firmo.industry: {contains: uild}", True),
        ("firmo.industry: {contains: UILD}", False),
        ("firmo.industry: {starts_with: b, ends_with: g, matches: 'l+d'}", True),
        ("firmo.headcount: {gte: 120, lte: 120, gt: 119, lt: 121, between: [120, 121]}", True),
        ("firmo.growth_rate: 0.1", True),
        ("acct.age: {lt: 1y}", False),
        ("acct.age: {gte: 12mo, lt: 366d, eq: 365d}", True),
        ("acct.since: 2025-06-30", True),
        ("acct.joined_version: {v_lt: 2.10, v_gt: 2.8, v_lte: 2.9, v_gte: 2.9, eq: 2.9.0}", True),
        ("exp.technical: {at_least: intermediate, at_most: expert}", True),
        ("exp.technical: {at_least: expert}", False),
        ("tech.stack: sap", True),
        ("tech.stack: {includes_all: [sap, jira], includes_none: [aws]}", True),
        ("tech.stack: {includes_all: [sap, aws]}", False),
        ("firmo.revenue: {gt: 5}", None),
        ("not: {firmo.revenue: {gt: 5}}", None),
        ("firmo.revenue: {gt: 5, missing: include}", True),
        ("firmo.revenue: {gt: 5, missing: exclude}", False),
        ("firmo.revenue: {is_set: false}", True),
        ("firmo.headcount: {is_set: false}", False),
        ("all: [{firmo.revenue: 5}, {plan.state: paid}]", False),
        ("any: [{firmo.revenue: 5}, {plan.state: free}]", True),
        ("none: [{firmo.revenue: 5}, {plan.state: paid}]", None),
        ("use.visits: {eq: 4, last: 30d}", True),
        ("use.visits: {eq: 2, last: 7d}", True),
        ("use.visits: {eq: 6, ever: true}", True),
        ("use.visits: {eq: 1, from: 2026-05-01, to: 2026-05-31}", True),
        ("use.visits: {eq: 5, from: 2026-05-01}", True),
        ("use.visits: {gte: 1, in_each: 7d, at_least: 2, of: 4}", True),
        ("use.visits: {gte: 1, in_each: 7d, at_least: 3, of: 4}", False),
        ("plan.state: {changed_to: paid, last: 30d}", True),
        ("plan.state: {changed_to: paid, last: 1w}", False),
        ("plan.state: {changed_to: lapsed, ever: true}", None),
        ("sent.nps: {lt: 0, last: 90d, min_n: 10}", True),
        ("sent.nps: {lt: 0, last: 90d, min_n: 11}", None),
        ("segment: {is: higher-ed}", True),
        ("segment: {is_not: higher-ed}", False),
        ("segment: {is_not: other}", None),
        ("trend: {of: use.visits, over: 30d, gte: 3, lte: 3}", True),
        ("trend: {of: use.visits, over: 7d, gt: 0.5}", True),
        ("trend: {of: use.visits, over: 13w, gt: 0}", None),
        ("use: legacy", None),
        ("use: nowhere", None),
        ("users: {at_least: 1}", None),
    ],
)
def test_evaluate(text: str, expected: bool | None) -> None:
    assert told(text, ACME) is expected


def team(*ages: int | None) -> Account:
    people = tuple(Account({} if age is None else {"demo.age": age}) for age in ages)
    return Account({"firmo.headcount": 100}, people=people)


@pytest.mark.parametrize(
    ("demand", "two_of_four", "and_one_unknown", "nobody"),
    [
        ("at_least: 2", True, True, False),
        ("at_least: 3", False, None, False),
        ("at_most: 2", True, None, True),
        ("at_most: 1", False, False, True),
        ("share: {gte: 0.5}", True, None, None),
        ("share: {between: [0.4, 0.6]}", True, True, None),
        ("share: {lt: 0.4}", False, False, None),
        ("every: true", False, False, None),
        ("none: true", False, False, True),
        ("below_share_of: firmo.headcount, share: 0.03", True, None, True),
        ("above_share_of: firmo.headcount, share: 0.02", False, None, False),
    ],
)
def test_users(demand: str, two_of_four: bool, and_one_unknown: bool | None, nobody: bool | None) -> None:
    text = f"users: {{where: {{demo.age: {{gte: 40}}}}, {demand}}}"

    assert told(text, team(40, 50, 20, 30)) is two_of_four
    assert told(text, team(40, 50, 20, 30, None)) is and_one_unknown
    assert told(text, team()) is nobody


def test_a_share_of_nothing_known_is_unknown() -> None:
    assert told("users: {below_share_of: firmo.headcount, share: 0.5}", Account({"firmo.headcount": 0}, people=())) is None


def test_explain() -> None:
    criterion = read("not: {firmo.headcount: {gte: 200}}\nusers: {where: {demo.age: 40}, at_least: 1}\n")
    found = explain(criterion, team(40, 41, None), as_of=TODAY, dimensions=Dimensions())

    assert found.result is True
    assert [(part.result, part.value) for part in found.parts] == [(True, None), (True, Tally(1, 1, 1))]
    assert found.parts[0].parts == (Outcome(Test("firmo.headcount", "gte", (Fraction(200),)), result=False, value=100),)


def test_days() -> None:
    criterion = read("use.visits: {gte: 1, in_each: 1mo, at_least: 1, of: 3}")
    window = read("use.visits: {gte: 1, last: 1mo}")
    assert isinstance(criterion, Test)
    assert isinstance(window, Test)
    assert criterion.regularity is not None
    assert window.window is not None

    assert days_of(window.window, TODAY) == Days(dt.date(2026, 5, 31), TODAY)
    assert [(f"{days.first}", f"{days.last}") for days in periods(criterion.regularity, TODAY)] == [
        ("2026-05-31", "2026-06-30"),
        ("2026-05-01", "2026-05-30"),
        ("2026-03-31", "2026-04-30"),
    ]
    assert Duration(1, "mo") == criterion.regularity.in_each
