"""brief and build: pages to read and to share."""

import pytest

CREATORS = """name: Course creators
status: active
keyword: online courses
definition: Those who sell what they know.
owner: learning
pain_points:
  - id: outline
    statement: New authors stare at an empty outline for two weeks and give up before the first lesson.
    solved_by: Draft an outline from a folder of slides, one heading for each file in it.
segments:
  - name: Higher ed
    keyword: online courses for universities
    definition: Universities that teach the same seminar on campus and on screen.
    pain_points: [Seminar groups on campus and on screen drift two chapters apart by November.]
"""


@pytest.fixture
def planned(tree):
    tree({"microseg.yaml": "version: 1\n", "segments/creators.yaml": CREATORS})


def test_a_brief_in_markdown_says_who_hurts_and_what_would_help(run, planned):
    told = run("brief", "creators")

    assert told.code == 0
    assert told.out.startswith("# Course creators\n")
    assert "New authors stare at an empty outline" in told.out
    assert "Draft an outline from a folder of slides" in told.out
    assert told.err == "next: `microseg build` writes them all\n"


@pytest.mark.parametrize("settings", ["", "lint: {ignore: [MS201]}\n"])
def test_what_every_product_owes_is_no_pain_of_a_brief_nor_of_the_site(run, planned, tree, tmp_path, settings):
    tree({"microseg.yaml": f"version: 1\n{settings}", "segments/lecturers.yaml": "name: Lecturers\ndefinition: Those who teach.\nowner: learning\npain_points: [A good UI]\n"})
    told = run("brief", "lecturers")
    run("build", "--keep-going", "-q")

    assert told.out == (tmp_path / "briefs" / "lecturers.md").read_text(encoding="utf-8")
    assert ("**What hurts most:** A good UI." in told.out) == bool(settings)
    assert ("- **A good UI.** Every product owes this." in told.out) == (not settings)
    assert ("beyond what every product owes them" in told.out) == (not settings)


def test_a_brief_in_html_is_one_page_by_itself(run, planned, tmp_path):
    told = run("brief", "higher-ed", "--format", "html", "--output", "brief.html")

    page = (tmp_path / "brief.html").read_text(encoding="utf-8")
    assert (told.code, told.out, told.err) == (0, "", "wrote brief.html\n")
    assert page.lower().startswith("<!doctype html>")
    assert "http://" not in page.replace("http://www.w3.org/", "")
    assert "https://" not in page


@pytest.mark.parametrize("audience", ["product", "engineering", "marketing", "support"])
def test_each_team_gets_a_brief_that_names_whom_we_target(run, planned, audience):
    told = run("brief", "creators", "--for", audience)

    assert told.code == 0
    assert "We're targeting Course creators with" in told.out


@pytest.mark.parametrize(
    ("args", "error"),
    [
        (["nobody"], "there is no segment `nobody`"),
        (["creators", "--format", "pdf"], "there is no format `pdf`"),
        (["creators", "--for", "sales"], "there is no team `sales`"),
        (["creators", "higher-ed", "--format", "html"], "one HTML page holds one segment"),
    ],
)
def test_brief_refuses_what_would_not_work(run, planned, args, error):
    told = run("brief", *args)

    assert (told.code, told.err.splitlines()[0]) == (2, f"error: {error}")


def pages_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_build_writes_every_page_and_then_only_what_changed(run, planned, tmp_path):
    first = run("build")
    before = {path: (tmp_path / "briefs" / path).read_bytes() for path in pages_in(tmp_path / "briefs")}
    again = run("build")
    (tmp_path / "segments/creators.yaml").write_text(CREATORS.replace("two weeks", "three weeks"))
    after = run("build")

    assert {"index.html", "index.md"} <= set(before)
    assert {"creators.html", "creators.md", "higher-ed.html", "higher-ed.md"} <= {path.rsplit("/", 1)[-1] for path in before}
    assert again.err.splitlines()[0].startswith(f"{tmp_path}/briefs: 0 written, ")
    assert {path for path in before if (tmp_path / "briefs" / path).read_bytes() != before[path]} >= {next(path for path in before if path.endswith("creators.md"))}
    assert [first.code, again.code, after.code] == [0, 0, 0]


def test_build_takes_away_the_page_of_a_segment_that_is_gone_and_nothing_else(run, planned, tmp_path):
    run("build")
    (tmp_path / "briefs" / "mine.txt").write_text("kept")
    (tmp_path / "segments/creators.yaml").write_text(CREATORS.partition("segments:")[0])
    told = run("build")

    left = pages_in(tmp_path / "briefs")
    assert told.code == 0
    assert [path for path in left if "higher-ed" in path] == []
    assert "mine.txt" in left


def test_build_check_changes_nothing_and_says_whether_it_would(run, planned, tmp_path):
    missing = run("build", "--check")
    run("build")
    clean = run("build", "--check")
    (tmp_path / "segments/creators.yaml").write_text(CREATORS.replace("two weeks", "three weeks"))
    before = {path: (tmp_path / "briefs" / path).read_bytes() for path in pages_in(tmp_path / "briefs")}
    stale = run("build", "--check")

    assert [missing.code, clean.code, stale.code] == [1, 0, 1]
    assert {path: (tmp_path / "briefs" / path).read_bytes() for path in pages_in(tmp_path / "briefs")} == before


def test_a_page_edited_by_hand_is_noticed_and_kept(run, planned, tmp_path):
    run("build")
    page = next(path for path in (tmp_path / "briefs").rglob("creators.md"))
    page.write_text("mine now\n")
    told = run("build")
    kept = page.read_text()
    run("build", "--overwrite")

    assert "edited by hand" in told.err
    assert kept == "mine now\n"
    assert page.read_text().startswith("# Course creators\n")


def test_build_with_errors_writes_nothing(run, tree, tmp_path):
    tree({"microseg.yaml": "version: 1\n", "segments/a.yaml": "name: A\nkeywrd: x\n"})

    refused, going = run("build"), run("build", "--keep-going", "-q")

    assert (refused.code, "nothing is written: lint finds 1 error" in refused.err) == (1, True)
    assert (going.code, (tmp_path / "briefs/index.html").exists()) == (0, True)


@pytest.mark.parametrize("out", ["segments", "segments/pages", "evidence", "."])
def test_pages_never_stand_among_their_sources(run, planned, out):
    told = run("build", "--out", out)

    assert (told.code, told.err.startswith("error: "), "name another folder with --out" in told.err or "--out briefs" in told.err) == (2, True, True)


def test_out_in_settings_stays_inside(run, tree):
    tree({"microseg.yaml": "version: 1\nbriefs: {out: ../../elsewhere}\n", "segments/a.yaml": "name: A\n"})

    told = run("build")

    assert (told.code, told.err.splitlines()[0]) == (2, "error: `briefs.out` of microseg.yaml leads out of the workspace")


def test_the_whole_site_as_one_page_to_mail(run, planned, tmp_path):
    run("build", "--single-file")

    page = (tmp_path / "briefs/_site.html").read_text(encoding="utf-8")
    assert "Course creators" in page
    assert "Higher ed" in page
    assert "stylesheet" not in page
    run("build")
    assert not (tmp_path / "briefs/_site.html").exists()


def test_the_overview_is_one_page_for_the_whole_tree(run, planned):
    told = run("brief", "--overview")

    assert told.code == 0
    assert "Course creators" in told.out
    assert run("brief").code == 2
    assert run("brief", "creators", "--overview").code == 2


def test_a_value_that_was_written_down_is_shown(run, planned, tree):
    tree({"segments/creators.yaml": CREATORS + "value: A first lesson that is on line by Friday\n"})

    assert "**What they get:** A first lesson that is on line by Friday." in run("brief", "creators").out
    assert "A first lesson that is on line by Friday" in run("brief", "creators", "--format", "html").out


@pytest.mark.slow
def test_the_templates_to_start_from_are_those_that_are_used(run, planned, tmp_path):
    run("build", "-q")
    before = {path: (tmp_path / "briefs" / path).read_bytes() for path in pages_in(tmp_path / "briefs")}
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/page.css").write_text("mine")
    told = run("init", "--templates")

    assert (told.code, (tmp_path / "templates/page.css").read_text()) == (0, "mine")
    assert "; 1 already there and kept" in told.err
    (tmp_path / "templates/page.css").unlink()
    assert "wrote 1 template " in run("init", "--templates").err
    assert run("build", "--check", "-q").code == 0
    assert {path: (tmp_path / "briefs" / path).read_bytes() for path in pages_in(tmp_path / "briefs")} == before


@pytest.mark.parametrize("packed", [False, True])
def test_the_git_revision_is_named_where_it_is_asked_for(run, planned, tree, tmp_path, packed):
    commit = "0123456789" * 4
    tree({".git/HEAD": "ref: refs/heads/main\n", **({".git/packed-refs": f"# pack-refs\n{commit} refs/heads/main\n"} if packed else {".git/refs/heads/main": f"{commit}\n"})})

    assert "revision `0123456789`. Edit" in run("brief", "creators", "--stamp").out
    assert "revision" not in run("brief", "creators").out
    run("build", "--stamp")
    assert "revision `0123456789`" in (tmp_path / "briefs/creators.md").read_text()
    assert (run("build", "--stamp", "--check").code, run("build", "--check").code) == (0, 1)


@pytest.mark.parametrize("head", ["ref: ../../secret\n", "ref: /etc/passwd\n", "not a commit\n", "ref: refs/heads/gone\n"])
def test_a_revision_that_is_none_is_left_out(run, planned, tree, head):
    tree({".git/HEAD": head, "secret": "0123456789" * 4})

    assert "revision" not in run("brief", "creators", "--stamp").out


def test_saved_measures_are_shown_and_broken_ones_told(run, planned, tree):
    tree({"measures/2026-06-30.json": '{"version": 1, "as_of": "2026-06-30", "segments": [{"id": "creators", "unit": "user", "size": 35}]}', "measures/old.json": "{"})
    told = run("brief", "creators")

    assert "- **35** users (measured 30 Jun 2026)" in told.out
    assert "warning: measures/old.json is left out: it is not JSON\n" in told.err
    run("build")
    tree({"measures/2026-07-31.json": '{"version": 1, "as_of": "2026-07-31", "segments": [{"id": "creators", "unit": "user", "size": 36}]}'})
    assert run("build", "--check").code == 1


def test_an_unchanged_site_is_seen_without_reading_the_workspace(run, planned, tmp_path, monkeypatch):
    run("build")
    monkeypatch.setattr("microseg.project.Project.open", lambda *_, **__: pytest.fail("the workspace was read"))

    assert run("build").err.startswith(f"{tmp_path}/briefs: 0 written, ")
    assert run("build", "--check").code == 0
    assert run("build", "-f", "md", "-f", "html").code == 0


@pytest.mark.parametrize("change", ["a page", "a page gone", "a source", "settings", pytest.param("a template", marks=pytest.mark.slow), "a measure", "other formats"])
def test_whatever_a_site_is_made_from_is_noticed(run, planned, tmp_path, change):
    run("build")
    (tmp_path / "templates").mkdir()
    (tmp_path / "measures").mkdir()
    if change == "a page":
        (tmp_path / "briefs/creators.html").write_text("mine")
    elif change == "a page gone":
        (tmp_path / "briefs/creators.html").unlink()
    elif change == "a source":
        (tmp_path / "segments/creators.yaml").write_text(CREATORS + "tags: [x]\n")
    elif change == "settings":
        (tmp_path / "microseg.yaml").write_text("version: 1\nproduct: {name: LearnDash}\n")
    elif change == "a template":
        (tmp_path / "templates/page.js").write_text("/* ours */")
    elif change == "a measure":
        (tmp_path / "measures/2026-06-30.json").write_text('{"version": 1, "as_of": "2026-06-30", "segments": [{"id": "creators", "unit": "user", "size": 35}]}')

    assert run("build", "--check", *(["-f", "md"] if change == "other formats" else [])).code == 1


def test_a_foreign_manifest_is_not_overwritten(run, planned, tree, tmp_path):
    tree({"briefs/_manifest.json": '{"files": {}}'})
    told = run("build")

    assert (told.code, told.err.splitlines()[0]) == (2, "error: briefs/_manifest.json was not written by microseg, and would be overwritten")
    assert (tmp_path / "briefs/_manifest.json").read_text() == '{"files": {}}'
    assert not (tmp_path / "briefs/index.html").exists()
