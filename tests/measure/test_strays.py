"""Rows that belong to nobody are said in every run."""

from measure.tiny import FILES, SETTINGS, opened, request_of, written
from microseg.measure.run import measure

USERS, EVENTS, SURVEYS = (FILES[f"data/{name}.csv"] for name in ("users", "events", "surveys"))


def notices_of(root):
    request = request_of(root)
    engine = opened(root, request.data)
    try:
        return measure(request, engine).notices
    finally:
        engine.close()


def test_rows_of_nobody_are_told_by_table(tmp_path):
    users = USERS.replace("u8,nowhere,", "u8,,")  # a user may be without an account
    root = written(tmp_path, **{"data/users.csv": users, "data/events.csv": f"{EVENTS}ghost,2026-06-28,open,1\n,2026-06-24,open,1\n,2026-06-30,open,1\n", "data/surveys.csv": f"{SURVEYS}ghost,2026-06-02,9\n"})

    assert notices_of(root) == (
        "data/events.csv: from 2026-06-24 on, 2 rows name no user, and count for none",
        "data/events.csv: from 2026-06-24 on, 1 row names a user that is not in the table of users, and counts for no user",
        "data/surveys.csv: 1 row names a user that is not in the table of users, and counts for no user",
    )


def test_events_of_days_that_nobody_asks_about_are_not_read_and_not_told(tmp_path):
    root = written(tmp_path, **{"data/users.csv": USERS.replace("u8,nowhere,", "u8,a1,"), "data/events.csv": f"{EVENTS}ghost,2026-06-20,open,1\n,2026-07-20,open,1\n"})

    assert notices_of(root) == ()


def test_events_are_told_whether_they_are_added_up_by_day_or_at_once(tmp_path):
    segments = FILES["segments/firms.yaml"] + "  - {id: visiting, name: Visiting, criteria: {use.visits: {gte: 1, last: 7d}}}\n"
    files = {"data/users.csv": USERS.replace("u8,nowhere,", "u8,a1,"), "data/events.csv": f"{EVENTS}ghost,2026-06-28,open,1\n,2026-06-28,open,1\n,2026-06-28,open,1\n"}
    at_once, by_day = (notices_of(written(tmp_path / name, **files, **{"segments/firms.yaml": typed})) for name, typed in (("once", FILES["segments/firms.yaml"]), ("day", segments)))

    assert at_once == by_day == (
        "data/events.csv: from 2026-06-24 on, 2 rows name no user, and count for none",
        "data/events.csv: from 2026-06-24 on, 1 row names a user that is not in the table of users, and counts for no user",
    )


def test_events_that_name_an_account_and_no_user_count_for_none(tmp_path):
    settings = SETTINGS.replace("user: user, at: at, name: what", "user: user, account: account, at: at, name: what")
    files = {"data/users.csv": USERS.replace("u8,nowhere,", "u8,a1,"), "data/events.csv": "user,account,at,what,minutes\nu1,a1,2026-06-28,open,1\n,a2,2026-06-29,open,1\n"}

    assert notices_of(written(tmp_path, **{"microseg.yaml": settings}, **files)) == ("data/events.csv: from 2026-06-24 on, 1 row names no user, and counts for none",)


def test_events_of_accounts_name_accounts(tmp_path):
    settings = SETTINGS.replace("user: user, at: at, name: what", "account: account, at: at, name: what")
    events = "account,at,what,minutes\na1,2026-06-28,open,1\nghost,2026-06-29,open,1\n,2026-06-30,open,1\n"
    typed = "id: firms\nname: Firms\nsegments: [{id: lively, name: Lively, criteria: {use.active_days: {gte: 1, last: 7d}}}]\n"
    root = written(tmp_path, **{"microseg.yaml": settings, "data/users.csv": USERS.replace("u8,nowhere,", "u8,a1,"), "data/events.csv": events, "segments/firms.yaml": typed})

    assert notices_of(root)[:2] == (
        "data/events.csv: from 2026-06-24 on, 1 row names no account, and counts for none",
        "data/events.csv: from 2026-06-24 on, 1 row names an account that is not in the table of accounts, and counts for no account",
    )


def test_where_all_is_well_nothing_is_said(tmp_path):
    assert notices_of(written(tmp_path, **{"data/users.csv": USERS.replace("u8,nowhere,", "u8,a1,")})) == ()
