import json

WORKSPACE = {
    "microseg.yaml": "version: 1\n",
    "segments/creators.yaml": "name: Course creators\nkeyword: online courses\nowner: learning\nstatus: active\npain_points:\n  - statement: A good UI\n    solved_by: Seals of two customs offices on one trailer, and only one of them answers at night.\n",
}


def test_a_finding_says_where_what_and_what_to_do(run, tree):
    tree({"microseg.yaml": "version: 1\n", "segments/creators.yaml": "name: Course creators\nkeywrd: online courses\n"})

    told = run("lint", "--select", "MS003")

    assert told.code == 1
    assert told.out.splitlines()[0] == "segments/creators.yaml:2:1: error MS003 unknown-key: unknown key `keywrd`"
    assert told.out.splitlines()[1:3] == ["    2 | keywrd: online courses", "      | ^^^^^^"]
    assert told.out.splitlines()[3] == "   = help: did you mean `keyword`?"
    assert told.out.splitlines()[-1] == "1 error, 0 warnings in 1 segment; 1 fixable with --fix"
    assert told.err == "next: `microseg explain unknown-key` says why, and shows it mended\n"


def test_an_error_is_explained_before_a_warning_that_stands_above_it(run, tree):
    tree({"microseg.yaml": "version: 1\n", "segments/a.yaml": "name: Anna\npain_points:\n  - A good UI\n", "segments/b.yaml": "name: Course creators\nparent: nowhere\n"})

    told = run("lint")

    assert " warning " in told.out.splitlines()[0]
    assert told.err == "next: `microseg explain unknown-reference` says why, and shows it mended\n"


def test_a_clean_workspace_is_0(run, tree):
    tree({"microseg.yaml": "version: 1\n", "segments/creators.yaml": "name: Course creators\n"})

    told = run("lint")

    assert (told.code, told.out.splitlines()[-1].split(" (")[0]) == (0, "0 errors, 0 warnings in 1 segment")


def test_warnings_fail_with_strict_only(run, tree):
    tree(WORKSPACE)

    codes = [run("lint", "--select", "MS201", *more).code for more in ((), ("--strict",), ("--fail-on", "warning"), ("--strict", "--exit-zero"))]

    assert codes == [0, 1, 1, 0]


def test_no_workspace_is_3(run):
    told = run("lint")

    assert (told.code, told.out) == (3, "")
    assert told.err.startswith("error: there is no workspace here: no microseg.yaml in ")
    assert told.err.endswith("help: start one with `microseg init`, or name its folder with -C\n")


def test_no_segment_is_3(run, tree):
    tree({"microseg.yaml": "version: 1\n"})

    told = run("lint")

    assert (told.code, told.err) == (3, "error: there is no segment in this workspace\nhelp: write one with `microseg add NAME`, or look at an example: `microseg init --example learning DIR`\n")


def test_settings_that_are_not_yaml_are_2(run, tree):
    tree({"microseg.yaml": "version: [1\n", "segments/a.yaml": "name: A\n"})

    told = run("lint")

    assert (told.code, told.err.splitlines()[0]) == (2, "error: microseg.yaml:1:10: a `[` or `{` is opened and not closed")


def test_a_mistake_inside_settings_is_a_finding(run, tree):
    tree({"microseg.yaml": "version: 1\nlint: {ignore: [no-ownr], max_focus: many}\n", "segments/a.yaml": "name: A\n"})

    told = run("lint")

    assert [line for line in told.out.splitlines() if line.startswith("microseg.yaml")] == [
        "microseg.yaml:2:17: error MS902 unknown-rule: there is no rule `no-ownr`",
        "microseg.yaml:2:38: error MS004 wrong-type: `many` is not a number",
    ]


def test_an_unknown_rule_format_or_severity_is_2_with_the_nearest(run, tree):
    tree(WORKSPACE)

    told = [run("lint", *args) for args in (("--select", "minimum-expcted"), ("--format", "jsn"), ("--fail-on", "fatal"), ("--color", "red"), ("--as-of", "soon"), ("nowhere.yaml",))]

    assert [one.code for one in told] == [2] * 6
    assert [one.err for one in told] == [
        "error: there is no rule `minimum-expcted`\nhelp: did you mean `minimum-expected`?\n",
        "error: there is no format `jsn`\nhelp: did you mean `json`?\n",
        "error: --fail-on fatal: not a severity\nhelp: use error, warning or info\n",
        "error: --color red: not one of auto, always, never\nhelp: for example: --color never\n",
        "error: --as-of soon: not a day\nhelp: write YYYY-MM-DD, or today\n",
        "error: nowhere.yaml: there is no such file or folder\nhelp: name a file of the workspace, or leave it out\n",
    ]


def test_several_formats_in_one_run(run, tree, tmp_path):
    tree(WORKSPACE)

    told = run("lint", "--select", "MS201", "--format", "github", "--format", "json=out.json")

    assert told.out.startswith("::warning file=segments/creators.yaml,line=6,endLine=6,col=16,endColumn=25,title=MS201 minimum-expected::")
    held = json.loads((tmp_path / "out.json").read_text())
    assert (held["version"], held["segments"], [one["rule"] for one in held["findings"]]) == (1, 1, ["MS201"])


def test_only_the_named_files_are_reported(run, tree):
    tree({**WORKSPACE, "segments/b.yaml": "name: B\nkeywrd: x\n"})

    told = run("lint", "segments/creators.yaml")

    assert "b.yaml" not in told.out
    assert "in 2 segments" in told.out.splitlines()[-1]


def test_a_named_file_finds_its_workspace(run, tree, tmp_path):
    tree({f"planning/{path}": text for path, text in WORKSPACE.items()})

    told = run("lint", "--select", "MS201", "planning/segments/creators.yaml")

    assert told.code == 0
    assert told.out.startswith("planning/segments/creators.yaml:6:16: warning MS201 minimum-expected: ")


def test_standard_input_stands_in_for_a_file(run, tree):
    tree(WORKSPACE)

    told = run("lint", "--select", "MS003", "--stdin-path", "segments/creators.yaml", stdin=b"name: Course creators\nkeywrd: x\n")

    assert told.out.splitlines()[0] == "segments/creators.yaml:2:1: error MS003 unknown-key: unknown key `keywrd`"


def test_fix_mends_in_place_and_diff_only_shows(run, tree, tmp_path):
    tree({"microseg.yaml": "version: 1\n", "segments/a.yaml": "# kept\nname: A\nkeywrd: x   # kept too\n"})

    shown = run("lint", "--diff")
    before = (tmp_path / "segments/a.yaml").read_text()
    told = run("lint", "--fix", "--select", "MS003")

    assert (shown.code, shown.out) == (1, "--- a/segments/a.yaml\n+++ b/segments/a.yaml\n@@ -1,3 +1,3 @@\n # kept\n name: A\n-keywrd: x   # kept too\n+keyword: x   # kept too\n")
    assert before == "# kept\nname: A\nkeywrd: x   # kept too\n"
    assert (told.code, told.out, told.err.splitlines()[:2]) == (0, "0 errors, 0 warnings in 1 segment\n", ["mended segments/a.yaml:3: write keyword", "1 mended in 1 file"])
    assert (tmp_path / "segments/a.yaml").read_text() == "# kept\nname: A\nkeyword: x   # kept too\n"


def test_color_only_when_asked_or_on_a_terminal(run, tree):
    tree(WORKSPACE)

    plain, painted = run("lint"), run("lint", "--color", "always")

    assert "\x1b" not in plain.out
    assert "\x1b[" in painted.out


def test_quiet_says_nothing_on_the_side(run, tree):
    tree(WORKSPACE)

    assert run("lint", "-q").err == ""


def test_github_gets_a_summary_of_all_findings(run, tree, tmp_path, monkeypatch):
    tree(WORKSPACE)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))

    run("lint", "--select", "MS201", "--format", "github")

    rows = (tmp_path / "summary.md").read_text().splitlines()
    assert rows[2] == "0 errors, 1 warning in 1 segment"
    assert rows[6].startswith("| segments/creators.yaml:6 | MS201 minimum-expected (warning) | ")


def test_a_baseline_is_written_used_and_told_when_stale(run, tree, tmp_path):
    tree({**WORKSPACE, "segments/b.yaml": "name: B\nkeywrd: x\n"})

    before, written, after = run("lint", "--select", "MS0"), run("lint", "--select", "MS0", "--write-baseline"), run("lint", "--select", "MS0,MS905")
    (tmp_path / "segments/b.yaml").write_text("name: B\n")
    stale = run("lint", "--select", "MS0,MS905", "--strict")

    assert [before.code, written.code, after.code, stale.code] == [1, 0, 0, 1]
    assert "1 baselined" in after.out
    assert "MS905 stale-baseline" in stale.out


def test_output_goes_to_a_file(run, tree, tmp_path):
    tree(WORKSPACE)

    told = run("lint", "--select", "MS201", "--format", "json", "--output", "found.json")

    assert told.out == ""
    assert json.loads((tmp_path / "found.json").read_text())["counts"]["warning"] == 1
