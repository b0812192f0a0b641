"""For a database: a statement a unit, with a column a segment that says of each member in, out or unknown.

It is the statement that `measure` is made of, with values written into it as text of the dialect instead of bound, for
it is read and run by people. Types of columns are what the dimensions say, since nobody is asked; CSV files are text.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from microseg.criteria.ast import InSegment, Test, walk
from microseg.errors import UsageError, short
from microseg.exchange.export import CannotSayError, Exported, Refused
from microseg.source.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from microseg.exchange.export import Request
    from microseg.measure.data import Data, Physical, Source
    from microseg.measure.facts import Facts, Unit
    from microseg.measure.ground import Ground
    from microseg.measure.node import Token
    from microseg.measure.resolved import Resolved

KIND = "criteria"
_TYPES: Mapping[str, Physical] = {"number": "decimal", "money": "decimal", "date": "date", "duration": "date", "boolean": "boolean"}
_ROLES: Mapping[str, Physical] = {"at": "instant", "minutes": "decimal", "score": "decimal"}
_SUBSTITUTION = re.compile(r"(?<=\$)(?=\{)")  # between the two signs that begin one in Spark
_BYTE, _PLANE = 0x100, 0x10000
_IN, _OUT, _UNKNOWN = "in", "out", "unknown"


class _Scene(NamedTuple):
    """Everything that the statements of one export share."""

    request: Request
    data: Data
    ground: Ground
    resolved: Resolved


def export(request: Request) -> Exported:
    """A statement for accounts and one for users, as far as segments of that unit are asked for."""
    scene = _scene(request)
    refused = {one.segment: one for one in _refused(scene)}
    statements = [_heading(scene)]
    for unit in ("account", "user"):
        ids = [one.id or "" for one in request.segments if one.id not in refused and scene.resolved.members[one.id or ""].unit == unit]
        if ids:
            statements.append(_statement(scene, unit, ids))
    in_order = tuple(refused[one.id] for one in request.segments if one.id in refused)
    return Exported("\n\n".join(statements) + "\n", in_order)


def _scene(request: Request) -> _Scene:
    from microseg.measure.data import read_data
    from microseg.measure.ground import Ground
    from microseg.measure.resolved import resolved_segments

    data = read_data(request.workspace.config.data, as_of=request.as_of)
    described = {table: dict(_columns(source, request, data)) for table, source in data.sources.items()}
    ground = Ground(data, described, {table: _relation(source, request.dialect) for table, source in data.sources.items()}, request.dialect, request.dimensions)
    for table, source in data.sources.items():
        is_read = _is_file(source) and request.dialect == "duckdb"
        _refuse_unwritable((*(() if is_read else ground.relations[table]), *described[table]), request.dialect)
    return _Scene(request, data, ground, resolved_segments(request.workspace))


def _refuse_unwritable(names: Iterable[str], dialect: str) -> None:
    """Raises UsageError for a name that would stand in a statement and be read as something else, by people or by Spark."""
    odd = next((name for name in names if not name or not name.isprintable() or (dialect == "spark" and "${" in name)), None)
    if odd is not None:
        why = "Spark would put something else in its place" if odd.isprintable() and odd else "it is empty, or holds a sign that nobody sees"
        raise UsageError(f"the name `{short(clean(odd))}` of a table or a column cannot stand in a statement: {why}", "give it a plain name there, or make a view with plain names, and write that into microseg.yaml")


def _columns(source: Source, request: Request, data: Data) -> Iterator[tuple[str, Physical]]:
    """What each column is taken to hold: text in a CSV file, else what its part or its dimension asks for."""
    is_text = _is_file(source) and not source.origin.lower().endswith((".parquet", ".pq"))
    for part, column in source.columns.items():
        yield column, "text" if is_text else _ROLES.get(part, "text")
    for name, held in data.held.items():
        dimension = request.dimensions.find(name)
        if held.table == source.table and dimension is not None:
            yield held.column, "text" if is_text else _TYPES.get(dimension.type, "text")


def _is_file(source: Source) -> bool:
    return "/" in source.origin or source.origin.lower().endswith((".csv", ".tsv", ".txt", ".gz", ".parquet", ".pq"))


def _relation(source: Source, dialect: str) -> tuple[str, ...]:
    """A table by its name. A file only DuckDB can read: elsewhere it is the table called account, user, event and so on."""
    if not _is_file(source):
        return tuple(source.origin.split("."))
    return (source.origin,) if dialect == "duckdb" else (source.table,)


def _heading(scene: _Scene) -> str:
    data = scene.data
    lines = [
        f"{scene.request.tool}: who is in which segment as of {data.as_of.isoformat()}, in days of {data.timezone}; for {scene.request.dialect}",
        f"in, out, or unknown where a value is missing; tables: {', '.join(f'{table} is ' + '.'.join(scene.ground.relations[table]) for table in data.sources)}",
    ]
    return "\n".join(f"-- {clean(line)}" for line in lines)


def _refused(scene: _Scene) -> Iterator[Refused]:
    """Each segment that no statement can say, with the reason."""
    for segment in scene.request.segments:
        try:
            _check(scene, segment.id or "")
        except CannotSayError as why:
            yield Refused(segment.id or "", str(why))


def _check(scene: _Scene, segment: str) -> None:
    broken = scene.resolved.broken
    if segment in broken:
        raise CannotSayError(broken[segment])
    member = scene.resolved.members[segment]
    if not member.chain:
        raise CannotSayError("it has no criteria: everybody is in")
    if not scene.data.has(member.unit):
        raise CannotSayError(f"its members are {member.unit}s, and microseg.yaml names no table of {member.unit}s")
    for part in (part for criterion in member.chain for part in walk(criterion)):
        if isinstance(part, InSegment) and part.segment in broken:
            raise CannotSayError(f"it asks about `{part.segment}`, whose members nobody knows")
        if isinstance(part, Test) and part.operator == "matches":
            raise CannotSayError(f"{part.dimension} is matched with a pattern, which no two engines read alike; use `contains`, `starts_with` or a list")
        if isinstance(part, Test) and () in part.values:
            raise CannotSayError(f"{part.dimension} is compared with the current version, and microseg.yaml does not say which: product: {{version: …}}")
    facts = _facts(scene)
    _truth(scene, facts, member.unit, segment)
    if facts.notices:
        raise CannotSayError(next(iter(facts.notices)))


def _facts(scene: _Scene) -> Facts:
    from microseg.measure import sql
    from microseg.measure.facts import Facts

    return Facts(replace(scene.ground, parameters=sql.Parameters()))


def _truth(scene: _Scene, facts: Facts, unit: Unit, segment: str) -> Any:
    from microseg.measure import sql
    from microseg.measure.compile import World, truth

    scope = facts.accounts if unit == "account" else facts.members
    world = World(facts, scene.resolved.members, {}, opened=(segment,))
    return sql.all_of([truth(one, scope, scene.data.as_of, world) for one in scene.resolved.members[segment].chain])


def _statement(scene: _Scene, unit: Unit, segments: list[str]) -> str:
    """Members in no order, a column a segment. Each truth is a column of its own first, so that it is written once."""
    from microseg.measure import sql
    from microseg.measure.occurrences import Parts
    from microseg.measure.rows import write_rows

    facts = _facts(scene)
    truths = {segment: _truth(scene, facts, unit, segment) for segment in segments}
    parts = Parts()
    tests = write_rows(facts, parts, unit)
    key = sql.named(sql.column("k"), "k")
    parts.add("truths", sql.select([key, *(sql.named(what, f"t{place}") for place, what in enumerate(truths.values()))], sql.table(tests)))
    said = [sql.named(_in_words(sql.column(f"t{place}")), segment) for place, segment in enumerate(segments)]
    chosen = sql.select([sql.named(sql.column("k"), f"{unit}_id"), *said], sql.table("truths"))
    return f"-- {unit}s\n{chosen.with_parts(parts.names).sql(scene.request.dialect, _spelling(facts, scene))};"


def _in_words(truth: Any) -> Any:
    from microseg.measure import sql

    return sql.case((truth, sql.word(_IN)), (sql.negated(truth), sql.word(_OUT)), default=sql.word(_UNKNOWN))


def _spelling(facts: Facts, scene: _Scene) -> Callable[[Token], str | None]:
    """Values in the place of names, and files in the place of tables where DuckDB reads them."""
    values, dialect = facts.ground.parameters.values, scene.request.dialect
    files = {scene.ground.relations[table] for table, source in scene.data.sources.items() if _is_file(source) and dialect == "duckdb"}

    def spelled(token: Token) -> str | None:
        if token.kind == "place":
            return _literal(values[str(token.value)], dialect)
        if token.kind == "word":
            return _literal(str(token.value), dialect)
        return _read(token.value[0]) if token.kind == "table" and token.value in files else None

    return spelled


def _literal(value: str | int, dialect: str) -> str:
    """A value as text of the dialect, signs that nobody sees by their number.

    Spark would read `${…}` from its machine's environment, so there the two signs stand apart.
    """
    from microseg.measure.node import literal

    if isinstance(value, int):
        return f"{value}" if value >= 0 else f"({value})"
    pieces = list(_pieces(value, dialect))
    if len(pieces) <= 1 and value.isprintable():
        return literal(value, dialect)
    return f"CONCAT({', '.join(literal(piece, dialect) if piece.isprintable() else _by_number(piece, dialect) for piece in pieces)})"


def _pieces(text: str, dialect: str) -> Iterator[str]:
    """Runs of signs that are seen, and every other sign alone."""
    for is_seen, signs in groupby(text, str.isprintable):
        run = "".join(signs)
        if not is_seen:
            yield from run
        elif dialect == "spark":
            yield from _SUBSTITUTION.split(run)
        else:
            yield run


def _by_number(sign: str, dialect: str) -> str:
    """Spark's CHR counts to 255 and begins anew; its literals know numbers too (Spark SQL reference, string literals)."""
    number = ord(sign)
    if dialect != "spark" or number < _BYTE:
        return f"CHR({number})"
    return f"'\\u{number:04x}'" if number < _PLANE else f"'\\U{number:08x}'"


def _read(origin: str) -> str:
    """DuckDB's call that reads a file: Parquet by its types, CSV as text."""
    place = _literal(origin, "duckdb")
    return f"READ_PARQUET({place})" if origin.lower().endswith((".parquet", ".pq")) else f"READ_CSV({place}, all_varchar = TRUE)"
