"""Exported statements: run as they are, by each engine, they say of everybody what the oracle says."""

import json

import pytest
from measure.draws import scene
from measure.fuzz import UNITS, segments, world
from measure.written import workspace, write_csv, write_parquet

from microseg.errors import UsageError
from microseg.exchange.export import Request, exporter
from microseg.project import Project

duckdb = pytest.importorskip("duckdb", reason="duckdb is not installed: pip install 'microseg[measure]'")

WORDS = {True: "in", False: "out", None: "unknown"}


def exported(root, drawn, places, typed, dialect):
    """The statements of a workspace by unit, and who was refused."""
    project = Project.open(workspace(root, drawn, places, typed))
    asked = tuple(one for _, one in project.workspace.walk())
    found = exporter("sql").export(Request(project.workspace, project.dimensions, asked, None, dialect))
    texts = found.text.split("\n\n-- ")[1:]
    return {text.partition("s\n")[0]: text.partition("\n")[2].strip().removesuffix(";") for text in texts}, {one.segment for one in found.refused}


def told(names, rows):
    """What a statement says of each member, by segment."""
    return {name: {row[0]: row[place] for row in rows} for place, name in enumerate(names) if place}


def wanted(oracle, unit, ids):
    return {name: {one.row["id"]: WORDS[one.in_segment(name)] for one in oracle.everybody(unit)} for name in ids}


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_duckdb_runs_it_over_files(seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    drawn, typed = scene(seed, accounts=42, users=60, events=300), segments(seed, 12)
    oracle, compared = world(drawn, typed), 0
    for places in (write_csv(tmp_path, drawn.rows), {name: f"held/{name}.parquet" for name in write_parquet(tmp_path / "held", drawn.rows)}):
        statements, refused = exported(tmp_path, drawn, places, typed, "duckdb")
        with duckdb.connect() as held:
            held.execute("SET TimeZone = 'UTC'")
            for unit in UNITS:
                answer = held.execute(statements[unit])
                names = [column[0] for column in answer.description]
                compared += len(names) - 1

                assert told(names, answer.fetchall()) == wanted(oracle, unit, names[1:])
                assert not refused & set(names)
    assert compared > 20


@pytest.mark.slow
def test_postgresql_runs_it(tmp_path):
    psycopg = pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'microseg[postgres]'")
    from measure.servers import PASSWORD, postgres
    from measure.written import write_postgres

    drawn, typed = scene(3, accounts=42, users=60, events=300), segments(3, 40)
    oracle = world(drawn, typed)
    with postgres() as server, psycopg.connect(server.url("owner"), password=PASSWORD, autocommit=True) as held:
        statements, _ = exported(tmp_path, drawn, write_postgres(held, drawn.rows, schema="exported"), typed, "postgres")
        held.execute("SET TimeZone = 'UTC'")
        for unit in UNITS:
            answer = held.execute(statements[unit])
            names = [column.name for column in answer.description]

            assert told(names, answer.fetchall()) == wanted(oracle, unit, names[1:])


@pytest.mark.slow
def test_spark_runs_it_and_reads_no_environment(tmp_path):
    from measure.servers import spark_session

    session = spark_session().newSession()  # with substitution on, as it comes
    drawn, typed = scene(4, accounts=42, users=50, events=200), segments(4, 8)
    oracle = world(drawn, typed)
    for name, place in write_parquet(tmp_path / "held", drawn.rows).items():
        session.read.parquet(place).createOrReplaceTempView(name)
    session.conf.set("spark.sql.session.timeZone", "UTC")
    statements, _ = exported(tmp_path, drawn, {name: name for name in ("account", "user", "event", "survey", "history")}, typed, "spark")
    for unit in UNITS:
        answer = session.sql(statements[unit])

        assert told(answer.columns, [tuple(row) for row in answer.collect()]) == wanted(oracle, unit, answer.columns[1:])


@pytest.mark.parametrize(
    ("criteria", "reason"),
    [
        ("{firmo.industry: {matches: '^f'}}", "firmo.industry is matched with a pattern, which no two engines read alike; use `contains`, `starts_with` or a list"),
        ("{acct.joined_version: {v_lt: current}}", "acct.joined_version is compared with the current version, and microseg.yaml does not say which: product: {version: …}"),
    ],
)
def test_what_no_statement_can_say_is_refused(export, criteria, reason):
    settings = "version: 1\ndata: {as_of: 2026-06-30, tables: {account: {from: crm.accounts, key: id}}, dimensions: {firmo.industry: {column: account.industry}}}\n"

    found = export("sql", {"microseg.yaml": settings, "segments/a.yaml": f"name: A\nunit: account\ncriteria: {criteria}\n"})

    assert [one.reason for one in found.refused] == [reason]


def test_a_dimension_without_a_column_is_refused(export):
    settings = "version: 1\ndata: {as_of: 2026-06-30, tables: {account: {from: crm.accounts, key: id}}}\n"

    found = export("sql", {"microseg.yaml": settings, "segments/a.yaml": "name: A\nunit: account\ncriteria: {firmo.industry: x}\n"})

    assert ["firmo.industry" in one.reason for one in found.refused] == [True]


def test_no_control_character_stands_in_a_statement(export):
    settings = "version: 1\ndata: {as_of: 2026-06-30, tables: {account: {from: crm.accounts, key: id}}, dimensions: {tech.stack: {column: account.stack}, firmo.industry: {column: account.industry}}}\n"
    files = {"microseg.yaml": settings, "segments/a.yaml": 'name: A\nunit: account\ncriteria: {tech.stack: [sap], firmo.industry: ["a\\nb", "\\u2028\\u202e", "x\\U000E0041"]}\n'}

    for dialect in ("duckdb", "postgres", "spark"):
        text = export("sql", files, dialect=dialect).text

        assert all(sign.isprintable() or sign == "\n" for sign in text)
        assert "CHR(10)" in text
        assert ("CONCAT('\\u2028', '\\u202e')" if dialect == "spark" else "CONCAT(CHR(8232), CHR(8238))") in text
        assert ("'\\U000e0041'" if dialect == "spark" else "CHR(917569)") in text


@pytest.mark.parametrize(
    ("table", "column", "dialect", "why"),
    [
        ("crm.accounts", "col\x1b[31m", "duckdb", "it is empty, or holds a sign that nobody sees"),
        ("crm.acc\nounts", "col", "postgres", "it is empty, or holds a sign that nobody sees"),
        ("crm..accounts", "col", "postgres", "it is empty, or holds a sign that nobody sees"),
        ("crm.accounts", "col${env:HOME}", "spark", "Spark would put something else in its place"),
    ],
)
def test_a_name_that_would_be_read_as_something_else_is_refused(export, table, column, dialect, why):
    settings = {"version": 1, "data": {"as_of": "2026-06-30", "tables": {"account": {"from": table, "key": "id"}}, "dimensions": {"firmo.industry": f"account.{column}"}}}

    with pytest.raises(UsageError, match=f"of a table or a column cannot stand in a statement: {why}"):
        export("sql", {"microseg.yaml": json.dumps(settings), "segments/a.yaml": "name: A\nunit: account\ncriteria: {firmo.industry: x}\n"}, dialect=dialect)


HOSTILE = ("$$", "'", "''", "\\", "\\'", "*/", "--", "a\nb", "{{ 7*7 }}", "${HOME}", "`", '"', "%s", "?", ":x", "$1", "'; DROP TABLE user; --", "E'\\'", "$t$ x $t$", "%", "_", "\x1b[31m", "\u2028\u202e", "x\U000e0041")


def test_duckdb_finds_each_hostile_value_and_no_other(export, tmp_path):
    place = tmp_path / "it's\x1b.csv"
    place.write_text("id,kind\n" + "".join(f'{number},"{value.replace(chr(34), chr(34) * 2)}"\n' for number, value in enumerate(HOSTILE)))
    settings = {"version": 1, "data": {"as_of": "2026-06-30", "tables": {"account": {"from": str(place), "key": "id"}}, "dimensions": {"firmo.industry": "account.kind"}}}
    tree = {"name": "All", "unit": "account", "segments": [{"id": f"s{number}", "name": "x", "criteria": {"firmo.industry": {"eq": value}}} for number, value in enumerate(HOSTILE)]}
    files = {"microseg.yaml": json.dumps(settings), "segments/a.yaml": json.dumps(tree).replace("\\udb40\\udc41", "\\U000e0041")}

    text = export("sql", files).text
    rows = duckdb.sql(text).fetchall()

    assert all(sign.isprintable() or sign == "\n" for sign in text)
    assert {row[0]: row[1:].index("in") for row in rows} == {str(number): number for number in range(len(HOSTILE))}
    assert [row.count("in") for row in rows] == [1] * len(HOSTILE)


@pytest.mark.parametrize("target", ["sql", "growthbook", "posthog"])
def test_criteria_that_cannot_be_read_let_nobody_in(export, target):
    """Left out, they would let in everybody who is in the segment above."""
    settings = "version: 1\ndata: {as_of: 2026-06-30, tables: {user: {from: crm.users, key: id}}, dimensions: {plan.state: {column: user.plan}}}\n"
    children = "  - {id: b, name: B, criteria: {plan.state: paid, plan.stat: x}, segments: [{id: c, name: C, criteria: {plan.state: paid}}]}\n  - {id: d, name: D, criteria: {segment: {is: b}}}\n"

    found = export(target, {"microseg.yaml": settings, "segments/a.yaml": f"id: a\nname: A\nunit: user\ncriteria: {{plan.state: paid}}\nsegments:\n{children}"})

    assert {one.segment: one.reason for one in found.refused} == {
        "b": "its criteria cannot be read: microseg lint says why",
        "c": "the criteria of b cannot be read: microseg lint says why",
        "d": "it asks about `b`, whose members nobody knows",
    }
