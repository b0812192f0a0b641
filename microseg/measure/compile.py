"""A criterion as SQL: true, false, or null for unknown, just as `criteria.evaluate` decides it.

Each test becomes one column of the layer of tests of its scope; what joins tests (all, any, none, not, a segment's
chain of parents) is written over those columns. SQL's AND, OR and NOT are Kleene's, so nothing else is needed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from types import MappingProxyType
from typing import Any, NamedTuple

from microseg.criteria.ast import All, AnyOf, Criterion, InSegment, NoneOf, Not, Test, Trend, Use, Users
from microseg.criteria.evaluate import Days, Question, days_of, period_of, periods
from microseg.measure import sql
from microseg.measure.answers import Answer, Place, answer, clipped, of_account
from microseg.measure.compare import decided, if_missing
from microseg.measure.facts import Change, Facts, Scope, Unit
from microseg.measure.people import People, about_users
from microseg.measure.sql import Sql
from microseg.measure.trend import grown

_MOST_SHARED = 3  # three truths of the account inside one `users:` are 27 ways to count


class Member(NamedTuple):
    """A segment as others see it: what one member is, and its own criteria with those of its ancestors."""

    unit: Unit
    chain: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True)
class World:
    """What criteria may speak of besides facts: other segments, and the values that a pattern lets through.

    `opened` are the segments whose criteria are being compiled. `assumed` is what is taken for true of the account
    while its users are counted; what is asked for and not assumed is put into `wanted`.
    """

    facts: Facts
    segments: Mapping[str, Member]
    matching: Mapping[tuple[str, str], tuple[str, ...]]
    opened: tuple[str, ...] = ()
    assumed: Mapping[Criterion, Sql] = field(default_factory=dict)
    wanted: list[Criterion] = field(default_factory=list)


def truth(criterion: Criterion, scope: Scope, on: dt.date, world: World) -> Sql:
    """The truth of a resolved criterion, over the columns of the scope's layer of tests."""
    decide = _DECIDE.get(type(criterion))
    if decide is None:
        if isinstance(criterion, Use):
            world.facts.notice(f"the definition `{criterion.name}` is not there or cannot be read, so nothing is known of it: microseg lint says why")
        return sql.unknown()
    if is_about_the_account(criterion, scope, world):
        return _of_the_account(criterion, scope, on, world)
    return decide(criterion, Place(world.facts, scope, on), world)


def is_about_the_account(criterion: Criterion, scope: Scope, world: World) -> bool:
    """Does it look at something of a user's account that only the account's own row can tell?"""
    if scope.unit == "account":
        return False
    if isinstance(criterion, InSegment):
        return criterion.segment in world.segments and world.segments[criterion.segment].unit == "account"
    return isinstance(criterion, Test | Trend) and of_account(criterion.dimension if isinstance(criterion, Test) else criterion.of)


def _of_the_account(criterion: Criterion, scope: Scope, on: dt.date, world: World) -> Sql:
    facts = world.facts
    if not facts.ground.data.has("account") or not facts.ground.data.has("user", "account"):
        facts.notice("a criterion about the account of a user needs a table of accounts, and `account:` in the table of users")
        return sql.unknown()
    if scope.role == "member":
        its = truth(criterion, facts.accounts, on, world)
        return scope.keep(sql.case((sql.is_null(sql.column("its_account")), _of_nobody(criterion)), default=its))
    if criterion not in world.assumed:
        world.wanted.append(criterion)
        return sql.unknown()
    return world.assumed[criterion]


def _of_nobody(criterion: Criterion) -> Sql:
    """What a test makes of a user whose account is not there: nothing is known of it."""
    if isinstance(criterion, Test):
        if criterion.operator == "is_set":
            return sql.false() if criterion.values[0] else sql.true()
        return if_missing(criterion.missing)
    return if_missing(criterion.missing) if isinstance(criterion, Trend) else sql.unknown()


def _parts(criterion: All | AnyOf | NoneOf, place: Place, world: World) -> Sql:
    parts = [truth(part, place.scope, place.on, world) for part in criterion.parts]
    if isinstance(criterion, All):
        return sql.all_of(parts)
    return sql.any_of(parts) if isinstance(criterion, AnyOf) else sql.negated(sql.any_of(parts))


def _not(criterion: Not, place: Place, world: World) -> Sql:
    return sql.negated(truth(criterion.part, place.scope, place.on, world))


def _membership(criterion: InSegment, place: Place, world: World) -> Sql:
    found = world.segments.get(criterion.segment)
    if found is None or found.unit != place.scope.unit:
        world.facts.notice(f"who is in {criterion.segment} cannot be asked here: it is a segment of users, and a member here is an account" if found else f"there is no segment {criterion.segment}")
        return sql.unknown()
    if criterion.segment in world.opened:
        world.facts.notice(f"segments refer to each other in a circle: {' → '.join((*world.opened, criterion.segment))}")
        return sql.unknown()
    inner = replace(world, opened=(*world.opened, criterion.segment))
    member = sql.all_of(truth(part, place.scope, place.on, inner) for part in found.chain)
    return member if criterion.member else sql.negated(member)


def questions_of(test: Test | Trend, on: dt.date) -> tuple[Question, ...]:
    """What a test asks of its dimension: one question, or one a period."""
    if isinstance(test, Trend):
        return tuple(Question(test.of, period_of(test.over, number, on), test.event, test.feature, test.platform) for number in (0, 1))
    if test.regularity is not None:
        return tuple(_question(test, days) for days in periods(test.regularity, on))
    return (_question(test, days_of(test.window, on) if test.window else None),)


def _question(test: Test, days: Days | None) -> Question:
    return Question(test.dimension, days, test.event, test.feature, test.platform, test.min_n)


def _test(test: Test, place: Place, world: World) -> Sql:
    if test.operator == "changed_to":
        return _kept_truth(_changed(test, place), place.scope, sure=place.scope.unit == "account")
    matching = world.matching.get((test.dimension, str(test.values[0])), ()) if test.operator == "matches" else ()
    values = [answer(place, question) for question in questions_of(test, place.on)]
    truths = [decided(test, value, place, matching=matching) for value in values]
    sure = all(one.kind != "unknown" and one.missing is None for one in values)
    if test.regularity is None:
        return _kept_truth(truths[0], place.scope, sure=sure)
    yes, unsure = sql.plus(*map(sql.as_int, truths)), None if sure else sql.plus(*(sql.as_int(sql.is_null(one)) for one in truths))
    return _kept_truth(People(yes, unsure, sql.number(len(truths))).at_least(sql.number(test.regularity.at_least)), place.scope, sure=sure)


def _kept_truth(what: Sql, scope: Scope, *, sure: bool) -> Sql:
    """A test's column; `sure`: none of the values it looks at can be missing."""
    return scope.keep_sure(what) if sure and not sql.speaks_of_null(what) else scope.keep(what)


def _changed(test: Test, place: Place) -> Sql:
    """Did a state become a value within the window?"""
    facts = place.facts
    if not facts.ground.data.has("history"):
        facts.notice("there is no table of changes, so `changed_to` is not known: name it as `history:` under data.tables")
        return if_missing(test.missing)
    days = clipped(days_of(test.window, place.on) if test.window else None, place.on)
    found = facts.past(Change(test.dimension, str(test.values[0]), days), place.scope.unit)
    became = sql.compared(sql.coalesced(found, sql.number(0)), "gt", sql.number(0))
    if place.scope.unit == "account":
        return became
    if not facts.ground.data.has("account") or not facts.ground.data.has("user", "account"):
        return if_missing(test.missing)
    return sql.case((sql.is_null(sql.column("account")), if_missing(test.missing)), default=became)


def _trend(trend: Trend, place: Place, world: World) -> Sql:
    del world  # a trend looks at nothing but the account or user itself
    now, before = (answer(place, question) for question in questions_of(trend, place.on))
    return place.scope.keep(grown(trend, now, before, place.facts.ground.parameters))


def _users(criterion: Users, place: Place, world: World) -> Sql:
    facts, data = place.facts, place.facts.ground.data
    if place.scope.unit == "user" or not data.has("user", "account"):
        facts.notice("`users:` counts people inside an account: it needs a table of users with `account:`")
        return sql.unknown()
    relative = None if criterion.relative is None else answer(place, Question(criterion.relative.dimension))
    people, is_layered = tally(criterion.where, place, world)
    if not is_layered:
        sure = people.unsure is None and (relative is None or relative.missing is None)
        return _kept_truth(about_users(criterion, people, relative, facts.ground.parameters), place.scope, sure=sure)
    kept = None if relative is None else _kept(relative, place.scope)
    return about_users(criterion, people, kept, facts.ground.parameters)


def _kept(value: Answer, scope: Scope) -> Answer:
    """The same value, as columns of the layer of tests."""
    below = value.below if isinstance(value.below, int) else scope.keep(value.below, "v")
    return Answer(value.kind, scope.keep(value.expression, "v"), None if value.missing is None else scope.keep(value.missing, "v"), below)


def tally(where: Criterion | None, place: Place, world: World, wanted: Collection[str] = ("yes", "unsure")) -> tuple[People, bool]:
    """How many users of an account meet a criterion, and of how many it is not known; `wanted` says which of the two matters.

    The second: do the numbers stand in the layer of tests, rather than below it? They do where the criterion speaks of
    the account itself, whose truth decides which of several counts is the one.
    """
    facts = place.facts
    everybody = facts.roll(sql.rows())
    if where is None:
        return People(everybody, None, everybody), False
    asked: list[Criterion] = []
    inner = replace(world, wanted=asked, assumed={})
    plain = _counted(where, place, inner, wanted)
    shared = tuple(dict.fromkeys(asked))
    if not shared:
        return People(*plain, everybody), False
    if len(shared) > _MOST_SHARED:
        facts.notice(f"more than {_MOST_SHARED} criteria about the account stand inside one `users:`: put them beside it, they hold for all its users alike")
        return People(sql.number(0), everybody, everybody), False
    return _split(where, shared, place, world), True


def _counted(where: Criterion, place: Place, world: World, wanted: Collection[str] = ("yes", "unsure")) -> tuple[Sql, Sql | None]:
    """Of how many users it is true, and of how many it is not known; None where it always is, or nobody wants to know."""
    people, facts = world.facts.people, world.facts
    held = truth(where, people, place.on, world)
    yes = facts.roll(sql.count_if(held)) if "yes" in wanted else sql.number(0)
    return yes, facts.roll(sql.count_if(sql.is_null(held))) if "unsure" in wanted and not people.is_sure(held) else None


def _split(where: Criterion, shared: tuple[Criterion, ...], place: Place, world: World) -> People:
    """The count for each way in which the shared truths can come out, and of those the one that did."""
    scope = place.scope
    truths = [truth(one, scope, place.on, world) for one in shared]
    yes, unsure = [], []
    for ways in product((True, False, None), repeat=len(shared)):
        assumed = {one: sql.unknown() if way is None else sql.true() if way else sql.false() for one, way in zip(shared, ways, strict=True)}
        counted = _counted(where, place, replace(world, assumed=assumed, wanted=[]))
        came_out = sql.all_of(_came_out(held, way) for held, way in zip(truths, ways, strict=True))
        yes.append((came_out, scope.keep(counted[0], "v")))
        unsure.append((came_out, sql.number(0) if counted[1] is None else scope.keep(counted[1], "v")))
    everybody = world.facts.roll(sql.rows())
    return People(sql.case(*yes, default=sql.number(0)), sql.case(*unsure, default=sql.number(0)), scope.keep(everybody, "v"))


def _came_out(held: Sql, way: bool | None) -> Sql:
    return sql.is_null(held) if way is None else sql.all_of([sql.not_null(held), held if way else sql.negated(held)])


_DECIDE: MappingProxyType[type, Callable[[Any, Place, World], Sql]] = MappingProxyType(
    {All: _parts, AnyOf: _parts, NoneOf: _parts, Not: _not, Test: _test, Users: _users, Trend: _trend, InSegment: _membership}
)
