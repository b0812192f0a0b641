"""Rows as engines find them: CSV and Parquet files, tables of a database, and the workspace whose settings name them."""

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from measure.draws import OWN, Scene, columns_of
from measure.oracle import Rows

ROLES = {
    "event": {"user": "user_id", "at": "ts", "name": "kind", "minutes": "duration_min", "platform": "de vice", "feature": "feature", "visit": "session"},
    "survey": {"user": "user_id", "at": "answered", "kind": "kind", "score": "score"},
    "history": {"account": "account_id", "at": "changed", "dimension": "what", "value": "to"},
}
KINDS = {"number": "number", "money": "number", "date": "date", "boolean": "boolean"}
EVERYTHING = frozenset({"account", "user", *ROLES, *(f"event.{name}" for name in ROLES["event"])})


class Table(NamedTuple):
    """Columns as (name, kind), and rows of plain values in that order; kinds: text number date boolean moment."""

    name: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Any, ...], ...]


def tables(rows: Rows) -> tuple[Table, ...]:
    """The five tables with the names of columns that the settings use."""
    held = {"account": rows.accounts, "user": rows.users, "event": rows.events, "survey": rows.surveys, "history": rows.history}
    return tuple(_table(name, found) for name, found in held.items())


def _table(name: str, rows: Sequence[Mapping[str, Any]]) -> Table:
    if name in ROLES:
        keys = [(key, column, {"at": "moment", "minutes": "number", "score": "number"}.get(key, "text")) for key, column in ROLES[name].items()]
    else:
        keys = [("id", f"{name}_id", "text"), *([("account", "account_id", "text")] if name == "user" else [])]
        keys += [(key, column, KINDS.get(OWN.find(key).type, "text")) for key, column in columns_of(name).items()]
    return Table(name, tuple((column, kind) for _, column, kind in keys), tuple(tuple(row[key] for key, _, _ in keys) for row in rows))


def settings(scene: Scene, places: Mapping[str, str], *, engine: str = "duckdb") -> dict[str, Any]:
    """microseg.yaml, with tables at those places; a table without a place is not named."""
    whole = {"account": {"key": "account_id"}, "user": {"key": "user_id", "account": "account_id"}, **ROLES}
    named = {name: {"from": places[name], **columns} for name, columns in whole.items() if name in places}
    held = {name: {"column": f"{table}.{column}"} for table in ("account", "user") if table in places for name, column in columns_of(table).items()}
    own = {one.id: {"type": one.type, "of": {"either": "user or account"}.get(one.of, one.of), **({"values": list(one.values)} if one.values else {})} for one in OWN.own}
    data = {"engine": engine, "as_of": scene.as_of.isoformat(), "timezone": scene.zone, "tables": named, "dimensions": held}
    return {"version": 1, "product": {"version": "3.1.4"}, "defaults": {"unit": "account"}, "dimensions": own, "definitions": {"team-default": {"plan.state": "free"}}, "data": data}


def workspace(root: Path, scene: Scene, places: Mapping[str, str], segments: Sequence[Mapping[str, Any]], *, engine: str = "duckdb") -> Path:
    """A workspace on the disk: settings, and a file for each head with its segments nested in it. JSON is YAML too."""
    (root / "segments").mkdir(parents=True, exist_ok=True)
    (root / "microseg.yaml").write_text(json.dumps(settings(scene, places, engine=engine), ensure_ascii=False), encoding="utf-8")
    nested: dict[str, dict[str, Any]] = {}
    for one in segments:
        nested[one["id"]] = {name: held for name, held in one.items() if name != "parent"}
        if "parent" in one:
            nested[one["parent"]].setdefault("segments", []).append(nested[one["id"]])
    for one in segments:
        if "parent" not in one:
            (root / "segments" / f"{one['id']}.yaml").write_text(json.dumps(nested[one["id"]], ensure_ascii=False), encoding="utf-8")
    return root


def text_of(value: Any, number: int = 0) -> str:
    """A value as a CSV holds it; moments and truths are written in several ways, as people's tools do."""
    if isinstance(value, bool):
        return ("true", "T", "yes", "1")[number % 4] if value else ("false", "F", "no", "0")[number % 4]
    if isinstance(value, Fraction):
        return format(Decimal(value.numerator) / value.denominator, "f")
    if isinstance(value, dt.datetime):
        zone = (dt.UTC, dt.timezone(dt.timedelta(hours=5, minutes=45)), dt.timezone(-dt.timedelta(hours=9)))[number % 3]
        written = value.astimezone(zone).isoformat()
        return (written, written.replace("T", " "), value.replace(tzinfo=None).isoformat(), written.replace("+00:00", "Z"))[number % 4]
    return value.isoformat() if isinstance(value, dt.date) else str(value)


def write_csv(folder: Path, rows: Rows) -> dict[str, str]:
    """A CSV a table, a missing cell empty and every text in quotes; where each lies, relative to the folder."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    for table in tables(rows):
        (folder / "data" / f"{table.name}.csv").write_text("\n".join(_csv_lines(table)) + "\n", encoding="utf-8")
    return {table.name: f"data/{table.name}.csv" for table in tables(rows)}


def _csv_lines(table: Table) -> Iterator[str]:
    yield ",".join(_quoted(name) for name, _ in table.columns)
    for number, row in enumerate(table.rows):
        yield ",".join("" if value is None else _quoted(text_of(value, number)) for value in row)


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def write_postgres(connection: Any, rows: Rows, *, schema: str) -> dict[str, str]:
    """Typed tables in a schema of their own, which the role `reader` may read and nothing else."""
    types = {"text": "text", "number": "numeric", "date": "date", "boolean": "boolean", "moment": "timestamptz"}
    connection.execute(f'CREATE SCHEMA "{schema}"')
    for table in tables(rows):
        columns = ", ".join(f"{_quoted(name)} {types[kind]}" for name, kind in table.columns)
        connection.execute(f'CREATE TABLE "{schema}"."{table.name}" ({columns})')
        with connection.cursor().copy(f'COPY "{schema}"."{table.name}" FROM STDIN (FORMAT csv)') as copy:
            copy.write(_csv(table))
    connection.execute(f'GRANT USAGE ON SCHEMA "{schema}" TO reader')
    connection.execute(f'GRANT SELECT ON ALL TABLES IN SCHEMA "{schema}" TO reader')
    connection.execute("ANALYZE")
    return {table.name: f"{schema}.{table.name}" for table in tables(rows)}


def _csv(table: Table) -> str:
    """Rows without a head, a missing cell empty; moments in UTC."""
    return "".join(",".join("" if value is None else _quoted(text_of(value)) for value in row) + "\n" for row in table.rows)


def write_parquet(folder: Path, rows: Rows) -> dict[str, str]:
    """A typed Parquet file a table, as another tool would write it: decimals, dates, moments with their zone."""
    import duckdb

    types = {"text": "VARCHAR", "number": "DECIMAL(18, 6)", "date": "DATE", "boolean": "BOOLEAN", "moment": "TIMESTAMPTZ"}
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as held:
        held.execute("SET TimeZone = 'UTC'")
        for table in tables(rows):
            source = folder / f"{table.name}.csv"
            source.write_text(_csv(table), encoding="utf-8")
            columns = ", ".join(f"{_text(name)}: {_text(types[kind])}" for name, kind in table.columns)
            read = f"read_csv({_text(str(source))}, header = false, columns = {{{columns}}}, nullstr = '', allow_quoted_nulls = false, auto_detect = false, quote = '\"', escape = '\"', delim = ',')"
            held.sql(f"FROM {read}").write_parquet(str(folder / f"{table.name}.parquet"))
            source.unlink()
    return {table.name: str(folder / f"{table.name}.parquet") for table in tables(rows)}


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
