"""Writing the site: only what changed, nothing that is not ours, nothing lost that somebody typed."""

import json

import pytest

from briefs.pages import Page
from microseg.briefs.site import plan_single, plan_site, site_key
from microseg.briefs.write import MANIFEST, Written, find_current, write_site
from microseg.errors import OutputError
from microseg.lint.finding import Finding, Location

FILES = {"a.html": b"<p>a</p>\n", "a.md": b"# a\n", "index.json": b"{}\n"}


def held(out):
    return {path.name: path.read_bytes() for path in out.iterdir() if path.name != MANIFEST}


def test_a_second_build_writes_nothing(tmp_path):
    assert write_site(FILES, tmp_path / "out") == Written(("a.html", "a.md", "index.json"), (), (), ())
    before = {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()}

    assert write_site(FILES, tmp_path / "out") == Written((), ("a.html", "a.md", "index.json"), (), ())
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir()} == before
    assert held(tmp_path / "out") == FILES


def test_only_what_changed_is_written_and_stale_pages_go(tmp_path):
    write_site(FILES, tmp_path)
    (tmp_path / "notes.txt").write_text("not ours")

    assert write_site({"a.html": FILES["a.html"], "a.md": b"# b\n"}, tmp_path) == Written(("a.md",), ("a.html",), ("index.json",), ())
    assert held(tmp_path) == {"a.html": FILES["a.html"], "a.md": b"# b\n", "notes.txt": b"not ours"}


def test_a_check_changes_nothing(tmp_path):
    write_site(FILES, tmp_path)
    plan = write_site({"a.md": b"# b\n", "b.md": b"b\n"}, tmp_path, check=True)

    assert plan == Written(("a.md", "b.md"), (), ("a.html", "index.json"), ())
    assert plan.is_stale
    assert held(tmp_path) == FILES
    assert not write_site(FILES, tmp_path, check=True).is_stale


def test_a_page_edited_by_hand_is_told_and_kept(tmp_path):
    write_site(FILES, tmp_path)
    (tmp_path / "a.md").write_text("# my own words\n")
    (tmp_path / "index.json").write_text("mine\n")

    for _ in range(2):
        assert write_site({"a.md": b"# new\n", "a.html": FILES["a.html"]}, tmp_path) == Written((), ("a.html",), (), ("a.md", "index.json"))
    assert (tmp_path / "a.md").read_text() == "# my own words\n"
    assert write_site({"a.md": b"# new\n", "a.html": FILES["a.html"]}, tmp_path, overwrite=True) == Written(("a.md",), ("a.html",), ("index.json",), ())
    assert (tmp_path / "a.md").read_text() == "# new\n"


def test_a_file_that_was_there_before_is_not_taken_over(tmp_path):
    (tmp_path / "a.md").write_text("written by a person\n")

    assert write_site(FILES, tmp_path).edited_by_hand == ("a.md",)
    assert (tmp_path / "a.md").read_text() == "written by a person\n"


def test_line_ends_of_windows_are_no_edit(tmp_path):
    write_site(FILES, tmp_path)
    (tmp_path / "a.md").write_bytes(b"# a\r\n")

    assert write_site(FILES, tmp_path).unchanged == ("a.html", "a.md", "index.json")


def test_a_manifest_cannot_lead_out_of_the_folder(tmp_path):
    out = tmp_path / "out"
    write_site(FILES, out)
    (tmp_path / "precious.txt").write_text("x")
    manifest = json.loads((out / MANIFEST).read_text())
    manifest["files"]["../precious.txt"] = "x"
    (out / MANIFEST).write_text(json.dumps(manifest))

    write_site(FILES, out, overwrite=True)
    assert (tmp_path / "precious.txt").exists()


@pytest.mark.parametrize("manifest", ["", "[]", "{", '{"files": 3}', '{"files": {"a.md": 3}}'])
def test_a_broken_manifest_is_no_manifest(tmp_path, manifest):
    write_site(FILES, tmp_path)
    (tmp_path / MANIFEST).write_text(manifest)

    assert write_site(FILES, tmp_path).edited_by_hand == ()


@pytest.mark.parametrize("out", ["segments", "segments/pages", "evidence", "templates/x", "."])
def test_sources_are_no_place_for_pages(tmp_path, out):
    with pytest.raises(OutputError):
        write_site(FILES, tmp_path / out, root=tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "out").write_text("a file")

    with pytest.raises(OutputError, match="out/ cannot be written"):
        write_site(FILES, tmp_path / "out")


def test_nothing_is_built_where_nothing_changed(sample, tmp_path):
    sources = [("segments/a.yaml", b"name: A")]
    key = site_key(sample, sources)
    assert find_current(tmp_path, key) is None
    write_site(FILES, tmp_path, key=key)

    assert find_current(tmp_path, key) == Written((), ("a.html", "a.md", "index.json"), (), ())
    assert find_current(tmp_path, site_key(sample, [("segments/a.yaml", b"name: B")])) is None
    (tmp_path / "a.md").write_text("edited")
    assert find_current(tmp_path, key) is None


def test_the_plan_of_a_site(sample):
    files = plan_site(sample)
    ids = sorted(sample.workspace.by_id)

    assert sorted(files) == sorted([*(f"{id_}.{end}" for id_ in ids for end in ("html", "md")), "_needs.html", "index.html", "index.json", "index.md", "overview.html", "overview.md", "search_index.js"])
    data = json.loads(files["index.json"])
    assert (data["version"], sorted(one["id"] for one in data["segments"])) == (1, ids)
    assert sorted(plan_site(sample, formats=("md",))) == sorted([*(f"{id_}.md" for id_ in ids), "index.json", "index.md", "overview.md"])


def test_the_whole_site_as_one_page(sample):
    text = plan_single(sample)
    page = Page(text)

    assert len(page.ids) == len(set(page.ids))
    assert [one for one in page.links if one.startswith("#") and one[1:] not in page.ids] == []
    assert {one for one in page.links if not one.startswith("#")} == {"https://example.com/reports/credit-rules-2026"}
    assert (page.scripts, page.outside) == (1, [])
    assert set(sample.workspace.by_id) <= set(page.ids)


def test_the_whole_site_as_one_markdown_text(sample):
    text = plan_single(sample, format="md")

    assert text.startswith("# Segments of LearnDash\n")
    assert [line for line in text.splitlines() if line.startswith("# ")][2:] == [f"# {segment.name}" for _, segment in sample.workspace.walk()]


def test_what_was_flagged_has_a_page_of_its_own(sample):
    place = Location("segments/k12.yaml", 3, 5, 3, 9)
    findings = [Finding("MS201", "minimum-expected", "warning", "sure", "what <every> product owes", "say when it matters", place, segment="k12"), Finding("MS001", "encoding", "error", "sure", "broken", "mend it", place)]
    files = plan_site(sample, formats=("html",), findings=findings)

    text = Page(files["_flagged.html"].decode()).text
    assert "The workspace Error: broken Mend it. segments/k12.yaml:3 · MS001 encoding K12 Warning: what <every> product owes Say when it matters." in text
    assert "2 to look at" in Page(files["index.html"].decode()).text
    assert b"MS201" not in b"".join(data for path, data in files.items() if not path.startswith("_"))


def test_a_chain_of_a_hundred_is_a_site_like_any_other(material_of):
    material = material_of({f"segments/s-{number}.yaml": f"name: S {number}\n" + (f"parent: s-{number - 1}\n" if number else "") for number in range(120)})
    files = plan_site(material, formats=("html",))

    assert len(Page(files["index.html"].decode()).links) >= 120
    assert len(Page(files["s-119.html"].decode()).links) >= 60
