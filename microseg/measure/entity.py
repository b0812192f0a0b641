"""What is known of one account or user, and why it is in a segment, out of it, or unknown.

The values come from the parts of the statement that counts everybody, for one key; `criteria.evaluate` then decides, and
says of each test what it made of which value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from types import MappingProxyType
from typing import Any, NamedTuple

from microseg.criteria.ast import Criterion, InSegment, Test, Trend, Users, children, walk
from microseg.criteria.evaluate import Answer as Value
from microseg.criteria.evaluate import Outcome, Question, all_of, days_of, explain
from microseg.criteria.values import Duration, version_of
from microseg.errors import UsageError, short
from microseg.measure import conversions, sql
from microseg.measure.answers import Answer, Place, answer, of_account
from microseg.measure.compile import World, questions_of, truth
from microseg.measure.facts import Facts, Scope, Unit
from microseg.measure.occurrences import Parts
from microseg.measure.rows import write_rows
from microseg.measure.run import Session
from microseg.measure.sql import Select, Sql
from microseg.record import replace as changed

_MOST_PEOPLE = 10_000
_DIGITS = 9


class Step(NamedTuple):
    """The criteria of one segment of a chain, and what came of them."""

    segment: str
    outcome: Outcome


class Placement(NamedTuple):
    """Whether it is in a segment: True, False, or None for unknown. Its own criteria come first, then its ancestors'."""

    segment: str
    result: bool | None
    steps: tuple[Step, ...]


class Why(NamedTuple):
    """One account or user, and each segment of its unit in the order of the tree. `account` is that of a user."""

    id: str
    unit: Unit
    account: str | None
    placements: tuple[Placement, ...]


_AS_TYPED = "write the id of an account or a user as the table has it"


def why(session: Session, entity: str, unit: Unit | None = None) -> tuple[Why, ...]:
    """Why an account or a user of that id is where it is; both, where an account and a user share the id.

    Raises UsageError where nobody has the id. `unit`: only an account, or only a user.
    """
    if not entity.strip() or any("\ud800" <= sign <= "\udfff" for sign in entity):  # half a character is in no table, and no engine takes it
        raise UsageError(f"`{short(entity)}` is no id", _AS_TYPED)
    found = []
    for one in sorted(session.resolved.subjects) if unit is None else [unit]:
        if session.request.data.has(one) and one in session.resolved.subjects:
            found += [_placed(session, held) for held in _loaded(session, one, "k", entity)]
    if not found and unit is None:
        found = [_placed(session, account) for account in _account_of(session, entity)]
    if not found:
        raise _nobody(session, entity, unit)
    return tuple(found)


def _nobody(session: Session, entity: str, unit: Unit | None) -> UsageError:
    """Nobody of that id, or a user whose account nobody has, where segments count accounts."""
    if unit is None and session.request.data.has("user") and "user" not in session.resolved.subjects and any(_loaded(session, "user", "k", entity, inside=True)):
        return UsageError(f"{short(entity)} is a user whose account is not in the table of accounts, and segments here count accounts", "`microseg measure --check-data` counts such users")
    return UsageError(f"nobody has the id {short(entity)}", _AS_TYPED)


def _account_of(session: Session, user: str) -> Iterator[Known]:
    """The account of a user, where only accounts are counted."""
    data = session.request.data
    if "user" not in session.resolved.subjects and data.has("user", "account") and data.has("account"):
        for person in _loaded(session, "user", "k", user, inside=True):
            if person.account_id is not None:
                yield from _loaded(session, "account", "k", person.account_id)


def _placed(session: Session, held: Known) -> Why:
    data, subjects = session.request.data, session.resolved.subjects[held.unit]
    origins = session.resolved.origins
    placements = []
    for subject in subjects:
        outcomes = [explain(one, held, as_of=data.as_of, dimensions=session.request.dimensions) for one in subject.chain]
        steps = tuple(Step(name, outcome) for name, outcome in zip(origins[subject.id], outcomes, strict=True))
        placements.append(Placement(subject.id, all_of(one.result for one in outcomes), steps))
    return Why(held.id, held.unit, held.account_id, tuple(placements))


@dataclass(slots=True)
class Known:
    """An account or user as `criteria.evaluate` asks it; its people and its account are read when they are asked for."""

    session: Session
    unit: Unit
    id: str
    account_id: str | None
    values: Mapping[Question, Value | None]
    changes: Mapping[tuple[Question, str], bool | None]
    memberships: Mapping[str, bool | None]
    _people: tuple[Known, ...] | None = field(default=None)

    def value(self, question: Question, /) -> Value | None:
        """The value of a dimension, None where it is not known; an account's behaviour is its account's to tell."""
        if self.unit == "user" and of_account(question.dimension):
            account = self._account()
            return None if account is None else account.value(question)
        return self.values.get(question)

    def changed(self, question: Question, to: str, /) -> bool | None:
        """Did a state become `to` within the days of the question?"""
        return self.changes.get((question, to))

    def in_segment(self, segment: str, /) -> bool | None:
        """Is it a member of another segment?"""
        return self.memberships.get(segment)

    def users(self) -> Iterable[Known] | None:
        """The people of an account."""
        data = self.session.request.data
        if self.unit == "user" or not data.has("user", "account"):
            return None
        if self._people is None:
            self._people = tuple(_loaded(self.session, "user", "a", self.id, inside=True))
        return self._people

    def _account(self) -> Known | None:
        data = self.session.request.data
        if self.account_id is None or not data.has("account"):
            return None
        return next(_loaded(self.session, "account", "k", self.account_id, inside=True), None)


def _loaded(session: Session, unit: Unit, column: str, key: str, *, inside: bool = False) -> Iterator[Known]:
    """The rows whose key it is: at most one by "k", the people of an account by "a". `inside`: asked for by somebody else."""
    wanted = session.ground.key_value("account" if column == "a" else unit, key)
    if wanted is None:
        return
    reading = _Reading(session, unit, tuple(_criteria(session, unit, inside=inside)))
    statement, parameters = reading.statement(column, wanted)
    for row in session.engine.run(statement, parameters)[: _MOST_PEOPLE]:
        yield reading.known(row)


def _criteria(session: Session, unit: Unit, *, inside: bool) -> Iterator[Criterion]:
    """The criteria whose tests are put to rows of a unit: those of its segments, and what stands inside `users:` of others."""
    for name, subjects in session.resolved.subjects.items():
        for subject in subjects:
            for criterion in subject.chain:
                if name == unit:
                    yield criterion
                for part in walk(criterion) if inside or name == unit else ():
                    if unit == "user" and isinstance(part, Users) and part.where is not None:
                        yield part.where
                    elif unit == "account" and isinstance(part, Test | Trend) and of_account(part.dimension if isinstance(part, Test) else part.of):
                        yield part


class _Reading:
    """A statement that reads values, and how each of its columns is read."""

    def __init__(self, session: Session, unit: Unit, criteria: tuple[Criterion, ...]) -> None:
        """Compile every question of the criteria against the rows of the unit."""
        self.session, self.unit = session, unit
        self.facts = Facts(replace(session.ground, parameters=sql.Parameters()))
        self.scope: Scope = self.facts.accounts if unit == "account" else self.facts.members
        self.world = World(self.facts, session.resolved.members, session.matching)
        self.place = Place(self.facts, self.scope, session.request.data.as_of)
        self.columns: list[Sql] = []
        self.values: dict[Question, Callable[[Sequence[Any]], Value | None]] = {}
        self.changes: dict[tuple[Question, str], int] = {}
        self.memberships: dict[str, int] = {}
        for criterion in criteria:
            self._ask(criterion)

    def _ask(self, criterion: Criterion) -> None:
        if isinstance(criterion, InSegment):
            held = truth(changed(criterion, member=True), self.scope, self.place.on, self.world)
            self.memberships.setdefault(criterion.segment, self._column(_truth_number(held)))
        elif isinstance(criterion, Test) and criterion.operator == "changed_to":
            question = Question(criterion.dimension, days_of(criterion.window, self.place.on) if criterion.window else None, criterion.event, criterion.feature, criterion.platform, criterion.min_n)
            held = truth(changed(criterion, missing=None), self.scope, self.place.on, self.world)
            self.changes.setdefault((question, str(criterion.values[0])), self._column(_truth_number(held)))
        elif isinstance(criterion, Test | Trend):
            for question in questions_of(criterion, self.place.on):
                self._value(question, criterion)
        elif isinstance(criterion, Users):
            if criterion.relative is not None:
                self._value(Question(criterion.relative.dimension), criterion)
            return  # what stands inside is put to each of the people
        for part in children(criterion):
            self._ask(part)

    def _value(self, question: Question, criterion: Test | Trend | Users) -> None:
        if self.unit == "user" and of_account(question.dimension):
            return
        held = answer(self.place, question)
        if held.kind == "flags":
            self._flags(question, held, [str(one) for one in getattr(criterion, "values", ()) if isinstance(one, str)])
        elif question not in self.values:
            place = self._column(self.scope.keep(_alone(held), "v"))
            below = None if isinstance(held.below, int) else self._column(self.scope.keep(held.below, "v"))
            self.values[question] = _reader(held, place, below)

    def _flags(self, question: Question, held: Answer, items: list[str]) -> None:
        """Of a set that events tell, only the items that are asked for are known."""
        earlier = self.values.get(question)
        missing = self._column(_truth_number(self.scope.keep(sql.false() if held.missing is None else held.missing)))
        places = {item: self._column(_truth_number(self.scope.keep(held.has(item)))) for item in items if held.has is not None}

        def read(row: Sequence[Any]) -> Value | None:
            if row[missing] != 0:
                return None
            others = frozenset() if earlier is None else earlier(row) or frozenset()
            return frozenset({item for item, place in places.items() if row[place] == 1} | set(others))  # type: ignore[arg-type]  # a set was read before

        self.values[question] = read

    def _column(self, what: Sql) -> int:
        self.columns.append(what)
        return len(self.columns) - 1

    def statement(self, column: str, key: str | int) -> tuple[Select, dict[str, Any]]:
        """The rows of one key, with their keys in front."""
        parts = Parts()
        tests = write_rows(self.facts, parts, self.unit)
        keys = [sql.column("k"), sql.column("a") if self.unit == "user" and self.session.request.data.has("user", "account") else sql.null("TEXT")]
        named = [sql.named(what, f"x{place}") for place, what in enumerate((*keys, *self.columns))]
        fits = sql.compared(sql.column(column), "eq", self.facts.ground.parameters.bind(key))
        chosen = sql.select(named, sql.table(tests)).where(fits).order_by(sql.column("k"))
        return chosen.with_parts(parts.names), self.facts.ground.parameters.values

    def known(self, row: Sequence[Any]) -> Known:
        """A row as somebody who can be asked."""
        held = row[2:]
        values = {question: read(held) for question, read in self.values.items()}
        changes = {asked: _truth(held[place]) for asked, place in self.changes.items()}
        return Known(self.session, self.unit, str(row[0]), None if row[1] is None else str(row[1]), values, changes, {name: _truth(held[place]) for name, place in self.memberships.items()})


def _truth_number(what: Sql) -> Sql:
    """1, 0, or null."""
    return sql.case((what, sql.number(1)), (sql.negated(what), sql.number(0)))


def _truth(number: int | None) -> bool | None:
    return None if number is None else number == 1


def _alone(held: Answer) -> Sql:
    """The value, null where it is missing."""
    return held.expression if held.missing is None else sql.case((sql.negated(held.missing), held.expression))


def _reader(held: Answer, place: int, below: int | None) -> Callable[[Sequence[Any]], Value | None]:
    read = _READ.get(held.kind, lambda _: None)

    def value(row: Sequence[Any]) -> Value | None:
        found = row[place]
        if found is None:
            return None
        if held.kind != "ratio":
            return read(found)
        divisor: Any = row[below] if below is not None else held.below
        return Fraction(int(found), int(divisor)) if divisor else None

    return value


def _set(text: str) -> frozenset[str]:
    return frozenset(item for item in text.split(conversions.SET_MARK) if item)


def _version(text: str) -> tuple[int, ...]:
    return version_of(tuple(int(text[place : place + _DIGITS]) for place in range(0, len(text), _DIGITS)))


def _day(value: dt.date | dt.datetime) -> dt.date:
    return value.date() if isinstance(value, dt.datetime) else value


_READ: MappingProxyType[str, Callable[[Any], Value | None]] = MappingProxyType(
    {
        "integer": lambda found: Fraction(int(found)),
        "decimal": Fraction,
        "text": str,
        "date": _day,
        "days": lambda found: Duration(int(found), "d"),
        "version": _version,
        "boolean": lambda found: found == 1,
        "set": _set,
    }
)
