"""PostgreSQL and Spark: the same questions, the same digits; and what each of them would do if nobody held it back."""

import datetime as dt
import os
from dataclasses import replace
from fractions import Fraction
from functools import reduce
from types import SimpleNamespace

import pytest

from measure.draws import columns_of, scene
from measure.fuzz import count, differences, segments, world
from measure.servers import PASSWORD, Server, postgres, spark_session
from measure.tiny import FILES, request_of, written
from measure.written import workspace, write_csv, write_parquet, write_postgres
from microseg.criteria.evaluate import Question
from microseg.errors import UsageError
from microseg.measure import sql
from microseg.measure.data import Data, Source, read_data
from microseg.measure.engines import Engine
from microseg.measure.expression import Amount, Sum
from microseg.measure.metric import Ask
from microseg.measure.node import Select, Sql, Token
from microseg.measure.run import Request, measure
from microseg.project import Project

pytestmark = pytest.mark.slow

HOSTILE = ("'; DROP TABLE account; --", "${env:HOME}", "${system:user.name}", "%s %(p0)s $1 :p0 ?", "\\'", 'a"b', "caf\u00e9", "cafe\u0301", "line\nbreak", "{{ x }}", "$$", "\U0001f600", "`")


@pytest.fixture(scope="session")
def server():
    with postgres() as held:
        yield held


@pytest.fixture
def password(monkeypatch):
    monkeypatch.setenv("PGPASSWORD", PASSWORD)


@pytest.fixture(scope="session")
def owner(server: Server):
    """The owner's connection, to a database that wants everybody to live in Los Angeles."""
    import psycopg

    with psycopg.connect(server.url("owner"), password=PASSWORD, autocommit=True) as held:
        held.execute("ALTER DATABASE nasty SET timezone = 'America/Los_Angeles'")
        yield held


@pytest.fixture
def database(server, owner, password):
    """An engine as the role that may only read, closed at the end."""
    from microseg.measure.engines.postgres import PostgreSQL

    held = PostgreSQL(server.url("reader"))
    yield held
    held.close()


@pytest.fixture(scope="session")
def session():
    return spark_session()


@pytest.fixture
def spark(session, tmp_path):
    from microseg.measure.engines.spark import Spark

    held = Spark("spark", tmp_path)
    yield held
    held.close()


def nothing(**origins: str) -> Data:
    """Settings that name these tables and nothing else."""
    return Data("", dt.date(2026, 6, 30), "UTC", "2GB", {name: Source(name, origin, {}) for name, origin in origins.items()}, {})


def alone(what: Sql) -> Select:
    """One value, of one row."""
    return sql.select([what], Sql(("(SELECT 1) AS one",)))


def text_of(engine: Engine, value: str) -> str:
    """What an engine gives back for a bound text."""
    return engine.run(alone(sql.named(Sql((Token("place", "p0"),)), "given")), {"p0": value})[0][0]


# --- the same digits


@pytest.mark.parametrize("seed", [31, 32, 33])
def test_postgresql_counts_and_sums_what_the_oracle_does(seed, database, owner, tmp_path):
    drawn, typed = scene(seed), segments(seed, 75)

    counted = count(tmp_path, drawn, write_postgres(owner, drawn.rows, schema=f"Fuzz {seed}"), typed, database, seed=seed)

    assert differences(counted, world(drawn, typed), seed=seed) == []


def test_postgresql_adds_up_at_once_what_looks_from_no_day_to_another(database, owner, tmp_path):
    drawn, typed = scene(34), segments(34, 60, is_at_once=True)

    counted = count(tmp_path, drawn, write_postgres(owner, drawn.rows, schema="Fuzz 34"), typed, database)

    assert differences(counted, world(drawn, typed)) == []


@pytest.mark.parametrize("seed", [41])
def test_spark_counts_and_sums_what_the_oracle_does(seed, spark, tmp_path):
    drawn, typed = scene(seed, accounts=45, users=70, events=500), segments(seed, 25)
    places = {name: f"held/{name}.parquet" for name in write_parquet(tmp_path / "held", drawn.rows)}

    counted = count(tmp_path, drawn, places, typed, spark, seed=seed)

    assert differences(counted, world(drawn, typed), seed=seed) == []


def test_spark_adds_up_at_once_what_looks_from_no_day_to_another(spark, tmp_path):
    drawn, typed = scene(42, accounts=45, users=70, events=500), segments(42, 20, is_at_once=True)
    places = {name: f"held/{name}.parquet" for name in write_parquet(tmp_path / "held", drawn.rows)}

    counted = count(tmp_path, drawn, places, typed, spark)

    assert differences(counted, world(drawn, typed)) == []


# --- values are bound, and stay what they are


@pytest.mark.parametrize("value", HOSTILE)
def test_postgresql_gives_back_what_it_was_given(value, database):
    database.open(nothing())

    assert text_of(database, value) == value


@pytest.mark.parametrize("value", HOSTILE)
def test_spark_gives_back_what_it_was_given(value, spark):
    spark.open(nothing())

    assert text_of(spark, value) == value


def test_spark_would_read_the_environment_and_is_kept_from_it(session, spark):
    """The danger is real in a session that nobody changed, so that the test fails when the guard goes."""
    assert session.sql("SELECT '${env:HOME}'").collect()[0][0] == os.environ["HOME"]

    spark.open(nothing())
    assert spark.run(alone(sql.word("${env:HOME}")), {}) == [("${env:HOME}",)]


# --- zones, rights, time


def test_both_live_in_utc_whatever_their_machine_says(database, spark):
    for engine in (database, spark):
        engine.open(nothing())
        moment = sql.cast(sql.cast(sql.word("2026-06-30 23:30:00+00:00"), "TIMESTAMPTZ"), "TEXT")

        assert str(engine.run(alone(moment), {})[0][0])[:19] == "2026-06-30 23:30:00"


def test_postgresql_may_not_write_even_where_its_role_might(server, owner, password):
    from microseg.measure.engines.postgres import PostgreSQL

    owner.execute("CREATE TABLE IF NOT EXISTS public.kept (a int)")
    held = PostgreSQL(server.url("owner"))
    held.open(nothing())
    with pytest.raises(UsageError, match="read-only transaction"):
        held.run(SimpleNamespace(sql=lambda *_: "INSERT INTO public.kept VALUES (1)"), {})
    held.close()

    assert owner.execute("SELECT count(*) FROM public.kept").fetchone()[0] == 0


def test_postgresql_sets_what_must_be_set(database):
    database.open(nothing())
    names = ("default_transaction_read_only", "TimeZone", "statement_timeout", "lock_timeout", "jit", "transaction_isolation")

    assert [database.run(alone(sql.function("current_setting", sql.word(name))), {})[0][0] for name in names] == ["on", "UTC", "1h", "10s", "off", "repeatable read"]


def test_postgresql_stops_a_statement_that_takes_too_long(database):
    database.open(nothing())
    database._connection.execute("SET LOCAL statement_timeout = '50ms'")

    with pytest.raises(UsageError, match="PostgreSQL stopped: canceling statement due to statement timeout"):
        database.run(alone(sql.function("pg_sleep", sql.number(5))), {})


def test_postgresql_reads_many_rows_a_few_at_a_time(database):
    database.open(nothing())
    statement = sql.select([sql.column("n")], Sql(("generate_series(1, 12000) AS n",)))

    assert [len(rows) for rows in database.stream(statement, {})] == [5000, 5000, 2000]


def test_spark_reads_many_rows_a_few_at_a_time(spark):
    spark.open(nothing())

    assert [len(rows) for rows in spark.stream(sql.select([sql.column("id")], Sql(("range(12000)",))), {})] == [5000, 5000, 2000]


# --- what cannot be had is said in a sentence, and no secret in it


def test_no_password_is_ever_said(server, monkeypatch):
    from microseg.measure.engines.postgres import PostgreSQL

    monkeypatch.setenv("PGPASSWORD", "wrong-secret")
    with pytest.raises(UsageError) as told:
        PostgreSQL(server.url("reader")).open(nothing())

    assert "wrong-secret" not in f"{told.value.message} {told.value.hint}"
    assert "PostgreSQL cannot be reached: " in told.value.message


def test_a_server_that_is_not_there(password):
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'microseg[postgres]'")
    from microseg.measure.engines.postgres import PostgreSQL

    with pytest.raises(UsageError, match="PostgreSQL cannot be reached"):
        PostgreSQL("postgresql://reader@127.0.0.1:1/nasty").open(nothing())


@pytest.mark.parametrize(("table", "reason"), [("nowhere.at_all", "does not exist"), ("hidden.rows", "permission denied"), ('x"; DROP TABLE kept; --', "does not exist")])
def test_postgresql_says_which_table_it_cannot_read(table, reason, database, owner):
    owner.execute("CREATE SCHEMA IF NOT EXISTS hidden")
    owner.execute("CREATE TABLE IF NOT EXISTS hidden.rows (a int)")

    with pytest.raises(UsageError, match=reason) as told:
        database.open(nothing(account=table))
    assert told.value.message.startswith(f"the table {table} cannot be read: ")


def test_spark_says_which_table_it_cannot_read(spark):
    with pytest.raises(UsageError, match=r"the table nowhere\.at_all cannot be read: "):
        spark.open(nothing(account="nowhere.at_all"))


def test_both_name_the_line_of_the_settings(database, spark):
    lost = replace(nothing(), sources={"account": Source("account", "nowhere.at_all", {}, (), "microseg.yaml:7: ")})

    for engine in (database, spark):
        with pytest.raises(UsageError, match=r"^microseg\.yaml:7: the table nowhere\.at_all cannot be read: "):
            engine.open(lost)


@pytest.mark.parametrize("place", ["../out.parquet", "/etc/out.parquet", "file:///etc/out.parquet", "file:/etc/out.parquet"])
def test_spark_stays_in_the_workspace(place, spark):
    with pytest.raises(UsageError, match="lies outside the workspace"):
        spark.open(nothing(account=place))


def test_types_are_told_apart(database, owner, spark, tmp_path):
    held = scene(3, accounts=2, users=2, events=2, surveys=2, changes=2)
    places = write_postgres(owner, held.rows, schema="typed")
    files = write_parquet(tmp_path / "held", held.rows)
    wanted = {"account_id": "text", "Gro\u00dfe": "decimal", "acct_since": "date"}

    for opened in (database.open(nothing(account=places["account"])), spark.open(nothing(account=files["account"]))):
        assert {name: opened.described["account"][name] for name in wanted} == wanted
        assert len(opened.described["account"]) == len(columns_of("account")) + 1


# --- the same numbers in three engines, side by side


def test_three_engines_say_the_same_of_one_workspace(database, owner, spark, tmp_path):
    from microseg.measure.engines.duckdb import DuckDB

    drawn, typed = scene(77, accounts=50, users=80, events=500), segments(77, 12)
    places = {name: f"held/{name}.parquet" for name in write_parquet(tmp_path / "held", drawn.rows)}
    told = []
    for engine, named in ((DuckDB(tmp_path), write_csv(tmp_path, drawn.rows)), (DuckDB(tmp_path), places), (database, write_postgres(owner, drawn.rows, schema="same")), (spark, places)):
        counted = count(tmp_path, drawn, named, typed, engine, seed=77)
        told.append((counted.segments, counted.overlaps, counted.coverage, counted.everybody))

    assert told[0] == told[1] == told[2] == told[3]


def test_sums_beyond_32_bits_and_halves_are_the_same_everywhere(database, owner, spark, tmp_path):
    from microseg.measure.engines.duckdb import DuckDB

    drawn = scene(9, accounts=40, users=8, events=4, surveys=4, changes=0)
    prices = [Fraction(90_000_000) if number else Fraction("0.125") for number in range(40)]
    rows = drawn.rows.__class__(tuple({**row, "plan.mrr": price} for row, price in zip(drawn.rows.accounts, prices, strict=True)), drawn.rows.users, drawn.rows.events, drawn.rows.surveys, ())
    drawn = drawn._replace(rows=rows)
    places = {name: f"held/{name}.parquet" for name in write_parquet(tmp_path / "held", rows)}

    def asking(_workspace, _settings):
        return (Ask("big", "account", (Sum("cents", Amount(Question("plan.mrr"), 100)),)),)

    for engine, named in ((DuckDB(tmp_path), places), (database, write_postgres(owner, rows, schema="large")), (spark, places)):
        project = Project.open(workspace(tmp_path, drawn, named, [{"name": "All", "id": "all", "unit": "account"}]))
        counted = measure(Request(project.workspace, project.dimensions, read_data(project.config.data), asking), engine)

        assert counted.everybody["account"].sums["big"]["cents"] == 39 * 9_000_000_000 + 13


def test_one_statement_a_unit(database, owner, tmp_path):
    drawn, typed = scene(5, accounts=10, users=20, events=50), segments(5, 10, depth=1)
    statements: list[str] = []
    run = database.run

    def counting(statement, parameters):
        statements.append(statement.sql("postgres"))
        return run(statement, parameters)

    database.run = counting
    count(tmp_path, drawn, write_postgres(owner, drawn.rows, schema="once"), typed, database)

    of_events = [text for text in statements if '"once"."event"' in text]
    assert [text.count('"once"."event"') for text in of_events] == [1, 1]  # whose cells cannot be read, and what was asked




def test_three_engines_count_the_same_cells_that_cannot_be_read(database, owner, spark, tmp_path):
    """All columns are text, as people load them: German dates and commas are told, with the same counts everywhere."""
    from microseg.measure.engines.duckdb import DuckDB

    changes = (("2025-12-31", "31.12.2025"), ("a2,200,", 'a2,"200,0",'), (",2.5\n", ',"2,5"\n'), ("u1,2026-06-01,9", 'u1,1.6.2026,"9,0"'))
    request = request_of(written(tmp_path, **{name: reduce(lambda text, change: text.replace(*change), changes, text) for name, text in FILES.items()}))
    loaded = load_as_text(owner, tmp_path, request.data)

    told = [unread_of(request, DuckDB(tmp_path), {})] + [unread_of(request, engine, loaded[engine.name]) for engine in (database, spark)]

    assert told[0] == [("size", 1, 5), ("since", 1, 6), ("minutes", 1, 8), ("at", 1, 5), ("score", 1, 5)]
    assert told[1:] == [told[0], told[0]]


def load_as_text(owner, root, data: Data) -> dict[str, dict[str, str]]:
    """The CSV files of a workspace as tables and as Parquet files of nothing but text; by engine, where each lies."""
    import duckdb

    owner.execute('CREATE SCHEMA "typed as text"; GRANT USAGE ON SCHEMA "typed as text" TO reader')
    for table, source in data.sources.items():
        with duckdb.connect() as held:
            rows = held.sql(f"FROM read_csv('{root / source.origin}', all_varchar = true)")
            rows.write_parquet(str(root / f"{table}.parquet"))
            columns, cells = rows.columns, rows.fetchall()
        named = ", ".join(f'"{name}" text' for name in columns)
        owner.execute(f'CREATE TABLE "typed as text"."{table}" ({named}); GRANT SELECT ON "typed as text"."{table}" TO reader')
        for row in cells:
            owner.execute(f'INSERT INTO "typed as text"."{table}" VALUES ({", ".join(["%s"] * len(row))})', row)  # noqa: S608 - names of our own
    return {"postgres": {table: f"typed as text.{table}" for table in data.sources}, "spark": {table: f"{table}.parquet" for table in data.sources}}


def unread_of(request: Request, engine: Engine, places: dict[str, str]) -> list[tuple[str, int, int]]:
    """Of each column with such cells: how many, of how many."""
    sources = {table: source._replace(origin=places.get(table, source.origin)) for table, source in request.data.sources.items()}
    found = measure(replace(request, data=replace(request.data, sources=sources)), engine).unread
    engine.close()
    return [(one.column, one.cells, one.filled) for one in found]
