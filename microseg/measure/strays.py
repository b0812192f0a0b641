"""Rows that belong to nobody: counted in every run, for what they tell is in no number, and no number shows it.

One look-up for each table and each column in it that names a user or an account. Lines are told by `--check-data`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from microseg.measure import sql
from microseg.measure.engines import Engine
from microseg.measure.ground import Ground
from microseg.source.text import clean

_NAMED = {"user": "a user", "account": "an account"}
_OWNERS: tuple[Literal["user", "account"], ...] = ("user", "account")


def stray_rows(ground: Ground, engine: Engine) -> tuple[str, ...]:
    """A sentence for each column with rows that name nobody, or somebody who is in no table, in the order of the settings."""
    return tuple(message for table in ground.data.sources for owner in _OWNERS for message in _counted(table, owner, ground, engine))


def _counted(table: str, owner: Literal["user", "account"], ground: Ground, engine: Engine) -> Iterator[str]:
    data = ground.data
    if owner == table or not data.has(table, owner) or not data.has(owner):
        return
    here, there = ground.key(table, owner), ground.key(owner, "key")
    known = sql.select([there], ground.relation(owner)).where(sql.not_null(there))
    stray = sql.any_of([sql.is_null(here), sql.negated(sql.in_rows(here, known))])
    asked = sql.select([sql.rows(), sql.total(sql.as_int(sql.is_null(here)))], ground.relation(table)).where(stray)
    rows, nameless = (int(count or 0) for count in engine.run(asked, ground.parameters.values)[0])
    may_be_empty = table == "user" or all(data.has(table, one) for one in _OWNERS)  # somebody without an account, or named in the other column
    origin = clean(data.sources[table].origin)
    if nameless and not may_be_empty:
        yield f"{origin}: {_rows(nameless)} no {owner}, and {_these(nameless)} for none"
    if rows > nameless:
        yield f"{origin}: {_rows(rows - nameless)} {_NAMED[owner]} that is not in the table of {owner}s, and {_these(rows - nameless)} for no {owner}"


def _rows(count: int) -> str:
    return "1 row names" if count == 1 else f"{count:,} rows name"


def _these(count: int) -> str:
    return "counts" if count == 1 else "count"
