import json
import re
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.discovery import names_in
from microseg.formats import github, text
from microseg.formats import json as json_format
from microseg.formats._look import Look, as_json
from microseg.lint.engine import Options
from microseg.lint.finding import Finding, Location, Related, Report
from microseg.project import Project
from microseg.source.text import SourceFile

RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
HOSTILE = "segments/a\nb\x1b[31m,::error file=x%0A\u009b\u202e\udcff.yaml"


def _look(source, **how):
    return Look(lambda path: SourceFile(path, source), **how)


def _finding(column=1, end_column=2, *, line=1, end_line=1, path="segments/a.yaml", **more):
    return Finding("MS003", "unknown-key", more.pop("severity", "error"), "sure", more.pop("message", "unknown key"), more.pop("help", ""), Location(path, line, column, end_line, end_column), **more)


def _excerpt(source, finding):
    return text.render(Report(".", 1, (finding,)), _look(source)).splitlines()[1:-1]


@pytest.mark.parametrize(
    ("source", "finding", "line", "carets"),
    [
        ("name: A good UI\n", _finding(7, 16), "name: A good UI", "      ^^^^^^^^^"),
        ("\tname: x\n", _finding(2, 6), "    name: x", "    ^^^^"),
        ("企業: 研修\n", _finding(5, 7), "企業: 研修", "      ^^^^"),
        ("😀: x\n", _finding(4, 5), "😀: x", "    ^"),
        ("cafe\u0301: x\n", _finding(8, 9), "cafe\u0301: x", "      ^"),
        ("a: \x1b[31m\n", _finding(4, 5), "a: \\u{1b}[31m", "   ^^^^^^"),
        ("a: b\nc: d\n", _finding(4, 2, end_line=2), "a: b", "   ^"),
        ("a: b\n", _finding(5, 5), "a: b", "    ^"),
        ("a" * 60 + "b" * 3 + "c" * 200 + "\n", _finding(61, 64), "…" + "a" * 40 + "bbb" + "c" * 97 + "…", " " * 41 + "^^^"),
        ("a" * 200 + "\n", _finding(1, 201), "a" * 140 + "…", "^" * 140),
    ],
)
def test_carets_stand_below_what_they_mean(source, finding, line, carets):
    assert _excerpt(source, finding) == [f"    1 | {line}", f"      | {carets}"]


def test_an_empty_line_has_no_excerpt():
    assert _excerpt("\nname: x\n", _finding()) == []


def test_a_text_report_in_full():
    related = Related(Location("segments/b.yaml", 4, 7, 4, 9), "the first one")
    report = Report(".", 2, (_finding(1, 5, help="did you mean `name`?", related=(related,), label="here"), _finding(severity="warning"), _finding(severity="info")), suppressed=(_finding(),), baselined=(_finding(), _finding()))

    assert text.render(report, _look("nmae: x\n", prefix="plans/")) == (
        "plans/segments/a.yaml:1:1: error MS003 unknown-key: unknown key\n"
        "    1 | nmae: x\n"
        "      | ^^^^ here\n"
        "   = see plans/segments/b.yaml:4:7: the first one\n"
        "   = help: did you mean `name`?\n"
        "plans/segments/a.yaml:1:1: warning MS003 unknown-key: unknown key\n"
        "    1 | nmae: x\n"
        "      | ^\n"
        "1 error, 1 warning in 2 segments (1 suppressed, 2 baselined, 1 hint with --all)\n"
    )


def test_nothing_wrong_is_one_line():
    assert text.render(Report(".", 1, ()), _look("")) == "0 errors, 0 warnings in 1 segment\n"


def test_colour_wraps_and_changes_no_letter():
    report = Report(".", 1, (_finding(1, 5),))
    painted = text.render(report, _look("nmae: x\n", color=True))

    assert re.sub("\x1b\\[[0-9;]*m", "", painted) == text.render(report, _look("nmae: x\n"))


def test_github_commands_cannot_be_forged():
    finding = _finding(1, 5, path="segments/a,b:c%.yaml", message="100% of::error::x", help="two\nlines")

    assert github.render(Report(".", 1, (finding,)), _look("")) == (
        "::error file=segments/a%2Cb%3Ac%25.yaml,line=1,endLine=1,col=1,endColumn=5,title=MS003 unknown-key::100%25 of::error::x%0Atwo%0Alines\n"
    )


def test_github_takes_no_columns_over_several_lines():
    assert github.render(Report(".", 1, (_finding(1, 5, end_line=3, severity="warning"),)), _look("")) == "::warning file=segments/a.yaml,line=1,endLine=3,title=MS003 unknown-key::unknown key\n"


@pytest.mark.parametrize("name", names_in("microseg.formats"))
def test_no_format_prints_a_raw_control_character(name):
    from importlib import import_module

    related = Related(Location(HOSTILE, 1, 1, 1, 2), "there")
    report = Report(".", 1, (_finding(path=HOSTILE, related=(related,)),))
    rendered = import_module(f"microseg.formats.{name}").render(report, _look("a: \x1b[31m \u202e \u009b\n", prefix="x\x1b[2J/"))

    assert RAW.findall(rendered.replace("\n", "")) == []
    assert "\n::error file=x%" not in rendered


def test_json_keeps_a_hostile_path_as_it_is():
    held = json.loads(json_format.render(Report(".", 1, (_finding(path=HOSTILE),)), _look("")))

    assert held["findings"][0]["path"] == HOSTILE


def test_json_answers_its_schema(write_tree):
    schema = json.loads((Path(__file__).parents[2] / "docs/schemas/lint.schema.json").read_text())
    root = write_tree({"segments/a.yaml": "nmae: x\nid: b\npain_points:\n  - Waits: x\nnmae: y\n", "segments/b.yaml": "name: [\n", "segments/c.yaml": "name: C\nid: b\n"})
    report = Project.open(root).findings(Options())
    held = json.loads(json_format.render(report, Look(Project.open(root).source, show_infos=True)))

    jsonschema.validate(held, schema)
    assert {one["rule"] for one in held["findings"]} >= {"MS001", "MS002", "MS003", "MS009", "MS101"}
    assert held["counts"] == report.counts


def test_json_counts_infos_and_lists_them_only_with_all(write_tree):
    project = Project.open(write_tree({"segments/a.yaml": ""}))
    report = project.findings()

    assert json.loads(json_format.render(report, Look(project.source)))["findings"] == []
    assert json.loads(json_format.render(report, Look(project.source)))["counts"]["info"] == 1
    assert [one["rule"] for one in json.loads(json_format.render(report, Look(project.source, show_infos=True)))["findings"]] == ["MS011"]


SEEN = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]))
VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), SEEN),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(SEEN, inner, max_size=4)),
    max_leaves=12,
)


@settings(deadline=None)
@given(VALUES)
def test_json_is_what_the_standard_library_writes(held):
    assert as_json(held) == json.dumps(held, ensure_ascii=False, indent=1) + "\n"
