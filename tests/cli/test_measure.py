"""measure: from a table of accounts to numbers a product manager can read, and what to do where there are none."""

import csv
import importlib.util
import io
import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "measure.schema.json").read_text(encoding="utf-8"))
CHECKED = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "check.schema.json").read_text(encoding="utf-8"))
SETTINGS = """version: 1
defaults: {unit: account, status: active}
metrics: {free-to-paid: {type: conversion, from: {plan.state: free}, to: {plan.state: paid}, within: 60d}}
data:
  as_of: 2026-10-31
  tables:
    account: {from: data/accounts.csv, key: id}
    history: {from: data/changes.csv, account: id, at: day, dimension: what, value: to}
  dimensions: {firmo.headcount: account.people, plan.state: account.plan}
"""
SEGMENTS = """name: Fleets
exhaustive: true
metrics: [free-to-paid]
segments:
  - {name: Large, criteria: {firmo.headcount: {gte: 100}}}
  - {name: Small, criteria: {firmo.headcount: {lt: 50}}}
  - {name: Others}
"""
ACCOUNTS = "id,people,plan\na1,500,paid\na2,20,free\na3,30,paid\na4,,free\na5,70,free\n"
CHANGES = "id,day,what,to\na1,2024-01-01,plan.state,paid\na2,2024-01-01,plan.state,free\na3,2024-01-01,plan.state,free\na3,2026-10-01,plan.state,paid\na4,2024-01-01,plan.state,free\na5,2024-01-01,plan.state,free\n"
WORKSPACE = {"microseg.yaml": SETTINGS, "segments/fleets.yaml": SEGMENTS, "data/accounts.csv": ACCOUNTS, "data/changes.csv": CHANGES}


@pytest.fixture
def measured(run, tree):
    """The result as plain values, checked against the schema."""
    tree(WORKSPACE)

    def measure(*args: str) -> dict:
        held = json.loads(run("measure", *args, "--format", "json").out)
        assert list(jsonschema.Draft7Validator(SCHEMA).iter_errors(held)) == []
        return held

    return measure


def test_level_by_level_as_text(run, tree):
    tree(WORKSPACE)

    told = run("measure")

    assert told.code == 0
    assert told.out == """\
Head: what everyone wants
Segment  Accounts  Of above    95% range  May be in
───────────────────────────────────────────────────
Fleets          5       n/a                       0

Segment  Metric        Value  95% range     n  Unknown  Above
─────────────────────────────────────────────────────────────
Fleets   Free to paid    25%  4.6 to 69.9%  4        0    n/a

Longtail: what that subset wants
Segment  Accounts  Of above        95% range      May be in  Why not sure
─────────────────────────────────────────────────────────────────────────────────────────
Large           1       20%  ██    3.6 to 62.4%           1  company size is missing most
Small           2       40%  ████  11.8 to 76.9%          1  company size is missing most

Segment  Metric        Value  95% range     n  Unknown  Above  Why
───────────────────────────────────────────────────────────────────────────────────────────────────────────
Large    Free to paid    n/a                0        0    25%  n/a: nobody could have converted 60 days ago
Small    Free to paid    50%  9.5 to 90.5%  2        0    25%

How much of each segment its children take
Inside  In one  In several  In none  Cannot be told  Covered
────────────────────────────────────────────────────────────────────
Fleets       3           0        1               1      60%  ██████

To look at
Severity  Segment  What                                                                                                                                                              What to do
──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
warning   Fleets   Fleets says that its segments cover all of it, and 1 of 5 (20 %) accounts are in none of them (without Others: no criteria say who is in); 1 more cannot be told  add a segment for them, widen one, or set `exhaustive: false`

Data as of 2026-10-31 (days in UTC), read by duckdb: 5 accounts, 6 changes.
Not measured (no criteria of its own: it would equal the segment above): others.
"""


def test_as_json_by_its_schema(measured):
    held = measured()

    assert [(one["id"], one["size"], one["unknown"], one["unknown_because"], one["share_of_parent"]) for one in held["segments"]] == [
        ("fleets", 5, 0, None, None),
        ("large", 1, 1, "firmo.headcount", 0.2),
        ("small", 2, 1, "firmo.headcount", 0.4),
    ]
    assert held["coverage"] == [{"parent": "fleets", "none": 1, "one": 3, "several": 0, "unknown": 1}]
    assert [(one["id"], one["reason"]) for one in held["skipped"]] == [("others", "no criteria of its own: it would equal the segment above")]


@pytest.mark.slow
def test_as_csv_and_markdown(run, tree):
    tree(WORKSPACE)

    rows = list(csv.DictReader(io.StringIO(run("measure", "--format", "csv").out)))

    assert [(one["segment"], one["measure"], one["value"], one["n"]) for one in rows if one["measure"] != "share_of_parent"] == [
        ("fleets", "size", "5", ""),
        ("fleets", "free-to-paid", "0.25", "4"),
        ("large", "size", "1", ""),
        ("large", "free-to-paid", "n/a", "0"),
        ("small", "size", "2", ""),
        ("small", "free-to-paid", "0.5", "2"),
    ]
    assert "| Large | 1 | 20% | " in run("measure", "--format", "md").out


def test_only_the_segments_that_are_asked_for(measured):
    held = measured("small", "--pairs", "large,small")

    assert ([one["id"] for one in held["segments"]], held["coverage"]) == (["small"], [])


def test_what_is_not_shown_keeps_its_name_and_its_size(run, tree):
    tree(WORKSPACE | {"segments/fleets.yaml": SEGMENTS.replace("  - {name: Others}", "  - {id: tiny, name: The tiniest, criteria: {firmo.headcount: {lt: 25}}}\n  - {name: Others}")})

    assert "Small    The tiniest        1       1            100%\n" in run("measure", "small").out


@pytest.mark.slow
def test_a_draft_for_one_segment_names_the_one_above(run, tree):
    rows = "".join(f"b{number},{10 if number < 40 else 300},{'paid' if number < 40 else 'free'}\n" for number in range(80))
    settings = SETTINGS.replace("metrics: {", "metrics: {paying: {type: share, where: {plan.state: paid}}, ")
    tree(WORKSPACE | {"data/accounts.csv": "id,people,plan\n" + rows, "microseg.yaml": settings, "segments/fleets.yaml": SEGMENTS.replace("free-to-paid", "paying")})

    assert 'statement: "Paying is 100 % here and 50 % in Fleets."' in run("measure", "small", "--draft-findings").out


def test_a_pair_that_is_asked_for_is_shown_also_where_it_is_nobody(run, tree):
    tree(WORKSPACE)

    assert "Large    Small        0       1              0%\n" in run("measure", "--pairs", "large,small").out


def test_a_saved_result_of_a_later_day_is_nothing_to_compare_with(run, tree):
    tree(WORKSPACE)
    run("measure", "--save", "--as-of", "2026-10-01")

    told = run("measure", "--since", "measures/2026-10-01.json", "--as-of", "2026-09-30")

    assert (told.code, told.err) == (2, "error: --since measures/2026-10-01.json stands for 2026-10-01, a day after that of this run, 2026-09-30\nhelp: name an older one, or pass a later --as-of\n")


@pytest.mark.slow
def test_saved_then_compared_then_ranked(run, tree, tmp_path):
    tree(WORKSPACE)
    saved = run("measure", "--save", "--as-of", "2026-09-30")
    tree({"data/accounts.csv": ACCOUNTS + "a6,10,free\n"})

    later = run("measure")
    named = run("measure", "--since", "measures/2026-09-30.json")

    assert saved.err.splitlines()[0] == "wrote measures/2026-09-30.json: commit it, and briefs show its numbers"
    assert "Small           3       2  " in later.out
    assert "Before: 2026-09-30, measures/2026-09-30.json." in later.out
    assert named.out == later.out
    assert json.loads(run("rank", "segments", "--format", "json").out)["rows"][0]["size_known"] == "measured"


def test_a_claim_of_covering_all_with_a_gap_fails_a_strict_run(run, tree):
    tree(WORKSPACE)

    told = run("measure", "--strict")

    assert told.code == 1
    assert "Fleets says that its segments cover all of it, and 1 of 5" in told.out


def test_the_question_can_be_read_without_asking_it(run, tree):
    tree(WORKSPACE)

    told = run("measure", "--explain")

    assert told.code == 0
    assert told.out.startswith("-- segments of accounts; values are bound by name:\n-- ")
    assert "SELECT" in told.out


@pytest.mark.slow
def test_drafts_are_yaml_to_paste(run, tree):
    tree(WORKSPACE)

    assert run("measure", "--draft-findings").out.startswith("# ")


def test_a_cell_that_cannot_be_read_fails_a_strict_run_and_is_saved(run, tree, tmp_path):
    tree(WORKSPACE | {"data/accounts.csv": ACCOUNTS.replace("a1,500,", 'a1,"500,0",')})
    said = "data/accounts.csv: 1 of 4 cells in the column `people` (firmo.headcount) cannot be read, and count as missing"

    told = run("measure", "--strict", "--save", "--format", "json")

    assert told.code == 1
    assert [one["message"] for one in json.loads(told.out)["findings"] if one["kind"] == "data"] == [said]
    assert said in next(tmp_path.rglob("measures/2026-10-31.json")).read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_data_is_looked_at_row_by_row(run, tree):
    tree(WORKSPACE | {"data/accounts.csv": ACCOUNTS + "a1,many,Paid\n", "data/changes.csv": CHANGES + "a9,2026-12-01,plan.state,paid\n"})

    told = run("measure", "--check-data")
    held = json.loads(run("measure", "--check-data", "--format", "json").out)

    assert told.code == 1
    assert [line.split("  ")[0] for line in told.out.splitlines() if not line.startswith(" ")][:2] == ["Numbers are wrong or missing because of this", "Table"]
    assert list(jsonschema.Draft7Validator(CHECKED).iter_errors(held)) == []
    assert {(one["table"], one["kind"], one["serious"]) for one in held["complaints"]} == {
        ("account", "double key", True),
        ("account", "cannot be read", True),
        ("account", "not in the list", True),
        ("account", "missing", False),
        ("history", "orphans", True),
        ("history", "future", False),
    }


@pytest.mark.slow
def test_clean_data_is_said_to_be_so(run, tree):
    tree(WORKSPACE | {"data/accounts.csv": ACCOUNTS.replace("a4,,", "a4,60,")})

    told = run("measure", "--check-data", "--strict")

    assert (told.code, told.out) == (0, "Nothing is wrong with the data.\n")


def test_without_data_it_says_how_to_begin(run, tree):
    tree({"microseg.yaml": "version: 1\n", "segments/a.yaml": "name: A\n"})

    told = run("measure")

    assert (told.code, told.out) == (3, "")
    assert told.err.splitlines()[0] == "To begin:"
    assert [line.strip()[0] for line in told.err.splitlines()[1:7]] == ["1", "2", "a", "3", "4", "5"]
    assert told.err.splitlines()[7] == "error: microseg.yaml names no data to measure"


@pytest.mark.parametrize(
    ("files", "args", "said"),
    [
        ({}, ("nobody",), "there is no segment `nobody`"),
        ({}, ("small", "--save"), "--save keeps a whole run, and only some segments were asked for"),
        ({}, ("--pairs", "small"), "--pairs small: two segments with a comma between are needed"),
        ({}, ("--pairs", "small,small"), "--pairs small,small: both are the same segment"),
        ({"microseg.yaml": SETTINGS.replace("  as_of", "  timezone: Berlin\n  as_of")}, (), "there is no time zone Berlin"),
        ({"microseg.yaml": SETTINGS.replace("  as_of", "  memory: plenty\n  as_of")}, (), "plenty is not an amount of memory"),
        ({}, ("--since", "nowhere.json"), "--since nowhere.json: "),
        ({}, ("--as-of", "soon"), "--as-of soon: not a day"),
        ({}, ("--engine", "oracle"), "there is no such engine"),
        ({}, ("--engine", "postgresql://me:secret@host/db"), "a password stands in the address of the engine"),
        ({"microseg.yaml": SETTINGS.replace("  as_of: 2026-10-31\n", "")}, (), "it is not said which day the data stands for"),
        ({"microseg.yaml": SETTINGS.replace("account.people", "account.staff")}, (), "error: microseg.yaml:9: data/accounts.csv has no column `staff` (firmo.headcount)"),
        ({"microseg.yaml": SETTINGS.replace("account.people", "account.poeple")}, (), "has no column `poeple` (firmo.headcount), did you mean `people`?"),
        ({"microseg.yaml": SETTINGS.replace("2026-10-31", "31.10.2026")}, (), "error: microseg.yaml:5: `as_of` under `data:` is no day that can be read\nhelp: write it as 2026-06-30"),
        ({"microseg.yaml": SETTINGS.replace("{unit: account, status", "{unit: user, status")}, (), "or, where members are accounts, write `unit: account` in the segment"),
        ({"microseg.yaml": SETTINGS.replace("data/accounts.csv", "data/acounts.csv")}, (), "data/acounts.csv is not there, or is no file; did you mean accounts.csv?"),
        ({"data/changes.csv": CHANGES.replace("-01-01", ".01.01")}, (), "data/changes.csv: 5 of 6 moments in the column `day` cannot be read"),
        ({"microseg.yaml": SETTINGS.replace("data/accounts.csv", "data/nowhere.csv")}, (), "error: microseg.yaml:7: data/nowhere.csv is not there"),
        ({"microseg.yaml": SETTINGS.replace("data/accounts.csv", "../accounts.csv")}, (), "../accounts.csv"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(run, tree, files, args, said):
    tree(WORKSPACE | files)

    told = run("measure", *args)

    assert (told.code, told.out) == (2, "")
    assert said in told.err
    assert "help: " in told.err
    assert "secret" not in told.err


def test_mistakes_in_criteria_are_told_before_the_numbers(run, tree):
    tree(WORKSPACE | {"segments/more.yaml": "name: More\nparent: fleets\ncriteria: {firmo.headcout: {gte: 1}}\n"})

    told = run("measure")

    assert told.code == 0
    assert told.err.startswith("warning: segments/more.yaml:3: there is no dimension")
    assert "`microseg lint` says what to do" in told.err.splitlines()[0]


@pytest.mark.slow
@pytest.mark.parametrize("command", ["measure", "why a1", "members small", "kano answers.csv", "measure --check-data"])
def test_nothing_of_the_extra_is_imported_before_it_is_missed(tree, tmp_path, command):
    tree(WORKSPACE | {"answers.csv": "respondent,feature,functional,dysfunctional,account\nr1,x,like,dislike,a1\n"})
    without = f"import sys; sys.modules.update(duckdb=None, sqlglot=None); sys.argv[1:] = {command.split()!r}; from microseg.__main__ import start; start()"

    told = subprocess.run([sys.executable, "-c", without], cwd=tmp_path, capture_output=True, text=True, check=False)

    assert (told.returncode, told.stderr) == (2, "error: measure needs duckdb, which is not installed\nhelp: pip install 'microseg[measure]'\n")


def test_a_missing_extra_is_one_line_with_the_command(run, tree, monkeypatch):
    tree(WORKSPACE)
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "duckdb" else found(name, *rest))

    told = run("measure")

    assert (told.code, told.err) == (2, "error: measure needs duckdb, which is not installed\nhelp: pip install 'microseg[measure]'\n")
