"""Cells that cannot be read are said in every run, and nothing is counted by moments that are lost."""

from dataclasses import replace

import pytest

from measure.tiny import FILES, opened, request_of, written
from microseg.errors import UsageError
from microseg.measure.result import build
from microseg.measure.run import measure
from microseg.measure.shown import tables
from microseg.project import Project

EVENTS = FILES["data/events.csv"]
GERMAN = "u1,{day:02}.06.2026 03:11,open,1\n"


def run_of(root):
    request = request_of(root)
    engine = opened(root, request.data)
    try:
        counted = measure(request, engine)
    finally:
        engine.close()
    return counted


def result_of(root):
    counted, project = run_of(root), Project.open(root)
    return build(counted, project.workspace, {str(unit): replace(one, mapped=frozenset()) for unit, one in counted.settings.items()}), project


def test_what_can_be_read_is_not_spoken_of(tmp_path):
    assert run_of(written(tmp_path)).unread == ()


def test_each_column_says_how_many_of_how_many(tmp_path):
    accounts = FILES["data/accounts.csv"].replace("a2,200,", 'a2,"200,0",').replace("2025-12-31", "31.12.2025")
    surveys = FILES["data/surveys.csv"] + 'u6,2026-06-02,"9,0"\nu6,3.6.2026,9\n'
    events = EVENTS.replace(",2.5\n", ',"2,5"\n') + GERMAN.format(day=1)

    found = run_of(written(tmp_path, **{"data/accounts.csv": accounts, "data/surveys.csv": surveys, "data/events.csv": events}))

    assert found.notices == (
        "data/accounts.csv: 1 of 5 cells in the column `size` (firmo.headcount) cannot be read, and count as missing",
        "data/accounts.csv: 1 of 6 cells in the column `since` (acct.since) cannot be read, and count as missing",
        "data/events.csv: 1 of 10 cells in the column `at` (moments) cannot be read, and count as missing",
        "data/events.csv: 1 of 9 cells in the column `minutes` (values) cannot be read, and count as missing",
        "data/surveys.csv: 1 of 7 cells in the column `at` (moments) cannot be read, and count as missing",
        "data/surveys.csv: 1 of 7 cells in the column `score` (values) cannot be read, and count as missing",
        "data/users.csv: 1 row names an account that is not in the table of accounts, and counts for no account",
    )


def test_a_word_for_nothing_is_no_cell(tmp_path):
    root = written(tmp_path, **{"microseg.yaml": FILES["microseg.yaml"].replace("key: id}", "key: id, null: [none]}", 1), "data/accounts.csv": FILES["data/accounts.csv"].replace("a6,70", "a6,none")})

    assert run_of(root).unread == ()


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("events", "user,at,what,minutes\n" + "".join(GERMAN.format(day=day) for day in range(1, 9))),
        ("surveys", "user,at,score\nu1,01.06.2026,9\nu2,02.06.2026,9\nu3,2026-06-02,9\n"),
        ("changes", "account,at,what,to\na1,15.06.2026,plan.state,paid\n"),
    ],
)
def test_nothing_is_counted_by_moments_most_of_which_are_lost(tmp_path, table, rows):
    with pytest.raises(UsageError, match=rf"^data/{table}\.csv: \d of \d moments in the column `at` cannot be read, so nothing can be counted by them$") as told:
        run_of(written(tmp_path, **{f"data/{table}.csv": rows}))

    assert told.value.hint == "write them as 2026-06-30T14:05:00Z or 2026-06-30; microseg measure --check-data shows the lines"


def test_half_of_them_is_a_warning(tmp_path):
    found = run_of(written(tmp_path, **{"data/events.csv": EVENTS + GERMAN.format(day=1) * 9}))

    assert [(one.cells, one.filled, one.is_moment) for one in found.unread] == [(9, 18, True)]


@pytest.mark.slow
def test_a_share_of_mostly_unknown_members_is_not_known(tmp_path):
    accounts = FILES["data/accounts.csv"]
    for size in ("10", "200", "50", "49.5", "70"):
        accounts = accounts.replace(f",{size},", f',"{size},0",', 1)

    result, project = result_of(written(tmp_path, **{"data/accounts.csv": accounts}))
    small = next(one for one in result.segments if one.id == "small-shops")
    longtail = next(one for one in tables(result, project.dimensions) if one.title.startswith("Longtail"))
    row = next(one for one in longtail.rows if one[0] == "Small shops")

    assert (small.size, small.unknown, small.share, small.because, small.is_unread) == (0, 5, None, "firmo.headcount", True)
    assert (small.low, small.high) == (0, 1)
    assert row[-3:] == ("0 to 100%", 5, "company size cannot be read")
    assert [(one.severity, one.help) for one in result.noticed if one.kind == "data"] == [("warning", "`microseg measure --check-data` shows the lines")] * 2
    assert next(one.message for one in result.noticed if one.kind == "empty") == "nobody is in Small shops; 5 may be, but firmo.headcount cannot be read"


@pytest.mark.slow
def test_rows_and_accounts_are_told_apart(tmp_path):
    result, project = result_of(written(tmp_path, **{"data/accounts.csv": FILES["data/accounts.csv"] + "a6,70,,paid,crm,2025-03-03\n"}))

    assert "7 rows with 6 accounts, 8 users" in tables(result, project.dimensions)[-1].notes[0]
