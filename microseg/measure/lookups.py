"""What must be known before criteria can be compiled: keys that stand twice, the newest version, what a pattern lets through.

A pattern (`matches`) is a regular expression of Python, and no two engines read one alike; so it is tried on the
distinct values of its column here, and the statement compares with those it lets through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from microseg.criteria.ast import Criterion, Test, walk
from microseg.criteria.dimensions import Dimension
from microseg.criteria.values import Version, version_of
from microseg.errors import UsageError
from microseg.measure import conversions, sql
from microseg.measure.engines import Engine
from microseg.measure.expression import Unit
from microseg.measure.ground import Ground
from microseg.measure.sql import Select, Sql

_MOST_VALUES = 100_000
_DIGITS = 9


def doubled_keys(ground: Ground, engine: Engine) -> tuple[dict[str, int | None], dict[str, int], frozenset[str]]:
    """The number of rows of each table, of the tables of accounts and users that of their keys, and in which of them a key stands in more than one row."""
    rows: dict[str, int | None] = {}
    members: dict[str, int] = {}
    doubled = set()
    for table in ground.data.sources:
        if table in {"account", "user"}:
            key = ground.key(table, "key")
            counted = sql.select([sql.rows(), sql.count(key), sql.count_different(key)], ground.relation(table))
            rows[table], keys, members[table] = engine.run(counted, ground.parameters.values)[0]
            doubled |= {table} if keys != members[table] else set()
        else:
            rows[table] = engine.count(table)
    return rows, members, frozenset(doubled)


def dimensions_of_history(ground: Ground, engine: Engine) -> frozenset[str]:
    """The dimensions of which the table of changes says what they were."""
    if not ground.data.has("history"):
        return frozenset()
    rows = engine.run(_distinct(conversions.text_of(ground.column("history", "dimension")), ground, "history").limit(_MOST_VALUES), ground.parameters.values)
    return frozenset(row[0] for row in rows if row[0] is not None and ground.dimensions.find(row[0]) is not None)


def dimensions_known(ground: Ground, history: frozenset[str], unit: Unit) -> frozenset[str]:
    """Every dimension that the data says something of, of that unit: by a column, by its history, by events or by answers.

    What people do and say is nothing to those they cannot be found among: users need their table, accounts its `account:` too.
    """
    data = ground.data
    finds_people = data.has("user", "account") if unit == "account" else data.has("user")
    finds_events = finds_people if data.has("event", "user") and data.has("user") else unit == "account" and data.has("event", "account")
    parts = {
        "event": ("use.events", "use.visits", "use.active_days", "adopt.rogers", "adopt.rank_pct"),
        "event.minutes": ("use.minutes", "use.minutes_per_visit", "feature.minutes"),
        "event.platform": ("tech.platform",),
        "event.name": ("adopt.feature",),
        "event.feature": ("adopt.feature",),
        "event.user": ("acct.active_users",),
        "survey": ("sent.nps_score", "sent.nps", "sent.csat_score", "sent.csat"),
    }
    finds = {"event": finds_events, "event.minutes": finds_events, "event.platform": finds_events, "event.name": finds_events, "event.feature": finds_events}
    counted = {name for part, names in parts.items() if data.has(*part.split(".")) and finds.get(part, finds_people) for name in names}
    lengths = {"acct.since", "acct.age"} if {"acct.since", "acct.age"} & data.held.keys() else set()
    return frozenset({*data.held, *history, *counted, *lengths})


def newest_version(ground: Ground, engine: Engine) -> Version | None:
    """The newest version that anyone joined with, or runs where that is not known."""
    for name in ("acct.joined_version", "tech.app_version"):
        dimension = ground.dimensions.find(name)
        trait = None if dimension is None else ground.trait(dimension)
        if dimension is not None and trait is not None:
            found = engine.run(sql.select([sql.greatest(trait.expression)], ground.relation(ground.data.held[name].table)), ground.parameters.values)[0][0]
            if found:
                return version_of(tuple(int(found[place : place + _DIGITS]) for place in range(0, len(found), _DIGITS)))
    return None


def patterns_found(ground: Ground, engine: Engine, criteria: Iterable[Criterion]) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """For each dimension and pattern in use, the values that the pattern lets through."""
    wanted: dict[str, dict[str, None]] = {}
    for criterion in criteria:
        for part in walk(criterion):
            if isinstance(part, Test) and part.operator == "matches":
                wanted.setdefault(part.dimension, {})[str(part.values[0])] = None
    found = {}
    for name, patterns in wanted.items():
        values = _values(ground, engine, name)
        for pattern in patterns:
            fits = re.compile(pattern)
            found[name, pattern] = tuple(value for value in values if fits.search(value))
    return found


def _values(ground: Ground, engine: Engine, name: str) -> list[str]:
    """The distinct values of a text dimension, of its history too."""
    dimension = ground.dimensions.find(name)
    if dimension is None:
        return []
    found: set[str] = set()
    for select in _sources(ground, dimension):
        rows = engine.run(select.limit(_MOST_VALUES + 1), ground.parameters.values)
        found |= {row[0] for row in rows if row[0] is not None}
    if len(found) > _MOST_VALUES:
        raise UsageError(f"{name} has more than {_MOST_VALUES:,} different values, too many for `matches`", "use `contains`, `starts_with`, `ends_with` or a list of values")
    return sorted(found)


def _sources(ground: Ground, dimension: Dimension) -> Iterable[Select]:
    trait = ground.trait(dimension)
    if trait is not None and trait.kind == "text":
        yield _distinct(trait.expression, ground, ground.data.held[dimension.id].table)
    if ground.data.has("history"):
        named = sql.compared(conversions.text_of(ground.column("history", "dimension")), "eq", ground.parameters.bind(dimension.id))
        yield _distinct(conversions.text_of(ground.column("history", "value")), ground, "history").where(named)


def _distinct(what: Sql, ground: Ground, table: str) -> Select:
    return sql.select([sql.named(what, "found")], ground.relation(table)).distinct()
