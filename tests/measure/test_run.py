"""One run over tables that can be counted by hand: sizes, unknowns, overlaps, coverage, sums, statements."""

import datetime as dt
from collections import Counter
from dataclasses import replace

import pytest

from measure.tiny import opened, request_of, session_of, written
from microseg.criteria.ast import Test as One
from microseg.criteria.evaluate import Days, Question
from microseg.errors import UsageError
from microseg.measure import expression as ex
from microseg.measure.counted import Coverage, Overlap, TableCount
from microseg.measure.entity import why
from microseg.measure.members import members
from microseg.measure.metric import Ask
from microseg.measure.run import Request, explain, measure

DAY = dt.date(2026, 6, 30)
WEEK = Days(dt.date(2026, 6, 24), DAY)


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return written(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="module")
def counted(root):
    sums = {
        "people": ex.PeopleWho(),
        "was paid": ex.Holds(One("plan.state", "eq", ("paid",)), dt.date(2026, 6, 1)),
        "minutes": ex.Amount(Question("use.minutes", WEEK), 10),
        "days": ex.Amount(Question("use.active_days", WEEK)),
        "users' days": ex.PeopleAmount(Question("use.active_days", WEEK)),
        "no size": ex.Not(ex.Known(Question("firmo.headcount"))),
        "half": ex.Amount(Question("firmo.headcount"), 1),
    }
    asks = (Ask("all", "account", tuple(ex.Sum(name, one) for name, one in sums.items())),)
    request = request_of(root)
    engine = Watched(opened(root, request.data))
    found = measure(Request(request.workspace, request.dimensions, request.data, asking=lambda *_: asks, pairs=(("paying", "small-shops"),)), engine)
    engine.close()
    return found, engine


class Watched:
    """An engine that remembers what it ran."""

    def __init__(self, engine):
        self.engine = engine
        self.ran = []

    def __getattr__(self, name):
        return getattr(self.engine, name)

    def run(self, statement, parameters):
        self.ran.append(statement.sql("duckdb"))
        return self.engine.run(statement, parameters)


def test_sizes_unknowns_and_why_they_are_unknown(counted):
    found = {one.id: (one.size, one.unknown, one.unknown_because) for one in counted[0].segments}

    assert found == {
        "firms": (6, 0, None),
        "retail": (4, 1, "firmo.industry"),  # a6 names no industry
        "small-shops": (2, 1, "firmo.headcount"),  # a1, a5 (49.5); a3 has no size, and a6 is not small whatever it is
        "large-shops": (1, 2, "firmo.headcount"),  # a2; a3 has no size, a6 no industry: each is missing once, and its own criteria come first
        "paying": (3, 0, None),
        "lively": (2, 0, None),  # a1 by u1 (00:30 in Berlin on the 24th), a4 by u5
        "fans": (1, 4, "sent.nps"),  # a6; a1 has 9 and 3, the others nothing on the scale
    }


def test_whoever_has_no_criteria_of_its_own_is_told_and_not_counted(counted):
    assert counted[0].unmeasured == ("later",)
    assert counted[0].everybody["account"].size == 6


def test_overlaps_of_siblings_and_of_the_pair_that_was_asked_for(counted):
    assert set(counted[0].overlaps) == {
        Overlap("retail", "paying", 2, 1),
        Overlap("retail", "lively", 1, 0),
        Overlap("retail", "fans", 0, 4),
        Overlap("paying", "lively", 1, 0),
        Overlap("paying", "fans", 1, 1),
        Overlap("lively", "fans", 0, 1),
        Overlap("small-shops", "large-shops", 0, 1),
        Overlap("paying", "small-shops", 1, 1),
    }


def test_coverage_says_how_many_are_in_none_one_or_several(counted):
    assert counted[0].coverage == (Coverage("firms", 0, 0, 3, 3), Coverage("retail", 0, 3, 0, 1))


def test_sums_over_the_members(counted):
    found = {one.id: one.sums["all"] for one in counted[0].segments}

    assert found["firms"] == {"people": 7, "was paid": 3, "minutes": 195, "days": 4, "users' days": 5, "no size": 1, "half": 10 + 200 + 50 + 50 + 70}
    assert found["small-shops"] == {"people": 3, "was paid": 1, "minutes": 85, "days": 1, "users' days": 2, "no size": 0, "half": 60}


def test_tables_are_counted_and_doubts_are_told(counted):
    assert counted[0].tables[0] == TableCount("account", "data/accounts.csv", 6, 6)
    assert counted[0].notices == ("data/users.csv: 1 row names an account that is not in the table of accounts, and counts for no account",)


def test_one_statement_counts_every_segment_and_reads_events_once(counted):
    large = [one for one in counted[1].ran if one.startswith("WITH")]

    assert len(large) == 1
    assert large[0].count('FROM "event"') == 1


def test_values_are_bound_and_never_written_into_the_statement(root):
    request = request_of(root)
    told = explain(request, engine := opened(root, request.data))
    engine.close()

    assert [one.unit for one in told] == ["account"]
    assert {"retail", "paid"} <= set(told[0].parameters.values())
    assert "retail" not in told[0].text


@pytest.mark.slow
def test_why_and_members_say_what_was_counted(root, counted):
    session = session_of(root)
    sizes = {one.id: one.size for one in counted[0].segments}
    inside = {name: [one for batch in members(session, name) for one in batch] for name in sizes}
    placed = Counter(place.segment for number in range(1, 7) for place in why(session, f"a{number}")[0].placements if place.result)

    assert {name: len(ids) for name, ids in inside.items()} == sizes
    assert placed == sizes
    assert inside["small-shops"] == ["a1", "a5"]

    [told] = why(session, "u3")  # no segment counts users: their account is told

    assert (told.id, told.unit) == ("a2", "account")
    assert {place.segment: place.result for place in told.placements} == {"firms": True, "retail": True, "small-shops": False, "large-shops": True, "paying": False, "lively": False, "fans": None}
    with pytest.raises(UsageError, match="nobody has the id a99"):
        why(session, "a99")
    with pytest.raises(UsageError, match="no criteria of its own"):
        members(session, "later")
    session.engine.close()


def test_a_length_of_time_counts_back_from_the_day_of_the_run(root):
    """A window is in days of the workspace's zone: u3's last event lies in July there."""
    request = request_of(root)
    asks = (Ask("all", "account", (ex.Sum("n", ex.Amount(Question("use.events", Days(None, DAY)))), ex.Sum("first", ex.FirstDay(Question("use.events", Days(None, DAY)))))),)
    found = measure(Request(request.workspace, request.dimensions, request.data, asking=lambda *_: asks), engine := opened(root, request.data))
    engine.close()

    assert found.everybody["account"].sums["all"] == {"n": 7, "first": sum((dt.date(2026, 6, day) - dt.date(1970, 1, 1)).days for day in (23, 30, 29))}


def test_criteria_that_cannot_be_read_are_told_and_nobody_is_let_in_by_what_is_left_of_them(tmp_path):
    segments = """\
id: firms
name: Firms
segments:
  - {id: typo, name: Typo, criteria: {plan.state: paid, firmo.headcount: {gte: ten}}, segments: [{id: below, name: Below, criteria: {plan.state: paid}}]}
  - {id: lost, name: Lost, criteria: {use: nowhere}}
  - {id: other, name: Other, criteria: {segment: {is: typo}}}
"""
    root = written(tmp_path, **{"segments/firms.yaml": segments})
    request = request_of(root)
    found = measure(request, engine := opened(root, request.data))
    engine.close()

    assert [(one.id, one.size, one.unknown) for one in found.segments] == [("firms", 6, 0), ("lost", 0, 6), ("other", 0, 6)]
    assert found.notices == (
        "data/users.csv: 1 row names an account that is not in the table of accounts, and counts for no account",
        "typo is not counted, for its criteria cannot be read: microseg lint says why",
        "below is not counted, for the criteria of typo cannot be read: microseg lint says why",
        "the definition `nowhere` is not there or cannot be read, so nothing is known of it: microseg lint says why",
        "there is no segment typo",
    )


@pytest.mark.slow
def test_a_family_of_many_is_covered_without_comparing_each_with_each(tmp_path):
    """Bounds 1 to 60 of a company's size: a1 (10) is under 50 of them, a5 (49.5) under 11, a2, a4, a6 under fewer, of a3 nothing is known."""
    children = "".join(f"  - {{id: c{bound}, name: Under {bound}, criteria: {{firmo.headcount: {{lt: {bound}}}}}}}\n" for bound in range(1, 61))
    root = written(tmp_path, **{"segments/firms.yaml": f"id: firms\nname: Firms\nsegments:\n{children}"})
    request = replace(request_of(root), pairs=(("c11", "c50"),))
    found = measure(request, engine := opened(root, request.data))
    engine.close()

    assert found.coverage == (Coverage("firms", 2, 0, 3, 1),)
    assert found.overlaps == (Overlap("c11", "c50", 1, 1),)
    assert {one.id: one.size for one in found.segments if one.size and one.id in {"c10", "c11", "c49", "c50", "c60"}} == {"c11": 1, "c49": 1, "c50": 2, "c60": 3}
    assert found.notices[1:] == ("firms has 60 counted children: their overlaps are shown for the pairs that are asked for (--pairs)",)


@pytest.mark.slow
def test_keys_that_stand_twice_count_once_and_their_contradictions_are_unknown(tmp_path):
    accounts = "id,size,industry,state,tools,since\na1,10,retail,paid,,\na1,10,retail,free,,\n,5,retail,paid,,\n"
    root = written(tmp_path, **{"data/accounts.csv": accounts})
    request = request_of(root)
    found = measure(request, engine := opened(root, request.data))
    engine.close()

    assert {one.id: (one.size, one.unknown) for one in found.segments if one.id in {"firms", "retail", "paying"}} == {"firms": (1, 0), "retail": (1, 0), "paying": (0, 1)}
    assert found.notices == (
        "account: some keys stand in more than one row; where these disagree, nothing is known (see --check-data)",
        "data/users.csv: 6 rows name an account that is not in the table of accounts, and count for no account",
        "data/changes.csv: 2 rows name an account that is not in the table of accounts, and count for no account",
    )


