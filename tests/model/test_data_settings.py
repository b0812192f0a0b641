"""Data settings: what is wrong with them is a finding at its place, and a password is never repeated."""

from pathlib import Path

import pytest

from microseg.errors import UsageError
from microseg.measure.data import Held, Source, read_data
from microseg.project.settings import read_settings

RIGHT = """\
version: 1
dimensions: {plant.count: {type: number, of: account}}
data:
  as_of: 2026-06-30
  tables:
    account: {from: data/accounts.csv, key: account_id, null: ["", NULL, "-"]}
    event: {from: "data/*.parquet", account: account_id, at: ts, name: kind}
  dimensions: {firmo.headcount: account.employees, tech.stack: {column: account.tools, split: ","}, plant.count: account.plants}
"""


def read(text):
    return read_settings(Path(), text.encode())


def told(text):
    return [(one.code, one.message, text[one.start : one.end]) for one in read(text).problems]


def test_settings_become_tables_and_columns_with_their_defaults():
    settings = read(RIGHT)
    data = read_data(settings.config.data)

    assert settings.problems == ()
    assert (data.engine, data.timezone, data.memory) == ("duckdb", "UTC", "2GB")
    assert data.sources == {
        "account": Source("account", "data/accounts.csv", {"key": "account_id"}, ("", "NULL", "-")),
        "event": Source("event", "data/*.parquet", {"account": "account_id", "at": "ts", "name": "kind"}),
    }
    assert data.held == {"firmo.headcount": Held("account", "employees"), "tech.stack": Held("account", "tools", ","), "plant.count": Held("account", "plants")}


@pytest.mark.parametrize(
    ("old", "new", "code", "message", "place"),
    [
        ("as_of:", "engine: mysql://h/d\n  as_of:", "MS006", "there is no such engine", "mysql://h/d"),
        ("as_of:", "timezone: Europe/Berlni\n  as_of:", "MS006", "there is no such time zone", "Europe/Berlni"),
        ("as_of:", "memory: much\n  as_of:", "MS006", "this is not an amount of memory", "much"),
        ("account.employees", "employees", "MS006", "a column is named with its table", "employees"),
        ("account.employees", "user.employees", "MS006", "the table `user` is not under `tables:`", "user.employees"),
        ("account.employees", "event.employees", "MS006", "a dimension lies in the table of accounts or in that of users", "event.employees"),
        ("firmo.headcount:", "firmo.headcont:", "MS601", "there is no such dimension", "firmo.headcont"),
        ("firmo.headcount:", "use.visits:", "MS006", "use.visits is counted from events or answers, so no column holds it", "use.visits"),
        ("key: account_id", "kee: account_id", "MS003", "unknown key `kee`", "kee"),
    ],
)
def test_a_mistake_is_a_finding_at_its_place(old, new, code, message, place):
    assert told(RIGHT.replace(old, new, 1)) == [(code, message, place)]


@pytest.mark.parametrize("address", ["postgresql://me:geheim@host/db", "postgresql://host/db?password=geheim", "sc://host/;token=geheim"])
def test_a_password_is_a_finding_and_is_shown_nowhere(address):
    settings = read(RIGHT.replace("as_of:", f'engine: "{address}"\n  as_of:'))

    [problem] = settings.problems

    assert problem.message == "a password stands in the address under `data.engine`"
    assert (problem.start, problem.end) == (0, 0)
    with pytest.raises(UsageError) as stopped:
        read_data(settings.config.data)
    assert "geheim" not in f"{problem.message} {problem.help} {stopped.value.message} {stopped.value.hint}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("version: 1\n", "microseg.yaml names no data to measure"),
        (RIGHT.replace("  as_of: 2026-06-30\n", ""), "it is not said which day the data stands for"),
        ("version: 1\ndata: {as_of: 2026-06-30, tables: {event: {from: a.csv, at: ts}}}\n", "there is neither a table of accounts nor one of users"),
    ],
)
def test_what_does_not_suffice_to_begin_says_what_to_do(text, message):
    with pytest.raises(UsageError, match=message) as stopped:
        read_data(read(text).config.data)

    assert stopped.value.hint
