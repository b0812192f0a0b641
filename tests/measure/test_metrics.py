"""Every metric type on a world small enough to be worked out by hand, its edges, and what must hold for any world."""

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from measure.oracle import summed
from measure.worlds import DAY, MAPPED, measured, metric, setting, world
from microseg.discovery import modules_of, names_in
from microseg.measure.metric import MetricValue, Part, metric_type, sums_of, value_of
from microseg.model.metric import METRIC_TYPES


def parts(found: MetricValue) -> dict:
    return {one.name: one.value for one in found.parts}


def test_each_type_has_a_module_and_each_module_is_a_type():
    assert sorted(METRIC_TYPES) == names_in("microseg.measure.metrics")


@pytest.mark.parametrize("module", list(modules_of("microseg.measure.metrics")), ids=lambda one: one.__name__.rpartition(".")[2])
def test_a_page_names_formula_unit_edges_fields_and_source(module):
    told = module.__doc__

    assert [word for word in ("**Formula**", "**Unit**", "**n**", "**Edge cases**", "**Fields**", "**Source**") if word not in told] == []


def test_a_metric_that_is_not_whole_says_so():
    found = measured("{type: churn, over: 90d}", world(accounts={"a": {}}))

    assert found.note == "n/a: the metric says no `active`; `microseg lint` tells what is wrong with it"


# conversion

FREE_TO_PAID = "{type: conversion, from: {plan.state: free}, to: {plan.state: paid}, within: 60d}"


def states(**now: tuple[str, ...]) -> tuple:
    """Accounts by name with their changes as "days ago:state"."""
    return tuple((who, int(one.split(":")[0]), "plan.state", one.split(":")[1]) for who, changes in now.items() for one in changes)


def test_conversion_follows_those_who_were_there_at_the_start():
    changes = states(turned=("200:free", "20:paid"), stayed=("200:free",), lapsed=("200:free", "30:paid", "5:lapsed"), late=("10:free",), paying=("200:paid",))
    where = world(accounts={name: {"plan.state": "free"} for name in ("turned", "stayed", "lapsed", "late", "paying")}, history=changes)

    found = measured(FREE_TO_PAID, where)

    # `late` was unknown 60 days ago: the first change lies after it; `paying` never was free
    assert (found.value, found.n, found.hits, found.unknown) == (Fraction(2, 3), 3, 2, 1)
    assert (round(float(found.low), 2), round(float(found.high), 2)) == (0.21, 0.94)


def test_conversion_tells_apart_who_came_too_late():
    where = world(
        accounts={"old": {"plan.state": "free", "acct.since": DAY - dt.timedelta(days=300)}, "new": {"plan.state": "free", "acct.since": DAY - dt.timedelta(days=9)}},
        history=states(old=("300:free",), new=("9:free",)),
    )

    found = measured(FREE_TO_PAID, where)

    assert (found.value, found.n, found.parts) == (0, 1, (Part("not counted yet", None, 1, "members"),))


def test_conversion_of_nobody_is_not_zero():
    found = measured(FREE_TO_PAID, world(accounts={"a": {"plan.state": "paid"}}, history=states(a=("300:paid",))))

    assert (found.value, found.note) == (None, "n/a: nobody could have converted 60 days ago")


def test_without_a_past_there_is_no_conversion_and_no_churn():
    where = world(accounts={"a": {"plan.state": "free"}})
    reason = "n/a: the data does not say what the plan was before (plan.state): name a table of changes under data.tables.history"

    told = [measured(text, where, history=frozenset()).note for text in (FREE_TO_PAID, "{type: churn, active: {plan.state: paid}, over: 90d}")]

    assert told == [reason, reason]


# churn

def test_churn_counts_from_the_start_and_leaves_out_who_came_since():
    changes = states(
        **{f"kept-{n}": ("400:paid",) for n in range(8)},
        gone=("400:paid", "30:lapsed"), back=("400:paid", "60:lapsed", "20:paid"), new=("30:paid",),
    )  # fmt: skip
    names = dict.fromkeys(one[0] for one in changes)
    where = world(accounts={name: {"plan.state": "paid"} for name in names}, history=changes)

    found = measured("{type: churn, active: {plan.state: paid}, over: 90d}", where)

    assert (found.value, found.n, found.hits, found.unknown) == (Fraction(1, 10), 10, 1, 1)


def test_churn_by_start_count_as_published():
    """500 at the start, 50 leave, whoever comes meanwhile: 10 %. The guide that divides by the end count of 550 has it wrong."""
    held = metric("{type: churn, active: {plan.state: paid}, over: 90d}")

    found = value_of(held, {"n": 500, "hits": 50, "unknown": 0}, setting())

    assert found.value == Fraction(1, 10)


def test_churn_of_a_behaviour_needs_no_history():
    where = world(
        accounts={"a": {}, "b": {}, "c": {}},
        users={"ana": "a", "bo": "b", "cy": "c"},
        did={"ana": {100: "login", 5: "login"}, "bo": {95: "login"}, "cy": {3: "login"}},
    )

    found = measured("{type: churn, active: {use.events: {gte: 1, last: 30d}}, over: 90d}", where, history=frozenset())

    assert (found.value, found.n) == (Fraction(1, 2), 2)


def test_churn_of_something_that_never_changes_is_refused():
    found = measured("{type: churn, active: {firmo.headcount: {gte: 5}}, over: 90d}", world(accounts={"a": {"firmo.headcount": 9}}))

    assert found.note == "n/a: nothing in firmo.headcount changes from one day to the next in this data"


# revenue churn

def test_net_revenue_churn_sets_expansion_against_what_is_lost():
    changes = (
        *states(gone=("400:paid", "30:lapsed"), shrunk=("400:paid",), grown=("400:paid",), new=("30:paid",)),
        ("gone", 400, "plan.mrr", 100), ("shrunk", 400, "plan.mrr", 300), ("shrunk", 10, "plan.mrr", 250),
        ("grown", 400, "plan.mrr", 600), ("grown", 10, "plan.mrr", 660), ("new", 30, "plan.mrr", 900),
    )  # fmt: skip
    where = world(accounts={name: {"plan.state": "paid", "plan.mrr": 0} for name in ("gone", "shrunk", "grown", "new")}, history=changes)

    found = measured("{type: revenue_churn, active: {plan.state: paid}, over: 90d}", where)

    assert (found.value, found.n) == (Fraction(9, 100), 3)
    assert parts(found) == {"lost": Fraction(1, 10), "contraction": Fraction(1, 20), "expansion": Fraction(3, 50)}


def test_net_revenue_churn_may_be_negative():
    changes = (*states(a=("400:paid",)), ("a", 400, "plan.mrr", 100), ("a", 5, "plan.mrr", "120.50"))

    found = measured("{type: revenue_churn, active: {plan.state: paid}, over: 90d}", world(accounts={"a": {}}, history=changes))

    assert found.value == Fraction(-205, 1000)


def test_no_revenue_at_the_start_is_no_churn():
    changes = (*states(a=("400:paid",)), ("a", 400, "plan.mrr", 0), ("a", 5, "plan.mrr", 50))

    found = measured("{type: revenue_churn, active: {plan.state: paid}, over: 90d}", world(accounts={"a": {}}, history=changes))

    assert (found.value, found.note) == (None, "n/a: no revenue 90 days ago")


@pytest.mark.parametrize(("extra", "why"), [("value: firmo.industry", "firmo.industry is no amount of an account that could be summed"), ("value: firmo.headcount", "the data does not say what firmo.headcount was before")])
def test_revenue_that_cannot_be_summed_is_refused(extra, why):
    found = measured(f"{{type: revenue_churn, active: {{plan.state: paid}}, over: 90d, {extra}}}", world(accounts={"a": {}}))

    assert found.note.startswith(f"n/a: {why}")


# share and count

def test_a_share_leaves_the_unknown_out_of_both_parts():
    where = world(accounts={"a": {"firmo.headcount": 9}, "b": {"firmo.headcount": 90}, "c": {"firmo.headcount": None}, "d": {"firmo.headcount": 60}})

    share = measured("{type: share, where: {firmo.headcount: {gte: 50}}}", where)
    count = measured("{type: count, where: {firmo.headcount: {gte: 50}}}", where)

    assert (share.value, share.n, share.unknown, share.unit) == (Fraction(2, 3), 3, 1, "share")
    assert (count.value, count.n, count.unknown, count.unit) == (2, 3, 1, "accounts")
    assert measured("{type: count}", where).value == 4


def test_a_share_of_nobody_known_says_so():
    assert measured("{type: share, where: {firmo.headcount: {gte: 50}}}", world(accounts={"a": {}, "b": {}})).note == "n/a: unknown for all 2"
    assert measured("{type: share, where: {firmo.headcount: {gte: 50}}}", world()).note == "n/a: nobody is in it"


# surveys

def answered(kind: str, *scores: int):
    people = {f"u{number}": score for number, score in enumerate(scores)}
    return world(accounts={"a": {}}, users={**dict.fromkeys(people, "a"), "silent": "a"}, answers={who: (kind, score) for who, score in people.items()})


def test_nps_of_twelve_answers_as_published():
    found = measured("{type: nps, min_n: 5}", answered("nps", *[10] * 6, *[7] * 4, *[6] * 2))

    assert (found.value, found.n, found.unknown) == (Fraction(100, 3), 12, 1)
    assert round(float(found.high - found.value), 1) == 42.2
    assert parts(found) == {"promoters": Fraction(1, 2), "passives": Fraction(1, 3), "detractors": Fraction(1, 6)}


def test_nps_of_a_hundred_answers_as_published():
    found = value_of(metric("{type: nps}"), {"promoters": 50, "passives": 33, "detractors": 17, "unknown": 0}, setting())

    assert (found.value, round(float(found.high - found.value), 1)) == (33, 14.7)


@pytest.mark.parametrize(("score", "nps"), [(0, -100), (6, -100), (7, 0), (8, 0), (9, 100), (10, 100)])
def test_each_answer_falls_on_its_side(score, nps):
    assert measured("{type: nps, min_n: 1}", answered("nps", score)).value == nps


def test_few_answers_give_no_score():
    found = measured("{type: nps}", answered("nps", *[10] * 12))

    assert (found.value, found.low, found.n, found.note) == (None, None, 12, "12 answers, and at least 30 are needed")
    assert measured("{type: csat, min_n: 2}", answered("csat", 5)).note == "1 answer, and at least 2 are needed"


def test_no_answers_give_no_score():
    assert measured("{type: nps}", answered("csat", 5)).note == "n/a: nobody answered in the last 90 days"
    assert measured("{type: csat}", answered("nps", 5)).note == "n/a: nobody answered in the last 90 days"


def test_nps_has_one_scale():
    assert measured("{type: nps, scale: 5}", answered("nps", 5)).note == "n/a: a net promoter score is asked on 0 to 10, and `scale` says 5"


def test_csat_above_five_is_not_read():
    assert measured("{type: csat, scale: 10}", answered("csat", 5)).note == "n/a: satisfaction is read on 1 to 5, and `scale` says 10"


def test_csat_is_the_top_two_as_published():
    found = value_of(metric("{type: csat}"), {"hits": 74, "n": 107, "unknown": 3}, setting())
    by_hand = measured("{type: csat, min_n: 1}", answered("csat", 5, 4, 4, 3, 1))

    assert round(float(found.value), 2) == 0.69
    assert (by_hand.value, by_hand.n, by_hand.unknown) == (Fraction(3, 5), 5, 1)


# retention

def began(**days: tuple[int, ...]):
    """Users and the days before on which they logged in."""
    return world(accounts={"a": {}}, users=dict.fromkeys(days, "a"), did={who: dict.fromkeys(ago, "login") for who, ago in days.items()})


LOGIN = "event: {use.events: {gte: 1, ever: true, event: login}}"


def test_retention_on_a_day_waits_until_it_is_over():
    where = began(on=(30, 23), later=(30, 20), before=(30, 25), never=(30,), young=(3, 2), never_began=())

    found = measured(f"{{type: retention, {LOGIN}, day: 7}}", where, unit="user")

    assert (found.value, found.n, found.unknown) == (Fraction(1, 4), 4, 1)


def test_rolling_retention_counts_any_later_day_and_shows_its_curve():
    where = began(on=(30, 23), later=(30, 20), before=(30, 25), next_day=(30, 29), never=(30,))

    found = measured(f"{{type: retention, {LOGIN}, day: 7, mode: rolling}}", where, unit="user")

    assert found.value == Fraction(2, 5)
    assert parts(found) == {"day 1": Fraction(4, 5), "day 3": Fraction(3, 5), "day 7": Fraction(2, 5)}


def test_a_bracket_takes_both_its_ends():
    where = began(first=(30, 23), last=(30, 17), out=(30, 16), young=(10, 2))

    found = measured(f"{{type: retention, {LOGIN}, bracket: [7, 13]}}", where, unit="user")

    assert (found.value, found.n, found.unknown) == (Fraction(2, 3), 3, 1)
    assert measured(f"{{type: retention, {LOGIN}, bracket: [7]}}", where).note == "n/a: `bracket` needs a first and a last day, such as [7, 13]"


def test_a_day_may_be_a_span_of_24_hours():
    """From 23:00 to 1:00 eight calendar days later are seven spans and two hours."""
    where = world(accounts={"a": {}}, users={"ana": "a"}, did={"ana": {(30, 23): "login", (22, 1): "login"}})

    by_calendar, by_span = (measured(f"{{type: retention, {LOGIN}, day: 7, calendar: {calendar}}}", where, unit="user").value for calendar in ("true", "false"))

    assert (by_calendar, by_span) == (0, 1)


def test_who_began_too_late_is_no_cohort():
    found = measured(f"{{type: retention, {LOGIN}, day: 7}}", began(young=(3,)), unit="user")

    assert (found.value, found.n, found.unknown, found.note) == (None, 0, 1, "n/a: nobody began early enough to tell")


def test_an_account_comes_back_by_any_of_its_users():
    where = world(accounts={"a": {}, "b": {}}, users={"ana": "a", "al": "a", "bo": "b"}, did={"ana": {30: "login"}, "al": {23: "login"}, "bo": {30: "login"}})

    assert measured(f"{{type: retention, {LOGIN}, day: 7}}", where).value == Fraction(1, 2)


def test_coming_back_may_be_something_else():
    where = world(accounts={"a": {}}, users={"ana": "a", "bo": "a"}, did={"ana": {30: "signup", 23: "lesson"}, "bo": {30: "signup", 23: "signup"}})
    text = "{type: retention, event: {use.events: {gte: 1, ever: true, event: signup}}, returning: {use.events: {gte: 1, ever: true, event: lesson}}, day: 7}"

    assert measured(text, where, unit="user").value == Fraction(1, 2)


def test_retention_needs_something_people_do():
    assert measured("{type: retention, event: {plan.state: paid}}", world()).note.startswith("n/a: retention needs something people do")


def test_rolling_retention_never_rises():
    for seed in range(5):
        random = Random(seed)  # noqa: S311 - worlds, no secrets
        people = {f"u{number}": tuple({random.randrange(120) for _ in range(random.randrange(6))}) for number in range(30)}
        found = measured(f"{{type: retention, {LOGIN}, day: 60, mode: rolling}}", began(**people), unit="user")
        curve = [one.value for one in found.parts]
        assert curve == sorted(curve, reverse=True)
        assert len(curve) == 6 or not found.n


# funnel

STEPS = "steps: [{use.events: {gte: 1, ever: true, event: made}}, {use.events: {gte: 1, ever: true, event: published}}, {use.events: {gte: 1, ever: true, event: sold}}]"


def test_a_funnel_shows_share_of_all_and_of_the_step_before():
    did = {"all": {60: "made", 50: "published", 45: "sold"}, "two": {60: "made", 58: "published"}, "one": {60: "made"}, "skipped": {60: "made", 50: "sold"}, "slow": {60: "made", 5: "published"}, "young": {9: "made"}}
    where = world(accounts={"a": {}}, users=dict.fromkeys(did, "a"), did=did)

    found = measured(f"{{type: funnel, {STEPS}, within: 30d}}", where, unit="user")

    assert (found.value, found.n, found.unknown) == (Fraction(1, 5), 5, 1)
    assert parts(found) == {"step 1": 1, "step 2": Fraction(2, 5), "step 2 of step 1": Fraction(2, 5), "step 3": Fraction(1, 5), "step 3 of step 2": Fraction(1, 2)}


def test_without_a_limit_nobody_is_too_early():
    did = {"slow": {60: "made", 5: "published", 4: "sold"}, "young": {9: "made"}}

    found = measured(f"{{type: funnel, {STEPS}}}", world(accounts={"a": {}}, users=dict.fromkeys(did, "a"), did=did), unit="user")

    assert (found.value, found.n, found.unknown) == (Fraction(1, 2), 2, 0)


def test_steps_may_be_any_criteria():
    where = world(accounts={"a": {"plan.state": "paid", "firmo.headcount": 60}, "b": {"plan.state": "paid", "firmo.headcount": 5}, "c": {"plan.state": "free", "firmo.headcount": 70}})

    found = measured("{type: funnel, steps: [{firmo.headcount: {gte: 50}}, {plan.state: paid}]}", where)

    assert (found.value, found.n) == (Fraction(1, 2), 2)


def test_a_step_rate_of_nobody_is_not_zero():
    did = {"one": {60: "made"}}

    found = measured(f"{{type: funnel, {STEPS}, within: 30d}}", world(accounts={"a": {}}, users=dict.fromkeys(did, "a"), did=did), unit="user")

    assert (found.value, parts(found)["step 3 of step 2"]) == (0, None)


# lifecycle

def test_lifecycle_puts_everybody_in_one_kind():
    did = {
        "new": {5: "x"}, "returning": {200: "x", 40: "x", 5: "x"}, "resurrecting": {200: "x", 5: "x"}, "dormant": {200: "x", 40: "x"}, "gone": {200: "x"}, "idle": {},
    }  # fmt: skip
    where = world(accounts={"a": {}}, users=dict.fromkeys(did, "a"), did=did)

    found = measured("{type: lifecycle, active: {use.events: {gte: 1, last: 30d}}, interval: 30d}", where, unit="user")

    assert parts(found) == {"new": 1, "returning": 1, "resurrecting": 1, "dormant": 1}
    assert (found.value, found.n) == (Fraction(1, 2), 2)


def test_lifecycle_of_nobody_before():
    where = world(accounts={"a": {}}, users={"ana": "a"}, did={"ana": {5: "x"}})

    found = measured("{type: lifecycle, active: {use.events: {gte: 1, last: 30d}}, interval: 30d}", where, unit="user")

    assert (found.value, found.note, parts(found)["new"]) == (None, "n/a: nobody was active in the interval before", 1)


# use

ACTIVE = "active: {use.active_days: {gte: 1, last: 28d}}"


def busy():
    """Ana is there on 14 of 28 days, Bo on 7, Cy never."""
    did = {"ana": dict.fromkeys(range(14), "x"), "bo": dict.fromkeys(range(0, 28, 4), "x"), "cy": {}}
    return world(accounts={"a": {"acct.since": DAY - dt.timedelta(days=900)}}, users=dict.fromkeys(did, "a"), did=did)


def test_stickiness_is_the_mean_day_over_the_month_in_people():
    by_account, by_user = (measured(f"{{type: stickiness, {ACTIVE}}}", busy(), unit=unit) for unit in ("account", "user"))

    assert (by_account.value, by_account.n) == (Fraction(21, 28) / 2, 2)
    assert by_user == by_account


def test_stickiness_of_weeks():
    assert measured(f"{{type: stickiness, {ACTIVE}, of: week}}", busy()).value == Fraction(2 + 2 + 1 + 1, 4) / 2


def test_stickiness_of_nobody_and_of_something_else():
    assert measured(f"{{type: stickiness, {ACTIVE}}}", world(accounts={"a": {}})).note == "n/a: nobody was active in 28 days"
    assert measured("{type: stickiness, active: {use.active_days: {gte: 2, last: 28d}}}", busy()).note.startswith("n/a: a day counts as active from one action on")


def test_participation_is_out_of_all_possible_days():
    found = measured(f"{{type: participation, {ACTIVE}}}", busy())

    assert (found.value, found.n) == (Fraction(21, 84), 3)


def test_who_joined_late_could_take_part_on_fewer_days():
    where = world(accounts={"a": {"acct.since": DAY - dt.timedelta(days=6)}}, users={"ana": "a"}, did={"ana": {0: "x", 3: "x"}})

    assert measured(f"{{type: participation, {ACTIVE}}}", where).value == Fraction(2, 7)
    assert measured(f"{{type: participation, {ACTIVE}}}", world(accounts={"a": {}})).note == "n/a: nobody was there in that time"


def test_adoption_names_its_denominator():
    did = {"ana": {5: "reports"}, "bo": {5: "login"}, "cy": {90: "reports"}}
    where = world(accounts={"a": {}}, users={**dict.fromkeys(did, "a"), "di": "a"}, did=did)

    active, licensed = (measured(f"{{type: adoption, feature: reports, of: {of}}}", where) for of in ("active", "licensed"))

    assert (active.value, licensed.value) == (Fraction(1, 2), Fraction(1, 4))


def test_time_in_product_per_person_and_per_visit():
    did = {"ana": {1: "x", 2: "x", 3: "x"}, "bo": {1: "x"}, "cy": {}}
    where = world(accounts={"a": {}}, users=dict.fromkeys(did, "a"), did=did)

    per_user, per_visit = (measured(f"{{type: time_in_product, window: 30d, per: {per}}}", where) for per in ("user", "visit"))

    assert (per_user.value, per_user.n, per_user.unit) == (10, 2, "minutes")
    assert (per_visit.value, per_visit.n) == (5, 4)
    assert measured("{type: time_in_product}", world(accounts={"a": {}})).note == "n/a: nobody was active in 30 days"


def test_active_users_and_their_change():
    did = {"ana": {1: "x", 40: "x"}, "bo": {2: "x"}, "cy": {3: "x"}, "di": {50: "x"}}
    where = world(accounts={"a": {}}, users=dict.fromkeys(did, "a"), did=did)

    found = measured("{type: active_users, window: 30d}", where)

    assert (found.value, found.n, parts(found)) == (3, 4, {"before": 2, "change": Fraction(1, 2)})
    assert parts(measured("{type: active_users}", world(accounts={"a": {}})))["change"] is None


# Rogers

def adopters(*groups: tuple[int, int], idle: int = 0):
    """Groups of (how many, days ago), all of them users of one account."""
    did = {f"u{number}-{ago}": {ago: "reports"} for count, ago in groups for number in range(count)}
    did |= {f"idle{number}": {} for number in range(idle)}
    return world(accounts={"a": {}}, users=dict.fromkeys(did, "a"), did=did)


def test_rogers_cuts_the_base_where_he_did():
    where = adopters((1, 90), (5, 80), (14, 70), (14, 60), (6, 50))

    found = measured("{type: rogers, feature: reports}", where, unit="user")

    shares = {name: value * 40 for name, value in parts(found).items()}
    assert shares == {"innovators": 1, "early adopters": 5, "early majority": 14, "late majority": 14, "laggards": 6, "not yet": 0}
    assert (found.value, found.n) == (Fraction(6, 40), 40)


def test_a_launch_day_makes_nobody_an_innovator():
    found = measured("{type: rogers, feature: reports}", adopters((20, 90), idle=20), unit="user")

    assert parts(found)["early majority"] == Fraction(1, 2)
    assert parts(found)["not yet"] == Fraction(1, 2)


def test_a_small_base_is_refused():
    found = measured("{type: rogers, feature: reports}", adopters((39, 90)), unit="user")

    assert (found.value, found.note) == (None, "n/a: fewer than 40 in the target base")


# what must hold for any world

def any_world(seed: int):
    random = Random(seed)  # noqa: S311 - worlds, no secrets
    users = {f"u{number}": f"a{random.randrange(6)}" for number in range(25)}
    did = {who: {random.randrange(200): random.choice(("login", "made", "published", "sold", "reports")) for _ in range(random.randrange(8))} for who in users}
    answers = {who: (random.choice(("nps", "csat")), random.randrange(1, 6)) for who in users if random.random() < 0.7}
    accounts = {f"a{number}": {"plan.state": random.choice(("free", "paid", None)), "firmo.headcount": random.choice((None, 5, 60)), "acct.since": DAY - dt.timedelta(days=random.randrange(300))} for number in range(6)}
    changes = states(**{name: (f"{random.randrange(100, 300)}:free", f"{random.randrange(90)}:paid") for name in accounts if random.random() < 0.7})
    money = tuple((name, ago, "plan.mrr", random.randrange(500)) for name in accounts for ago in (250, random.randrange(80)))
    return world(accounts=accounts, users=users, did=did, answers=answers, history=(*changes, *money))


EVERY_TYPE = (
    FREE_TO_PAID, f"{{type: funnel, {STEPS}, within: 30d}}", f"{{type: retention, {LOGIN}, day: 7}}", "{type: churn, active: {use.events: {gte: 1, last: 30d}}, over: 60d}",
    "{type: revenue_churn, active: {plan.state: paid}, over: 90d}", "{type: lifecycle, active: {use.events: {gte: 1, last: 30d}}, interval: 30d}", "{type: nps, min_n: 1}", "{type: csat, min_n: 1}",
    f"{{type: stickiness, {ACTIVE}}}", f"{{type: participation, {ACTIVE}}}", "{type: adoption, feature: reports}", "{type: time_in_product}", "{type: active_users}",
    "{type: rogers, feature: reports}", "{type: share, where: {firmo.headcount: {gte: 50}}}", "{type: count, where: {firmo.headcount: {gte: 50}}}",
)  # fmt: skip


@pytest.mark.parametrize("text", EVERY_TYPE, ids=lambda text: text.split(":")[1].split(",")[0].strip())
def test_sums_add_up_over_disjoint_groups_and_values_stay_in_their_bounds(text):
    held = metric(text)
    for seed in range(2):
        where, told = any_world(seed), setting()
        members = where.everybody("account")
        for one in sums_of(held, told):
            assert summed(one.expression, members) == summed(one.expression, members[:3]) + summed(one.expression, members[3:])
        whole, part = (value_of(held, {one.name: summed(one.expression, group) for one in sums_of(held, told)}, told) for group in (members, members[:3]))
        assert part.n <= whole.n
        assert (whole.value is None) == bool(whole.note)
        if whole.hits is not None:
            assert 0 <= whole.low <= whole.value <= whole.high <= 1


def test_every_type_is_tried():
    assert sorted(metric(text).type for text in EVERY_TYPE) == sorted(METRIC_TYPES)


def test_the_shares_of_the_parts_add_up():
    for seed in range(2):
        nps = measured("{type: nps, min_n: 1}", any_world(seed))
        rogers = measured("{type: rogers, feature: reports}", adopters((10, 90), (20, 20), idle=seed + 15), unit="user")
        assert [sum(one.value for one in found.parts) for found in (nps, rogers)] == [1, 1]


def test_a_metric_type_without_a_reason_against_has_none():
    assert not hasattr(metric_type("share"), "why_not")
    assert "history" in MAPPED


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{type: active_users}", "which person did what"),
        ("{type: adoption, feature: reports}", "which person did what"),
        ("{type: participation, active: {use.events: {gte: 1, last: 28d}}}", "which person did what"),
        ("{type: stickiness, active: {use.events: {gte: 1, last: 28d}}}", "which person did what"),
        ("{type: time_in_product}", "how long anything took"),
        ("{type: retention, event: {use.events: {gte: 1, ever: true, event: login}}}", "who did what"),
        ("{type: rogers, feature: reports}", "who did what"),
        ("{type: nps}", "who answered what"),
        ("{type: csat}", "who answered what"),
    ],
)
def test_what_nobody_has_recorded_is_not_zero(text, why):
    told = replace(setting(), mapped=frozenset({"firmo.headcount"}))

    assert sums_of(metric(text), told) == ()
    found = value_of(metric(text), {}, told)
    assert found.value is None
    assert why in found.note


def test_a_step_that_is_not_known_is_neither_reached_nor_missed():
    where = world(accounts={"a": {"plan.state": "paid", "firmo.headcount": 60}, "b": {"plan.state": "paid"}, "c": {"plan.state": "paid", "firmo.headcount": 7}})

    found = measured("{type: funnel, steps: [{plan.state: paid}, {firmo.headcount: {gte: 50}}]}", where)

    assert (found.value, found.n, found.unknown) == (Fraction(1, 2), 2, 1)


def test_who_may_be_active_or_not_is_in_no_kind():
    where = world(accounts={"a": {"firmo.headcount": 60}, "b": {}}, users={"ben": "b"}, did={"ben": {40: "x"}})

    found = measured("{type: lifecycle, active: {any: [{use.events: {gte: 1, last: 30d}}, {firmo.headcount: {gte: 50}}]}, interval: 30d}", where)

    assert (found.value, found.n, found.unknown) == (0, 1, 1)
