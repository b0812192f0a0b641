"""What tables say of an account or a user, worked out slowly in plain Python: the reference that every engine is held to.

Nothing here knows SQL or the compiler. Rows are dictionaries by column, a missing cell is None, a text is a text, a
number a Fraction, a day a date, a moment an aware datetime. `World.account` and `World.user` give entities for
`criteria.evaluate`; `number` and `truth` give what a node of the algebra of `measure.expression` is for one of them.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import Any
from zoneinfo import ZoneInfo

from microseg.criteria.ast import Criterion
from microseg.criteria.dimensions import Dimension, Dimensions
from microseg.criteria.evaluate import Answer, Days, Question, all_of, any_of, evaluate, negate
from microseg.criteria.values import duration, version
from microseg.measure import expression as ex

Row = Mapping[str, Any]
HALF_HOUR = dt.timedelta(minutes=30)
EPOCH = dt.date(1970, 1, 1)
FEWEST = 40  # nobody is an innovator among fewer
ROGERS = (("innovator", Fraction(5, 2)), ("early_adopter", 16), ("early_majority", 50), ("late_majority", 84))
SCALES = {"nps": (0, 10), "csat": (1, 5)}


@dataclass(frozen=True)
class Rows:
    """Five tables. Traits of an account or user stand under the id of their dimension, beside `id` and `account`."""

    accounts: tuple[Row, ...] = ()
    users: tuple[Row, ...] = ()
    events: tuple[Row, ...] = ()  # user, at, name, minutes, platform, feature, visit
    surveys: tuple[Row, ...] = ()  # user, at, kind, score
    history: tuple[Row, ...] = ()  # account, at, dimension, value


@dataclass(frozen=True)
class World:
    """The rows as of a day, with what is mapped: tables by name ("event" …), columns as "event.platform", dimensions by id."""

    rows: Rows
    as_of: dt.date
    zone: str = "UTC"
    dimensions: Dimensions = field(default_factory=Dimensions)
    mapped: frozenset[str] = frozenset()
    segments: Mapping[str, tuple[str, tuple[Criterion, ...]]] = field(default_factory=dict)  # unit; own criteria and those of the ancestors
    _told: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)  # what takes long and is asked often

    def day(self, moment: dt.datetime | dt.date) -> dt.date:
        """The day of the workspace's zone in which a moment lies."""
        return moment.astimezone(ZoneInfo(self.zone)).date() if isinstance(moment, dt.datetime) else moment

    @cached_property
    def people(self) -> dict[str, "User"]:
        return {row["id"]: User(self, row) for row in self.rows.users if row["id"] is not None}

    @cached_property
    def accounts(self) -> dict[str, "Account"]:
        return {row["id"]: Account(self, row) for row in self.rows.accounts if row["id"] is not None}

    def everybody(self, unit: str) -> tuple["Entity", ...]:
        return tuple((self.accounts if unit == "account" else self.people).values())

    def _dated(self, rows: Iterable[Row]) -> list[Row]:
        """Rows with their day, those without a moment or after the day of the run left out."""
        held = ({**row, "day": self.day(row["at"])} for row in rows if row["at"] is not None)
        return [row for row in held if row["day"] <= self.as_of]

    @cached_property
    def _by_user(self) -> dict[str, list[Row]]:
        return _grouped(self._dated(self.rows.events), "user")

    @cached_property
    def _answers(self) -> dict[str, list[Row]]:
        return _grouped(self._dated(row for row in self.rows.surveys if _is_answer(row)), "user")

    @cached_property
    def _changes(self) -> dict[str, list[Row]]:
        return _grouped(self._dated(self.rows.history), "account")

    def first_days(self, unit: str, feature: str | None, until: dt.date) -> dict[str, dt.date]:
        """For each account or user that has used a feature (None: anything) by then, the day it first did."""
        key = (unit, feature, until)
        if key not in self._told:
            self._told[key] = self._first_days(unit, feature, until)
        return self._told[key]

    def _first_days(self, unit: str, feature: str | None, until: dt.date) -> dict[str, dt.date]:
        column = "feature" if "event.feature" in self.mapped else "name"
        found = {}
        for one in self.everybody(unit):
            rows = (row for person in one.people() for row in self._by_user.get(person.row["id"], ()))
            days = [row["day"] for row in rows if row["day"] <= until and feature in {None, row[column]}]
            if days:
                found[one.row["id"]] = min(days)
        return found

    @cached_property
    def _users_of(self) -> dict[str, list["User"]]:
        found: dict[str, list[User]] = {}
        for user in self.people.values():
            found.setdefault(user.row["account"], []).append(user)
        return found


class Entity:
    """What users and accounts have in common. `on`: the day as of which dimensions with a history are read."""

    def __init__(self, world: World, row: Row, on: dt.date | None = None) -> None:
        self.world, self.row, self.on = world, row, on
        self._known: dict[Question, Answer | None] = {}

    def value(self, question: Question, /) -> Answer | None:
        if question not in self._known:
            self._known[question] = self._value(question)
        return self._known[question]

    def _value(self, question: Question) -> Answer | None:
        raise AssertionError(question)

    def people(self) -> Iterable["User"]:
        """The users whose events count."""
        raise AssertionError(self)

    def account(self) -> "Account | None":
        raise AssertionError(self)

    def in_segment(self, segment: str, /) -> bool | None:
        """A user is in a segment of accounts when its account is; an account is never known to be in one of users."""
        if segment not in self.world.segments:
            return None
        unit, criteria = self.world.segments[segment]
        one = self.account() if unit == "account" else self if isinstance(self, User) else None
        return None if one is None else all_of(one.holds(criterion) for criterion in criteria)

    @property
    def until(self) -> dt.date:
        """The day as of which everything is looked at."""
        return self.on or self.world.as_of

    def holds(self, criterion: Criterion) -> bool | None:
        """Is the criterion true of it, as of `on` or the day of the run?"""
        return evaluate(criterion, self, as_of=self.on or self.world.as_of, dimensions=self.world.dimensions)

    def changed(self, question: Question, to: str, /) -> bool | None:
        account = self.account()
        if "history" not in self.world.mapped or account is None:
            return None
        assert question.days is not None
        changes = self.world._changes.get(account.row["id"], ())
        return any(row["dimension"] == question.dimension and row["value"] == to and row["day"] <= self.until and _within(row["day"], question.days) for row in changes)

    def _counted(self, question: Question) -> Answer | None:
        """A behaviour: what the events of some people say within the days of the question."""
        if not _is_mapped(question, self.world):
            return None
        per_person = [_matching(self, person, question) for person in self.people()]
        events = [row for rows in per_person for row in rows]
        minutes = sum((row["minutes"] for row in events if row["minutes"] is not None), Fraction())
        visits = sum(len(_visits(self.world, person, rows)) for person, rows in zip(self.people(), per_person, strict=True))
        answers: dict[str, Any] = {
            "use.events": len(events),
            "use.active_days": len({row["day"] for row in events}),
            "use.visits": visits,
            "use.minutes": minutes,
            "feature.minutes": minutes,
            "use.minutes_per_visit": Fraction(minutes, visits) if visits else None,
            "acct.active_users": sum(bool(rows) for rows in per_person),
            "tech.platform": frozenset(row["platform"] for row in events if row["platform"] is not None),
        }
        return answers[question.dimension]

    def _adopted(self) -> Answer | None:
        """The features used up to the day of the run: the column, or the names of events where there is none."""
        column = "feature" if "event.feature" in self.world.mapped else "name"
        if "event" not in self.world.mapped or f"event.{column}" not in self.world.mapped:
            return None
        rows = (row for person in self.people() for row in self.world._by_user.get(person.row["id"], ()) if row["day"] <= self.until)
        return frozenset(row[column] for row in rows if row[column] is not None)

    def _rank(self, question: Question) -> Answer | None:
        """The place in the adoption of a feature in per cent, or the name of its band; those of one day share the mean of their ranks."""
        unit = "account" if isinstance(self, Account) else "user"
        first = self.world.first_days(unit, question.feature, self.until) if "event" in self.world.mapped else {}
        size = len(self.world.everybody(unit))
        mine = first.get(self.row["id"])
        if mine is None or size < FEWEST:
            return None
        percent = mean_rank(first, mine) * 100 / size
        return percent if question.dimension == "adopt.rank_pct" else next((name for name, most in ROGERS if percent <= most), "laggard")

    def _feeling(self, question: Question) -> Answer | None:
        """NPS or satisfaction over the newest answer of each person."""
        if "survey" not in self.world.mapped:
            return None
        kind = "nps" if question.dimension == "sent.nps" else "csat"
        scores = [score for person in self.people() if (score := _newest(self, person, kind, question.days)) is not None]
        if not scores or len(scores) < (question.min_n or 0):
            return None
        if kind == "csat":
            return Fraction(100 * sum(score >= 4 for score in scores), len(scores))
        return Fraction(100 * (sum(score >= 9 for score in scores) - sum(score <= 6 for score in scores)), len(scores))


class Account(Entity):
    """An account, with its users."""

    def at(self, on: dt.date | None) -> "Account":
        """As it was on a day; on the day of the run its columns say it."""
        return self if on is None or on >= self.world.as_of else Account(self.world, self.row, on)

    def account(self) -> "Account":
        return self

    def people(self) -> list["User"]:
        return self.world._users_of.get(self.row["id"], [])

    def users(self) -> list["User"] | None:
        if "user" not in self.world.mapped:
            return None
        return [User(self.world, one.row, self.on) for one in self.people()] if self.on else self.people()

    def _value(self, question: Question) -> Answer | None:
        dimension = self.world.dimensions.find(question.dimension)
        assert dimension is not None
        if question.dimension in {"sent.nps", "sent.csat"}:
            return self._feeling(question)
        if dimension.id == "adopt.feature" and dimension.id not in self.world.mapped:
            return self._adopted()
        if dimension.id in {"adopt.rank_pct", "adopt.rogers"} and dimension.id not in self.world.mapped:
            return self._rank(question)
        if question.days is not None:
            return self._counted(question)
        if dimension.id == "tech.platform":
            held = [found for one in (self.users() or ()) if isinstance(found := one.value(question), frozenset)]
            return frozenset().union(*held) if held else None
        return self._trait(dimension)

    def _trait(self, dimension: Dimension) -> Answer | None:
        if dimension.id == "acct.age" and dimension.id not in self.world.mapped:
            return self._trait_of("acct.since", dimension)
        return self._trait_of(dimension.id, dimension)

    def _trait_of(self, column: str, dimension: Dimension) -> Answer | None:
        cell = self.row.get(column) if column in self.world.mapped else None
        if self.on is not None and "history" in self.world.mapped:
            rows = [row for row in self.world._changes.get(self.row["id"], ()) if row["dimension"] == column]
            before = [row for row in rows if row["day"] <= self.on]
            if rows:
                cell = max(before, key=lambda row: row["at"])["value"] if before else None
        return typed(cell, dimension)


class User(Entity):
    """A person of an account."""

    def at(self, on: dt.date | None) -> "User":
        return self if on is None or on >= self.world.as_of else User(self.world, self.row, on)

    def account(self) -> Account | None:
        found = self.world.accounts.get(self.row["account"]) if "account" in self.world.mapped else None
        return Account(self.world, found.row, self.on) if found is not None and self.on else found

    def people(self) -> list["User"]:
        return [self]

    def users(self) -> None:
        return None

    def _value(self, question: Question) -> Answer | None:
        dimension = self.world.dimensions.find(question.dimension)
        assert dimension is not None
        if question.dimension in {"sent.nps_score", "sent.csat_score"}:
            return _newest(self, self, question.dimension[5:].removesuffix("_score"), question.days)
        if dimension.id == "adopt.feature" and dimension.id not in self.world.mapped:
            return self._adopted()
        if dimension.id in {"adopt.rank_pct", "adopt.rogers"} and dimension.id not in self.world.mapped:
            return self._rank(question)
        if question.days is not None and dimension.of == "user":
            return self._counted(question)
        if dimension.id == "tech.platform" and dimension.id not in self.world.mapped:
            return self._counted(question) or None
        if dimension.id in self.row:
            return typed(self.row[dimension.id] if dimension.id in self.world.mapped else None, dimension)
        account = self.account()
        return None if account is None else account.value(question)


def typed(cell: Any, dimension: Dimension) -> Answer | None:
    """A cell as a value of its dimension: sets and versions are texts in a table."""
    if cell is None:
        return None
    if dimension.type == "set":
        return frozenset(part.strip() for part in cell.split(";") if part.strip())
    if dimension.type == "version":
        return version(cell) or None
    if dimension.type == "duration" and isinstance(cell, str):
        return duration(cell)
    return Fraction(cell) if dimension.type in {"number", "money"} else cell


def _grouped(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    found.pop(None, None)  # type: ignore[call-overload]
    return found


def _is_answer(row: Row) -> bool:
    return row["kind"] in SCALES and row["score"] is not None and SCALES[row["kind"]][0] <= row["score"] <= SCALES[row["kind"]][1]


def _within(day: dt.date, days: Days) -> bool:
    return (days.first is None or days.first <= day) and day <= days.last


def _newest(one: Entity, person: User, kind: str, days: Days | None) -> Fraction | None:
    world = one.world
    if "survey" not in world.mapped or days is None:
        return None
    found = [row for row in world._answers.get(person.row["id"], ()) if row["kind"] == kind and row["day"] <= one.until and _within(row["day"], days)]
    newest = [row for row in found if row["at"] == max(one["at"] for one in found)]
    return min((row["score"] for row in newest), default=None)


def _is_mapped(question: Question, world: World) -> bool:
    """Is every column there that the question looks at?"""
    needed = {"event"}
    needed |= {f"event.{name}" for name, asked in (("name", question.event), ("platform", question.platform)) if asked}
    if question.feature and "event.feature" not in world.mapped:
        needed.add("event.name")
    needed |= {"event.minutes"} if "minutes" in question.dimension else set()
    needed |= {"event.platform"} if question.dimension == "tech.platform" else set()
    return needed <= world.mapped


def _matching(one: Entity, person: User, question: Question) -> list[Row]:
    """The events of a person that the filters and days of a question let through, up to the day that is looked at."""
    feature = "feature" if "event.feature" in one.world.mapped else "name"
    found = []
    for row in one.world._by_user.get(person.row["id"], ()):
        is_asked = row["day"] <= one.until and question.event in {None, row["name"]} and question.feature in {None, row[feature]}
        if is_asked and (not question.platform or row["platform"] in question.platform) and (question.days is None or _within(row["day"], question.days)):
            found.append(row)
    return found


def mean_rank(first: Mapping[str, dt.date], mine: dt.date) -> Fraction:
    """The rank of a first day among all of them; those of one day share the mean of their ranks."""
    earlier, tied = sum(day < mine for day in first.values()), sum(day == mine for day in first.values())
    return Fraction(2 * earlier + tied + 1, 2)


def _visits(world: World, person: User, rows: list[Row]) -> set[Any]:
    """The visits that these events belong to: by their id, or else by half an hour of quiet before them."""
    if "event.visit" in world.mapped:
        return {row["visit"] for row in rows if row["visit"] is not None}
    moments = sorted({row["at"] for row in world._by_user.get(person.row["id"], ())})
    number, starts = 0, {}
    for index, moment in enumerate(moments):
        number += bool(index) and moment - moments[index - 1] >= HALF_HOUR
        starts[moment] = number
    return {starts[row["at"]] for row in rows}


def truth(node: ex.Truth, one: Account | User) -> bool | None:
    """What a truth of the algebra is for one entity."""
    match node:
        case ex.Holds():
            return _holds(node.criterion, node.on, one)
        case ex.Known():
            return one.value(node.question) is not None
        case ex.Returned():
            return _returned(node, one)
        case ex.AdoptionBand():
            return _in_band(node, one)
        case ex.Both():
            return all_of(truth(part, one) for part in node.parts)
        case ex.Either():
            return any_of(truth(part, one) for part in node.parts)
        case ex.Not():
            return negate(truth(node.part, one))
        case ex.Unknown():
            return _any(node.part, one) is None
        case ex.Compare():
            left, right = number(node.left, one), _int(node.right, one)
            return None if left is None or right is None else _COMPARED[node.operator](left, right)
    raise AssertionError(node)


def number(node: ex.Number, one: Account | User) -> int | None:  # noqa: C901 - one case a node
    """What a number of the algebra is for one entity."""
    match node:
        case ex.PeopleWho():
            return sum(_holds(node.criterion, node.on, person) is True for person in one.people())
        case ex.PeopleUnknown():
            return sum(_holds(node.criterion, node.on, person) is None for person in one.people())
        case ex.PeopleAmount():
            return sum(_scaled(person.value(node.question), node.scale) or 0 for person in one.people())
        case ex.Amount():
            return _scaled(one.value(node.question), node.scale)
        case ex.AmountOn():
            return _scaled(one.at(node.on).value(Question(node.dimension)), node.scale)
        case ex.FirstDay():
            first = _first(node.question, one)
            return None if first is None else (one.world.day(first) - EPOCH).days
        case ex.Eligible():
            return _eligible(node, one)
        case ex.One():
            return 1
        case ex.When():
            return number(node.number, one) if truth(node.truth, one) is True else 0
        case ex.Plus():
            return _joined(sum, *node.parts, one=one)
        case ex.Minus():
            return _joined(lambda parts: parts[0] - parts[1], node.left, node.right, one=one)
        case ex.Times():
            return _joined(prod, node.left, node.right, one=one)
    raise AssertionError(node)


def _joined(join: Callable[[list[int]], int], *parts: ex.Number | int, one: Account | User) -> int | None:
    """Unknown where any part is."""
    held = [found for part in parts if (found := _int(part, one)) is not None]
    return join(held) if len(held) == len(parts) else None


def summed(node: ex.Expression, members: Iterable[Account | User]) -> int:
    """A Sum over members: a truth counts 1 where it is true, unknown counts 0."""
    return sum(int(_any(node, one) or 0) for one in members)


_COMPARED = {
    "eq": lambda left, right: left == right,
    "ne": lambda left, right: left != right,
    "lt": lambda left, right: left < right,
    "lte": lambda left, right: left <= right,
    "gt": lambda left, right: left > right,
    "gte": lambda left, right: left >= right,
}
_TRUTHS = (ex.Holds, ex.Known, ex.Returned, ex.AdoptionBand, ex.Both, ex.Either, ex.Not, ex.Unknown, ex.Compare)


def _any(node: ex.Expression, one: Account | User) -> int | bool | None:
    return truth(node, one) if isinstance(node, _TRUTHS) else number(node, one)


def _int(node: ex.Number | int, one: Account | User) -> int | None:
    return node if isinstance(node, int) else number(node, one)


def _holds(criterion: Criterion | None, on: dt.date | None, one: Account | User) -> bool | None:
    """Is it true as of a day (None: of everybody)? Who began after the day was not there."""
    if on is not None:
        account = one.account()
        since = account.row.get("acct.since") if account is not None and "acct.since" in one.world.mapped else None
        if since is not None and one.world.day(since) > on:
            return False
    return criterion is None or one.at(on).holds(criterion)


def _scaled(value: Answer | None, scale: int) -> int | None:
    """Rounded half away from zero."""
    if value is None:
        return None
    size = abs(Fraction(value) * scale)  # type: ignore[arg-type]
    whole = (size + Fraction(1, 2)).__floor__()
    return whole if value >= 0 else -whole  # type: ignore[operator]


def _moments(question: Question, one: Account | User) -> Iterator[Any]:
    return (row["at"] for person in one.people() for row in _matching(one, person, question))


def _first(question: Question, one: Account | User) -> Any:
    return min(_moments(question, one), default=None) if _is_mapped(question, one.world) else None


def _returned(node: ex.Returned, one: Account | User) -> bool | None:
    world = one.world
    if not (_is_mapped(node.start, world) and _is_mapped(node.back, world)):
        return None
    first = _first(node.start, one)
    if first is None:
        return False
    for moment in _moments(node.back._replace(days=None), one):  # how long after is said by `low` and `high`
        passed = (world.day(moment) - world.day(first)).days if node.calendar else (moment - first) // dt.timedelta(days=1)
        if node.low <= passed and (node.high is None or passed <= node.high):
            return True
    last = node.low if node.high is None else node.high
    if node.calendar:
        is_over = world.day(first) + dt.timedelta(days=last) <= world.as_of
    else:
        end = dt.datetime.combine(world.as_of + dt.timedelta(days=1), dt.time(), ZoneInfo(world.zone))
        is_over = first + dt.timedelta(days=last + 1) <= end
    return False if is_over else None


def _in_band(node: ex.AdoptionBand, one: Account | User) -> bool | None:
    unit = "account" if isinstance(one, Account) else "user"
    if (unit, node.base) not in one.world._told:
        one.world._told[unit, node.base] = {other.row["id"] for other in one.world.everybody(unit) if node.base is None or other.holds(node.base) is True}
    base = one.world._told[unit, node.base]
    if "event" not in one.world.mapped or len(base) < FEWEST:
        return None
    first = {name: day for name, day in one.world.first_days(unit, node.feature, one.world.as_of).items() if name in base}
    mine = first.get(one.row["id"])
    return mine is not None and node.over < mean_rank(first, mine) * 1000 / len(base) <= node.up_to


def _eligible(node: ex.Eligible, one: Account | User) -> int:
    account = one.account()
    since = account.row.get("acct.since") if account is not None and "acct.since" in one.world.mapped else None
    first = node.first if since is None else max(node.first, one.world.day(since))
    return max(0, (node.last - first).days + 1)
