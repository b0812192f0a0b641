"""Rows that belong to nobody: told in every run, for what they tell is in no number, and no number shows it.

Of events the statement that counts them tells it, of the days that it reads; of every other table one look-up for each
column that names a user or an account. Lines are told by `--check-data`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from microseg.measure import sql
from microseg.measure.data import Data
from microseg.measure.engines import Engine
from microseg.measure.expression import Unit
from microseg.measure.ground import Ground
from microseg.measure.sql import Sql
from microseg.source.text import clean

A_OR_AN = {"user": "a user", "account": "an account"}
_OWNERS: tuple[Unit, ...] = ("user", "account")


class Strays(NamedTuple):
    """How many rows name nobody, and how many somebody who is in no table; of events those from a day on (None: from the first)."""

    nameless: int
    strange: int
    since: dt.date | None = None


def owners_of(table: str, data: Data) -> Iterator[Unit]:
    """Whom the rows of a table name: users, accounts, as far as there is a table of them."""
    return (one for one in _OWNERS if one != table and data.has(table, one) and data.has(one))


def is_strange(table: str, owner: Unit, ground: Ground) -> Sql:
    """Does a row name somebody who is in no table?"""
    here, there = ground.key(table, owner), ground.key(owner, "key")
    known = sql.select([there], ground.relation(owner)).where(sql.not_null(there))
    return sql.all_of([sql.not_null(here), sql.negated(sql.in_rows(here, known))])


def may_be_nameless(table: str, data: Data) -> bool:
    """May a row name nobody? A user need not have an account, and who is named in one column need not be in the other; events are counted by the user alone where they name one."""
    return table == "user" or (table != "event" and all(data.has(table, one) for one in _OWNERS))


def stray_rows(ground: Ground, engine: Engine, of_events: Strays | None) -> tuple[str, ...]:
    """A sentence for each column with rows of nobody, in the order of the settings; `of_events`: None where none were read."""
    data, found = ground.data, []
    for table in data.sources:
        if table != "event":
            found += [_told(table, owner, _counted(table, owner, ground, engine), data) for owner in owners_of(table, data)]
        elif of_events is not None:
            found += [_told(table, next(owners_of(table, data)), of_events, data)]
    return tuple(message for messages in found for message in messages)


def _counted(table: str, owner: Unit, ground: Ground, engine: Engine) -> Strays:
    nameless, strange = (sql.as_int(held) for held in (sql.is_null(ground.key(table, owner)), is_strange(table, owner, ground)))
    asked = sql.select([sql.total(nameless), sql.total(strange)], ground.relation(table))
    rows = engine.run(asked, ground.parameters.values)[0]
    return Strays(rows[0] or 0, rows[1] or 0)


def _told(table: str, owner: Unit, strays: Strays, data: Data) -> Iterator[str]:
    origin = clean(data.sources[table].origin) + (":" if strays.since is None else f": from {strays.since} on,")
    if strays.nameless and not may_be_nameless(table, data):
        yield f"{origin} {_rows(strays.nameless)} no {owner}, and {_count(strays.nameless)} for none"
    if strays.strange:
        yield f"{origin} {_rows(strays.strange)} {A_OR_AN[owner]} that is not in the table of {owner}s, and {_count(strays.strange)} for no {owner}"


def _rows(count: int) -> str:
    return "1 row names" if count == 1 else f"{count:,} rows name"


def _count(rows: int) -> str:
    return "counts" if rows == 1 else "count"
