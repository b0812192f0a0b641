"""What a statement costs Spark as the events grow: processor time and bytes shuffled, from Spark's own log; bytes it needs.

    python bench/spark.py [EVENTS …]        default: 1000000 4000000 16000000

Ninety days of events lie in a folder a day; the segments look thirty days back, one of them sixty. See docs/scale.md.
"""

import datetime
import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
from pyspark.sql import SparkSession

from microseg.measure.data import read_data
from microseg.measure.engines.spark import Spark
from microseg.measure.run import Request, measure
from microseg.project import Project

LAST, LOOKED_BACK = datetime.date(2026, 6, 30), 60
DAYS, USERS_AN_ACCOUNT, EVENTS_A_USER = 90, 10, 40
SETTINGS = """
version: 1
defaults: {unit: account}
definitions: {power-user: {use.active_days: {gte: 6, last: 30d}}}
data:
  engine: spark
  as_of: 2026-06-30
  tables:
    account: {from: account.parquet, key: account_id}
    user: {from: user.parquet, key: user_id, account: account_id}
    event: {from: ./event, user: user_id, at: day, name: kind, minutes: minutes, platform: platform}
  dimensions: {firmo.headcount: {column: account.employees}, plan.state: {column: account.plan}}
"""
SEGMENTS = """
name: Everybody
segments:
  - {name: Large, criteria: {firmo.headcount: {gte: 1000}}}
  - {name: Mid, criteria: {firmo.headcount: {between: [100, 999]}}, segments: [{name: Mid and paying, criteria: {plan.state: paid}}]}
  - {name: Small, criteria: {firmo.headcount: {lt: 100}}}
  - {name: Busy, criteria: {use.events: {gte: 200, last: 30d}}}
  - {name: Lessons, criteria: {use.events: {gte: 50, last: 30d, event: lesson}}}
  - {name: Many power users, criteria: {users: {where: {use: power-user}, at_least: 3}}}
  - {name: Mobile, criteria: {use.minutes: {gte: 600, last: 30d, platform: [ios, android]}}}
  - {name: Growing, criteria: {trend: {of: acct.active_users, over: 30d, gt: 0.05}}}
"""


def write_data(root: Path, events: int) -> None:
    """Tables by mixing whole numbers: the same for the same number of events."""
    users, accounts = events // EVENTS_A_USER, events // EVENTS_A_USER // USERS_AN_ACCOUNT
    (root / "segments").mkdir(parents=True)
    (root / "microseg.yaml").write_text(SETTINGS)
    (root / "segments" / "all.yaml").write_text(SEGMENTS)
    with duckdb.connect() as held:
        held.execute(f"COPY (SELECT 'a' || i AS account_id, (i * 7919) % 3000 AS employees, ['free', 'trial', 'paid', 'lapsed'][1 + (i * 31) % 4] AS plan FROM range({accounts}) t(i)) TO '{root}/account.parquet'")  # noqa: S608
        held.execute(f"COPY (SELECT 'u' || i AS user_id, 'a' || (i % {accounts}) AS account_id FROM range({users}) t(i)) TO '{root}/user.parquet'")  # noqa: S608
        mixed = f"(i * 2654435761) % 4294967296 AS m FROM range({events}) t(i)"
        columns = (
            f"'u' || (m % {users}) AS user_id, ['login', 'lesson', 'export', 'invite'][1 + (m // 7) % 4] AS kind, (m // 13) % 45 AS minutes, "
            f"['ios', 'android', 'desktop'][1 + (m // 11) % 3] AS platform, md5(m::VARCHAR) AS payload, DATE '2026-06-30' - ((m // 17) % {DAYS})::INTEGER AS day"
        )
        held.execute(f"COPY (SELECT {columns} FROM (SELECT i, {mixed})) TO '{root}/event' (FORMAT parquet, PARTITION_BY (day))")  # noqa: S608


def costs(log: Path) -> dict[str, float]:
    """Sums over all tasks of a log: seconds of processor, megabytes shuffled; the most memory of a task."""
    found = {"cpu_s": 0.0, "shuffled_mb": 0.0, "task_mb": 0.0}
    for line in log.read_text(encoding="utf-8").splitlines():
        metrics: Any = json.loads(line).get("Task Metrics")
        if metrics:
            found["cpu_s"] += metrics["Executor CPU Time"] / 1e9
            found["shuffled_mb"] += metrics["Shuffle Write Metrics"]["Shuffle Bytes Written"] / 1e6
            found["task_mb"] = max(found["task_mb"], metrics["Peak Execution Memory"] / 1e6)
    return found


def needed_mb(root: Path) -> float:
    """What the columns of the statement take in the folders of the days it looks at (the plan shows both: tests/measure)."""
    columns = ", ".join(repr(name) for name in ("user_id", "kind", "minutes", "platform"))
    days = [f"{root}/event/day={(LAST - datetime.timedelta(days=back)).isoformat()}/*.parquet" for back in range(LOOKED_BACK)]
    with duckdb.connect() as held:
        found = held.execute(f"SELECT sum(total_compressed_size) FROM parquet_metadata({days!r}) WHERE path_in_schema IN ({columns})").fetchall()  # noqa: S608
    return float(found[0][0]) / 1e6


def run(events: int, place: Path) -> dict[str, float]:
    """One statement on a fresh session, and what it cost."""
    root = place / f"{events}"
    write_data(root, events)
    logs = place / f"log-{events}"
    logs.mkdir()
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1", "spark.driver.memory": "4g"}
    settings |= {"spark.eventLog.enabled": "true", "spark.eventLog.dir": logs.as_uri(), "spark.eventLog.rolling.enabled": "false", "spark.eventLog.compress": "false", "spark.log.level": "OFF"}
    settings |= {"spark.sql.warehouse.dir": str(place / "warehouse")}
    builder = SparkSession.builder.master("local[2]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    project = Project.open(root)
    engine = Spark("spark", root)
    began = time.perf_counter()
    counted = measure(Request(project.workspace, project.dimensions, read_data(project.config.data), lambda *_: ()), engine)
    took = time.perf_counter() - began
    engine.close()
    session.stop()
    stored = sum(path.stat().st_size for path in (root / "event").rglob("*.parquet")) / 1e6
    return {"events": events, "accounts": counted.everybody["account"].size, "stored_mb": stored, "wall_s": took, "needed_mb": needed_mb(root), **costs(next(logs.iterdir()))}


def main() -> None:
    """A line a number of events."""
    asked = [int(one) for one in sys.argv[1:]] or [1_000_000, 4_000_000, 16_000_000]
    print(f"{'events':>12} {'accounts':>9} {'stored MB':>10} {'needed MB':>10} {'shuffled MB':>11} {'cpu s':>7} {'task MB':>8} {'wall s':>7}")
    with tempfile.TemporaryDirectory(prefix="microseg-spark-") as place:
        for events in asked:
            one = run(events, Path(place))
            print(f"{one['events']:>12,.0f} {one['accounts']:>9,.0f} {one['stored_mb']:>10.1f} {one['needed_mb']:>10.1f} {one['shuffled_mb']:>11.1f} {one['cpu_s']:>7.1f} {one['task_mb']:>8.1f} {one['wall_s']:>7.1f}", flush=True)


if __name__ == "__main__":
    main()
