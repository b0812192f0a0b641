import codecs

import pytest

from microseg.lint.engine import Options
from microseg.project import Project
from microseg.project.fixing import fix_all, patch

TYPED = "name: N   # kept\nlevle: head\npain_points:\n  - Waits: we lose them\n  - Größe #1 企業\n"
MENDED = 'name: N   # kept\nlevel: head\npain_points:\n  - "Waits: we lose them"\n  - "Größe #1 企業"\n'
OPTIONS = Options(select=("MS0",))


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(("bom", "encoding"), [(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")])
def test_mends_in_place_and_keeps_encoding_line_ends_and_comments(write_tree, bom, encoding, line_end):
    root = write_tree({"segments/a.yaml": bom + TYPED.replace("\n", line_end).encode(encoding)})

    outcome = fix_all(Project.open(root), OPTIONS)

    assert (root / "segments/a.yaml").read_bytes() == bom + MENDED.replace("\n", line_end).encode(encoding)
    assert (len(outcome.fixed), outcome.files, outcome.refused) == (3, ("segments/a.yaml",), ())


def test_mending_twice_changes_nothing_more(write_tree):
    root = write_tree({"segments/a.yaml": TYPED, "evidence/e.yaml": "evidence:\n  - {kind: interview, end_user: yes}\n"})
    project = Project.open(root)
    fix_all(project, OPTIONS)
    held = {path: (root / path).read_bytes() for path in project.paths}

    again = fix_all(Project.open(root), OPTIONS)

    assert (again.fixed, again.files, again.diff) == ((), (), "")
    assert {path: (root / path).read_bytes() for path in project.paths} == held
    assert project.findings(OPTIONS) == Project.open(root).findings(OPTIONS)


def test_shows_the_change_and_writes_nothing(write_tree):
    root = write_tree({"segments/a.yaml": "name: N\nlevle: head\n"})

    outcome = fix_all(Project.open(root), OPTIONS, write=False)

    assert outcome == ((("segments/a.yaml", 2, "write level"),), ("segments/a.yaml",), (), "--- a/segments/a.yaml\n+++ b/segments/a.yaml\n@@ -1,2 +1,2 @@\n name: N\n-levle: head\n+level: head\n")
    assert (root / "segments/a.yaml").read_text() == "name: N\nlevle: head\n"


def test_a_file_that_changed_meanwhile_is_left_alone(write_tree):
    root = write_tree({"segments/a.yaml": "nmae: N\n", "segments/b.yaml": "nmae: N\n"})
    project = Project.open(root)
    write_tree({"segments/a.yaml": "name: somebody else was here\n"})

    outcome = fix_all(project, OPTIONS)

    assert (root / "segments/a.yaml").read_text() == "name: somebody else was here\n"
    assert (root / "segments/b.yaml").read_text() == "name: N\n"
    assert (outcome.files, outcome.refused) == (("segments/b.yaml",), (("segments/a.yaml", "it changed while it was being mended; run again"),))


def test_settings_are_mended_too(write_tree):
    root = write_tree({"microseg.yaml": "verison: 1\nlint: {max_focus: 3}\n", "segments/a.yaml": "name: A\n"})

    outcome = fix_all(Project.open(root), OPTIONS)

    assert (root / "microseg.yaml").read_text() == "version: 1\nlint: {max_focus: 3}\n"
    assert outcome.files == ("microseg.yaml",)


def test_unsafe_mends_wait_to_be_asked_for(write_tree):
    text = "name: A\nid: a\nsegments:\n  - {name: B, id: bee}\nrelated: [{segment: beee, note: x}]\n"
    root = write_tree({"segments/a.yaml": text})
    options = Options(select=("MS102",))

    assert fix_all(Project.open(root), options).fixed == ()
    assert len(fix_all(Project.open(root), options, unsafe=True).fixed) == 1
    assert (root / "segments/a.yaml").read_text() == text.replace("beee", "bee")


def test_a_patch_is_clean_for_a_terminal():
    assert patch("a.yaml", b"a: \x1b[31m\n", b"a: 1\n") == "--- a/a.yaml\n+++ b/a.yaml\n@@ -1 +1 @@\n-a: \\u{1b}[31m\n+a: 1\n"
