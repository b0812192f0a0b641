"""Rows that belong to nobody are said in every run."""

from measure.tiny import FILES, opened, request_of, written
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
    root = written(tmp_path, **{"data/users.csv": users, "data/events.csv": f"{EVENTS}ghost,2026-06-02,open,1\n,2026-06-02,open,1\n,2026-06-03,open,1\n", "data/surveys.csv": f"{SURVEYS}ghost,2026-06-02,9\n"})

    assert notices_of(root) == (
        "data/events.csv: 2 rows name no user, and count for none",
        "data/events.csv: 1 row names a user that is not in the table of users, and counts for no user",
        "data/surveys.csv: 1 row names a user that is not in the table of users, and counts for no user",
    )


def test_where_all_is_well_nothing_is_said(tmp_path):
    assert notices_of(written(tmp_path, **{"data/users.csv": USERS.replace("u8,nowhere,", "u8,a1,")})) == ()
