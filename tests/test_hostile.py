"""Whatever stands under segments/, evidence/, in microseg.yaml or on the command line: a finding or an error of one line, in time."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")
MOST_SECONDS = 2.0
MOST_BYTES = 300 * 2**20
_START = 8.0  # an interpreter and its imports, on a machine that has other things to do

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))
# what stands in the file, and the codes that must be among its findings
SEGMENTS = {
    "empty": (b"", "MS011"),
    "blank": (b"\n\n  \n", "MS011"),
    "only-a-comment": (b"# nothing\n", "MS011"),
    "nul": (b"name: a\x00b\n", "MS008"),
    "only-nul": (b"\x00" * 5_000, "MS008"),
    "not-utf-8": (b"name: caf\xe9\n", "MS008"),
    "half-utf-16": (b"\xff\xfen\x00a", "MS008"),
    "binary": (bytes(range(256)) * 20, "MS008"),
    "override": ("name: abc\u202etxt\n".encode(), "MS008"),
    "isolate": ("name: a\u2066b\u2069c\n".encode(), "MS008"),
    "zero-width": ("name: a\u200bb\n".encode(), "MS008"),
    "escape": (b"name: \x1b[31mred\n", "MS008"),
    "c1": ("name: \u009b31mred\n".encode(), "MS008"),
    "deep-list": (b"[" * 100_000, "MS007"),
    "deep-map": (b"{a: " * 100_000, "MS007"),
    "deep-block": (b"- " * 100_000, "MS007"),
    "deep-question": (b"? " * 100_000, "MS007"),
    "bomb": (BOMB.encode(), "MS007"),
    "loop": (b"name: &x [*x]\n", "MS007"),
    "self": (b"&x *x\n", "MS001"),
    "aliases": (b"name: &x N\ntags: [" + b"*x, " * 1_200 + b"]\n", "MS007"),
    "no-anchor": (b"name: N\nowner: *nobody\n", "MS009"),
    "two-documents": (b"name: A\n---\nname: B\n", "MS001"),
    "tabs": (b"name: A\nsize:\n\taccounts: 1\n", "MS001"),
    "open-bracket": (b"name: A\ntags: [a, b\nowner: x\n", "MS001"),
    "open-quote": (b'name: A\nowner: "x\nnotes: y\n', "MS009"),
    "swallowed": (b"name: A\ntags:\n  - 'tis\n  - the admins'\n", "MS009"),
    "directive": (b"%FOO bar\n---\nname: A\n", "MS001 MS006"),
    "tag": (b"name: A\nsize: !!python/object:os.system {accounts: 1}\n", "MS006"),
    "tagged-root": (b"!evil\nname: A\n", "MS006"),
    "merge": (b"base: &b {owner: x}\n<<: *b\nname: A\n", "MS006"),
    "binary-tag": (b"name: !!binary aGk=\n", "MS009"),
    "duplicates": (b"name: A\nname: B\n", "MS002"),
    "key-of-escapes": (b'name: A\n"a\\nb\\e[31m\\x9b\\u202e": 1\n', "MS003"),
    "key-is-a-list": (b"name: A\n[a, b]: c\n", "MS004"),
    "key-is-long": (b"name: A\n" + b"k" * 900 + b": 1\n", "MS003"),
    "no-key": (b": x\n", "MS001"),
    "scalar": (b"just words\n", "MS004"),
    "number": (b"12\n", "MS004"),
    "list": (b"- name: A\n", "MS004"),
    "list-of-lists": (b"- - - a\n", "MS004"),
    "id-of-a-path": (b"name: A\nid: ../../etc/passwd\n", "MS006"),
    "id-of-a-device": (b"name: A\nid: con\n", "MS006"),
    "id-of-escapes": (b'name: A\nid: "\\e]0;x\\a"\n', "MS006"),
    "id-too-long": (b"name: A\nid: " + b"a" * 70 + b"\n", "MS006"),
    "parent-of-a-path": (b'name: A\nparent: "../x"\n', "MS006"),
    "parent-of-itself": (b"name: A\nid: parent-of-itself\nparent: parent-of-itself\n", "MS103"),
    "name-is-a-list": (b"name: [a, b]\n", "MS004"),
    "name-is-a-map": (b"name: {a: {b: c}}\n", "MS009"),
    "name-is-null": (b"name: ~\n", "MS005"),
    "no-name": (b"owner: x\n", "MS005"),
    "large-number": (b"name: A\nsize: {accounts: " + b"9" * 5_000 + b"}\n", "MS006"),
    "other-digits": ("name: A\nsize: {accounts: ٣}\n".encode(), "MS004"),
    "not-a-number": (b"name: A\nsize: {accounts: .nan}\n", "MS004"),
    "negative": (b"name: A\nsize: {accounts: -1}\n", "MS006"),
    "no-such-day": (b"name: A\nreviewed: 2026-02-30\n", "MS006"),
    "yes": (b"name: A\nexhaustive: yes\n", "MS004"),
    "lost-sentence": (b"name: A\npain_points:\n  - Waits three days: we lose them\n", "MS009"),
    "lost-hash": (b"name: A\ndefinition: Our #1 complaint\n", "MS009"),
    "lost-sign": (b"name: A\nowner: @home\n", "MS009"),
    "lost-header": (b"name: >5\nowner: x\n", "MS009"),
    "joined": (b"name: A\ntags:\n  - a\n    - b\n", "MS009"),
    "criteria-of-words": (b"name: A\ncriteria: everyone\n", "MS004"),
    "criteria-of-nothing": (b"name: A\ncriteria: {no.such: 1}\n", "MS601"),
    "criteria-regex": (b'name: A\ncriteria: {tech.crm: {matches: "(a+)+("}}\n', "MS006"),
    "bad-suppression": (b"name: A   # microseg: ignore\n", "MS903"),
    "broad-suppression": (b"name: A   # microseg: ignore[*] x\n", "MS903"),
}
EVIDENCE = {
    "words": (b"none so far\n", "MS004"),
    "no-kind": (b"evidence:\n  - {n: 3}\n", "MS005"),
    "gossip": (b"evidence:\n  - {kind: gossip}\n", "MS006"),
    "list": (b"- {kind: interview}\n", "MS004"),
    "deep": (b"evidence: " + b"[" * 5_000, "MS007"),
}
SETTINGS_FINDINGS = {
    "words": b"just words\n",
    "version": b"version: two\n",
    "unknown": b"verison: 1\n",
    "rule": b"lint: {ignore: [no-such-rule]}\n",
    "stars": b'lint: {per_path: {"' + b"*a" * 200 + b'": {ignore: [nothing]}}}\n',
    "bounds": b"limits: {depth: 1000000}\n",
    "definition": b"definitions: {a: {use: b}, b: {use: a}}\n",
    "dimension": b"dimensions: {'../x': {type: spell}}\n",
}
SETTINGS_ERRORS = {"bracket": b"[\n", "deep": b"[" * 100_000, "nul": b"\0" * 5_000, "documents": b"a: 1\n---\nb: 2\n", "large": b"a: b\n" * 2_000_000, "bomb": BOMB.encode()}


def _run(folder, *arguments, stdin=b""):
    """Lint a folder: exit code, output, errors. It may take two seconds and 300 MB beyond the start of Python."""
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED, "lint", "-C", str(folder), *arguments],
        input=stdin, capture_output=True, cwd=folder, timeout=60, check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1"},
    )  # fmt: skip
    took = time.monotonic() - began
    errors, _, memory = done.stderr.decode("utf-8", "replace").rpartition("peak:")
    output = done.stdout.decode("utf-8", "replace")
    assert int(memory) * 1024 < MOST_BYTES, memory
    assert took < MOST_SECONDS + _START, took
    assert "Traceback" not in errors
    assert "made a mistake" not in errors
    assert RAW.findall((output + errors).replace("\n", "")) == []
    return done.returncode, output, errors


# the peak of this program alone: ru_maxrss would count the process that it was forked from
_WATCHED = """
import atexit, pathlib, re, resource, sys
resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
def peak():
    status = pathlib.Path("/proc/self/status")
    return int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text()).group(1)) if status.exists() else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
atexit.register(lambda: sys.stderr.write(f"peak:{peak()}"))
sys.argv[0] = "microseg"
from microseg.__main__ import main
main()
"""


def _findings(folder, *arguments):
    code, output, errors = _run(folder, "--format", "json", "--all", *arguments)
    return code, json.loads(output)["findings"], errors


@pytest.fixture(scope="module")
def all_at_once(tmp_path_factory):
    """Every hostile file in one workspace: one bad file never hides the findings of another."""
    root = tmp_path_factory.mktemp("hostile")
    for folder, files in (("segments", SEGMENTS), ("evidence", EVIDENCE)):
        (root / folder).mkdir()
        for name, (data, _) in files.items():
            (root / folder / f"{name}.yaml").write_bytes(data)
    return root


@pytest.fixture(scope="module")
def report(all_at_once):
    code, findings, _ = _findings(all_at_once)
    assert code == 1
    by_path = {}
    for one in findings:
        by_path.setdefault(one["path"], []).append(one)
    return by_path


@pytest.mark.parametrize("name", [*(f"segments/{name}" for name in SEGMENTS), *(f"evidence/{name}" for name in EVIDENCE)])
def test_each_gets_a_finding_with_place_and_mend(name, report):
    folder, _, stem = name.partition("/")
    data, codes = {"segments": SEGMENTS, "evidence": EVIDENCE}[folder][stem]
    found = report.get(f"{name}.yaml", [])

    assert {one["rule"] for one in found} & set(codes.split()), [(one["rule"], one["message"]) for one in found]
    assert [one for one in found if not one["message"] or not one["help"] or one["line"] < 1 or one["column"] < 1] == []
    assert all(one["line"] <= data.count(b"\n") + data.count(b"\r") + 1 for one in found)
    assert all(len(one["message"]) <= 500 for one in found)


@pytest.mark.slow
def test_the_text_form_is_clean_too(all_at_once):
    code, output, _ = _run(all_at_once)

    assert code == 1
    assert "segments/key-of-escapes.yaml:2:1: error MS003 unknown-key: unknown key `a b\\u{1b}[31m\\u{9b}\\u{202e}`" in output


@pytest.mark.slow
def test_names_of_files_may_be_hostile(tmp_path):
    (tmp_path / "segments").mkdir()
    for name in (b"a\nb.yaml", b"c\x1b[31m.yaml", "d\u009b\u202e.yaml".encode(), b"\xff\xfe.yaml", b"e f %0A::error::.yaml", b"-rf.yaml", b"$(x).yaml"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/segments/" + name)).write_bytes(b"nmae: x\n")
    (tmp_path / "segments" / "x.yaml").mkdir()
    os.mkfifo(tmp_path / "segments" / "pipe.yaml")
    (tmp_path / "segments" / "out.yaml").symlink_to("/dev/zero")
    (tmp_path / "segments" / "self.yaml").symlink_to("self.yaml")

    code, findings, _ = _findings(tmp_path)
    text_code, output, _ = _run(tmp_path, "--format", "github")

    assert (code, text_code) == (1, 1)
    assert sorted(one["rule"] for one in findings if one["rule"] in {"MS003", "MS010", "MS011"}) == ["MS003"] * 7 + ["MS010"] * 3 + ["MS011"]
    assert [line for line in output.splitlines() if not line.startswith(("::error file=segments/", "::warning file=segments/"))] == []


@pytest.mark.parametrize("name", SETTINGS_FINDINGS)
def test_a_mistake_in_the_settings_is_a_finding(name, lint):
    found = lint({"microseg.yaml": SETTINGS_FINDINGS[name], "segments/a.yaml": "name: A\n"}, select=("MS0", "MS6", "MS9"))

    assert [one for one in found if one.startswith("microseg.yaml:1:")] != []


@pytest.mark.slow
@pytest.mark.parametrize("name", SETTINGS_ERRORS)
def test_settings_that_are_not_yaml_end_with_2(name, write_tree):
    code, output, errors = _run(write_tree({"microseg.yaml": SETTINGS_ERRORS[name], "segments/a.yaml": "name: A\n"}))

    assert (code, output) == (2, "")
    assert re.fullmatch(r"error: microseg\.yaml:.{1,200}\nhelp: .{1,200}\n", errors)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--select", "\x1b[31m"], 2), (["--format", "pdf"], 2), (["--as-of", "2026-02-30"], 2), (["--fail-on", "\u202e"], 2), (["segments/nowhere.yaml"], 2), (["../.."], 2),
        (["--format", "json=/nowhere/x.json"], 2), (["--color", "\x07"], 2), (["--no-such-option"], 2), (["--stdin-path", "../../etc/passwd", "-"], 2), (["-C", "nowhere\x1b"], 2), (["a\nb"], 2),
    ],
)  # fmt: skip
def test_a_wrong_command_line_ends_with_2(arguments, code, write_tree):
    found, output, errors = _run(write_tree({"segments/a.yaml": "name: A\n"}), *arguments)

    assert (found, output) == (code, "")
    assert errors.strip() != ""


@pytest.mark.slow
def test_no_workspace_ends_with_3(tmp_path):
    code, _, errors = _run(tmp_path)

    assert code == 3
    assert re.fullmatch(r"error: .*\nhelp: .*\n", errors)


LARGE = {
    "50 MB": b"a: b\n" * 10_000_000,
    "8 MB of NUL": b"\0" * 8_000_000,
    "8 MB of overrides": b"name: " + "\u202e".encode() * 2_700_000,
    "a statement of 2 MB": b"name: A\nnotes: " + b"those who wait " * 130_000,
    "comments": b"name: A\n" + b"# x\n" * 300_000,
    "suppressions": b"name: A\ntags:\n" + b"  - x # microseg: ignore[MS301] y\n" * 20_000,
    "unknown keys": b"".join(b"k%d: v\n" % n for n in range(20_000)),
    "duplicate keys": b"name: a\n" * 30_000,
    "lost sentences": b"name: A\ntags:\n" + b"  - @x y\n" * 20_000,
    "apostrophes": b"name: A\ntags:\n" + b"  - 'tis hard\n" * 20_000,
    "references": b"name: A\npain_points:\n  - statement: x\n    solved_by:\n" + b"".join(b"      - sol-%d\n" % n for n in range(20_000)),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", LARGE)
def test_a_large_file_costs_seconds_at_most(name, write_tree):
    code, _, _ = _run(write_tree({"segments/a.yaml": LARGE[name]}))

    assert code in {0, 1}
