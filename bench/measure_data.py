"""Data and segments for measuring `measure`: made by DuckDB from whole numbers mixed by multiplication, the same every time."""

import json
from pathlib import Path
from typing import Any, NamedTuple

AS_OF = "2026-06-30"
USERS_AN_ACCOUNT = 2
INDUSTRIES = ("retail", "health", "transport", "building", "media")
_MIX = "(({0} * 2654435761 + {1}) % 4294967291) * 40503 % 4294967291"

Criteria = dict[str, Any]


class Group(NamedTuple):
    """A segment twice: as its criteria are typed, and as a hand would write them in SQL over the columns of `accounts`."""

    id: str
    parent: str | None
    criteria: Criteria | None
    sql: str


def write_data(folder: Path, accounts: int, events: int) -> None:
    """Four Parquet tables; what is there already is kept."""
    import duckdb

    if (folder / "events.parquet").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    users = accounts * USERS_AN_ACCOUNT
    con = duckdb.connect(config={"memory_limit": "4GB", "preserve_insertion_order": False, "temp_directory": str(folder / "spill")})

    def mixed(what: str, salt: int, below: int) -> str:
        return f"({_MIX.format(what, salt)}) % {below}"

    tables = {
        "accounts": (
            accounts,
            f"""i AS account_id, {list(INDUSTRIES)}[1 + {mixed("i", 1, 5)}] AS industry, CASE WHEN {mixed("i", 2, 20)} = 0 THEN NULL ELSE {mixed("i", 3, 1000)} END AS employees,
            {mixed("i", 4, 2000)} AS mrr, CASE WHEN {mixed("i", 5, 33)} = 0 THEN NULL ELSE ['free', 'trial', 'paid', 'paid', 'lapsed'][1 + {mixed("i", 6, 5)}] END AS state,
            DATE '2026-06-30' - CAST({mixed("i", 7, 1500)} AS INTEGER) AS since""",
        ),
        "users": (users, f"i AS user_id, i % {accounts} AS account_id, ['admin', 'editor', 'viewer'][1 + {mixed('i', 8, 3)}] AS role"),
        "events": (
            events,
            f"""({mixed("i", 9, 65536)} * {mixed("i", 10, 65536)} + i) % {users} AS user_id, TIMESTAMP '2026-04-02' + to_seconds({mixed("i", 11, 90 * 86400)}) AS ts,
            ['open', 'edit', 'share', 'report'][1 + {mixed("i", 12, 4)}] AS kind, CAST({mixed("i", 13, 12)} AS INTEGER) AS minutes""",
        ),
        "surveys": (
            users // 4,
            f"{mixed('i', 14, users)} AS user_id, DATE '2026-06-30' - CAST({mixed('i', 15, 200)} AS INTEGER) AS answered, ['nps', 'csat'][1 + i % 2] AS kind, CAST(CASE WHEN i % 2 = 0 THEN {mixed('i', 16, 11)} ELSE 1 + {mixed('i', 17, 5)} END AS INTEGER) AS score",
        ),
    }
    for name, (rows, columns) in tables.items():
        con.execute(f"COPY (SELECT {columns} FROM range({rows}) t(i)) TO '{folder / name}.parquet.part' (FORMAT parquet)")  # noqa: S608 - of our own words
        (folder / f"{name}.parquet.part").rename(folder / f"{name}.parquet")


def tree(count: int) -> list[Group]:
    """A head, a part an industry, and in each the same questions, more of them the more segments there are."""
    groups = [Group("everybody", None, None, "TRUE")]
    groups += [Group(name, "everybody", {"firmo.industry": name}, f"industry = '{name}'") for name in INDUSTRIES]
    asked = 0
    while len(groups) < count:
        name = INDUSTRIES[asked % len(INDUSTRIES)]
        criteria, sql = _question(asked // len(INDUSTRIES))
        groups.append(Group(f"{name}-{asked // len(INDUSTRIES)}", name, criteria, sql))
        asked += 1
    return groups


def _question(number: int) -> tuple[Criteria, str]:
    """A test whose bounds differ with each round."""
    kind, round_ = number % 6, number // 6
    line = 40 + 37 * round_
    return (
        ({"firmo.headcount": {"gte": line, "lt": line + 200}}, f"employees >= {line} AND employees < {line + 200}"),
        ({"plan.state": "paid", "plan.mrr": {"gte": 3 * line}}, f"state = 'paid' AND mrr >= {3 * line}"),
        ({"use.active_days": {"gte": 3 + round_, "last": "30d"}}, f"days30 >= {3 + round_}"),
        ({"users": {"where": {"use.events": {"gte": 4 + round_, "last": "30d"}}, "at_least": 1}}, f"busy{round_} >= 1"),
        ({"sent.nps": {"lt": 10 * round_, "last": "90d"}}, f"CASE WHEN answers > 0 THEN 100 * (promoters - detractors) < {10 * round_} * answers END"),
        ({"use.events": {"gte": 2 + round_, "last": "7d"}}, f"events7 >= {2 + round_}"),
    )[kind]


def thresholds(count: int) -> list[Group]:
    """Segments that cut nothing alike: each a bound of its own on one of eight things, all parts of one head."""
    groups = [Group("everybody", None, None, "TRUE")]
    for number in range(count - 1):
        kind, round_ = number % 8, number // 8
        criteria, sql = (
            ({"firmo.headcount": {"gte": 35 * round_ + 7}}, f"employees >= {35 * round_ + 7}"),
            ({"plan.mrr": {"lt": 75 * round_ + 13}}, f"mrr < {75 * round_ + 13}"),
            ({"acct.since": {"gte": f"20{23 + round_ // 12}-{1 + round_ % 12:02d}-05"}}, f"since >= DATE '20{23 + round_ // 12}-{1 + round_ % 12:02d}-05'"),
            ({"use.events": {"gte": 1 + round_, "last": "60d"}}, f"events60 >= {1 + round_}"),
            ({"use.minutes": {"gte": 9 * round_ + 4, "last": "30d"}}, f"minutes30 >= {9 * round_ + 4}"),
            ({"use.active_days": {"lt": 1 + round_, "last": "30d"}}, f"days30 < {1 + round_}"),
            ({"use.events": {"lt": 1 + round_, "last": "7d"}}, f"events7 < {1 + round_}"),
            ({"sent.nps": {"gte": 8 * round_ - 90, "last": "90d"}}, f"CASE WHEN answers > 0 THEN 100 * (promoters - detractors) >= {8 * round_ - 90} * answers END"),
        )[kind]
        groups.append(Group(f"part-{number}", "everybody", criteria, sql))
    return groups


def write_workspace(root: Path, data: Path, groups: list[Group]) -> None:
    """A workspace with these segments over that data."""
    (root / "segments").mkdir(parents=True)
    tables = {
        "account": {"from": str(data / "accounts.parquet"), "key": "account_id"},
        "user": {"from": str(data / "users.parquet"), "key": "user_id", "account": "account_id"},
        "event": {"from": str(data / "events.parquet"), "user": "user_id", "at": "ts", "name": "kind", "minutes": "minutes"},
        "survey": {"from": str(data / "surveys.parquet"), "user": "user_id", "at": "answered", "kind": "kind", "score": "score"},
    }
    columns = {"firmo.industry": "industry", "firmo.headcount": "employees", "plan.mrr": "mrr", "plan.state": "state", "acct.since": "since"}
    settings = {"version": 1, "defaults": {"unit": "account"}, "data": {"as_of": AS_OF, "tables": tables, "dimensions": {name: f"account.{column}" for name, column in columns.items()}}}
    (root / "microseg.yaml").write_text(json.dumps(settings))
    for group in groups:
        written = {"id": group.id, "name": group.id} | ({"parent": group.parent} if group.parent else {}) | ({"criteria": group.criteria} if group.criteria else {})
        (root / "segments" / f"{group.id}.yaml").write_text(json.dumps(written))
