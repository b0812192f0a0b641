"""Whatever stands in names and tables: no result carries a control character, and none becomes a formula."""

import csv
import io

import pytest

pytestmark = pytest.mark.slow
BAD = "\\u001b[31mred\\u202e\\u0007"
WORKSPACE = {
    "microseg.yaml": """version: 1
data:
  as_of: 2026-10-31
  tables: {user: {from: users.csv, key: id}}
  dimensions: {demo.location: user.place}
""",
    "segments/a.yaml": f"""id: a
name: "=cmd {BAD}"
pain_points: [{{statement: "+1 {BAD}", importance: 8, satisfaction: 2}}]
ideal_solutions: [{{statement: "@sum {BAD}", reach: 3, impact: 1, confidence: 1, effort: 1}}]
segments: [{{id: b, name: "-b {BAD}", criteria: {{demo.location: ["\\x1b[2J", x]}}}}]
""",
    "users.csv": b"id,place\n\x1b[2J=u1,x\nu2,\x1b[2J\n",
    "kano.csv": b"respondent,feature,functional,dysfunctional\nr1,\x1b[31m=map\x07,expect,dislike\n",
}
COMMANDS = [("rank", "pains"), ("rank", "solutions"), ("rank", "segments"), ("measure",), ("measure", "--check-data"), ("why", "u2"), ("kano", "kano.csv")]


def is_clean(text):
    return all(char.isprintable() or char == "\n" for char in text)


@pytest.mark.parametrize("command", [*COMMANDS, ("measure", "--explain"), ("measure", "--draft-findings"), ("members", "a")], ids=" ".join)
def test_no_control_character_comes_out(run, tree, command):
    tree(WORKSPACE)
    forms = ["text", "md", "json"] if command in COMMANDS else [""]

    told = [run(*command, *(("--format", form) if form else ())) for form in forms]

    assert [one.code for one in told] == [0] * len(forms)
    assert all(is_clean(one.out) and is_clean(one.err) for one in told)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_cell_becomes_a_formula(run, tree, command):
    tree(WORKSPACE)

    told = run(*command, "--format", "csv")
    cells = [cell for row in csv.reader(io.StringIO(told.out)) for cell in row]

    assert is_clean(told.out)
    assert [cell for cell in cells if cell[:1] in {"=", "+", "@"} or (cell[:1] == "-" and not cell[1:].replace(".", "").isdigit())] == []
