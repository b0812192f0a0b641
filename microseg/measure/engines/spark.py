"""Spark: the statement runs where the data has outgrown one machine, on a cluster, through Spark Connect, or locally.

`engine: spark` is the session that spark-defaults.conf and the environment describe, or a local one; `sc://host` is a
Spark Connect server. Spark replaces `${env:HOME}` in the text of a statement, even inside quotes, by what the machine's
environment holds: that is switched off, and what somebody typed never stands in the text but beside it, by name.
"""

from __future__ import annotations

import os
import re
import socket
import tempfile
import warnings
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from microseg.errors import MicrosegError, MissingPartError, UsageError, short
from microseg.measure.engines import Opened
from microseg.measure.node import Sql, quoted, sources
from microseg.source.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from microseg.measure.data import Data, Physical, Source
    from microseg.measure.engines import Row
    from microseg.measure.node import Select

_BATCH = 5_000
_CONNECT_PORT = 15002
_LONGEST_WAIT = 10.0
_PATIENCE = {"max_retries": 6, "initial_backoff": 50, "backoff_multiplier": 4, "max_backoff": 5_000}  # milliseconds: 14 seconds in all
_PROXIES = ("grpc_proxy", "https_proxy", "http_proxy")
_SESSION = {
    "spark.sql.variable.substitute": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",  # a sum that overflows is an error, never a smaller number
}
# Spark 4.3 fails with an IndexOutOfBoundsException in this rule where one part that is kept stands on another (`read_once`);
# nothing is lost without it, for every part selects the columns and days it needs itself
_EXCLUDED_RULES = "spark.sql.optimizer.excludedRules"
_FAILING_RULE = "org.apache.spark.sql.catalyst.optimizer.PushdownPredicatesAndPruneColumnsForCTEDef"
_LOCAL = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.log.level": "ERROR",
    "spark.ui.showConsoleProgress": "false",
}
_PHYSICAL: Mapping[str, Physical] = {
    "string": "text", "boolean": "boolean", "byte": "integer", "short": "integer", "integer": "integer", "long": "integer", "float": "float", "double": "float",
    "date": "date", "timestamp": "instant", "timestamp_ntz": "timestamp",
}  # fmt: skip
_ALWAYS = Sql(("RAND(0) >= 0",))
_DETAILS = re.compile(r'^\s*details = "(.+)"$', re.MULTILINE)  # what gRPC says of a failure, among much else
_FILES = re.compile(r"[/\\*]|\.parquet\Z|\A[a-z][a-z0-9+.-]+:", re.IGNORECASE)
_ELSEWHERE = re.compile(r"(?!file:)[a-z][a-z0-9+.-]+://", re.IGNORECASE)  # a store with rights of its own: s3a, hdfs, abfss, gs


class Spark:
    """A session of its own: its settings and views touch no other session of the same cluster or process."""

    name = "spark"
    dialect = "spark"

    def __init__(self, address: str, root: Path, *, allow_outside: bool = False) -> None:
        """Paths of this machine begin at `root` and stay inside it unless `allow_outside`."""
        self._address, self._root, self._allow_outside = address, root, allow_outside
        self._session: Any = None
        self._is_ours = False
        self._relations: dict[str, tuple[str, ...]] = {}

    def open(self, data: Data) -> Opened:
        """Connect or start, and look at each table. Raises UsageError where Spark or a table cannot be reached."""
        sql = _library()
        if self._address.startswith("sc://"):
            self.close()  # a session of Connect that nobody stops asks for its server for ten minutes, at the end of the process
        try:
            self._session, self._is_ours = _session(sql, self._address)
            for name, value in _SESSION.items():
                self._session.conf.set(name, value)
            self._session.conf.set(_EXCLUDED_RULES, ",".join(filter(None, (self._session.conf.get(_EXCLUDED_RULES, ""), _FAILING_RULE))))
        except Exception as why:  # noqa: BLE001 - py4j, gRPC and Spark each have failures of their own
            hint = "look at `engine:` under `data:`, at Java (JAVA_HOME), and at spark-defaults.conf"
            raise UsageError(f"Spark cannot be reached: {_words(why)}", hint) from None
        return Opened({table: self._look_at(source) for table, source in data.sources.items()}, self._relations)

    def _look_at(self, source: Source) -> Mapping[str, Physical]:
        """What the columns of a table hold. Parquet files become a view of this session."""
        table, origin = source.table, source.origin
        try:
            if _FILES.search(origin):
                frame = self._session.read.parquet(self._path(source))
                self._relations[table] = (f"microseg_{table}",)
                frame.createOrReplaceTempView(f"microseg_{table}")
            else:
                self._relations[table] = tuple(origin.split("."))
                frame = self._session.table(_quoted(self._relations[table]))
            return {column.name: _physical(column.dataType) for column in frame.schema.fields}
        except MicrosegError:
            raise
        except Exception as why:  # noqa: BLE001 - as above
            name = short(clean(origin))
            raise UsageError(f"{source.where}the table {name} cannot be read: {_words(why)}", "write catalog.schema.table under `from:`, or the path of Parquet files") from None

    def _path(self, source: Source) -> str:
        """Where Parquet files lie. Raises UsageError for a place on this machine that is not in the workspace."""
        origin = source.origin
        if _ELSEWHERE.match(origin):
            return origin
        where = self._root.resolve()
        path = (where / re.sub(r"\Afile:(?://)?", "", origin)).resolve()
        if not path.is_relative_to(where) and not self._allow_outside:
            raise UsageError(f"{source.where}{short(clean(origin))} lies outside the workspace", "move it inside, or pass --allow-outside")
        return str(path)

    def count(self, table: str) -> int | None:
        """How many rows a table has; None for events, of which there may be too many to count twice."""
        if table == "event":
            return None
        found: int = self._frame(f"SELECT COUNT(*) FROM {_quoted(self._relations[table])}", {}).collect()[0][0]  # noqa: S608 - quoted
        return found

    def run(self, statement: Select, parameters: Mapping[str, Any]) -> list[Row]:
        """The rows of a statement. Raises UsageError where Spark fails."""
        try:
            return [tuple(row) for row in self._frame(self.text(statement), parameters).collect()]
        except Exception as why:  # noqa: BLE001 - as above
            raise _stopped(why) from None

    def stream(self, statement: Select, parameters: Mapping[str, Any]) -> Iterator[Sequence[Row]]:
        """The rows of a statement, some thousands at a time, a partition of them after the other."""
        try:
            rows = self._frame(self.text(statement), parameters).toLocalIterator()
            while found := [tuple(row) for row in islice(rows, _BATCH)]:
                yield found
        except Exception as why:  # noqa: BLE001 - as above
            raise _stopped(why) from None

    def text(self, statement: Select) -> str:
        """The statement as Spark gets it."""
        return read_once(statement, self._relations.get("event", ())).sql(self.dialect)

    def _frame(self, text: str, parameters: Mapping[str, Any]) -> Any:
        used = {name: value for name, value in parameters.items() if re.search(rf":{name}\b", text)}
        return self._session.sql(text, args=used)

    def rejected(self) -> tuple[str, ...]:
        """Nothing: a row of a table has the columns of the table."""
        return ()

    def progress(self) -> float | None:
        """Not known: Spark says how many tasks of a stage are done, and not how many stages will follow."""
        return None

    def close(self) -> None:
        """Stop what was started here; a session that somebody else holds goes on."""
        if self._session is not None and self._is_ours:
            self._session.stop()
        self._session = None


def read_once(statement: Select, relation: tuple[str, ...]) -> Select:
    """The statement with every part that stands on a table and is used more than once worked out once.

    Spark writes such a part out anew wherever it is named, and would read the events each time. It does not where the
    part holds something that might differ from one time to the next, as RAND might: a condition that always holds.
    """
    on_events: set[tuple[str, ...]] = {relation}
    used = Counter(sources(statement))
    parts = {}
    for name, part in statement.parts:
        parts[name] = part
        if on_events.isdisjoint(sources(part)):
            continue
        on_events.add((name,))
        if used[name,] > 1:
            parts[name] = part.having_that(_ALWAYS) if part.groups else part.where(_ALWAYS)
    return statement.with_parts(parts)


def _quoted(parts: tuple[str, ...]) -> str:
    return ".".join(quoted(part, Spark.dialect) for part in parts)


def _stopped(why: Exception) -> UsageError:
    if "StatusCode.UNAVAILABLE" in str(why):
        return UsageError(f"the Spark Connect server does not answer any more: {_words(why)}", "look whether it still runs, and measure again")
    return UsageError(f"Spark stopped: {_words(why)}", "measure fewer segments at once, or give Spark more memory")


def _library() -> Any:
    try:
        from pyspark import sql
    except ImportError:
        raise MissingPartError("measuring on Spark needs pyspark", "pip install 'microseg[spark]', and Java 17 or newer") from None
    return sql


def _session(sql: Any, address: str) -> tuple[Any, bool]:
    """A session, and whether it is to be stopped at the end."""
    builder = sql.SparkSession.builder.appName("microseg")
    if address.startswith("sc://"):
        _knock(address)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of versions of pandas, through which no row goes here
            held = builder.remote(address).create()
        _be_patient(held)
        return held, True
    held = sql.SparkSession.getActiveSession()
    if held is not None:
        return held.newSession(), False
    from pyspark import SparkConf

    if address != "spark":
        builder = builder.master(address)
    elif not SparkConf().contains("spark.master"):
        builder = builder.master("local[*]")
        # Spark makes this folder where it is started, that is in the workspace, even though nothing is ever put into it
        elsewhere = {"spark.sql.warehouse.dir": f"{tempfile.gettempdir()}/microseg-spark-{os.getpid()}"}
        for name, value in (_LOCAL | elsewhere).items():
            builder = builder.config(name, value)
    return builder.getOrCreate(), True


def _knock(address: str) -> None:
    """Raises OSError where nobody listens: Spark's client would try again for ten minutes before it says so. A proxy is not asked."""
    if any(os.environ.get(name) for name in _PROXIES):
        return
    found = urlsplit(address)
    socket.create_connection((found.hostname or "", found.port or _CONNECT_PORT), timeout=_LONGEST_WAIT).close()


def _be_patient(session: Any) -> None:
    """A server that falls silent is asked again for a quarter of a minute; by itself Spark's client would ask for ten, and once more at the end of the process."""
    from pyspark.sql.connect.client.retries import DefaultPolicy

    session.client.set_retry_policies([DefaultPolicy(**_PATIENCE)])
    warnings.filterwarnings("ignore", r"\[RETRIES_EXCEEDED\]")  # it is said in our own words


def _physical(kind: Any) -> Physical:
    """What a column holds, by the name of its type."""
    name = kind.typeName()
    if name.startswith("decimal"):
        return "decimal"
    if name == "array":
        return "list" if kind.elementType.typeName() == "string" else "other"
    return "text" if name in {"varchar", "char"} else _PHYSICAL.get(name, "other")


def _words(why: Exception) -> str:
    """What Spark said first, on one line, without its stack; py4j puts a line of its own before it."""
    told = str(getattr(why, "getMessage", lambda: None)() or why).strip().splitlines() or ["no reason given"]
    details = _DETAILS.search("\n".join(told))
    if details:
        return short(clean(details[1]))
    said = told[1] if len(told) > 1 and told[0].startswith("An error occurred while calling") else told[0]
    return short(clean(said.lstrip(": ")))
