"""review: what a team looks at again every quarter."""

import json
from pathlib import Path

import jsonschema

WORKSPACE = {
    "microseg.yaml": "version: 1\n",
    "evidence/all.yaml": "evidence: [{id: old, kind: interview, date: 2025-01-10, end_user: true, n: 3}]\n",
    "segments/creators.yaml": """name: Course creators
status: active
owner: learning
reviewed: 2026-11-01
goals: [{id: faster, statement: First lesson in a week., by: 2026-06-30}]
experiences: [{id: tour, kind: guide, statement: A tour of the outline, status: done, end: 2026-11-05, result: A third more first lessons.}]
pain_points: [{statement: Outlines stay empty for two weeks., evidence: [old]}]
segments:
  - {name: Higher ed, owner: education, reviewed: 2026-03-01, status: active}
  - {name: K12, status: active}
""",
}
SCHEMA = Path(__file__).parents[2] / "docs" / "schemas" / "review.schema.json"


def test_each_segment_with_what_is_overdue_old_finished_or_unread(run, tree):
    tree(WORKSPACE)

    told = run("review", "--as-of", "2026-11-12")

    assert told.code == 0
    assert told.out.splitlines() == [
        "Course creators (learning)",
        "  overdue: First lesson in a week.: this goal was due on 2026-06-30, and nothing says what came of it (segments/creators.yaml:5)",
        "  finished: A tour of the outline: A third more first lessons. (segments/creators.yaml:6)",
        "Higher ed (education)",
        "  grown old: Higher ed was last read through on 2026-03-01, more than 180 days ago (segments/creators.yaml:9)",
        "  to read again: read on 2026-03-01, and Course creators above it on 2026-11-01 (segments/creators.yaml:9)",
        "K12 (learning)",
        "  to read again: never read through (segments/creators.yaml:10)",
        "Evidence",
        '  grown old: this is more than 180 days old, and "Outlines stay empty for two weeks." rests on it (evidence/all.yaml:1)',
    ]


def test_only_those_of_one_team(run, tree):
    tree(WORKSPACE)

    told = run("review", "--owner", "Education", "--as-of", "2026-11-12")

    assert [line for line in told.out.splitlines() if not line.startswith(" ")] == ["Higher ed (education)"]


def test_as_a_checklist_to_paste(run, tree):
    tree(WORKSPACE)

    told = run("review", "--owner", "education", "--format", "md", "--as-of", "2026-11-12")

    assert told.out.splitlines()[0] == "## Higher ed (education)"
    assert all(line.startswith("- [ ] **") for line in told.out.splitlines()[2:] if line)


def test_as_json_by_its_schema(run, tree):
    tree(WORKSPACE)

    held = json.loads(run("review", "--format", "json", "--as-of", "2026-11-12").out)

    assert list(jsonschema.Draft7Validator(json.loads(SCHEMA.read_text())).iter_errors(held)) == []
    assert {one["kind"] for one in held["points"]} == {"overdue", "stale", "finished", "reread"}


def test_nothing_to_look_at(run, tree):
    tree({"microseg.yaml": "version: 1\n", "segments/a.yaml": "name: A\nreviewed: 2026-11-01\n"})

    told = run("review")

    assert (told.code, told.out, told.err) == (0, "", "nothing to look at again\n")
