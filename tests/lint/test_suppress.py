import pytest

from microseg.lint.engine import Options
from microseg.lint.suppress import read_suppressions, refused
from microseg.project import Project
from microseg.source.comments import find_comments
from microseg.source.nodes import read_document


def _read(text):
    """Each suppression: its rules, its reason, what it covers, and why it does not count."""
    document = read_document(text)
    found = read_suppressions(text, document.root, find_comments(text, document.scalars))
    return [(one.rules, one.reason, text[one.cover_start : one.cover_end], one.wrong) for one in found]


@pytest.mark.parametrize(
    ("text", "covers"),
    [
        ("a: x  # microseg: ignore[r] why\nb: y\n", "a: x"),
        ("a:  # microseg: ignore[r] why\n  b: y\n  c: z\nd: 1\n", "a:  # microseg: ignore[r] why\n  b: y\n  c: z"),
        ("a:\n  - x  # microseg: ignore[r] why\n  - y\n", "x"),
        ("a:\n  - b: x  # microseg: ignore[r] why\n    c: y\n  - d: z\n", "b: x  # microseg: ignore[r] why\n    c: y"),
        ("a:\n  # microseg: ignore[r] why\n  - x\n  - y\n", "x"),
        ("# microseg: ignore[r] why\na:\n  - x\nb: y\n", "a:\n  - x"),
        ("a:\n  - x\n    # microseg: ignore[r] why\n  - b: y\n    c: z\n", "b: y\n    c: z"),
        ("a: |  # microseg: ignore[r] why\n  two\n  lines\nb: y\n", "a: |  # microseg: ignore[r] why\n  two\n  lines"),
        ("a: [x, y]  # microseg: ignore[r] why\nb: z\n", "a: [x, y]"),
        ("a: x  #microseg:ignore[r]why\n", "a: x"),
        ("a: x  # MICROSEG: ignore[r] why\n", ""),
        ("a: 😀 企業  # microseg: ignore[r] why\r\nb: y\r\n", "a: 😀 企業"),
    ],
)
def test_what_a_suppression_covers(text, covers):
    assert [cover for _, _, cover, _ in _read(text)] == [covers]


@pytest.mark.parametrize("text", ['a: "# microseg: ignore[r] x"\n', "a: |\n  # microseg: ignore[r] x\n", "a: x # microseg is a tool\n", "a: x # see the docs of microseg\n"])
def test_a_text_is_no_suppression(text):
    assert _read(text) == []


@pytest.mark.parametrize(
    ("comment", "rules", "reason", "wrong"),
    [
        ("# microseg: ignore[a, MS201] they asked", ("a", "MS201"), "they asked", ""),
        ("# microseg: ignore[a]", ("a",), "", ""),
        ("# microseg: ignore[]", (), "", "this suppression names no rule"),
        ("# microseg: ignore[ , ] x", (), "", "this suppression names no rule"),
        ("# microseg: ignore", (), "", "this comment is not written as a suppression is"),
        ("# microseg: ignore a", (), "", "this comment is not written as a suppression is"),
        ("# microseg: disable[a]", (), "", "this comment is not written as a suppression is"),
        ("# microseg ignore[a] x", (), "", "this comment is not written as a suppression is"),
    ],
)
def test_how_a_suppression_is_written(comment, rules, reason, wrong):
    assert [(one[0], one[1], one[3]) for one in _read(f"a: x  {comment}\n")] == [(rules, reason, wrong)]


def test_one_behind_everything_covers_nothing():
    assert [one[3] for one in _read("a: x\n# microseg: ignore[r] why\n")] == ["no key or item begins on the line of this suppression"]


@pytest.mark.parametrize(("selector", "is_refused"), [("*", True), ("MS2", True), ("MS20", True), ("MS001", True), ("MS012", True), ("MS201", False), ("minimum-expected", False)])
def test_what_may_be_named(selector, is_refused):
    assert bool(refused(selector)) is is_refused


def test_a_file_holds_a_thousand_at_most():
    found = _read("a:\n" + "  - x  # microseg: ignore[r] why\n" * 1_005)

    assert (len(found), found[999][3], found[1_000][3]) == (1_001, "", "a file may hold 1,000 suppressions; from here on none counts")


def _told(root, text, **how):
    report = Project.open(root, {"segments/a.yaml": text.encode()}).findings(Options(select=("MS105", "MS201", "MS9", "MS003"), **how))
    return [(one.rule, one.location.line, one.message) for one in report.findings], [(one.rule, one.location.line) for one in report.suppressed]


def test_a_used_suppression_silences_and_is_quiet(tmp_path):
    text = "name: A\npain_points:\n  - A good UI   # microseg: ignore[minimum-expected] asked for\n  - A good UI\n"
    found, suppressed = _told(tmp_path, text)

    assert [(rule, line) for rule, line, _ in found] == [("MS201", 4)]
    assert suppressed == [("MS201", 3)]


def test_without_suppression_everything_speaks(tmp_path):
    found, suppressed = _told(tmp_path, "name: A\npain_points:\n  - A good UI   # microseg: ignore[minimum-expected]\n", suppress=False)

    assert ([(rule, line) for rule, line, _ in found], suppressed) == ([("MS201", 3)], [])


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("ignore[minimum-expected] x", [("MS901", "this suppression of `minimum-expected` silences nothing")]),
        ("ignore[minimum-expcted] x", [("MS902", "there is no rule `minimum-expcted`")]),
        ("ignore[MS2] x", [("MS903", "`MS2` would silence more than one rule")]),
        ("ignore[MS003] x", [("MS903", "MS003 cannot be suppressed: the file is not read right until it is mended")]),
        ("ignore minimum-expected", [("MS903", "this comment is not written as a suppression is")]),
        ("ignore[vague]", [("MS901", "this suppression of `vague` silences nothing"), ("MS904", "this suppression does not say why")]),
    ],
)
def test_what_is_wrong_with_a_suppression(tmp_path, comment, expected):
    found, _ = _told(tmp_path, f"name: A   # microseg: {comment}\n")

    assert [(rule, message) for rule, _, message in found if rule.startswith("MS9")] == expected


def test_what_the_reader_finds_cannot_be_suppressed(tmp_path):
    found, suppressed = _told(tmp_path, "name: A\nkeywrod: x   # microseg: ignore[unknown-key] no\n")

    assert ("MS003", 2, "unknown key `keywrod`") in found
    assert suppressed == []
