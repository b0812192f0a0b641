"""why and members: one account or user test by test, and the ids of a segment."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "why.schema.json").read_text(encoding="utf-8"))
WORKSPACE = {
    "microseg.yaml": """version: 1
defaults: {unit: account, status: active}
data:
  as_of: 2026-10-31
  tables:
    account: {from: accounts.csv, key: id}
    user: {from: users.csv, key: id, account: account}
    event: {from: events.csv, user: user, at: day, name: what, platform: device}
  dimensions: {firmo.headcount: account.people, plan.state: account.plan, job.use_case: account.uses, acct.since: account.since, exp.technical: user.level}
""",
    "segments/fleets.yaml": """name: Fleets
segments:
  - name: Large
    criteria:
      firmo.headcount: {gte: 100}
      any: [{plan.state: paid}, {use.events: {gte: 2, last: 30d, event: booked}}]
    segments:
      - {name: Technical, criteria: {users: {where: {exp.technical: expert}, at_least: 1}}}
      - {name: Old, criteria: {acct.age: {gte: 1y}, job.use_case: {includes_any: [hire]}}}
  - {name: Small, criteria: {firmo.headcount: {lt: 100}}, segments: [{name: Tiny, criteria: {firmo.headcount: {lt: 10}}}]}
  - {name: Others}
""",
    "accounts.csv": "id,people,plan,uses,since\na1,500,free,hire;own,2024-05-01\na2,20,free,own,2026-05-01\n=a3,,paid,,2026-05-01\n",
    "users.csv": "id,account,level\nu1,a1,expert\nu2,a1,\nu3,a2,novice\n",
    "events.csv": "user,day,what,device\nu1,2026-10-20,booked,web\nu2,2026-10-21,booked,ios\n",
}


def test_each_test_with_the_value_that_decided_it(run, tree):
    tree(WORKSPACE)

    told = run("why", "a1")

    assert told.out == """\
a1, an account
Segment    It is  Test                                                             Holds  Found
──────────────────────────────────────────────────────────────────────────────────────────────────────────────────
Fleets     in     everybody                                                        yes
Large      in     company size of 100 and more                                     yes    500
                  plan is paid or at least 2 actions (booked) in the last 30 days  yes
                  - plan is paid                                                   no     free
                  - at least 2 actions (booked) in the last 30 days                yes    2
Technical  in     at least 1 user who matches: technical expertise is expert       yes    1 of 2 people, 1 unknown
Old        in     length of account of 1 year and more                             yes    since 2024-05-01
                  use case includes hire                                           yes    hire, own
Small      out    company size under 100                                           no     500
1 more lie below a segment that it is out of.
"""
    assert told.err == ""


def test_what_is_not_known_is_said(run, tree):
    tree(WORKSPACE)

    told = run("why", "=a3")

    assert "Large      unknown  company size of 100 and more " in told.out
    assert told.err.startswith("unknown: a value is missing")


@pytest.mark.slow
def test_as_json_by_its_schema_and_as_csv(run, tree):
    tree(WORKSPACE)

    held = json.loads(run("why", "a2", "--format", "json").out)
    rows = list(csv.DictReader(io.StringIO(run("why", "a2", "--format", "csv").out)))

    assert list(jsonschema.Draft7Validator(SCHEMA).iter_errors(held)) == []
    results = {one["segment"]: one["result"] for one in held["entities"][0]["segments"]}
    assert results == {"fleets": "in", "large": "out", "technical": "out", "old": "out", "small": "in", "tiny": "out"}
    assert {row["segment"]: row["result"] for row in rows} == results


@pytest.mark.slow
def test_a_user_is_asked_for_where_segments_count_accounts(run, tree):
    tree(WORKSPACE)

    told = run("why", "u3")

    assert told.out == run("why", "a2").out
    assert told.err.startswith("u3 is a user, and segments here count accounts: this is its account\n")


def test_nobody_has_that_id(run, tree):
    tree(WORKSPACE)

    told = run("why", "a9")

    assert (told.code, told.out) == (2, "")
    assert told.err == "error: nobody has the id a9\nhelp: write the id of an account or a user as the table has it\n"


def test_the_members_of_a_segment_one_a_line(run, tree):
    tree(WORKSPACE)

    told = run("members", "small")

    assert (told.out, told.err) == ("account_id\na2\n", "1 account in Small as of 2026-10-31; who may be in is not among them\n")


@pytest.mark.slow
def test_everybody_with_no_formula_among_them(run, tree):
    tree(WORKSPACE)

    assert run("members", "fleets").out.splitlines() == ["account_id", "'=a3", "a1", "a2"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["small.csv", "small.parquet"])
def test_members_as_a_file(run, tree, tmp_path, name):
    tree(WORKSPACE)

    told = run("members", "fleets", "--out", name)

    assert (told.code, told.out) == (0, "")
    if name.endswith(".parquet"):
        duckdb = pytest.importorskip("duckdb")
        assert sorted(duckdb.connect().read_parquet(str(tmp_path / name)).fetchall()) == [("=a3",), ("a1",), ("a2",)]
    assert sorted(path.name for path in tmp_path.iterdir() if "microseg-" in path.name or path.name.startswith("small")) == [name]


@pytest.mark.parametrize(("args", "said"), [(("small", "--out", "small.xlsx"), "members are written as .csv or .parquet"), (("small", "--out", "no/where.csv"), "cannot be written"), (("others",), "no criteria of its own"), (("nobody",), "there is no segment")])
def test_members_that_cannot_be_written(run, tree, args, said):
    tree(WORKSPACE)

    told = run("members", *args)

    assert told.code == 2
    assert said in told.err


@pytest.mark.parametrize("entity", ["", " ", "\udcff"])
def test_what_can_be_no_id(run, tree, entity):
    tree(WORKSPACE)

    assert run("why", entity).err.splitlines()[-1] == "help: write the id of an account or a user as the table has it"
    assert " is no id\nhelp: " in run("why", entity).err


def test_members_of_a_segment_that_is_not_counted(run, tree):
    old = "name: Old\nid: retired-ones\nparent: fleets\nstatus: retired\ncriteria: {plan.state: paid}\n"
    tree({**WORKSPACE, "segments/unread.yaml": "name: Unread\nparent: fleets\ncriteria: {plan.state: [nonsense, paid], plan.stat: x}\n", "segments/old.yaml": old})

    assert run("members", "unread").err.splitlines()[-2:] == ["error: unread is not counted, for its criteria cannot be read: microseg lint says why", "help: mend the criteria, and ask again"]
    assert run("members", "retired-ones").err.splitlines()[-2:] == ["error: retired-ones is retired, and nobody is counted in it", "help: give it another `status:` to see who is in"]
    reasons = {one["id"]: one["reason"] for one in json.loads(run("measure", "--format", "json").out)["skipped"]}
    assert (reasons["unread"], reasons["retired-ones"]) == ("its criteria cannot be read: microseg lint says why", "retired")
