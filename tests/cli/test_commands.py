import json

import pytest

CREATORS = "name: Course creators\nlevel: head\nstatus: active\nsegments:\n  - name: Corporate trainers\n    pain_points: [New hires are enrolled by hand.]\n  - name: Higher ed\n"


@pytest.fixture
def planned(tree):
    tree({"microseg.yaml": "version: 1\n", "segments/creators.yaml": CREATORS})


def test_tree_draws_levels_and_counts(run, planned):
    told = run("tree", "-q")

    assert [line.rsplit(" · ", 1)[0].split("  ")[0] for line in told.out.splitlines()] == ["Course creators", "├─ Corporate trainers", "└─ Higher ed"]
    assert told.out.splitlines()[1].startswith("├─ Corporate trainers  longtail · 1 pain · 0 solutions")
    assert told.code == 0


def test_tree_of_one_segment_to_a_depth_as_json(run, planned):
    told = run("tree", "corporate-trainers", "--depth", "0", "--format", "json")

    assert [(one["id"], one["level"], one["parent"], one["pains"]) for one in json.loads(told.out)["segments"]] == [("corporate-trainers", "longtail", "creators", 1)]


def test_an_unknown_segment_is_2_with_the_nearest(run, planned):
    told = run("tree", "corporate-traners")

    assert (told.code, told.err) == (2, "error: there is no segment `corporate-traners`\nhelp: did you mean `corporate-trainers`?\n")


@pytest.mark.parametrize("name", ["corporate-trainers", "Corporate trainers", "corporate", "trainers"])
def test_a_segment_may_be_named_as_people_call_it(run, planned, name):
    assert run("tree", name, "-q").out.startswith("Corporate trainers  longtail")


def test_a_name_that_could_be_several_is_2_with_all_of_them(run, planned):
    told = run("brief", "e")

    assert (told.code, told.err) == (2, "error: `e` could be several segments\nhelp: one of: corporate-trainers, creators, higher-ed\n")


def test_tree_counts_what_is_wrong_by_file_where_two_segments_have_one_id(run, tree):
    tree({"microseg.yaml": "version: 1\n", "segments/a.yaml": "id: same\nname: A\nkeywrd: x\n", "segments/b.yaml": "id: same\nname: B\n"})

    told = run("tree", "--format", "json")

    assert [(one["name"], one["flags"]["error"]) for one in json.loads(told.out)["segments"]] == [("A", 1), ("B", 1)]


def test_what_cannot_be_read_is_named_where_it_is_missed(run, planned, tree):
    tree({"segments/broken.yaml": "name: [Broken\n"})

    told = run("tree")

    assert told.code == 0
    assert told.err.splitlines()[0] == "warning: segments/broken.yaml cannot be read, and what is in it is left out; `microseg lint` says why"


@pytest.mark.parametrize("example", ["learning", "equipment", "minimal"])
def test_init_gives_a_workspace_that_is_clean(run, tmp_path, example):
    made = run("init", "planning", "--example", example)
    told = run("lint", "-C", "planning", "--strict")

    assert (made.code, told.code) == (0, 0), told.out
    assert (tmp_path / "planning/microseg.yaml").read_text().startswith("# yaml-language-server: $schema=.microseg/workspace.schema.json\n")
    assert json.loads((tmp_path / "planning/.microseg/segment.schema.json").read_text())["$schema"] == "http://json-schema.org/draft-07/schema#"


def test_init_never_overwrites(run, tree, tmp_path):
    tree({"microseg.yaml": "mine\n"})

    told = run("init")

    assert (told.code, told.err) == (2, "error: microseg.yaml exists already, and would be overwritten\nhelp: name another folder: microseg init DIR\n")
    assert (tmp_path / "microseg.yaml").read_text() == "mine\n"
    assert [path.name for path in tmp_path.iterdir()] == ["microseg.yaml"]


def test_add_writes_the_seven_keys_and_lints_without_an_error(run, planned, tmp_path):
    told = run("add", "K12: schools & districts", "--parent", "creators")

    text = (tmp_path / "segments/k12-schools-and-districts.yaml").read_text()
    assert told.code == 0
    assert [line.split(":")[0] for line in text.splitlines() if line[0].isalpha()] == ["name", "parent", "keyword", "definition", "focus", "pain_points", "minimum_expected", "owner"]
    assert text.splitlines()[1] == 'name: "K12: schools & districts"'
    assert run("lint").code == 0


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (["Corporate trainers"], "the id `corporate-trainers` is taken by Corporate trainers"),
        (["企業研修"], "no id can be made of this name"),
        (["X", "--id", "../../etc/passwd"], "--id: `../../etc/passwd` is not an id"),
        (["X", "--id", "con"], "--id: `con` is a name that the site or the file system needs"),
        (["X", "--parent", "nobody"], "there is no segment `nobody`"),
        (["  "], "a segment needs a name"),
        (["Trainers\u202e"], "Trainers\\u{202e}: the name holds a character that nobody can see"),
        (["Trainers\udcff"], "Trainers\\u{dcff}: the name holds a character that nobody can see"),
        (["X", "--parent", "p" * 90], f"there is no segment `{'p' * 79}…`"),
    ],
)
def test_add_refuses_what_would_not_work(run, planned, args, error):
    told = run("add", *args)

    assert (told.code, told.err.splitlines()[0]) == (2, f"error: {error}")


def test_rename_changes_the_id_and_every_reference(run, tree, tmp_path):
    tree(
        {
            "microseg.yaml": "version: 1\n",
            "segments/a.yaml": "id: alpha   # kept\nname: A\ncriteria: {segment: {is_not: beta}}\n",
            "segments/b.yaml": "id: beta\nname: B\nparent: alpha\nrelated: [{segment: alpha, how: similar}]\n",
        }
    )

    told = run("rename", "alpha", "first")

    assert (told.code, told.err.splitlines()[0]) == (0, "renamed alpha to first: 3 places in 2 files")
    assert (tmp_path / "segments/a.yaml").read_text() == "id: first   # kept\nname: A\ncriteria: {segment: {is_not: beta}}\n"
    assert (tmp_path / "segments/b.yaml").read_text() == "id: beta\nname: B\nparent: first\nrelated: [{segment: first, how: similar}]\n"


def test_rename_pins_an_id_that_was_derived(run, planned, tmp_path):
    run("rename", "corporate-trainers", "trainers")

    assert "  - id: trainers\n    name: Corporate trainers\n" in (tmp_path / "segments/creators.yaml").read_text()


@pytest.mark.parametrize(("args", "error"), [(["nobody", "x"], "nothing has the id `nobody`"), (["creators", "higher-ed"], "the segment id `higher-ed` is taken"), (["creators", "A B"], "`A B` is not an id"), (["creators", "null"], "`null` says in YAML that there is no id")])
def test_rename_refuses_what_would_not_work(run, planned, args, error):
    told = run("rename", *args)

    assert (told.code, told.err.splitlines()[0]) == (2, f"error: {error}")


def test_rename_says_which_file_it_could_not_look_into(run, tree, tmp_path):
    tree({"segments/a.yaml": "id: alpha\nname: A\n", "segments/b.yaml": "parent: alpha\nname: [\n"})

    told = run("rename", "alpha", "first")

    assert (told.code, told.err.splitlines()[0]) == (0, "warning: segments/b.yaml cannot be read, and what is in it is left out; `microseg lint` says why")
    assert (tmp_path / "segments/b.yaml").read_text() == "parent: alpha\nname: [\n"


@pytest.mark.parametrize(("name", "hint"), [("minimum-expectd", "did you mean `minimum-expected`?"), ("nothing like it", "`microseg explain` lists them all")])
def test_explain_names_the_nearest_rule_and_no_list_of_all(run, name, hint):
    assert run("explain", name).err == f"error: there is no rule `{name}`\nhelp: {hint}\n"


def test_explain_shows_why_and_both_sides(run):
    told = run("explain", "minimum-expected")

    assert told.code == 0
    assert told.out.startswith("MS201 minimum-expected (warning)\n\nA pain or ideal solution that every product owes.\n")
    assert "Flagged:\n    name: Corporate trainers\n" in told.out


def test_explain_lists_all_rules_in_machine_form(run):
    told = run("explain", "--all", "--format", "json")

    codes = [one["code"] for one in json.loads(told.out)["rules"]]
    assert codes == sorted(codes)
    assert {"MS001", "MS101", "MS201", "MS301", "MS901"} <= set(codes)


def test_judge_explains_word_by_word(run):
    told = run("judge", "A good UI")

    assert told.out.startswith("minimum expected (usability)\n  A good UI\n  struck out as praise: good\n  struck out as any product: UI\n")
    assert "  ask: which segment would not want this?\n" in told.out


def test_judge_reads_lines_and_writes_lines(run):
    told = run("judge", "-", "--format", "jsonl", stdin=b"A good UI\n\nSeals of two customs offices on one trailer, and only one of them answers at night\n")

    rows = [json.loads(line) for line in told.out.splitlines()]
    assert [(row["label"], row["confidence"]) for row in rows] == [("mer", "sure"), ("specific", None)]
    assert set(rows[0]) >= {"text", "label", "confidence", "family", "reason", "persona", "solution_in_disguise", "vague"}


def test_judge_refuses_what_is_not_json(run):
    told = run("judge", "--jsonl", stdin=b"{nope\n")

    assert (told.code, told.err.splitlines()[0]) == (2, "error: line 1 is not JSON")


def test_schema_is_json(run):
    assert json.loads(run("schema", "evidence").out)["title"].startswith("A file under evidence/")
    assert run("schema", "nope").code == 2


def test_version_and_help(run):
    assert run("--version").out.startswith("microseg ")
    assert run("lint", "--help").code == 0
    assert "Did you mean 'lint'?" in run("lnt").err


def test_our_own_mistake_is_4_with_a_report(run, planned, monkeypatch):
    from microseg.project import facts

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(facts, "read_facts", broken)
    told = run("lint")

    assert told.code == 4
    assert told.err.startswith("error: microseg made a mistake (ZeroDivisionError). Your files are as they were.\nhelp: please report this")
    assert "Traceback" not in told.err
