"""Hostile words on every command line, hostile answers for `kano`, and criteria without measure."""

import os

import pytest

pytestmark = pytest.mark.slow
FILES = {"microseg.yaml": "version: 1\n", "segments/a.yaml": "id: a\nname: All\n"}
LONG = "x" * 5_000
REFUSED = [
    ("rename", "a", "../x"), ("rename", "a", "b\x1b"), ("rename", "a", "x" * 500), ("rename", "\x1b", "x"), ("add", ""), ("init", "/proc/x"), ("init", LONG),
    ("build", "--out", "/proc/x"), ("build", "--out", LONG), ("build", "--out", "."), ("build", "--out", "segments"), ("explain", "\x1b"), ("explain", LONG), ("judge", ""), ("brief", "\x1b"), ("brief", "../../etc/passwd"),
    ("members", "../x"), ("export", "--to", "\x1b"), ("tree", "\x1b"), ("serve", "--port", "99999999"), ("serve", "--host", "\x1b"), ("serve", "--host", "x" * 300),
    ("rank", "pains", "--output", "/proc/x"), ("rank", "pains", "--output", LONG), ("rank", "pains", "-o", "segments"), ("tree", "-C", LONG), ("tree", "-C", "/dev/null"), ("kano", "nowhere\x1b.csv"), ("kano", "."), ("kano", LONG), ("kano", "/dev/zero"),
]  # fmt: skip
TAKEN = [("judge", "\x1b[31mx\x07"), ("judge", "x" * 100_000), ("add", "\x1b[31mred\u202e"), ("add", "../../x"), ("add", "con"), ("init", "b\x1b"), ("build", "--out", "b\x1b[31m"), ("review", "--as-of", "0001-01-01"), ("review", "--as-of", "9999-12-31")]
HEADER = b"respondent,feature,functional,dysfunctional\n"
ANSWERS = {
    "empty": (b"", "k.csv is empty"), "NUL": (b"\0" * 999, "k.csv has no column `respondent`"), "binary": (bytes(range(256)) * 30, "k.csv is not UTF-8"), "not UTF-8": (HEADER + b"r1,caf\xe9,like,dislike\n", "k.csv is not UTF-8"),
    "other columns": (b"a,b\n", "k.csv has no column `respondent`"), "JSON": (b"{}", "k.csv has no column `respondent`"), "UTF-16": (HEADER.decode().encode("utf-16") + "r1,map,like,dislike\n".encode("utf-16-le"), ""),
    "10,000 features": (HEADER + b"".join(b"r1,feature %d,like,dislike\n" % number for number in range(10_000)), ""), "a feature a row": (HEADER + b"".join(b"r1,%d,1,5\n" % number for number in range(10_001)), "k.csv names more than 10,000 features"),
    "open quote": (HEADER + b'"r1,map,like,dislike\n' * 999, ""), "a cell of 3 MB": (HEADER + b"r1," + b"x" * 3_000_000 + b",like,dislike\n", ""), "escapes": (HEADER + b'\x1b[31m,\x1b]0;\x07=1,like,dislike\nr,"a|b\nc",like,x\x1b\n', ""),
}  # fmt: skip
DEEP = 200
CRITERIA = {
    "deep": "{any: [" * DEEP + "{plan.state: paid}" + "]}" * DEEP,
    "twenty-five levels": "{all: [" * 25 + "{plan.state: paid}" + "]}" * 25,
    "not not": "{not: " * 28 + "{plan.state: paid}" + "}" * 28,
    "5,000 choices": "{any: [" + ", ".join(f"{{firmo.industry: x{number}}}" for number in range(5_000)) + "]}",
    "50,000 values": "{firmo.industry: [" + ", ".join(f"x{number}" for number in range(50_000)) + "]}",
    "50,000 values twice": "{all: [" + ", ".join("{firmo.industry: [" + ", ".join(f"x{number}" for number in range(50_000)) + "]}" for _ in "ab") + "]}",
    "sixty pairs": "{all: [" + ", ".join(f"{{any: [{{firmo.industry: a{number}}}, {{demo.location: c{number}}}]}}" for number in range(60)) + "]}",
    "a version of 3,000 parts": "{tech.app_version: {gte: " + "1." * 3_000 + "1}}",
    "a number of 5,000 digits": "{firmo.headcount: {gte: " + "9" * 5_000 + "}}",
    "1e999999": "{firmo.headcount: {gte: 1e999999}}",
    "a window of 999,999 years": "{use.events: {gte: 1, last: 999999y}}",
    "a share of 1e400": "{users: {where: {demo.age: {lt: 18}}, share: {gte: 1e400}}}",
    "nobody": "{plan.state: []}", "escape": '{plan.state: "\\e[31m"}', "null": "{~: paid}", "list as a key": "{[a]: b}", "loop": "&x {all: [*x]}", "merge": "{<<: {plan.state: paid}}",
    "group without end": '{demo.location: {matches: "' + "(" * 90 + ")" * 90 + '"}}', "a{999999999999}": '{demo.location: {matches: "a{999999999999}"}}',
}  # fmt: skip


@pytest.mark.parametrize("words", REFUSED, ids=lambda words: " ".join(words)[:30].encode("unicode_escape").decode())
def test_what_cannot_be_is_refused(words, microseg, write_tree):
    root = write_tree(FILES)

    told = microseg(root, *words)

    assert told.code == 2, told
    assert told.err.startswith(("error: ", "Usage: "))
    assert len(told.err) < 3_000
    assert sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()) == sorted(FILES)


@pytest.mark.parametrize("words", TAKEN, ids=lambda words: " ".join(words)[:30].encode("unicode_escape").decode())
def test_what_can_be_done_stays_inside_and_clean(words, microseg, write_tree):
    root = write_tree({f"w/{path}": text for path, text in FILES.items()})

    microseg(root / "w", *words)

    assert [path.name for path in root.iterdir()] == ["w"]


@pytest.mark.parametrize("place", ["microseg.yaml", "segments/a.yaml", "link.yaml"])
@pytest.mark.parametrize("words", [("export", "--to", "csv"), ("tree",), ("lint", "--format", "json"), ("brief", "a")], ids=" ".join)
def test_a_result_replaces_nothing_that_was_written_by_hand(words, place, microseg, write_tree):
    root = write_tree(FILES)
    (root / "link.yaml").symlink_to("segments/a.yaml")

    told = microseg(root, *words, "--output", place)

    assert (told.code, told.err) == (2, f"error: {place}: cannot be written: it holds what you have written, and a result would replace it\nhelp: name another file with {'--format json=FILE' if words[0] == 'lint' else '--output'}\n"), told
    assert {path: (root / path).read_text() for path in FILES} == FILES


@pytest.mark.parametrize("name", ANSWERS)
def test_any_answers_are_read_or_refused(name, microseg, write_tree):
    data, said = ANSWERS[name]

    told = microseg(write_tree({**FILES, "k.csv": data}), "kano", "k.csv")

    assert (told.code, said in told.err) == (2 if said else 0, True), told


def test_answers_may_be_a_pipe_that_nobody_fills(microseg, write_tree):
    root = write_tree(FILES)
    os.mkfifo(root / "k.csv")

    assert microseg(root, "kano", "k.csv").code == 2


@pytest.mark.parametrize("name", CRITERIA)
def test_criteria_without_measure_cost_seconds_at_most(name, microseg, write_tree):
    segment = f"id: a\nname: All\ncriteria: {CRITERIA[name]}\nsegments:\n  - {{id: b, name: B, criteria: {{plan.state: paid}}}}\n"
    root = write_tree({**FILES, "segments/a.yaml": segment})

    assert microseg(root, "lint").code in {0, 1}
    assert {microseg(root, *command).code for command in (("brief", "b"), ("tree",))} <= {0, 3}
    assert microseg(root, "export", "--to", "sql").code in {0, 1, 2, 3}
