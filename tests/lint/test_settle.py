import pytest

from microseg.lint.engine import Options
from microseg.lint.finding import Location
from microseg.lint.paths import covers
from microseg.project import Project


def _report(root, files, **how):
    return Project.open(root, {path: text.encode() for path, text in files.items()}).findings(Options(**how))


def _severities(root, settings, *, text="nmae: A\n", path="segments/a.yaml"):
    report = _report(root, {"microseg.yaml": settings, path: text}, select=() if "ignore" in settings else ("MS003", "MS902"))
    return [(one.rule, one.severity) for one in report.findings if one.rule in {"MS003", "MS902"}]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("version: 1\n", [("MS003", "error")]),
        ("lint: {severity: {unknown-key: warning}}\n", [("MS003", "warning")]),
        ("lint: {severity: {MS003: info}}\n", [("MS003", "info")]),
        ("lint: {severity: {MS0: warning}}\n", [("MS003", "warning")]),
        ("lint: {severity: {MS0: warning, MS003: info}}\n", [("MS003", "info")]),
        ("lint: {ignore: [unknown-key]}\n", []),
        ("lint: {ignore: [MS0]}\n", []),
        ("lint: {ignore: [unknown-kee]}\n", [("MS902", "error"), ("MS003", "error")]),
        ('lint: {per_path: {"segments/**": {ignore: [MS003]}}}\n', []),
        ('lint: {per_path: {"segments/b*": {ignore: [MS003]}}}\n', [("MS003", "error")]),
        ("lint: {severity: {no-such: info}}\n", [("MS902", "error"), ("MS003", "error")]),
    ],
)
def test_settings_decide_how_loud_a_rule_is(tmp_path, settings, expected):
    assert _severities(tmp_path, settings) == expected


@pytest.mark.parametrize(
    ("pattern", "path", "expected"),
    [
        ("segments/legacy/**", "segments/legacy/a.yaml", True),
        ("segments/legacy/**", "segments/legacy/x/y/a.yaml", True),
        ("segments/legacy/**", "segments/new/a.yaml", False),
        ("segments/legacy", "segments/legacy/x/a.yaml", True),
        ("segments/legacy/", "segments/legacy/a.yaml", True),
        ("segments/*.yaml", "segments/a.yaml", True),
        ("segments/*.yaml", "segments/x/a.yaml", False),
        ("segments/*", "segments/x/a.yaml", True),
        ("**/a.yaml", "segments/x/a.yaml", True),
        ("**/a.yaml", "a.yaml", True),
        ("**/x/*.yaml", "a/x/b/x/c.yaml", True),
        ("segments/**.yaml", "segments/x/y/a.yaml", True),
        ("segments/?.yaml", "segments/a.yaml", True),
        ("segments/?.yaml", "segments/ab.yaml", False),
        ("segments/[a].yaml", "segments/[a].yaml", True),
        ("segments/[a].yaml", "segments/a.yaml", False),
        ("segments/a.yaml", "segments/a.yaml/b.yaml", False),
        ("Segments/*.yaml", "segments/a.yaml", False),
        ("*a" * 60 + "b", "a" * 200, False),
        ("**/" * 60 + "x", "a/" * 100 + "b", False),
    ],
)
def test_patterns(pattern, path, expected):
    assert covers(pattern, path) is expected


def test_a_draft_is_not_nagged_and_an_active_one_is(tmp_path):
    files = {"segments/a.yaml": "name: A\nsegments:\n  - name: B\n  - {name: C, status: active}\n"}
    report = _report(tmp_path, files, select=("MS301", "MS201"))

    assert [(one.segment, one.rule, one.severity) for one in report.findings] == [("b", "MS301", "info"), ("c", "MS301", "error")]


def test_contradictions_and_broken_references_speak_in_drafts_too(tmp_path):
    report = _report(tmp_path, {"segments/a.yaml": "name: A\nparent: nowhere\npain_points: [A good UI]\n"}, select=("MS102", "MS201"))

    assert [(one.rule, one.severity) for one in report.findings] == [("MS102", "error"), ("MS201", "warning")]


def test_references_wait_while_a_file_cannot_be_read(tmp_path):
    files = {"segments/a.yaml": "name: A\nparent: nowhere\n", "segments/b.yaml": "name: [\n"}
    report = _report(tmp_path, files, select=("MS001", "MS012", "MS102"))

    assert [(one.location.path, one.rule) for one in report.findings] == [("segments/b.yaml", "MS012"), ("segments/b.yaml", "MS001")]


@pytest.mark.slow
def test_a_thousand_findings_a_file_and_then_a_number(tmp_path):
    text = "name: A\npain_points:\n" + "  - {statement: x, zzzzzz: y}\n" * 1_007
    report = _report(tmp_path, {"segments/a.yaml": text, "segments/b.yaml": "nmae: B\n"}, select=("MS003", "MS012"))

    assert [(one.rule, one.message) for one in report.findings if one.rule == "MS012"] == [("MS012", "7 more findings in this file are not shown")]
    assert sum(one.location.path == "segments/a.yaml" and one.rule == "MS003" for one in report.findings) == 1_000
    assert sum(one.location.path == "segments/b.yaml" for one in report.findings) == 1


def test_fingerprints_do_not_move_with_the_lines(tmp_path):
    text = "name: A\npain_points:\n  - A good UI\n  - A good UI\n  - {statement: x, zzz: y}\nsegments:\n  - {name: B, parent: c}\n"
    before = _report(tmp_path, {"segments/a.yaml": text})
    after = _report(tmp_path, {"segments/a.yaml": "# a note\n\n" + text.replace("pain_points:\n", "owner: us\npain_points:\n").replace("  - A good", "  # why\n\n  -   A good")})

    assert len({one.fingerprint for one in before.findings}) == len(before.findings)
    assert {one.fingerprint for one in before.findings} >= {one.fingerprint for one in after.findings if one.rule != "MS801"}


def test_findings_are_in_the_order_of_the_files(tmp_path):
    files = {"segments/b.yaml": "nmae: B\n", "segments/a.yaml": "owner: x\nnmae: A\n", "evidence/e.yaml": "evidence: x\n", "microseg.yaml": "verison: 1\n"}
    report = _report(tmp_path, files, select=("MS0",))
    places = [(one.location.path, one.location.line, one.location.column) for one in report.findings]

    assert places == sorted(places)
    assert {path for path, _, _ in places} == set(files)


def test_a_finding_says_which_segment_and_item_it_is_about(tmp_path):
    text = "name: A\nsegments:\n  - name: B\n    pain_points:\n      - {statement: x, zzz: y}\n"
    report = _report(tmp_path, {"segments/a.yaml": text}, select=("MS003",))

    assert [(one.segment, one.item, one.location) for one in report.findings] == [("b", "zzz", Location("segments/a.yaml", 5, 24, 5, 27))]


def test_a_long_message_is_cut(tmp_path):
    report = _report(tmp_path, {"segments/a.yaml": "name: A\ndefinition: @" + "x" * 5_000 + "\n"}, select=("MS009",))

    assert [len(one.message) for one in report.findings] == [500]


@pytest.mark.parametrize(("options", "rules"), [({"select": ("MS003",)}, ["MS003"]), ({"select": ("unknown-key", "lost-text")}, ["MS003", "MS009"]), ({"select": ("MS0",), "ignore": ("MS009",)}, ["MS003"])])
def test_the_command_line_selects(tmp_path, options, rules):
    report = _report(tmp_path, {"microseg.yaml": "lint: {ignore: [MS003]}\n", "segments/a.yaml": "name: A\nzzzz: 1\nowner: @us\n"}, **options)

    assert [one.rule for one in report.findings] == rules
