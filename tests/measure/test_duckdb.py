"""DuckDB reads the files that are named and nothing else; odd files are refused or counted, never guessed at."""

from pathlib import Path
from threading import Event, Thread

import duckdb
import pytest
from interrupted import at_each_moment

from measure.tiny import data_of, opened, request_of, written
from microseg.errors import UsageError
from microseg.measure.engines.duckdb import DuckDB, memory_limit, physical
from microseg.measure.files import CsvShape, csv_shape, files_of, lines_with
from microseg.measure.run import measure


def shape(path):
    return csv_shape([path], path.name)


def test_nothing_but_the_named_files_can_be_read_and_no_setting_changed(tmp_path):
    root = written(tmp_path)
    secret = root / "secret.csv"
    secret.write_text("a\n1\n")
    engine = opened(root, data_of(root))
    engine.open(data_of(root))
    connection = engine._connection

    for statement in (
        f"SELECT * FROM read_csv('{secret}')",  # noqa: S608 - what must not work
        f"SELECT * FROM '{secret}'",  # noqa: S608 - as above
        f"COPY (SELECT 1) TO '{root}/out.csv'",
        f"ATTACH '{root}/other.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM 'https://example.com/a.parquet'",
        "SET enable_external_access = true",
        "SET memory_limit = '9GB'",
    ):
        with pytest.raises(duckdb.Error):
            connection.execute(statement)

    assert connection.execute("SELECT value FROM duckdb_settings() WHERE name = 'TimeZone'").fetchone() == ("UTC",)

    spilled = engine._temporary
    engine.close()

    assert not (tmp_path / spilled).exists()


def test_told_to_end_at_any_moment_it_leaves_nothing_that_it_spilled(tmp_path, monkeypatch):
    spilled, at_exit, left_by_itself = tmp_path / "spilled", [], 0
    spilled.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(spilled))
    monkeypatch.setattr("atexit.register", at_exit.append)
    monkeypatch.setattr("atexit.unregister", lambda _: at_exit.clear())

    def work():
        engine = DuckDB(tmp_path)
        engine._spill()
        (Path(engine._temporary) / "some.tmp").write_bytes(b"rows")
        engine.close()

    for moment in at_each_moment(work, "/duckdb.py"):
        left_by_itself += any(spilled.iterdir())
        for sweep in [*at_exit]:
            sweep()
        assert [*spilled.iterdir()] == [], moment

    assert left_by_itself > 5
    assert at_exit == []


def test_a_path_stays_in_the_workspace_whatever_it_is_made_of(tmp_path):
    outside, root = tmp_path / "outside.csv", tmp_path / "here"
    outside.write_text("a\n1\n")
    root.mkdir()
    (root / "link.csv").symlink_to(outside)

    for origin in ("../outside.csv", str(outside), "link.csv", "*.csv", "../*.csv"):
        with pytest.raises(UsageError, match="lies outside the workspace"):
            files_of(origin, root)

    assert files_of("link.csv", root, allow_outside=True) == (outside,)
    with pytest.raises(UsageError, match="is an address"):
        files_of("https://example.com/a.csv", root)
    with pytest.raises(UsageError, match="is not there"):
        files_of("data/none.csv", root)


def test_the_first_line_says_what_a_csv_file_is(tmp_path):
    files = {
        "plain.csv": b"id,size\n1,2\n",
        "bom.csv": b"\xef\xbb\xbfid;size\r\n1;2\r\n",
        "utf16.csv": "id\tsize\n1\t2\n".encode("utf-16"),
        "quoted.csv": b'"id","a, b","c\nd"\n1,2,3\n',
        "twice.csv": b"id,,id\n1,2,3\n",
    }
    for name, raw in files.items():
        (tmp_path / name).write_bytes(raw)

    assert {name: shape(tmp_path / name) for name in files} == {
        "plain.csv": CsvShape(("id", "size"), ",", "utf-8"),
        "bom.csv": CsvShape(("id", "size"), ";", "utf-8"),
        "utf16.csv": CsvShape(("id", "size"), "\t", "utf-16"),
        "quoted.csv": CsvShape(("id", "a, b", "c\nd"), ",", "utf-8"),
        "twice.csv": CsvShape(("id", "column 2", "id again"), ",", "utf-8"),
    }

    (tmp_path / "excel.csv").write_text("sep=;\nid;size\n1;2\n")
    with pytest.raises(UsageError, match="begins with the line sep=;, which only Excel understands"):
        shape(tmp_path / "excel.csv")
    (tmp_path / "book.xlsx").write_bytes(b"PK")
    with pytest.raises(UsageError, match="is a workbook") as told:
        files_of("book.xlsx", tmp_path)
    assert told.value.hint == "open it there, and save the sheet as CSV UTF-8"
    (tmp_path / "empty.csv").write_text("")
    with pytest.raises(UsageError, match="is empty"):
        shape(tmp_path / "empty.csv")
    with pytest.raises(UsageError, match="does not have the columns"):
        csv_shape([tmp_path / "plain.csv", tmp_path / "bom.csv"], "*.csv")


def test_lines_are_those_of_the_file_even_behind_a_cell_of_two_lines(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('id,note\n1,"two\nlines"\n2,x\n2,y\n')

    assert lines_with([path], "id", {"1", "2", "9"}) == {"1": "line 2", "2": "line 4"}


ODD = {
    "data/accounts.csv": b"\xef\xbb\xbfid;size;industry;state;tools;since\r\na1;10;retail;paid;;\r\na2;10\r\na3;1;2;3;4;5;6;7\r\na4;\xe9;retail;paid;;\r\n007;7;caf\xc3\xa9;paid;;\r\n",
}


def test_ragged_rows_and_broken_letters_are_left_out_and_told(tmp_path):
    root = written(tmp_path)
    for name, raw in ODD.items():
        (root / name).write_bytes(raw)
    request = request_of(root)
    found = measure(request, engine := opened(root, request.data))
    engine.close()

    assert found.everybody["account"].size == 2
    assert found.notices[2:] == ("data/accounts.csv: 3 rows were left out, for they do not have the columns of the others, or are not UTF-8 (lines 3, 4, 5)",)


def test_a_column_that_is_not_there_is_named_with_those_that_are(tmp_path):
    root = written(tmp_path, **{"data/accounts.csv": "id,size\na1,3\n"})
    request = request_of(root)
    engine = opened(root, request.data)
    with pytest.raises(UsageError) as told:
        measure(request, engine)
    engine.close()

    assert "data/accounts.csv has no column `industry` (firmo.industry)" in told.value.message
    assert told.value.hint == "the columns are: account: id, size"


def test_names_of_columns_are_quoted(tmp_path):
    name = 'size" FROM account; DROP TABLE account; --'
    header = f'id,"{name.replace(chr(34), chr(34) * 2)}",industry,state,tools,since\n'
    settings = (root := written(tmp_path)) / "microseg.yaml"
    settings.write_text(settings.read_text().replace("account.size", f"'account.{name}'"))
    (root / "data/accounts.csv").write_text(header + "a1,7,retail,paid,,\n")
    request = request_of(root)
    found = measure(request, engine := opened(root, request.data))
    engine.close()

    assert {one.id: one.size for one in found.segments if one.id == "small-shops"} == {"small-shops": 1}


@pytest.mark.parametrize("value", ["it's; DROP TABLE account; --", "${env:HOME}", "$p0", "a\\", '"', "%", "100 % ü"])
def test_values_are_compared_as_they_are(tmp_path, value):
    quoted = value.replace('"', '""')
    root = written(tmp_path, **{"data/accounts.csv": f'id,size,industry,state,tools,since\na1,,"{quoted}",,,\na2,,other,,,\n'})
    text = value.replace("'", "''")
    (root / "segments/firms.yaml").write_text(f"id: them\nname: Them\ncriteria: {{firmo.industry: '{text}'}}\n", encoding="utf-8")
    request = request_of(root)
    if not request.workspace.by_id["them"].criteria:
        pytest.skip("lint refuses the sign in criteria")
    found = measure(request, engine := opened(root, request.data))
    engine.close()

    assert [(one.id, one.size, one.unknown) for one in found.segments] == [("them", 1, 0)]


def test_what_duckdb_calls_a_type():
    assert {name: physical(name) for name in ("VARCHAR", "BIGINT", "HUGEINT", "DECIMAL(9,2)", "DOUBLE", "BOOLEAN", "DATE", "TIMESTAMP", "TIMESTAMP_NS", "TIMESTAMP WITH TIME ZONE", "VARCHAR[]", "BLOB")} == {
        "VARCHAR": "text", "BIGINT": "integer", "HUGEINT": "decimal", "DECIMAL(9,2)": "decimal", "DOUBLE": "float", "BOOLEAN": "boolean", "DATE": "date",
        "TIMESTAMP": "timestamp", "TIMESTAMP_NS": "timestamp", "TIMESTAMP WITH TIME ZONE": "instant", "VARCHAR[]": "list", "BLOB": "other",
    }  # fmt: skip


def test_duckdb_gets_less_than_the_process_may_take():
    assert [memory_limit(one) for one in ("500MB", "1GiB", "1.5 GB", "1MB")] == ["425MB", "912MB", "1275MB", "64MB"]
    assert int(memory_limit("2GB").removesuffix("MB")) <= 1700


def test_how_far_it_is_is_a_share_or_not_known(tmp_path):
    """Asked from another thread all the while, also when the connection is closed under it."""
    root = written(tmp_path)
    engine, told, is_done = opened(root, data_of(root)), [], Event()

    def ask():
        while not is_done.is_set():
            told.append(engine.progress())
            is_done.wait(0.001)

    watcher = Thread(target=ask)
    watcher.start()
    engine.open(data_of(root))
    engine._connection.execute("SELECT count(*) FROM range(3_000_000) one JOIN range(3_000_000) two USING (range)").fetchall()
    engine.close()
    is_done.set()
    watcher.join()

    assert any(share is not None for share in told)
    assert all(share is None or 0 <= share <= 1 for share in told)
    assert engine.progress() is None
