"""rank: pains inside a segment, solutions across, segments by focus; nothing guessed."""

import csv
import io
import json
from pathlib import Path

import jsonschema
import pytest

from microseg.model.criteria_hash import criteria_hashes
from microseg.project import Project

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "schemas" / "rank.schema.json").read_text(encoding="utf-8"))
WORKSPACE = {
    "microseg.yaml": "version: 1\ndefaults: {unit: account, status: active}\n",
    "evidence/all.yaml": "evidence: [{id: talks, kind: interview, n: 9, says: 7}, {id: rows, kind: usage_data, n: 7900}]\n",
    "segments/creators.yaml": """name: Course creators
size: {accounts: 500}
pain_points:
  - {id: retyped, statement: Slides are retyped lesson by lesson., importance: 8, satisfaction: 4.5, scored_by: survey, n: 40}
  - {id: served, statement: A lesson is moved and its quiz goes with it., importance: 9, satisfaction: 9}
  - {id: worded, statement: Reviewers send notes by phone., importance: high, satisfaction: low, evidence: [talks, rows]}
ideal_solutions:
  - {id: outline, statement: Draft an outline from a folder of slides., relieves: [retyped], reach: 100, impact: 2, confidence: 0.5, effort: 4}
  - {id: both, statement: Book one room for a class and its exam., relieves: [term, shift], impact: 1, confidence: 1, effort: 2}
  - {id: partly, statement: Read a voice note into the margin., relieves: [worded], impact: 1, confidence: 1, effort: 2, for: those with a phone}
  - {id: old, statement: Print a lesson as a handout., relieves: [retyped], stage: live, reach: 9, impact: 1, confidence: 1, effort: 1}
  - {id: owed, statement: A change of a lesson is saved., relieves: [retyped], reach: 50, impact: 3, confidence: 1, effort: 1, kano: {M: 60, O: 10, A: 5, I: 25}}
minimum_expected: [{statement: A good UI, why: Nobody wants a bad one.}]
segments:
  - {name: Higher ed, focus: later, size: {accounts: 30}, pain_points: [{id: term, statement: Rooms change in the second week.}]}
  - {name: Trainers, focus: now, size: {accounts: 20}, pain_points: [{id: shift, statement: A shift is moved and the class is empty., importance: 6, satisfaction: 7}]}
  - {name: K12, focus: never}
  - {name: Others}
""",
}


@pytest.fixture
def ranked(run, tree):
    """The rows of one ranking, checked against the schema."""
    tree(WORKSPACE)

    def rank(*args: str) -> list[dict]:
        told = run("rank", *args, "--format", "json")
        held = json.loads(told.out)
        assert list(jsonschema.Draft7Validator(SCHEMA).iter_errors(held)) == []
        return held["rows"]

    return rank


def test_pains_by_opportunity_inside_their_segment(ranked):
    rows = [(one["segment"], one["lane"], one["place"], one["id"], one["score"], one["missing"]) for one in ranked("pains")]

    assert rows == [
        ("creators", "ranked", 1, "retyped", 11.5, []),
        ("creators", "minimum_expected", None, "served", 9, []),
        ("creators", "minimum_expected", None, None, None, []),
        ("creators", "unranked", None, "worded", None, ["importance in numbers", "satisfaction in numbers"]),
        ("higher-ed", "unranked", None, "term", None, ["importance", "satisfaction"]),
        ("trainers", "ranked", 1, "shift", 6, []),
    ]


def test_people_are_voices_and_rows_of_a_database_are_not(ranked):
    assert next(one["voices"] for one in ranked("pains") if one["id"] == "worded") == 7


def test_solutions_by_rice_with_whom_they_reach(ranked):
    rows = ranked("solutions")

    assert [(one["lane"], one["id"], one["score"], one["reach"], one["reach_high"], one["reach_known"], one["missing"]) for one in rows] == [
        ("ranked", "outline", 25, 100, 100, "typed", []),
        ("ranked", "both", 15, 30, 50, "typed size", []),
        ("minimum_expected", "owed", None, 50, 50, "typed", []),
        ("unranked", "partly", None, None, None, None, ["reach"]),
    ]
    assert [one["why"] for one in rows[1:]] == [
        "reach is 30 to 50: how many are in several of higher-ed, trainers is not known, so the lower counts",
        "answers to a Kano survey say must-be",
        "it is for a part of the segment: type how many that are",
    ]
    assert rows[1]["serves"] == ["higher-ed", "trainers"]


def test_measured_sizes_outrank_typed_ones_and_take_off_what_is_in_both(ranked, tmp_path):
    hashes = criteria_hashes(Project.open(tmp_path).workspace)
    measured = [{"id": id_, "unit": "account", "size": size, "criteria_hash": hashes[id_]} for id_, size in (("higher-ed", 31), ("trainers", 21))]
    stale = {"id": "creators", "unit": "account", "size": 9, "criteria_hash": "other"}
    run = {"version": 1, "as_of": "2026-10-31", "segments": [*measured, stale], "overlaps": [{"a": "higher-ed", "b": "trainers", "both": 4}]}
    (tmp_path / "measures").mkdir()
    (tmp_path / "measures" / "2026-10-31.json").write_text(json.dumps(run))

    both = next(one for one in ranked("solutions") if one["id"] == "both")
    sizes = {one["segment"]: (one["size"], one["size_known"]) for one in ranked("segments")}

    assert (both["reach"], both["reach_high"], both["reach_known"], both["why"]) == (48, 48, "measured", "")
    assert sizes == {"higher-ed": (31, "measured"), "trainers": (21, "measured"), "creators": (None, None), "others": (None, None), "k12": (None, None)}


def test_segments_by_focus_then_size(ranked):
    assert [(one["lane"], one["place"], one["segment"], one["focus"], one["size"]) for one in ranked("segments")] == [
        ("ranked", 1, "trainers", "now", 20),
        ("ranked", 2, "higher-ed", "later", 30),
        ("ranked", 3, "creators", None, 500),
        ("unranked", None, "others", None, None),
        ("not_for_us", None, "k12", "never", None),
    ]


def test_only_a_part_of_the_tree(ranked):
    assert {one["segment"] for one in ranked("pains", "--in", "trainers")} == {"trainers"}


def test_as_text_with_what_is_missing_at_the_end(run, tree):
    tree(WORKSPACE)

    told = run("rank")

    assert told.code == 0
    assert told.out.splitlines() == [
        "What to build: reach x impact x confidence / effort in person-months",
        "#  Ideal solution                             For                  Score  Reach  Impact  Confidence  Effort  Reach is",
        "─" * 119,
        "1  Draft an outline from a folder of slides.  Course creators         25    100       2         50%       4  typed",
        "2  Book one room for a class and its exam.    Higher ed, Trainers     15     30       1        100%       2  typed size",
        "2: reach is 30 to 50: how many are in several of higher-ed, trainers is not known, so the lower counts",
        "",
        "Owed by every product: met, and never ranked",
        "Statement                       Segment          Why it sells nothing",
        "─" * 85,
        "A change of a lesson is saved.  Course creators  answers to a Kano survey say must-be",
        "",
        "Not ranked: an input is missing",
        "Ideal solution                      For              Missing",
        "─" * 116,
        "Read a voice note into the margin.  Course creators  reach (it is for a part of the segment: type how many that are)",
    ]
    assert told.err == "next: 1 of 4 have no place, for an input is missing; the last table says which\n"


def test_as_csv_and_markdown(run, tree):
    tree(WORKSPACE)

    rows = list(csv.DictReader(io.StringIO(run("rank", "segments", "--format", "csv").out)))
    page = run("rank", "pains", "--format", "md").out

    assert [(one["segment"], one["place"], one["size"]) for one in rows] == [("trainers", "1", "20"), ("higher-ed", "2", "30"), ("creators", "3", "500"), ("others", "", ""), ("k12", "", "")]
    assert "## What hurts: Course creators\n\n| # | Pain point | Score |" in page


def test_a_text_behind_solved_by_is_a_solution_that_lacks_its_inputs(run, tree):
    tree({"segments/schedulers.yaml": """name: Schedulers
size: {users: 40}
pain_points:
  - {statement: Five panel members are chased by mail., solved_by: [Hold slots in all five calendars., A good UI]}
  - {statement: The candidate takes another offer., solved_by: Hold slots in all five calendars.}
"""})

    told = run("rank", "-q")

    assert told.out.splitlines() == [
        "Owed by every product: met, and never ranked",
        "Statement  Segment     Why it sells nothing",
        "─" * 46,
        "A good UI  Schedulers  every product owes this",
        "",
        "Not ranked: an input is missing",
        "Ideal solution                     For         Missing",
        "─" * 123,
        "Hold slots in all five calendars.  Schedulers  impact, confidence, effort (a text of solved_by: move it to ideal_solutions)",
    ]


@pytest.mark.parametrize(("words", "said"), [(("solution",), "there is no ranking `solution`"), (("--format", "yaml"), "there is no format `yaml`"), (("--in", "nobody"), "there is no segment `nobody`")])
def test_a_word_that_is_none(run, tree, words, said):
    tree(WORKSPACE)

    told = run("rank", *words)

    assert (told.code, told.out) == (2, "")
    assert said in told.err


@pytest.mark.parametrize("what", ["pains", "solutions", "segments"])
@pytest.mark.parametrize("width", [80, 100])
def test_nothing_of_the_sample_is_wider_than_the_terminal(run, monkeypatch, what, width):
    monkeypatch.setattr("microseg.cli.results.terminal_width", lambda _: width)

    told = run("rank", what, "-C", str(Path(__file__).parents[2] / "sample_workspace"))

    assert [line for line in told.out.splitlines() if len(line) > width] == []


def test_a_terminal_without_blocks_gets_plain_signs(run, tree, monkeypatch):
    tree(WORKSPACE)
    monkeypatch.setattr("microseg.cli.results._shows_blocks", lambda: False)

    assert run("rank").out.splitlines()[2] == "-" * 119
