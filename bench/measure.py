"""What counting segments costs: our statement, one written by hand, and a query a segment, side by side in one run.

`python bench/measure.py` makes 1,000,000 accounts and 20,000,000 events once (a quarter of a gigabyte below /tmp) and prints
seconds of processor and peak memory of whole processes; `--quick` takes a fiftieth. `--events 100000000 --only tree:30` is
the large one. `--all` writes every shape by hand, too. Every way has to come to the same sizes and sums.
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from measure_data import AS_OF, Group, thresholds, tree, write_data, write_workspace

WAYS = ("hand", "ours", "each")
SHAPES = {"tree": tree, "thresholds": thresholds}
SIZES = (("tree", 30), ("tree", 200), ("thresholds", 30), ("thresholds", 200))
SUMS = 15
_COUNTED = """
WITH days AS (SELECT user_id, CAST(ts AS DATE) AS d, count(*) AS n, CAST(coalesce(sum(minutes), 0) AS BIGINT) AS x FROM events WHERE ts >= TIMESTAMP '2026-05-02' AND ts < TIMESTAMP '2026-07-01' GROUP BY user_id, d),
user_events AS (SELECT user_id, CAST(sum(CASE WHEN d >= DATE '2026-06-01' THEN n ELSE 0 END) AS BIGINT) AS e30, CAST(sum(n) AS BIGINT) AS e60, CAST(sum(CASE WHEN d >= DATE '2026-06-24' THEN n ELSE 0 END) AS BIGINT) AS e7,
  CAST(sum(CASE WHEN d >= DATE '2026-06-30' THEN n ELSE 0 END) AS BIGINT) AS e1, CAST(sum(CASE WHEN d < DATE '2026-06-01' THEN n ELSE 0 END) AS BIGINT) AS earlier, CAST(sum(CASE WHEN d >= DATE '2026-06-01' THEN x ELSE 0 END) AS BIGINT) AS x30 FROM days GROUP BY user_id),
account_days AS (SELECT u.account_id, d.d FROM days d JOIN users u USING (user_id) GROUP BY u.account_id, d.d),
account_events AS (SELECT account_id, count(CASE WHEN d >= DATE '2026-06-01' THEN 1 END) AS days30 FROM account_days GROUP BY account_id),
newest AS (SELECT user_id, max(CASE WHEN kind = 'nps' AND answered BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' THEN epoch_us(answered) * 16 + 15 - score END) AS nps, max(CASE WHEN kind = 'csat' AND answered BETWEEN DATE '2026-04-02' AND DATE '2026-06-30' THEN epoch_us(answered) * 16 + 15 - score END) AS csat FROM surveys GROUP BY user_id),
people AS (SELECT u.account_id, count(*) AS people, CAST(sum(coalesce(e30, 0)) AS BIGINT) AS events30, CAST(sum(coalesce(e60, 0)) AS BIGINT) AS events60, CAST(sum(coalesce(e7, 0)) AS BIGINT) AS events7, CAST(sum(coalesce(x30, 0)) AS BIGINT) AS minutes30,
  count(CASE WHEN e30 > 0 THEN 1 END) AS mau, count(CASE WHEN e7 > 0 THEN 1 END) AS wau, count(CASE WHEN e1 > 0 THEN 1 END) AS dau, count(CASE WHEN e30 > 0 AND earlier > 0 THEN 1 END) AS stayed,
  count(CASE WHEN 15 - nps % 16 >= 9 THEN 1 END) AS promoters, count(CASE WHEN 15 - nps % 16 <= 6 THEN 1 END) AS detractors, count(nps) AS answers, count(CASE WHEN 15 - csat % 16 >= 4 THEN 1 END) AS satisfied, count(csat) AS rated{busy}
  FROM users u LEFT JOIN user_events e USING (user_id) LEFT JOIN newest s USING (user_id) GROUP BY u.account_id),
counted AS (SELECT a.*, coalesce(people, 0) AS people, coalesce(events30, 0) AS events30, coalesce(events60, 0) AS events60, coalesce(events7, 0) AS events7, coalesce(minutes30, 0) AS minutes30, coalesce(days30, 0) AS days30,
  coalesce(mau, 0) AS mau, coalesce(wau, 0) AS wau, coalesce(dau, 0) AS dau, coalesce(stayed, 0) AS stayed, coalesce(promoters, 0) AS promoters, coalesce(detractors, 0) AS detractors, coalesce(answers, 0) AS answers, coalesce(satisfied, 0) AS satisfied, coalesce(rated, 0) AS rated{busy_too}
  FROM accounts a LEFT JOIN people USING (account_id) LEFT JOIN account_events USING (account_id))
"""
_SUMMED = ("CASE WHEN state = 'paid' THEN 1 ELSE 0 END", "people", "mau", "wau", "dau", "stayed", "promoters", "detractors", "answers", "satisfied", "rated", "minutes30", "events30", "coalesce(mrr, 0)", "days30")


def main() -> None:
    """Make the data, then run each way in a process of its own and print one table."""
    asked = _arguments()
    if asked.child:
        _child(asked)
        return
    data = Path(asked.data) / f"{asked.accounts}-{asked.events}"
    write_data(data, asked.accounts, asked.events)
    print(f"{asked.accounts:,} accounts, {asked.events:,} events, {os.cpu_count()} cores, memory {asked.memory}")
    print(f"{'segments':>22}  {'way':6} {'cpu s':>7} {'wall s':>7} {'peak MiB':>9}  to first  same")
    first: tuple[float, str] | None = None
    for shape, count in SIZES:
        if asked.only in {"", f"{shape}:{count}"}:
            ways = WAYS if (shape, count) == SIZES[0] and not asked.fast else WAYS[:2] if asked.all or asked.only else WAYS[1:2]
            first = _table(shape, count, ways, data, asked=asked, first=first)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--accounts", type=int, default=1_000_000)
    parser.add_argument("--events", type=int, default=20_000_000)
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--data", default=str(Path(tempfile.gettempdir()) / "microseg-bench"))
    parser.add_argument("--quick", action="store_true", help="a fiftieth of everything")
    parser.add_argument("--fast", action="store_true", help="without a query a segment")
    parser.add_argument("--all", action="store_true", help="every shape by hand, too")
    parser.add_argument("--only", default="", help="one shape: tree:30, tree:200, thresholds:30, thresholds:200")
    parser.add_argument("--child", choices=WAYS)
    parser.add_argument("--shape", choices=SHAPES, default="tree")
    parser.add_argument("--segments", type=int, default=30)
    parser.add_argument("--root", default="")
    asked = parser.parse_args()
    if asked.quick:
        asked.accounts, asked.events = asked.accounts // 50, asked.events // 50
    return asked


def _table(shape: str, count: int, ways: tuple[str, ...], data: Path, *, asked: argparse.Namespace, first: tuple[float, str] | None) -> tuple[float, str] | None:
    """The rows of one shape; the first of all is what the others are held against, the first of a shape what they have to come to."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "workspace"
        write_workspace(root, data, SHAPES[shape](count))
        told = ""
        for way in ways:
            cpu, wall, peak, digest = _run([*_again(asked, data), "--child", way, "--shape", shape, "--segments", str(count), "--root", str(root)])
            first, told = first or (cpu, digest), told or digest
            print(f"{count:>4} {shape:>17}  {way:6} {cpu:7.2f} {wall:7.2f} {peak / 1024:9.0f}  {cpu / first[0]:8.2f}  {'yes' if digest == told else 'NO'}", flush=True)
    return first


def _again(asked: argparse.Namespace, data: Path) -> list[str]:
    return ["--accounts", str(asked.accounts), "--events", str(asked.events), "--memory", asked.memory, "--data", str(data)]


def _run(arguments: list[str]) -> tuple[float, float, int, str]:
    """Processor seconds, seconds, peak KiB of a process and what it printed."""
    start = time.perf_counter()
    with subprocess.Popen([sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - this very script
        told = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(process.returncode)
    return used.ru_utime + used.ru_stime, time.perf_counter() - start, used.ru_maxrss, told.strip()


def _child(asked: argparse.Namespace) -> None:
    groups = SHAPES[asked.shape](asked.segments)
    counted = _ours(asked) if asked.child == "ours" else _by_hand(groups, asked) if asked.child == "hand" else _one_by_one(groups, asked)
    print(hashlib.sha256(json.dumps(counted, sort_keys=True).encode()).hexdigest()[:16])
    resource.getrusage(resource.RUSAGE_SELF)


def _ours(asked: argparse.Namespace) -> dict[str, list[int]]:
    """What the command does, without printing."""
    import dataclasses
    import datetime as dt
    from fractions import Fraction

    from microseg.criteria.ast import Test, Window
    from microseg.criteria.evaluate import Days, Question
    from microseg.criteria.values import Duration
    from microseg.measure import expression as ex
    from microseg.measure.data import read_data
    from microseg.measure.engines import engine_for
    from microseg.measure.metric import Ask
    from microseg.measure.run import Request, measure
    from microseg.project import Project

    project = Project.open(Path(asked.root))
    data = dataclasses.replace(read_data(project.config.data), memory=asked.memory)
    day = dt.date.fromisoformat(AS_OF)

    def days(length: int, back: int = 0) -> Days:
        return Days(day - dt.timedelta(days=length + back - 1), day - dt.timedelta(days=back))

    def active(length: int) -> Test:
        return Test("use.events", "gte", (Fraction(1),), Window(last=Duration(length, "d")))

    def answered(name: str, operator: str, *values: int) -> Test:
        return Test(name, operator, tuple(Fraction(one) for one in values), Window(last=Duration(90, "d")))

    earlier = Test("use.events", "gte", (Fraction(1),), Window(first=day - dt.timedelta(days=59), until=day - dt.timedelta(days=30)))
    from microseg.criteria.ast import All

    expressions = (
        ex.Holds(Test("plan.state", "eq", ("paid",))),
        ex.PeopleWho(),
        *(ex.PeopleWho(active(length)) for length in (30, 7, 1)),
        ex.PeopleWho(All((active(30), earlier))),
        ex.PeopleWho(answered("sent.nps_score", "gte", 9)),
        ex.PeopleWho(answered("sent.nps_score", "lte", 6)),
        ex.PeopleWho(answered("sent.nps_score", "gte", 0)),
        ex.PeopleWho(answered("sent.csat_score", "gte", 4)),
        ex.PeopleWho(answered("sent.csat_score", "gte", 1)),
        ex.Amount(Question("use.minutes", days(30))),
        ex.Amount(Question("use.events", days(30))),
        ex.Amount(Question("plan.mrr")),
        ex.Amount(Question("use.active_days", days(30))),
    )
    asks = (Ask("bench", "account", tuple(ex.Sum(f"s{place}", one) for place, one in enumerate(expressions))),)
    engine = engine_for(data, Path(asked.root), allow_outside=True)
    counted = measure(Request(project.workspace, project.dimensions, data, asking=lambda *_: asks), engine)
    engine.close()
    return {one.id: [one.size, one.unknown, *(one.sums["bench"][f"s{place}"] for place in range(SUMS))] for one in counted.segments}


def _connection(asked: argparse.Namespace) -> Any:
    import duckdb

    connection = duckdb.connect(config={"memory_limit": asked.memory, "preserve_insertion_order": False, "temp_directory": tempfile.mkdtemp()})
    for name in ("accounts", "users", "events", "surveys"):
        connection.execute(f"CREATE VIEW {name} AS FROM '{Path(asked.data) / name}.parquet'")
    return connection


def _table_of(groups: list[Group]) -> str:
    """The part up to one row an account, with a count of busy people for each bound that is used."""
    rounds = [number for number in range(40) if any(f"busy{number} " in one.sql for one in groups)]
    busy = "".join(f", count(CASE WHEN e30 >= {4 + number} THEN 1 END) AS busy{number}" for number in rounds)
    return _COUNTED.replace("{busy}", busy).replace("{busy_too}", "".join(f", coalesce(busy{number}, 0) AS busy{number}" for number in rounds))


def _chains(groups: list[Group]) -> dict[str, str]:
    """Each segment's condition with those of its parents."""
    found: dict[str, str] = {}
    for one in groups:
        found[one.id] = f"({one.sql})" + (f" AND {found[one.parent]}" if one.parent else "")
    return found


def _by_hand(groups: list[Group], asked: argparse.Namespace) -> dict[str, list[int]]:
    """One statement: bits for in and unknown, grouped; added up in Python."""
    places = {one.id: place for place, one in enumerate(groups)}
    words = (len(groups) + 59) // 60
    own = ", ".join(f"({one.sql}) AS p{places[one.id]}" for one in groups)
    chains: dict[str, str] = {}
    for one in groups:
        chains[one.id] = f"p{places[one.id]}" + (f" AND {chains[one.parent]}" if one.parent else "")
    masks = []
    for kind, test in (("i", "{}"), ("u", "({}) IS NULL")):
        for word in range(words):
            bits = [f"CASE WHEN {test.format(chains[one.id])} THEN {1 << place}::BIGINT ELSE 0 END" for place, one in enumerate(groups[word * 60 : word * 60 + 60])]
            masks.append(f"{' + '.join(bits)} AS {kind}{word}")
    sums = ", ".join(f"{one} AS s{place}" for place, one in enumerate(_SUMMED))
    keys = ", ".join(f"{kind}{word}" for kind in "iu" for word in range(words))
    text = f"{_table_of(groups)}, truths AS (SELECT *, {own} FROM counted), marked AS (SELECT {', '.join(masks)}, {sums} FROM truths) SELECT {keys}, count(*), {', '.join(f'sum(s{place})' for place in range(SUMS))} FROM marked GROUP BY {keys}"  # noqa: S608 - of our own words
    rows = _connection(asked).execute(text).fetchall()
    return _added_up(groups, rows, words)


def _added_up(groups: list[Group], rows: list[tuple[int, ...]], words: int) -> dict[str, list[int]]:
    from itertools import compress

    columns = list(zip(*rows, strict=True))
    found = {}
    for place, one in enumerate(groups):
        word, bit = divmod(place, 60)
        inside = [value >> bit & 1 for value in columns[word]]
        unsure = [value >> bit & 1 for value in columns[words + word]]
        counts = columns[2 * words]
        found[one.id] = [sum(compress(counts, inside)), sum(compress(counts, unsure)), *(int(sum(compress(column, inside))) for column in columns[2 * words + 1 :])]
    return found


def _one_by_one(groups: list[Group], asked: argparse.Namespace) -> dict[str, list[int]]:
    """A whole query a segment, as one would write who measures one segment at a time."""
    connection = _connection(asked)
    found = {}
    for name, condition in _chains(groups).items():
        sums = ", ".join(f"sum(CASE WHEN inside THEN {one} ELSE 0 END)" for one in _SUMMED)
        text = f"{_table_of(groups)}, tested AS (SELECT *, ({condition}) AS inside FROM counted) SELECT count(CASE WHEN inside THEN 1 END), count(CASE WHEN inside IS NULL THEN 1 END), {sums} FROM tested"  # noqa: S608 - as above
        found[name] = [int(one) for one in connection.execute(text).fetchone()]
    return found


if __name__ == "__main__":
    main()
