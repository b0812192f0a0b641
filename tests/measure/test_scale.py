"""What docs/scale.md promises of a billion events: only the folders of the days in question are opened, only the columns in use are read, once."""

import re

import pytest

from measure.servers import spark_session
from microseg.measure.data import read_data
from microseg.measure.run import Request, Session
from microseg.project import Project

pytestmark = pytest.mark.slow

SETTINGS = """
version: 1
defaults: {unit: account}
data:
  as_of: 2026-06-30
  tables:
    account: {from: ./account.parquet, key: account_id}
    user: {from: ./user.parquet, key: user_id, account: account_id}
    event: {from: ./event, user: user_id, at: day, name: kind, minutes: minutes, platform: platform}
"""
SEGMENTS = """
name: Everybody
segments:
  - {name: Busy, criteria: {use.events: {gte: 2, last: 30d, event: lesson}}}
  - {name: Peopled, criteria: {users: {where: {use.active_days: {gte: 2, last: 7d}}, at_least: 1}}}
"""


@pytest.fixture
def frame(tmp_path):
    """The statement of a workspace whose events lie in a folder a day, as Spark holds it."""
    duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'microseg[measure]'")
    spark_session()
    from microseg.measure.engines.spark import Spark

    (tmp_path / "segments").mkdir()
    (tmp_path / "microseg.yaml").write_text(SETTINGS)
    (tmp_path / "segments" / "all.yaml").write_text(SEGMENTS)
    with duckdb.connect() as held:
        held.sql("SELECT 'a' || i AS account_id FROM range(10) t(i)").write_parquet(str(tmp_path / "account.parquet"))
        held.sql("SELECT 'u' || i AS user_id, 'a' || (i % 10) AS account_id FROM range(50) t(i)").write_parquet(str(tmp_path / "user.parquet"))
        events = "SELECT 'u' || (i % 50) AS user_id, 'lesson' AS kind, i % 30 AS minutes, 'ios' AS platform, md5(i::VARCHAR) AS payload, DATE '2026-06-30' - (i % 90)::INTEGER AS day FROM range(2000) t(i)"
        held.sql(events).write_parquet(str(tmp_path / "event"), partition_by=["day"])
    project = Project.open(tmp_path)
    engine = Spark("spark", tmp_path)
    session = Session(Request(project.workspace, project.dimensions, read_data(project.config.data), lambda *_: ()), engine)
    (plan,) = session.plans()
    yield engine._frame(engine.text(plan.statement), plan.parameters)
    engine.close()


def test_spark_opens_the_folders_of_the_window_and_reads_the_columns_in_use_once(frame):
    frame.collect()
    told = frame._jdf.queryExecution().executedPlan().toString().split("== Initial Plan ==")[0]
    scans = [line for line in told.splitlines() if "FileScan" in line and "day#" in line]

    assert len(scans) == 1
    assert re.search(r"PartitionFilters: \[.*day#\d+L? >= 2026-06-01.*day#\d+L? <= 2026-06-30", scans[0])
    assert re.search(r"ReadSchema: struct<user_id:string,kind:string>", scans[0])
