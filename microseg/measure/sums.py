"""The algebra of `measure.expression` in SQL: truths and whole numbers over a scope's layer of tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from microseg.criteria.evaluate import Question
from microseg.measure import conversions, sql
from microseg.measure import expression as ex
from microseg.measure.answers import FEWEST, Answer, Place, answer, can_filter, clipped, filter_of, measured
from microseg.measure.compile import World, tally, truth
from microseg.measure.facts import Return, Scope
from microseg.measure.sql import Sql


@dataclass(frozen=True, slots=True)
class Summing:
    """Whose rows are summed, and what the criteria inside may speak of."""

    scope: Scope
    world: World

    @property
    def as_of(self) -> dt.date:
        """The day of the run."""
        return self.world.facts.ground.data.as_of

    def place(self, on: dt.date | None = None) -> Place:
        """The row on a day."""
        return Place(self.world.facts, self.scope, on or self.as_of)


def summed(expression: ex.Expression, summing: Summing) -> Sql:
    """What is added up: a truth as 1 or 0, a number as it is, unknown as 0."""
    found = written(expression, summing)
    return sql.as_int(found) if isinstance(expression, ex.Truth) else sql.coalesced(found, sql.number(0))


def written(expression: ex.Expression | int, summing: Summing) -> Sql:
    """An expression as SQL; a whole number stands for itself."""
    return sql.number(expression) if isinstance(expression, int) else _WRITTEN[type(expression)](expression, summing)


def _holds(one: ex.Holds, summing: Summing) -> Sql:
    held = truth(one.criterion, summing.scope, one.on or summing.as_of, summing.world)
    return held if one.on is None else sql.all_of([_was_there(summing, one.on), held])


def _was_there(summing: Summing, on: dt.date) -> Sql:
    """Had the account begun by that day? Yes where nobody knows."""
    since = answer(summing.place(on), Question("acct.since")) if _knows_since(summing) else None
    if since is None or since.kind != "date":
        return sql.true()
    return summing.scope.keep(sql.coalesced(sql.compared(since.expression, "lte", sql.day(on)), sql.true()))


def _knows_since(summing: Summing) -> bool:
    return bool({"acct.since", "acct.age"} & summing.world.facts.ground.data.held.keys())


def _people(one: ex.PeopleWho, summing: Summing) -> Sql:
    return _of_people(one.criterion, one.on, summing, "yes")


def _people_unknown(one: ex.PeopleUnknown, summing: Summing) -> Sql:
    return _of_people(one.criterion, one.on, summing, "unsure")


def _of_people(criterion: Any, on: dt.date | None, summing: Summing, which: str) -> Sql:
    there = sql.true() if on is None else _was_there(summing, on)
    if summing.scope.unit == "user":
        held = sql.true() if criterion is None else truth(criterion, summing.scope, on or summing.as_of, summing.world)
        return sql.as_int(sql.all_of([there, held if which == "yes" else sql.is_null(held)]))
    data = summing.world.facts.ground.data
    if not data.has("user", "account"):
        summing.world.facts.notice("people inside an account cannot be counted without a table of users with `account:`")
        return sql.number(0)
    people, is_layered = tally(criterion, summing.place(on), summing.world, (which,))
    count = people.yes if which == "yes" else people.unsure or sql.number(0)
    return sql.case((there, count if is_layered else summing.scope.keep(count, "v")), default=sql.number(0))


def _amount(one: ex.Amount, summing: Summing) -> Sql:
    return _scaled(answer(summing.place(), one.question), one.scale, summing)


def _people_amount(one: ex.PeopleAmount, summing: Summing) -> Sql:
    if summing.scope.unit == "user":
        return sql.coalesced(_amount(ex.Amount(one.question, one.scale), summing), sql.number(0))
    facts = summing.world.facts
    if not facts.ground.data.has("user", "account"):
        return sql.number(0)
    theirs = _amount(ex.Amount(one.question, one.scale), Summing(facts.people, summing.world))
    return summing.scope.keep(facts.roll(sql.total(theirs)), "v")


def _band(one: ex.AdoptionBand, summing: Summing) -> Sql:
    """Thousandths of the base, by the mean rank of the day of the first use within it."""
    place = summing.place()
    first = measured(place, "first", filter_of(place, Question("use.events", feature=one.feature)), clipped(None, place.on))
    if first is None:
        return sql.unknown()
    base = sql.true() if one.base is None else truth(one.base, summing.scope, summing.as_of, summing.world)
    name = summing.world.facts.band(summing.scope.keep(first, "v"), base)
    twice, everybody = sql.times(sql.column(f"{name}r"), sql.number(1000)), sql.column(f"{name}n")
    over, up_to = (sql.times(everybody, sql.number(2 * bound)) for bound in (one.over, one.up_to))
    inside = sql.all_of([sql.compared(twice, "gt", over), sql.compared(twice, "lte", up_to)])
    too_few = sql.compared(everybody, "lt", sql.number(FEWEST))
    return sql.case((too_few, sql.unknown()), (sql.is_null(twice), sql.false()), default=inside)


def _amount_on(one: ex.AmountOn, summing: Summing) -> Sql:
    return _scaled(answer(summing.place(one.on), Question(one.dimension)), one.scale, summing)


def _scaled(value: Answer, scale: int, summing: Summing) -> Sql:
    """The value times the scale, rounded half away from zero; null where it is missing."""
    if value.kind == "integer":
        found = value.expression if scale == 1 else sql.times(value.expression, sql.number(scale))
    elif value.kind == "decimal":
        found = sql.cast(sql.rounded(sql.times(value.expression, sql.cast(sql.number(scale), "DECIMAL(9, 0)"))), sql.BIG)
    elif value.kind == "ratio":
        found = _rounded(value, scale)
    elif value.kind == "boolean":
        found = sql.times(value.expression, sql.number(scale))
    else:
        return sql.null(sql.BIG)
    return summing.scope.keep(found if value.missing is None else sql.case((sql.negated(value.missing), found)), "v")


def _rounded(value: Answer, scale: int) -> Sql:
    """(2 |above| scale + below) whole / (2 below), with its sign; below is above zero wherever there is a value."""
    below = value.below if not isinstance(value.below, int) else sql.number(value.below)
    twice = sql.number(2 * value.below) if isinstance(value.below, int) else sql.or_null_if_0(sql.times(below, sql.number(2)))
    whole = sql.divided(sql.plus(sql.times(sql.size(value.expression), sql.number(2 * scale)), below), twice)
    sign = sql.case((sql.compared(value.expression, "lt", sql.number(0)), sql.number(-1)), default=sql.number(1))
    return sql.times(sign, whole)


def _known(one: ex.Known, summing: Summing) -> Sql:
    value = answer(summing.place(), one.question)
    return sql.true() if value.missing is None else sql.negated(summing.scope.keep(value.missing))


def _first_day(one: ex.FirstDay, summing: Summing) -> Sql:
    place = summing.place()
    found = measured(place, "first", filter_of(place, one.question), clipped(one.question.days, place.on))
    if found is None:
        return sql.null(sql.BIG)
    return summing.scope.keep(conversions.day_number(found, place.facts.ground.dialect), "v")


def _returned(one: ex.Returned, summing: Summing) -> Sql:
    place, facts = summing.place(), summing.world.facts
    start, back = filter_of(place, one.start), filter_of(place, one.back)
    if not (can_filter(place, start) and can_filter(place, back) and facts.can_count(summing.scope.unit)):
        facts.notice("there are no events by which to tell who came back")
        return sql.unknown()
    column = facts.event(summing.scope.unit, Return(start, clipped(one.start.days, place.on), back, one.low, one.high, one.calendar))
    since = sql.column(f"{column.name}f")
    last = one.low if one.high is None else one.high
    if one.calendar:
        is_open = sql.compared(since, "gt", sql.day(_earlier(summing.as_of, last)))
    else:
        end = conversions.start_of(summing.as_of + dt.timedelta(days=1), facts.ground.data.timezone)
        is_open = sql.compared(since, "gt", sql.moment(end - dt.timedelta(days=last + 1)))
    branches = [(sql.is_null(since), sql.false()), (sql.compared(column, "eq", sql.number(1)), sql.true()), (is_open, sql.unknown())]
    return summing.scope.keep(sql.case(*branches, default=sql.false()))


def _earlier(day: dt.date, days: int) -> dt.date:
    return day - dt.timedelta(days=min(days, day.toordinal() - 1))


def _eligible(one: ex.Eligible, summing: Summing) -> Sql:
    whole = (one.last - one.first).days + 1
    since = answer(summing.place(), Question("acct.since")) if _knows_since(summing) else None
    if since is None or since.kind != "date":
        return sql.number(whole)
    number = conversions.day_number(since.expression, summing.world.facts.ground.dialect)
    left = sql.minus(sql.number((one.last - conversions.EPOCH).days + 1), number)
    branches = [(sql.compared(since.expression, "gt", sql.day(one.last)), sql.number(0)), (sql.compared(since.expression, "gt", sql.day(one.first)), left)]
    return summing.scope.keep(sql.case(*branches, default=sql.number(whole)), "v")


def _when(one: ex.When, summing: Summing) -> Sql:
    return sql.case((written(one.truth, summing), written(one.number, summing)), default=sql.number(0))


def _compare(one: ex.Compare, summing: Summing) -> Sql:
    return sql.compared(written(one.left, summing), one.operator, written(one.right, summing))


_WRITTEN: MappingProxyType[type, Callable[[Any, Summing], Sql]] = MappingProxyType(
    {
        ex.Holds: _holds,
        ex.PeopleWho: _people,
        ex.PeopleUnknown: _people_unknown,
        ex.PeopleAmount: _people_amount,
        ex.AdoptionBand: _band,
        ex.Amount: _amount,
        ex.AmountOn: _amount_on,
        ex.Known: _known,
        ex.FirstDay: _first_day,
        ex.Returned: _returned,
        ex.Eligible: _eligible,
        ex.One: lambda _, __: sql.number(1),
        ex.Both: lambda one, summing: sql.all_of(written(part, summing) for part in one.parts),
        ex.Either: lambda one, summing: sql.any_of(written(part, summing) for part in one.parts),
        ex.Not: lambda one, summing: sql.negated(written(one.part, summing)),
        ex.Unknown: lambda one, summing: sql.is_null(written(one.part, summing)),
        ex.When: _when,
        ex.Compare: _compare,
        ex.Plus: lambda one, summing: sql.plus(*(written(part, summing) for part in one.parts)),
        ex.Times: lambda one, summing: sql.times(written(one.left, summing), written(one.right, summing)),
        ex.Minus: lambda one, summing: sql.minus(written(one.left, summing), written(one.right, summing)),
    }
)
