"""What a statement has to know of each user and account: every fact that a criterion or a sum asks for, each once.

Compiling a criterion registers facts here and gets the column in which each will stand; `measure.rows` then writes the
parts of the statement that fill those columns, and nothing that nobody asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeVar

from microseg.criteria.dimensions import Dimension
from microseg.criteria.evaluate import Days
from microseg.measure import conversions, sql
from microseg.measure.ground import Ground
from microseg.measure.sql import Sql

Unit = Literal["account", "user"]
What = Literal["events", "days", "visits", "minutes", "first"]
K = TypeVar("K", bound=Hashable)


class Filter(NamedTuple):
    """Which events count: of that name, that feature, one of those platforms; None and () mean any."""

    event: str | None = None
    feature: str | None = None
    platforms: tuple[str, ...] = ()
    on_a_platform: bool = False


class Measure(NamedTuple):
    """Something counted over an entity's events in a span of days."""

    what: What
    filter: Filter
    days: Days


class Return(NamedTuple):
    """Coming back: the first `start` event within `days`, and a `back` event on day `low` to `high` after it."""

    start: Filter
    days: Days
    back: Filter
    low: int
    high: int | None
    calendar: bool


class Newest(NamedTuple):
    """The newest answer to a survey in a span of days."""

    kind: str
    days: Days


class State(NamedTuple):
    """The value of a dimension with a history at the end of a day; `what` is the value, or whether it has a history."""

    what: Literal["value", "any"]
    dimension: str
    on: dt.date


class Change(NamedTuple):
    """Did a dimension become a value within a span of days?"""

    dimension: str
    to: str
    days: Days


class Rank(NamedTuple):
    """The rank of the day in a column of first days, among all entities."""

    first: str


@dataclass(slots=True)
class Scope:
    """A row of users or accounts while criteria are compiled against it.

    `kept` are the columns of its layer of tests, by what they hold. `role`: "people" are the users that
    an account counts, "member" are users who are themselves counted, and see what is known of their account. `sure` are
    the kept columns that are never null.
    """

    unit: Unit
    role: Literal["people", "account", "member"]
    kept: dict[Sql, str] = field(default_factory=dict)
    sure: set[str] = field(default_factory=set)

    def keep_sure(self, what: Sql) -> Sql:
        """A truth that is never unknown, so that nobody needs to count of how many it is not known."""
        found = self.keep(what)
        self.sure.add(found.name)
        return found

    def is_sure(self, what: Sql) -> bool:
        """Is a truth over the layer of tests never unknown?"""
        return not sql.speaks_of_null(what) and self.sure.issuperset(sql.columns_of(what))

    def keep(self, what: Sql, prefix: str = "t") -> Sql:
        """The column of the layer of tests that holds this, made once."""
        if what not in self.kept:
            self.kept[what] = f"{prefix}{self.role[0]}{len(self.kept)}"
        return sql.column(self.kept[what])


@dataclass(slots=True)
class Facts:
    """All facts of one statement, by the column that will hold each."""

    ground: Ground
    traits: dict[str, tuple[str, Dimension]] = field(default_factory=dict)
    traits_seen: dict[Unit, dict[str, None]] = field(default_factory=dict)
    history_seen: set[Unit] = field(default_factory=set)
    user_events: dict[Measure | Return, str] = field(default_factory=dict)
    account_events: dict[Measure | Return, str] = field(default_factory=dict)
    answers: dict[Newest, str] = field(default_factory=dict)
    history: dict[State | Change, str] = field(default_factory=dict)
    ranks: dict[tuple[Unit, Rank], str] = field(default_factory=dict)
    bands: dict[tuple[Sql, Sql], str] = field(default_factory=dict)
    rolled: dict[Sql, str] = field(default_factory=dict)
    notices: dict[str, None] = field(default_factory=dict)
    people: Scope = field(default_factory=lambda: Scope("user", "people"))
    accounts: Scope = field(default_factory=lambda: Scope("account", "account"))
    members: Scope = field(default_factory=lambda: Scope("user", "member"))

    @property
    def minute_grid(self) -> int:
        """Into how many parts a minute is cut so that its sums are whole numbers: not at all, where the column is one of whole numbers."""
        data = self.ground.data
        whole = data.has("event", "minutes") and self.ground.column("event", "minutes").physical == "integer"
        return 1 if whole else conversions.MINUTE_GRID

    @property
    def events_know_users(self) -> bool:
        """Do events name a user who can be found in the table of users?"""
        return self.ground.data.has("event", "user") and self.ground.data.has("user")

    @property
    def events_name(self) -> Unit:
        """Whom an event is counted for: the user that it names, or the account, which its users add up to otherwise."""
        return "user" if self.events_know_users else "account"

    def can_count(self, unit: Unit) -> bool:
        """Are events there that can be counted for this unit?"""
        data = self.ground.data
        if unit == "user" or self.events_know_users:
            return self.events_know_users and (unit == "user" or data.has("user", "account"))
        return data.has("event", "account")

    def trait(self, dimension: Dimension, unit: Unit) -> Sql:
        """The column of a dimension in the row of a unit; a user's row has its account's beside its own, where they are asked for."""
        self.traits_seen.setdefault(unit, {})[dimension.id] = None
        return sql.column(self.traits.setdefault(dimension.id, (f"d{len(self.traits)}", dimension))[0])

    def event(self, unit: Unit, measure: Measure | Return) -> Sql:
        """The column of something counted over events; null where there was none to count."""
        return sql.column(_named(self.user_events if unit == "user" else self.account_events, measure, "e" if unit == "user" else "c"))

    def answer(self, newest: Newest) -> Sql:
        """The column of a newest answer, packed with its moment: see `measure.answers`."""
        return sql.column(_named(self.answers, newest, "w"))

    def past(self, what: State | Change, unit: Unit) -> Sql:
        """The column of what was, or changed, before, in the row of a unit."""
        self.history_seen.add(unit)
        return sql.column(_named(self.history, what, "h"))

    def rank(self, unit: Unit, rank: Rank) -> Sql:
        """The column of twice the mean rank of all who began on one day; the column `everybody` has the number of all entities."""
        return sql.column(_named(self.ranks, (unit, rank), "r"))

    def band(self, first: Sql, base: Sql) -> str:
        """The beginning of the names of two columns: twice the mean rank of a first day within a base, and how many that base has.

        Both speak of the layer of tests, and the columns stand in the layer after it: `…r` and `…n`.
        """
        return self.bands.setdefault((first, base), f"b{len(self.bands)}")

    def roll(self, what: Sql) -> Sql:
        """A sum over the users of an account, 0 where it has none; `what` speaks of the layer of tests of `people`."""
        return sql.column(self.rolled.setdefault(what, f"p{len(self.rolled)}"))

    def notice(self, message: str) -> None:
        """Something that makes a number unknown or smaller, to be told once."""
        self.notices[message] = None

    def scopes(self) -> tuple[Scope, ...]:
        """Every scope of the statement."""
        return (self.people, self.accounts, self.members)


def _named(held: dict[K, str], key: K, prefix: str) -> str:
    return held.setdefault(key, f"{prefix}{len(held)}")
