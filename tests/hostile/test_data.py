"""Data may be anything, and lie anywhere: `measure` counts what it can, or says what is wrong with which file."""

import os

import pytest

pytest.importorskip("duckdb", reason="duckdb is not installed: nothing is measured")

from hostile.data import DATA, EVENTS, HEADER, SETTINGS, USERS, WORKSPACE

pytestmark = pytest.mark.slow
ENGINES = {
    "password": ('engine: "postgresql://me:secretpw@127.0.0.1:1/db"', 2, "a password stands in the address of the engine"),
    "password behind": ('engine: "postgresql://127.0.0.1:1/db?password=secretpw"', 2, "a password stands in the address of the engine"),
    "token": ('engine: "sc://127.0.0.1:1/;token=secretpw"', 2, "a password stands in the address of the engine"),
    "file": ('engine: "file:///etc/passwd"', 2, "there is no such engine"),
    "escape": ('engine: "\\e[31mduckdb"', 2, "there is no such engine"),
    "zone of a path": ('timezone: "../../etc/passwd"', 2, "there is no time zone ../../etc/passwd"),
    "zone with a statement": ("timezone: \"UTC'); DROP TABLE x; --\"", 2, "there is no time zone UTC'); DROP TABLE x; --"),
    "zone is a list": ("timezone: [a]", 2, "there is no time zone [a]"),
    "memory with a statement": ("memory: \"2GB'; x\"", 2, "2GB'; x is not an amount of memory"),
    "memory of a planet": ("memory: 999999TB", 0, ""),
    "hardly any memory": ("memory: 1MB", 0, ""),
}


@pytest.mark.parametrize("name", DATA)
def test_any_data_is_counted_or_named(name, microseg, write_tree):
    files, code, said = DATA[name]

    told = microseg(write_tree({**WORKSPACE, **files}), "measure")

    assert (told.code, said in told.out + told.err) == (code, True), (told.err, told.out)
    assert code == 0 or "\nhelp: " in told.err


@pytest.mark.parametrize("name", ["the ends of time", "huge and no numbers", "escapes", "open quote", "keys twice and empty", "names twice", "ragged", "NUL in a cell", "ten thousand digits", "SQL in names and cells"])
def test_checking_data_says_what_is_wrong_row_by_row(name, microseg, write_tree):
    told = microseg(write_tree({**WORKSPACE, **DATA[name][0]}), "measure", "--check-data")

    assert told.code in {0, 1}
    assert "What to do" in told.out, told


@pytest.mark.parametrize("how", ["pipe", "link out", "link to itself", "link to a device", "folder", "ten gigabytes of nothing"])
def test_a_file_may_be_no_file(how, microseg, write_tree):
    root = write_tree(WORKSPACE)
    path = root / USERS
    path.unlink()
    if how == "pipe":
        os.mkfifo(path)
    elif how == "folder":
        path.mkdir()
    elif how == "ten gigabytes of nothing":
        path.touch()
        os.truncate(path, 10 << 30)
    else:
        path.symlink_to({"link out": "/etc/passwd", "link to itself": "users.csv", "link to a device": "/dev/zero"}[how])

    told = microseg(root, "measure")

    assert (told.code, "data/users.csv " in told.err) == (2, True), told


def test_a_pattern_does_not_leave_the_workspace_nor_go_round(microseg, write_tree):
    root = write_tree({**{f"w/{path}": held for path, held in WORKSPACE.items()}, "w/more/deep/u1.csv": HEADER + b"u1,a1,x\n", "out/far/u2.csv": HEADER + b"u2,a1,x\n"})
    (root / "w/more/out").symlink_to(root / "out")
    (root / "w/more/deep/up").symlink_to("..")
    (root / "w/more/again").symlink_to("deep")

    said = {}
    for pattern in ("more/**/u*.csv", "m*/**/u*.csv", "m*/*/u*.csv", "m*/out/**", "m*/../../out/**", "more/out/**/u*.csv", "**/*/**/*/**/*/**/u1.csv"):
        (root / "w/microseg.yaml").write_text(SETTINGS.replace(USERS, f'"{pattern}"'))
        told = microseg(root / "w", "measure", "--format", "csv")
        said[pattern] = told.code, told.err.splitlines()[0]

    assert {pattern: told for pattern, told in said.items() if told[0]} == {
        "m*/out/**": (2, "error: microseg.yaml:6: m*/out/** is not there, or is no file"),
        "m*/../../out/**": (2, "error: microseg.yaml:6: m*/../../out/** is not there, or is no file"),
        "more/out/**/u*.csv": (2, "error: microseg.yaml:6: more/out/**/u*.csv lies outside the workspace"),
    }


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "3000-01-01", "9999-12-31"])
def test_data_cannot_stand_for_the_ends_of_time(day, microseg, write_tree):
    told = microseg(write_tree(WORKSPACE), "measure", "--as-of", day)

    assert (told.code, told.err.splitlines()[0]) == (2, f"error: the data cannot stand for {day}")


def test_parquet_of_rows_without_end(microseg, write_tree):
    import duckdb

    root = write_tree({**WORKSPACE, "microseg.yaml": SETTINGS.replace(USERS, "data/u.parquet")})
    duckdb.sql(f"COPY (SELECT 'u1' AS id, 'a1' AS account, 'x' AS place FROM range(10_000_001)) TO '{root}/data/u.parquet' (ROW_GROUP_SIZE 2_000_000)")  # noqa: S608 - a folder of pytest's

    told = microseg(root, "measure")

    assert (told.code, told.err.splitlines()[0]) == (2, "error: data/u.parquet holds 10,000,001 rows that are nearly all alike, in a file far too small for them")


@pytest.mark.parametrize("name", ENGINES)
def test_where_the_data_lies_may_be_hostile(name, microseg, write_tree):
    line, code, said = ENGINES[name]
    root = write_tree({**WORKSPACE, "microseg.yaml": SETTINGS.replace("data:\n", f"data:\n  {line}\n", 1)})

    told = microseg(root, "measure")
    judged = microseg(root, "lint", "--format", "json")

    assert (told.code, said in told.err) == (code, True), told
    assert "secretpw" not in told.out + told.err + judged.out + judged.err


def test_patterns_that_would_take_years_are_refused(microseg, write_tree):
    patterns = ["(a+)+$", "(a|aa)+$", "(.*)*x", "([a-z]+)*1", ".*.*.*.*.*=x"]
    segments = {f"segments/odd{number}.yaml": f'id: odd{number}\nname: A\ncriteria: {{demo.location: {{matches: "{pattern}"}}}}\n' for number, pattern in enumerate(patterns)}
    root = write_tree({**WORKSPACE, **segments, USERS: HEADER + b"u1,a1," + b"a" * 60 + b"!\n"})

    assert microseg(root, "lint").out.count("could take years to match some texts") == len(patterns)
    assert microseg(root, "measure").code == 0
    assert microseg(root, "why", "u1").code == 0


def test_members_do_not_replace_the_table_that_they_are_read_from(microseg, write_tree):
    root = write_tree(WORKSPACE)
    (root / "link.csv").symlink_to(USERS)

    told = [microseg(root, "members", "b", "--out", out).err for out in (USERS, "link.csv", "./data/../data/users.csv")]

    assert told == [f"error: {out}: cannot be written: the table `user` is read from it\nhelp: name another file with --out\n" for out in (USERS, "link.csv", "data/../data/users.csv")]
    assert (root / USERS).read_text() == WORKSPACE[USERS]


def test_members_and_reasons_carry_nothing_raw(microseg, write_tree):
    root = write_tree({**WORKSPACE, USERS: HEADER + b"\x1b[2J=u1,a1,x\nu2,a1,\x1b[2J\n", EVENTS: b"user,at,name,minutes\nu2,2026-10-01,\x1b[31m,5\n"})

    assert [microseg(root, *command).code for command in (("members", "b"), ("why", "u2"), ("measure", "--explain"), ("measure", "--format", "csv"))] == [0, 0, 0, 0]
