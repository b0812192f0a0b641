"""kano: a questionnaire in, categories per segment out."""

import json
from pathlib import Path

import jsonschema
import pytest

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "kano.schema.json").read_text(encoding="utf-8"))
WORKSPACE = {"microseg.yaml": "version: 1\n", "segments/trainers.yaml": "name: Trainers\nsegments: [{name: Small}]\n"}
ANSWERS = """respondent,feature,functional,dysfunctional,segment
r1,sign-on,expect,dislike,small
r2,sign-on,expect,dislike,Small
r3,sign-on,like,dislike,trainers
r4,sign-on,whatever,dislike,small
r5,sign-on,expect,dislike,nobody
"""


def test_each_segment_with_those_above_and_the_rows_that_were_left_out(run, tree):
    tree(WORKSPACE | {"answers.csv": ANSWERS})

    told = run("kano", "answers.csv")

    assert told.code == 0
    assert told.out.splitlines()[:6] == [
        "sign-on",
        "For        It is    n  Better  Worse   Lead  Sure             To paste",
        "─" * 104,
        "everybody  must-be  4     25%  -100%    50%  too few answers  kano: {M: 3, O: 1, A: 0, I: 0, R: 0, Q: 0}",
        "Small      must-be  2      0%  -100%   100%  too few answers  kano: {M: 2, O: 0, A: 0, I: 0, R: 0, Q: 0}",
        "Trainers   must-be  3   33.3%  -100%  33.3%  too few answers  kano: {M: 2, O: 1, A: 0, I: 0, R: 0, Q: 0}",
    ]
    assert [line[:4].strip() for line in told.out.splitlines()[-2:]] == ["5", "6"]
    assert told.err.splitlines()[0] == "warning: 2 of 5 rows were left out or count for everybody alone"


@pytest.mark.parametrize("format_", ["json", "csv", "md"])
def test_the_other_forms(run, tree, format_):
    tree(WORKSPACE | {"answers.csv": ANSWERS})

    told = run("kano", "answers.csv", "--format", format_, "-q")

    assert (told.code, told.err) == (0, "")
    if format_ == "json":
        assert list(jsonschema.Draft7Validator(SCHEMA).iter_errors(json.loads(told.out))) == []
    assert "trainers" in told.out.casefold()


def test_a_questionnaire_without_answers_is_told(run, tree):
    tree({"answers.csv": "respondent,feature,functional,dysfunctional\n,,,\n"})

    assert run("kano", "answers.csv").err == "nothing to count: answers.csv has no row with an answer\n"


def test_without_groups_no_workspace_is_needed(run, tree):
    tree({"answers.csv": "respondent,feature,functional,dysfunctional\nr1,map,like,neutral\n"})

    assert "everybody  attractive" in run("kano", "answers.csv").out


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "answers.csv: this cannot be read: no such file or directory"),
        ({"answers.csv": "respondent,feature\n"}, "answers.csv has no column `functional`"),
        (WORKSPACE | {"answers.csv": "respondent,feature,functional,dysfunctional,account\nr1,map,like,neutral,a1\n"}, "microseg.yaml names no data to measure"),
    ],
)
def test_what_is_no_questionnaire(run, tree, files, said):
    tree(files)

    told = run("kano", "answers.csv")

    assert (told.code, told.out) == (3 if "no data" in said else 2, "")
    assert said in told.err


@pytest.mark.slow
@pytest.mark.parametrize("criteria", ["", "criteria: {firmo.headcount: {gte: 1}}\n"])
def test_answers_by_account_are_placed_by_the_data(run, tree, criteria):
    settings = "version: 1\ndefaults: {unit: account}\ndata: {as_of: 2026-10-31, tables: {account: {from: a.csv, key: id}}, dimensions: {firmo.headcount: account.people}}\n"
    tree({"microseg.yaml": settings, "a.csv": "id,people\na1,500\na2,5\na3,\n", "segments/t.yaml": f"name: Fleets\n{criteria}segments: [{{name: Large, criteria: {{firmo.headcount: {{gte: 100}}}}}}]\n"})
    rows = "".join(f"r{n},map,like,neutral,{account}\n" for n, account in enumerate(("a1", "a2", "a9")))
    tree({"answers.csv": f"respondent,feature,functional,dysfunctional,account\n{rows}"})

    told = json.loads(run("kano", "answers.csv", "--format", "json").out)

    assert [(one["segment"], one["n"]) for one in told["results"]] == [(None, 3), ("large", 1), ("t", 2)]
    assert [one["line"] for one in told["left_out"]] == [4]
