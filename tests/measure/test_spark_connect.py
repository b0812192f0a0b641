"""Spark Connect: the same questions and digits through a server in another process, which reads no environment and keeps its own zone to itself."""

import os
import time

import pytest

from measure.draws import scene
from measure.fuzz import count, differences, segments, world
from measure.servers import passed_on, spark_connect
from measure.test_engines import HOSTILE, alone, nothing, text_of
from measure.written import write_parquet
from microseg.errors import UsageError
from microseg.measure import sql
from microseg.measure.node import Sql

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address():
    with spark_connect() as held:
        yield held


@pytest.fixture
def connected(address, tmp_path):
    from microseg.measure.engines.spark import Spark

    held = Spark(address, tmp_path)
    yield held
    held.close()


@pytest.mark.parametrize("seed", [42])
def test_it_counts_and_sums_what_the_oracle_does(seed, connected, tmp_path):
    drawn, typed = scene(seed, accounts=45, users=70, events=500), segments(seed, 25)
    places = {name: f"held/{name}.parquet" for name in write_parquet(tmp_path / "held", drawn.rows)}

    counted = count(tmp_path, drawn, places, typed, connected, seed=seed)

    assert differences(counted, world(drawn, typed), seed=seed) == []


def test_it_gives_back_what_it_was_given(connected):
    connected.open(nothing())

    assert [text_of(connected, value) for value in HOSTILE] == list(HOSTILE)


def test_it_reads_no_environment_and_lives_in_utc(address, connected):
    from pyspark.sql import SparkSession

    plain = SparkSession.builder.remote(address).create()
    assert plain.sql("SELECT '${env:HOME}'").collect()[0][0] == os.environ["HOME"]  # the danger is real where nobody guards against it
    plain.stop()

    connected.open(nothing())
    moment = sql.cast(sql.cast(sql.word("2026-06-30 23:30:00+00:00"), "TIMESTAMPTZ"), "TEXT")

    assert connected.run(alone(sql.word("${env:HOME}")), {}) == [("${env:HOME}",)]
    assert connected.run(alone(moment), {}) == [("2026-06-30 23:30:00",)]


def test_it_reads_many_rows_a_few_at_a_time(connected):
    connected.open(nothing())
    rows = [row for held in connected.stream(sql.select([sql.column("id")], Sql(("range(12000)",))), {}) for row in held]

    assert sorted(rows) == [(number,) for number in range(12_000)]


def test_each_run_has_a_session_of_its_own(address, connected, tmp_path):
    from microseg.measure.engines.spark import Spark

    drawn = scene(3, accounts=2, users=2, events=2, surveys=2, changes=2)
    places = {name: f"held/{name}.parquet" for name in write_parquet(tmp_path / "held", drawn.rows)}
    connected.open(nothing(account=places["account"]))
    other = Spark(address, tmp_path)
    other.open(nothing())

    with pytest.raises(UsageError, match="Spark stopped: "):
        other.run(sql.select([sql.rows()], sql.table("microseg_account")), {})
    other.close()
    assert connected.count("account") == 2


def test_what_cannot_be_had_is_said_in_a_sentence(connected):
    with pytest.raises(UsageError, match=r"the table nowhere\.at_all cannot be read: "):
        connected.open(nothing(account="nowhere.at_all"))
    with pytest.raises(UsageError, match="lies outside the workspace"):
        connected.open(nothing(account="../out.parquet"))


def test_a_server_that_is_not_there(tmp_path):
    pytest.importorskip("grpc", reason="pyspark[connect] is not installed: pip install 'microseg[connect]'")
    from microseg.measure.engines.spark import Spark

    with pytest.raises(UsageError, match="Spark cannot be reached: ") as told:
        Spark("sc://127.0.0.1:1", tmp_path).open(nothing())

    assert "\n" not in told.value.message


def test_a_server_that_falls_silent_is_told_of_within_the_minute(address, tmp_path):
    from microseg.measure.engines.spark import Spark

    with passed_on(int(address.rpartition(":")[2])) as (port, cut):
        lost = Spark(f"sc://127.0.0.1:{port}", tmp_path)
        lost.open(nothing())
        assert lost.run(alone(sql.number(1)), {}) == [(1,)]
        began = time.monotonic()
        cut()
        with pytest.raises(UsageError, match="the Spark Connect server does not answer any more: failed to connect"):
            lost.run(alone(sql.number(1)), {})
        lost.close()

    assert time.monotonic() - began < 120
