"""What the statement stands on: the tables as the engine describes them, and each column as the type that is due."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from microseg.criteria.dimensions import Dimension, Dimensions
from microseg.measure import conversions, sql
from microseg.measure.conversions import Column, Writer
from microseg.measure.data import Data, Described, Physical
from microseg.measure.sql import Parameters, Sql


class Trait(NamedTuple):
    """A column of the account or user table, made ready: the kind of value and the expression that makes it."""

    kind: str
    expression: Sql


@dataclass(frozen=True, slots=True)
class Ground:
    """`relations` says how the engine calls each table.

    `doubled` names the tables in which a key stands in more than one row, `history` the dimensions that the table of
    changes speaks of (None: nobody has looked).
    """

    data: Data
    described: Described
    relations: Mapping[str, tuple[str, ...]]
    dialect: str
    dimensions: Dimensions
    doubled: frozenset[str] = frozenset()
    history: frozenset[str] | None = None
    parameters: Parameters = field(default_factory=Parameters)

    def writer(self, first: dt.date | None = None) -> Writer:
        """How conversions are written; days from `first` on are asked for (None: since the beginning)."""
        return Writer(self.dialect, self.data.timezone, first or conversions.EPOCH, self.data.as_of)

    def column(self, table: str, part: str) -> Column:
        """The column that plays a part in a table."""
        return self._column(table, self.data.sources[table].columns[part])

    def _column(self, table: str, name: str) -> Column:
        nulls = tuple(self.parameters.bind(one) for one in self.data.sources[table].nulls)
        return Column(sql.column(name), self.described[table][name], nulls)

    def key(self, table: str, part: str) -> Sql:
        """A key as it stands where all keys of its kind agree on their type, else as text: 7 and "7" are one."""
        held = self.column(table, part)
        return conversions.text_of(held) if self._keys_are_text(_kind_of_key(table, part)) else held.expression

    def _keys_are_text(self, kind: str) -> bool:
        found = set()
        for table, source in self.data.sources.items():
            found |= {self.described[table][name] for part, name in source.columns.items() if part in {"key", "user", "account"} and _kind_of_key(table, part) == kind}
        return found != {"integer"}

    def key_value(self, kind: str, typed: str) -> str | int | None:
        """An id that somebody typed, as the type of its column; None where no row can have it."""
        if self._keys_are_text(kind):
            return typed
        try:
            return int(typed)
        except ValueError:
            return None

    def relation(self, table: str) -> Sql:
        """The table as the engine calls it."""
        return sql.table(*self.relations[table])

    def trait(self, dimension: Dimension) -> Trait | None:
        """The column that holds a dimension, as its type; None where none is named."""
        held = self.data.held.get(dimension.id)
        if held is None:
            return None
        return self.typed(self._column(held.table, held.column), dimension, held.split)

    def held_column(self, dimension: Dimension) -> Column:
        """The column that holds a dimension, as the engine describes it."""
        held = self.data.held[dimension.id]
        return self._column(held.table, held.column)

    def remembers(self, dimension: Dimension) -> bool:
        """Does the table of changes speak of a dimension?"""
        return self.data.has("history") and (self.history is None or dimension.id in self.history)

    def kind_of(self, dimension: Dimension) -> str:
        """The kind of value that a dimension's column holds; "unknown" where none is named."""
        return kind(dimension, self.held_column(dimension).physical) if dimension.id in self.data.held else "unknown"

    def typed(self, column: Column, dimension: Dimension, split: str = ";") -> Trait:
        """A column as the type of a dimension."""
        found = kind(dimension, column.physical)
        if found in {"integer", "decimal"}:
            return Trait(found, conversions.number_of(column)[0])
        if found == "days":
            return Trait(found, column.expression)
        if found == "date":
            return Trait(found, conversions.day_of(column, self.writer()))
        if found == "version":
            return Trait(found, conversions.version_of(column))
        if found == "boolean":
            return Trait(found, conversions.boolean_of(column))
        if found == "set":
            return Trait(found, conversions.set_of(column, split, self.dialect))
        return Trait(found, conversions.text_of(column))


def kind(dimension: Dimension, physical: Physical) -> str:
    """The kind of value that a column becomes: its dimension's type, told apart by what the engine says it holds."""
    if dimension.type in {"number", "money"}:
        return "integer" if physical == "integer" else "decimal"
    if dimension.type == "duration":
        return "days" if physical == "integer" else "date"
    return dimension.type if dimension.type in {"date", "version", "boolean", "set"} else "text"


def _kind_of_key(table: str, part: str) -> str:
    """Whose key it is: a column `key` that of its table, `user` and `account` those of the other two."""
    return table if part == "key" else part
