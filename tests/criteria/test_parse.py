"""What people type becomes the criteria they mean."""

import datetime as dt
from fractions import Fraction

import pytest

from microseg.criteria.ast import (
    All,
    AnyOf,
    Bound,
    Criterion,
    InSegment,
    NoneOf,
    Not,
    Reference,
    Regularity,
    Relative,
    Test,
    Trend,
    Use,
    Users,
    Window,
    dimensions_used,
    references,
    walk,
)
from microseg.criteria.dimensions import Dimension, Dimensions
from microseg.criteria.parse import parse_criteria
from microseg.criteria.values import Duration
from microseg.source.nodes import read_document

F = Fraction
LAST_30 = Window(last=Duration(30, "d"))
OWN = Dimensions((Dimension("plant.kind", "enum", "own", "account", "plant kind", values=("cement", "steel")), Dimension("own.flag", "boolean", "own", "user", "own flag")))


def read(text: str) -> Criterion:
    node = read_document(text).root
    assert node is not None
    parsed = parse_criteria(node, OWN)

    assert parsed.problems == ()
    assert parsed.criterion is not None
    assert parsed.references == references(parsed.criterion)
    return parsed.criterion


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plan.state: free", Test("plan.state", "eq", ("free",))),
        ("plan.state: [free, trial]", Test("plan.state", "in", ("free", "trial"))),
        ("plan.state: {changed_to: paid, ever: true}", Test("plan.state", "changed_to", ("paid",), Window(ever=True))),
        ("firmo.industry: NO", Test("firmo.industry", "eq", ("NO",))),
        ("firmo.industry: {ne: '010'}", Test("firmo.industry", "ne", ("010",))),
        ("firmo.industry: {in: [a, b, a]}", Test("firmo.industry", "in", ("a", "b"))),
        ("firmo.industry: {not_in: [on]}", Test("firmo.industry", "not_in", ("on",))),
        ("firmo.industry: {is_set: false}", Test("firmo.industry", "is_set", (False,))),
        ("firmo.industry: {contains: uild}", Test("firmo.industry", "contains", ("uild",))),
        ("firmo.industry: {starts_with: b}", Test("firmo.industry", "starts_with", ("b",))),
        ("firmo.industry: {ends_with: g}", Test("firmo.industry", "ends_with", ("g",))),
        ("firmo.industry: {matches: '^b[a-z]+$'}", Test("firmo.industry", "matches", ("^b[a-z]+$",))),
        ("firmo.headcount: 010", Test("firmo.headcount", "eq", (F(10),))),
        ("firmo.growth_rate: {lt: 1.10}", Test("firmo.growth_rate", "lt", (F(11, 10),))),
        ("firmo.growth_rate: {lte: -.5}", Test("firmo.growth_rate", "lte", (F(-1, 2),))),
        ("firmo.revenue: {gt: 5000000}", Test("firmo.revenue", "gt", (F(5000000),))),
        ("firmo.headcount: {gte: 50, missing: exclude}", Test("firmo.headcount", "gte", (F(50),), missing="exclude")),
        ("firmo.headcount: {between: [100, 999]}", Test("firmo.headcount", "between", (F(100), F(999)))),
        ("acct.age: {lt: 1y}", Test("acct.age", "lt", (Duration(1, "y"),))),
        ("acct.age: {between: [30d, 1y]}", Test("acct.age", "between", (Duration(30, "d"), Duration(1, "y")))),
        ("acct.since: {gte: 2025-02-28}", Test("acct.since", "gte", (dt.date(2025, 2, 28),))),
        ("acct.joined_version: {v_lt: 3.0}", Test("acct.joined_version", "v_lt", ((3,),))),
        ("acct.joined_version: {v_lte: 1.10}", Test("acct.joined_version", "v_lte", ((1, 10),))),
        ("acct.joined_version: {v_gt: v2}", Test("acct.joined_version", "v_gt", ((2,),))),
        ("acct.joined_version: {v_gte: current}", Test("acct.joined_version", "v_gte", ((),))),
        ("exp.technical: {at_least: intermediate}", Test("exp.technical", "at_least", ("intermediate",))),
        ("adopt.rogers: {at_most: early_adopter}", Test("adopt.rogers", "at_most", ("early_adopter",))),
        ("tech.platform: ios", Test("tech.platform", "includes_any", ("ios",))),
        ("tech.platform: [ios, android]", Test("tech.platform", "includes_any", ("ios", "android"))),
        ("tech.platform: {includes_all: [ios, web], last: 30d}", Test("tech.platform", "includes_all", ("ios", "web"), LAST_30)),
        ("tech.stack: {includes_none: [sap]}", Test("tech.stack", "includes_none", ("sap",))),
        ("plant.kind: steel", Test("plant.kind", "eq", ("steel",))),
        ("own.flag: true", Test("own.flag", "eq", (True,))),
        ("use.active_days: {gte: 12, last: 30d}", Test("use.active_days", "gte", (F(12),), LAST_30)),
        (
            "use.events: {gte: 3, last: 30d, event: report_export, platform: [ios, android]}",
            Test("use.events", "gte", (F(3),), LAST_30, "report_export", platform=("ios", "android")),
        ),
        ("feature.minutes: {gte: 60, last: 30d, feature: quiz}", Test("feature.minutes", "gte", (F(60),), LAST_30, feature="quiz")),
        ("use.visits: {gte: 1, in_each: 7d, at_least: 3, of: 4}", Test("use.visits", "gte", (F(1),), regularity=Regularity(Duration(7, "d"), 3, 4))),
        ("sent.nps: {lt: 0, last: 90d, min_n: 5}", Test("sent.nps", "lt", (F(0),), Window(last=Duration(90, "d")), min_n=5)),
        ("use.visits: {gte: 1, from: 2026-01-01, to: 2026-01-31}", Test("use.visits", "gte", (F(1),), Window(first=dt.date(2026, 1, 1), until=dt.date(2026, 1, 31)))),
        ("use: power-user", Use("power-user")),
        ("use: [power-user, legacy]", All((Use("power-user"), Use("legacy")))),
        ("segment: {is: higher-ed}", InSegment("higher-ed")),
        ("segment: {is: a, is_not: b}", All((InSegment("a"), InSegment("b", member=False)))),
        ("not: {plan.state: lapsed}", Not(Test("plan.state", "eq", ("lapsed",)))),
        ("any: [{tech.crm: a}, {tech.crm: b}]", AnyOf((Test("tech.crm", "eq", ("a",)), Test("tech.crm", "eq", ("b",))))),
        ("none: [{use: a}]", NoneOf((Use("a"),))),
        ("all: [{use: a}]", All((Use("a"),))),
        ("users: {where: {use: a}, at_least: 10, at_most: 20}", Users(Use("a"), 10, 20)),
        ("users: {where: {use: a}, share: {gte: 0.5, lt: .75}}", Users(Use("a"), share=(Bound("gte", (F(1, 2),)), Bound("lt", (F(3, 4),))))),
        ("users: {where: {use: a}, every: true}", Users(Use("a"), every=True)),
        ("users: {where: {use: a}, none: true}", Users(Use("a"), none=True)),
        ("users: {at_most: 3}", Users(at_most=3)),
        ("users: {where: {use: a}, below_share_of: firmo.headcount, share: 0.02}", Users(Use("a"), relative=Relative("below", "firmo.headcount", F(1, 50)))),
        ("users: {where: {use: a}, above_share_of: firmo.headcount, share: 0.5}", Users(Use("a"), relative=Relative("above", "firmo.headcount", F(1, 2)))),
        (
            "trend: {of: acct.active_users, over: 90d, between: [-0.05, 0.05]}",
            Trend("acct.active_users", Duration(90, "d"), (Bound("between", (F(-1, 20), F(1, 20))),)),
        ),
        (
            "trend: {of: use.visits, over: 4w, gt: 0, platform: ios, missing: include}",
            Trend("use.visits", Duration(4, "w"), (Bound("gt", (F(0),)),), platform=("ios",), missing="include"),
        ),
    ],
)
def test_reads(text: str, expected: Criterion) -> None:
    assert read(text) == expected


def test_keys_are_all_of_them_and_operators_too() -> None:
    found = read("plan.state: free\nfirmo.headcount: {gte: 100, lt: 1000}\n")

    headcount = All((Test("firmo.headcount", "gte", (F(100),)), Test("firmo.headcount", "lt", (F(1000),))))
    assert found == All((Test("plan.state", "eq", ("free",)), headcount))


def test_a_window_goes_with_the_operator_that_takes_it() -> None:
    found = read("plan.state: {eq: paid, changed_to: paid, last: 30d}")

    assert found == All((Test("plan.state", "eq", ("paid",)), Test("plan.state", "changed_to", ("paid",), LAST_30)))


@pytest.mark.parametrize("text", ["criteria:", "criteria: ~", "criteria: null", "criteria: {}"])
def test_nothing_is_no_criterion(text: str) -> None:
    root = read_document(text).root
    assert root is not None
    node = root.get("criteria")  # type: ignore[attr-defined]
    assert parse_criteria(node, OWN) == (None, (), ())


def test_positions_point_at_the_word_that_names_a_criterion() -> None:
    text = "all:\n  - users: {where: {use: [a, b]}, at_least: 2}\n  - segment: {is_not: c}\nplan.state: free\n"
    found = read(text)

    assert [text[part.start : part.end] for part in walk(found)][1:] == ["all", "users", "use", "a", "b", "c", "plan.state"]
    assert references(found) == (Reference("definition", "a", 31, 32), Reference("definition", "b", 34, 35), Reference("segment", "c", 74, 75))


def test_dimensions_used() -> None:
    text = "tech.crm: a\ntrend: {of: use.visits, over: 1w, gt: 0}\nusers: {where: {tech.crm: b}, below_share_of: firmo.headcount, share: 0.1}\n"

    assert dimensions_used(read(text)) == ("tech.crm", "use.visits", "firmo.headcount")


def test_five_thousand_ids_are_a_fine_criterion() -> None:
    found = read(f"tech.crm: [{', '.join(f'id-{number}' for number in range(5000))}]")

    assert isinstance(found, Test)
    assert len(found.values) == 5000
