"""Writing the site: only what changed, nothing that is not ours, nothing lost that somebody typed."""

import json
import os
import sys

import pytest

from briefs.conftest import SAMPLE, open_material
from briefs.pages import Page
from microseg.briefs import remembered
from microseg.briefs import write as write_module
from microseg.briefs.pieces import Kept
from microseg.briefs.remembered import NOTHING, Remembered, recall, recall_pieces, remember, remember_pieces
from microseg.briefs.site import plan_single, plan_site
from microseg.briefs.write import MANIFEST, Stage, Written, find_current, intact_pages, read_folder
from microseg.briefs.write import write_site as write
from microseg.errors import OutputError, TemplateError
from microseg.lint.finding import Finding, Location

FILES = {"a.html": b"<p>a</p>\n", "a.md": b"# a\n", "index.json": b"{}\n"}


def write_site(files, out, **options):
    return write(files, out, **options)[0]


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


def test_a_file_that_comes_into_an_empty_folder_while_pages_are_made_is_left_as_it_is(tmp_path):
    out = tmp_path / "out"
    with Stage(out) as stage:
        hashes = {path: stage.put(path, data) for path, data in FILES.items()}
        (out / "a.md").write_text("mine\n")
        outcome = stage.finish(hashes)
    assert outcome.written == Written(("a.html", "index.json"), (), (), ("a.md",))
    assert (out / "a.md").read_text() == "mine\n"


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


@pytest.mark.parametrize("manifest", ["", '{"made_by": "microseg", "files": 3}', '{"made_by": "microseg"}', '{"made_by": "microseg", <<<<<<< HEAD', '{"made_by": "microseg", "files": {"a.md": 3, "a\\u0000": "x"}}'])
def test_a_broken_manifest_is_no_manifest(tmp_path, manifest):
    write_site(FILES, tmp_path)
    (tmp_path / MANIFEST).write_text(manifest)

    assert write_site(FILES, tmp_path).edited_by_hand == ()
    assert json.loads((tmp_path / MANIFEST).read_text())["made_by"] == "microseg"


@pytest.mark.parametrize("manifest", ["[]", "{}", '{"files": {}}', '{"made_by": "another tool"}', "not json at all"])
def test_a_manifest_of_another_program_is_not_overwritten(tmp_path, manifest):
    (tmp_path / MANIFEST).write_text(manifest)

    with pytest.raises(OutputError, match="was not written by microseg"):
        write_site(FILES, tmp_path)
    assert (tmp_path / MANIFEST).read_text() == manifest


def test_a_manifest_that_lies_costs_nothing_but_time(tmp_path):
    write_site(FILES, tmp_path)
    (tmp_path / "a.md").write_text("forged\n")
    (tmp_path / "lies").mkdir()
    write_site({"a.md": b"forged\n"}, tmp_path / "lies")
    (tmp_path / MANIFEST).write_text((tmp_path / "lies" / MANIFEST).read_text())

    assert write_site(FILES, tmp_path).written == ("a.md",)
    assert (tmp_path / "a.md").read_bytes() == FILES["a.md"]


@pytest.mark.parametrize("out", ["segments", "segments/pages", "evidence", "templates/x", "."])
def test_sources_are_no_place_for_pages(tmp_path, out):
    with pytest.raises(OutputError):
        write_site(FILES, tmp_path / out, root=tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "out").write_text("a file")

    with pytest.raises(OutputError, match="out: cannot be written"):
        write_site(FILES, tmp_path / "out")


@pytest.fixture
def cache(tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


def test_nothing_is_built_where_nothing_changed(tmp_path, cache):
    assert find_current(read_folder(tmp_path), recall(tmp_path), "key") is None
    good = write(FILES, tmp_path).good
    remember(tmp_path, Remembered("key", {"a.md": "inputs"}, good))
    known = recall(tmp_path)

    assert find_current(read_folder(tmp_path, known), known, "key") == Written((), ("a.html", "a.md", "index.json"), (), ())
    assert find_current(read_folder(tmp_path, known), known, "another key") is None
    assert intact_pages(read_folder(tmp_path, known), known) == {"a.md": "inputs"}
    (tmp_path / "a.md").write_text("edited")
    assert find_current(read_folder(tmp_path, known), known, "key") is None
    assert intact_pages(read_folder(tmp_path, known), known) == {}


def test_a_cache_that_others_may_write_is_not_believed(tmp_path, cache):
    remember(tmp_path, Remembered("key", {}, {"a.md": "x"}))
    held = next((cache / "microseg" / "sites").iterdir())
    assert recall(tmp_path).key == "key"
    held.chmod(0o666)
    assert recall(tmp_path) == NOTHING
    held.chmod(0o600)
    assert recall(tmp_path).key == "key"
    assert recall(tmp_path, cache) == NOTHING  # a workspace brings no cache of its own
    held.write_text("{")
    assert recall(tmp_path) == NOTHING


def test_something_odd_where_a_page_should_be_is_left_alone(tmp_path):
    (tmp_path / "a.md").mkdir()
    os.mkfifo(tmp_path / "a.html")

    assert write_site(FILES, tmp_path).edited_by_hand == ("a.html", "a.md")


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


def test_what_was_flagged_has_a_page_of_its_own():
    place = Location("segments/k12.yaml", 3, 5, 3, 9)
    findings = [Finding("MS201", "minimum-expected", "warning", "sure", "what <every> product owes", "say when it matters", place, segment="k12"), Finding("MS001", "encoding", "error", "sure", "broken", "mend it", place)]
    files = plan_site(open_material(SAMPLE, findings=lambda: findings), formats=("html",))

    text = Page(files["_flagged.html"].decode()).text
    assert "The workspace Error: broken Mend it. segments/k12.yaml:3 · MS001 encoding K12 Warning: what <every> product owes Say when it matters." in text
    assert "2 to look at" in Page(files["index.html"].decode()).text
    assert b"MS201" not in b"".join(data for path, data in files.items() if not path.startswith("_"))


@pytest.mark.slow
def test_a_chain_of_a_hundred_is_a_site_like_any_other(material_of):
    material = material_of({f"segments/s-{number}.yaml": f"name: S {number}\n" + (f"parent: s-{number - 1}\n" if number else "") for number in range(120)})
    files = plan_site(material, formats=("html",))

    assert len(Page(files["index.html"].decode()).links) >= 120
    assert len(Page(files["s-119.html"].decode()).links) >= 60


def test_a_segment_that_is_called_like_a_page_of_ours_has_its_own(material_of):
    material = material_of({"segments/index.yaml": "name: Index\npain_points: [{id: p, statement: It hurts.}]\n", "segments/overview.yaml": "name: Overview\nparent: index\nideal_solutions: [{statement: Cure., relieves: p}]\n"})
    files = plan_site(material, formats=("html",))

    assert "Segments" in Page(files["index.html"].decode()).text
    assert {"index_.html", "overview_.html"} <= set(Page(files["index.html"].decode()).links)
    assert "index_.html" in Page(files["overview_.html"].decode()).links
    assert [one["pages"]["html"] for one in json.loads(files["index.json"])["segments"]] == ["index_.html", "overview_.html"]


BAD_IDS = ("../../x", "<script>alert(1)</script>", '"><img src=x>', "a/b", "javascript:alert(1)", "..", "_manifest.json", "x" * 300)


@pytest.mark.parametrize("bad", BAD_IDS)
def test_no_id_leads_out_of_the_folder_or_of_its_place(material_of, bad):
    segment = {"id": bad, "name": "A", "pain_points": [{"id": bad, "statement": "S."}], "goals": [{"id": bad, "statement": "G."}], "related": [{"segment": bad}], "replaced_by": bad, "segments": [{"name": "B", "parent": bad}]}
    files = plan_site(material_of({"segments/a.yaml": json.dumps(segment)}), formats=("html",))

    assert sorted(path for path in files if path.endswith(".html")) == ["_needs.html", "a.html", "b.html", "index.html", "overview.html"]
    assert all("<script>alert" not in data.decode() and "<img" not in data.decode() for path, data in files.items() if path.endswith(".html"))
    assert all(not one.startswith(("javascript:", "..")) for path, data in files.items() if path.endswith(".html") for one in Page(data.decode()).links)


def fail_half_way(out):
    with Stage(out) as stage:
        stage.put("a.html", b"<p>new</p>\n")
        stage.put("b.html", b"<p>new</p>\n")
        assert any(path.is_dir() for path in out.iterdir())
        raise TemplateError("templates/brief.html.j2:3: wrong", "mend it")


def test_a_build_that_fails_leaves_the_old_site_whole(tmp_path):
    write_site(FILES, tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(TemplateError):
        fail_half_way(tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_build_that_was_killed_while_it_brought_pages_in_is_finished_by_the_next(tmp_path, monkeypatch):
    write_site({"a.html": b"one", "b.html": b"one"}, tmp_path)
    with monkeypatch.context() as patch:
        real, brought = os.replace, []
        patch.setattr(os, "replace", lambda old, new: brought.append(new) or (real(old, new) if len(brought) < 3 else sys.exit("killed")))
        patch.setattr(Stage, "__exit__", lambda *_: None)
        with pytest.raises(SystemExit):
            write_site({"a.html": b"two", "b.html": b"two", "c.html": b"two"}, tmp_path)

    assert [(tmp_path / name).read_bytes() for name in ("a.html", "b.html")] == [b"two", b"one"]
    assert write_site({"a.html": b"three", "b.html": b"three", "c.html": b"three"}, tmp_path).written == ("a.html", "b.html", "c.html")
    assert "coming" not in json.loads((tmp_path / "_manifest.json").read_text())


def test_what_a_killed_build_put_aside_is_taken_away(tmp_path):
    for name in (".microseg-1", ".microseg-2", ".microseg-mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.html").write_text("half")
    for name in (".microseg-1", ".microseg-mine"):
        os.utime(tmp_path / name, (0, 0))
    write_site(FILES, tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == [".microseg-2", ".microseg-mine"]


def test_pages_are_put_aside_until_all_are_made(tmp_path):
    with Stage(tmp_path / "out") as stage:
        hashes = {path: stage.put(path, data) for path, data in FILES.items()}
        assert [path.name for path in (tmp_path / "out").iterdir() if path.suffix] == []
        outcome = stage.finish(hashes)

    assert outcome.written.written == tuple(sorted(FILES))
    assert held(tmp_path / "out") == FILES


def test_a_page_is_read_again_only_where_its_stamp_has_changed(tmp_path, cache, monkeypatch):
    outcome = write(FILES, tmp_path)
    monkeypatch.setattr(remembered, "_UNSURE", -10**12)  # as if the pages had been written long ago
    remember(tmp_path, Remembered("key", {}, outcome.good, outcome.stamps))
    known = recall(tmp_path)
    read = []
    real = write_module._hash
    monkeypatch.setattr(write_module, "_hash", lambda data: read.append(data) or real(data))

    assert find_current(read_folder(tmp_path, known), known, "key") is not None
    assert read == []
    times = (tmp_path / "a.md").stat()
    (tmp_path / "a.md").write_bytes(b"# b\n")
    os.utime(tmp_path / "a.md", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert find_current(read_folder(tmp_path, known), known, "key") is None
    assert read == [b"# b\n"]


def test_a_page_that_was_just_written_is_read_again(tmp_path, cache):
    outcome = write(FILES, tmp_path)
    remember(tmp_path, Remembered("key", {}, outcome.good, {path: stamp.replace(stamp.split()[2], str(2**62)) for path, stamp in outcome.stamps.items()}))

    assert recall(tmp_path).stamps == {}


def test_what_is_said_of_segments_is_kept_whole_or_not_at_all(tmp_path, cache):
    kept = Kept({"a": ("key", '["x"]'), "b": ("key", '["مدربو"]')})
    kept = remember_pieces(tmp_path, kept)
    file = next((cache / "microseg" / "sites").glob("*.pieces"))
    good = file.read_bytes()

    assert recall_pieces(tmp_path) == kept
    for damaged in (b"", good[:-1], good.replace(b"x", b"y"), good + b"c\tkey\t[]\n"):
        file.write_bytes(damaged)
        assert recall_pieces(tmp_path) == Kept({})
    file.write_bytes(good)
    file.chmod(0o666)
    assert recall_pieces(tmp_path) == Kept({})
    file.chmod(0o600)
    assert recall_pieces(tmp_path, cache) == Kept({})


def test_the_site_for_other_programs_is_laid_out_as_one(sample):
    for formats in (("md", "html"), ("md",), ()):
        text = plan_site(sample, formats=formats)["index.json"].decode()

        assert json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n" == text
