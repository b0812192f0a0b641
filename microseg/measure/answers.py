"""The value of a dimension in SQL: which columns it is made of, and when it is missing.

A number is kept as a whole number over a whole number, so that a comparison multiplies and never divides.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, NamedTuple

from microseg.criteria.dimensions import Dimension
from microseg.criteria.evaluate import Days, Question
from microseg.measure import conversions, sql
from microseg.measure.conversions import Column
from microseg.measure.facts import Facts, Filter, Measure, Newest, Rank, Scope, State, Unit, What
from microseg.measure.sql import Sql

Kind = Literal["integer", "decimal", "ratio", "text", "date", "days", "version", "boolean", "set", "flags", "unknown"]

SCORE_BITS = 16  # an answer is packed as moment * 16 + (15 - score): the greatest is the newest, and of two the lower
HIGHEST = 15
FEWEST = 40  # entities, below which ranks in per cent say nothing
STAMP = 20  # the digits of a moment before a value of the history
ROGERS = ((Fraction("2.5"), "innovator"), (Fraction(16), "early_adopter"), (Fraction(50), "early_majority"), (Fraction(84), "late_majority"))
_COUNTED: MappingProxyType[str, What] = MappingProxyType({"use.events": "events", "use.active_days": "days", "use.visits": "visits", "use.minutes": "minutes", "feature.minutes": "minutes"})
_PROMOTER, _DETRACTOR, _SATISFIED = 9, 6, 4


class Place(NamedTuple):
    """Whose row, and the day on which the question is asked."""

    facts: Facts
    scope: Scope
    on: dt.date


@dataclass(frozen=True, slots=True)
class Answer:
    """A value: `expression` over `below` (1 where it is a whole number), or of a set, whether it `has` an item.

    `missing` is the truth that there is no value; None: there always is one.
    """

    kind: Kind
    expression: Sql
    missing: Sql | None
    below: Sql | int = 1
    has: Callable[[str], Sql] | None = None


UNKNOWN = Answer("unknown", sql.unknown(), sql.true())


def answer(place: Place, question: Question) -> Answer:
    """The value that a question asks for, in the row of that place."""
    dimension = place.facts.ground.dimensions.find(question.dimension)
    if dimension is None:
        return UNKNOWN
    special = _SPECIAL.get(dimension.id)
    if special is not None and (dimension.windowed == "always" or question.days is not None or not _is_held(place, dimension)):
        return special(place, question)
    return _trait(place, dimension)


def of_account(dimension: str) -> bool:
    """Is it a behaviour or an opinion of an account as a whole, so that its users cannot tell it one by one?"""
    return dimension in {"acct.active_users", "sent.nps", "sent.csat"}


def _is_held(place: Place, dimension: Dimension) -> bool:
    return dimension.id in place.facts.ground.data.held


def _trait(place: Place, dimension: Dimension) -> Answer:
    """A dimension that a column holds, as of today, or as its history says it was."""
    ground = place.facts.ground
    dimension = _stand_in(place, dimension)
    held = ground.data.held.get(dimension.id)
    today = None
    if held is not None:
        if place.scope.unit == "account" and held.table == "user":
            return _union(place, dimension)
        today = _known(place, ground.kind_of(dimension), place.facts.trait(dimension, place.scope.unit))
    return _past(place, dimension, today)


def _stand_in(place: Place, dimension: Dimension) -> Dimension:
    """The length of an account and the day since when it is one are each the other, where only one has a column."""
    other = {"acct.age": "acct.since", "acct.since": "acct.age"}.get(dimension.id)
    if other is None or _is_held(place, dimension) or other not in place.facts.ground.data.held:
        return dimension
    found = place.facts.ground.dimensions.find(other)
    return dimension if found is None or place.facts.ground.kind_of(found) != "date" else found


def _past(place: Place, dimension: Dimension, today: Answer | None) -> Answer:
    """What the history says of a day before the run's; today's column where it never says anything."""
    facts = place.facts
    is_today = place.on >= facts.ground.data.as_of
    if not facts.ground.remembers(dimension) or (is_today and today is not None):
        return today or _lost(place, dimension)
    text = facts.past(State("value", dimension.id, place.on), place.scope.unit)
    trait = facts.ground.typed(Column(text, "text"), dimension)
    if today is None:
        return _known(place, trait.kind, trait.expression)
    if trait.kind != today.kind and {trait.kind, today.kind} != {"integer", "decimal"}:
        return today
    never = sql.is_null(facts.past(State("any", dimension.id, place.on), place.scope.unit))
    then = sql.cast(today.expression, sql.NUMBER) if trait.kind == "decimal" else today.expression
    return _known(place, trait.kind, sql.case((never, then), default=trait.expression))


def _known(place: Place, kind: str, column: Sql) -> Answer:
    """The value of a column, missing where it is null."""
    return Answer(kind, column, sql.is_null(column), has=_item_of(place, column) if kind == "set" else None)  # type: ignore[arg-type]  # a kind of trait


def _lost(place: Place, dimension: Dimension) -> Answer:
    place.facts.notice(f"{dimension.id} has no column, so nothing is known of it: name it under data.dimensions")
    return UNKNOWN


def _item_of(place: Place, column: Sql) -> Callable[[str], Sql]:
    """Whether a set kept as text has an item; null where there is no set."""

    def has(item: str) -> Sql:
        marked = place.facts.ground.parameters.bind(f"{conversions.SET_MARK}{item}{conversions.SET_MARK}")
        return sql.compared(sql.position(column, marked), "gt", sql.number(0))

    return has


def _union(place: Place, dimension: Dimension) -> Answer:
    """The sets of an account's users taken together, over those that are known; other traits of users are no account's."""
    if not dimension.sums_up or dimension.type != "set":
        place.facts.notice(f"{dimension.id} lies in the table of users, so it is not known of an account: ask for it inside `users:`")
        return UNKNOWN
    if not place.facts.ground.data.has("user", "account"):
        place.facts.notice(f"{dimension.id} lies in the table of users, which does not say whose they are: add `account:` there")
        return UNKNOWN
    facts, people = place.facts, place.facts.people
    column = facts.trait(dimension, "user")
    known = facts.roll(sql.count_if(people.keep(sql.not_null(column))))
    return Answer("flags", known, sql.compared(known, "eq", sql.number(0)), has=lambda item: _some(facts, people.keep(sql.as_int(_item_of(place, column)(item)), "v")))


def _some(facts: Facts, flag: Sql) -> Sql:
    return sql.compared(facts.roll(sql.greatest(flag)), "gt", sql.number(0))


def clipped(days: Days | None, on: dt.date) -> Days:
    """The days of a question, none of them after the day on which it is asked."""
    return Days(None, on) if days is None else Days(days.first, min(days.last, on))


def filter_of(place: Place, question: Question) -> Filter:
    """The filters of a question."""
    if question.event is not None and not place.facts.ground.data.has("event", "name"):
        place.facts.notice("the table of events has no column for the kind of event: add `name:` there")
    return Filter(question.event, question.feature, question.platform)


def can_filter(place: Place, wanted: Filter) -> bool:
    """Do the events have the columns that a filter looks at?"""
    data = place.facts.ground.data
    has_feature = data.has("event", "feature") or data.has("event", "name")
    fits = (wanted.event is None or data.has("event", "name"), wanted.feature is None or has_feature, not wanted.platforms or data.has("event", "platform"))
    return all(fits)


def measured(place: Place, what: What, wanted: Filter, days: Days) -> Sql | None:
    """A count over an entity's events, 0 where there was none; None where nothing can be counted."""
    facts, unit = place.facts, place.scope.unit
    if not can_filter(place, wanted) or not facts.can_count(unit) or (what == "minutes" and not facts.ground.data.has("event", "minutes")):
        facts.notice(_uncounted(facts, unit, what))
        return None
    measure = Measure(what, wanted, days)
    if unit == "user" or what in {"days", "first"} or not facts.events_know_users:
        found = facts.event(unit, measure)
        return found if what == "first" else sql.coalesced(found, sql.number(0))
    one = facts.people.keep(sql.coalesced(facts.event("user", measure), sql.number(0)), "v")
    return facts.roll(sql.total(one))


def _uncounted(facts: Facts, unit: Unit, what: What) -> str:
    data = facts.ground.data
    if not data.has("event"):
        return "there is no table of events, so nothing that people do can be counted: name it under data.tables"
    if what == "minutes" and not data.has("event", "minutes"):
        return "the table of events has no column of minutes: add `minutes:` there"
    if not facts.can_count(unit):
        return "the events cannot be told apart by account: the table of users needs `account:`, or the events do" if unit == "account" else "the events cannot be told apart by user: `user:` and a table of users are needed"
    return "the table of events lacks a column that a criterion narrows it by (event, feature or platform)"


def _count(place: Place, question: Question) -> Answer:
    found = measured(place, _COUNTED[question.dimension], filter_of(place, question), clipped(question.days, place.on))
    if found is None:
        return UNKNOWN
    in_minutes = _COUNTED[question.dimension] == "minutes"
    grid = place.facts.minute_grid if in_minutes else 1
    return Answer("ratio" if grid > 1 else "integer", found, None, grid)


def _active_users(place: Place, question: Question) -> Answer:
    facts = place.facts
    if place.scope.unit == "user" or not facts.events_know_users:
        facts.notice(_uncounted(facts, "user", "events"))
        return UNKNOWN
    if not facts.can_count("account"):
        facts.notice(_uncounted(facts, "account", "events"))
        return UNKNOWN
    one = measured(Place(facts, facts.people, place.on), "events", filter_of(place, question), clipped(question.days, place.on))
    if one is None:
        return UNKNOWN
    return Answer("integer", facts.roll(sql.count_if(facts.people.keep(sql.compared(one, "gt", sql.number(0))))), None)


def _per_visit(place: Place, question: Question) -> Answer:
    days, wanted = clipped(question.days, place.on), filter_of(place, question)
    minutes, visits = measured(place, "minutes", wanted, days), measured(place, "visits", wanted, days)
    if minutes is None or visits is None:
        return UNKNOWN
    return Answer("ratio", minutes, sql.compared(visits, "eq", sql.number(0)), sql.times(visits, sql.number(place.facts.minute_grid)))


def _platforms(place: Place, question: Question) -> Answer:
    """The platforms used within the days; without days those ever used, which nobody knows who never came."""
    days = clipped(question.days, place.on)
    ever = measured(place, "events", Filter(), days)
    if ever is None or not place.facts.ground.data.has("event", "platform"):
        return _lost(place, place.facts.ground.dimensions.find(question.dimension))  # type: ignore[arg-type]  # the dimension was found before
    some = _used(place, days, lambda item: Filter(platforms=(item,)))
    if question.days is not None:
        return Answer("flags", ever, None, has=some)
    platform = measured(place, "events", Filter(on_a_platform=True), days) or ever
    return Answer("flags", platform, sql.compared(platform, "eq", sql.number(0)), has=some)


def _used(place: Place, days: Days, narrowed: Callable[[str], Filter]) -> Callable[[str], Sql]:
    def has(item: str) -> Sql:
        found = measured(place, "events", narrowed(item), days)
        return sql.unknown() if found is None else sql.compared(found, "gt", sql.number(0))

    return has


def _features(place: Place, question: Question) -> Answer:
    days = clipped(question.days, place.on)
    ever = measured(place, "events", Filter(), days)
    if ever is None or not can_filter(place, Filter(feature="")):
        return UNKNOWN
    return Answer("flags", ever, None, has=_used(place, days, lambda item: Filter(feature=item)))


def _score(place: Place, question: Question) -> Answer:
    """A user's newest answer; an account has none of its own."""
    facts, kind = place.facts, _survey_kind(question)
    if not facts.ground.data.has("survey") or place.scope.unit == "account" or not facts.ground.data.has("user"):
        facts.notice("there is no table of survey answers: name it under data.tables")
        return UNKNOWN
    packed = facts.answer(Newest(kind, clipped(question.days, place.on)))
    rest = sql.minus(packed, sql.times(sql.divided(packed, sql.number(SCORE_BITS)), sql.number(SCORE_BITS)))
    return Answer("integer", sql.minus(sql.number(HIGHEST), rest), sql.is_null(packed))


def _survey_kind(question: Question) -> str:
    return "nps" if "nps" in question.dimension else "csat"


def _opinion(place: Place, question: Question) -> Answer:
    """NPS or CSAT of an account: over the newest answer of each of its users."""
    facts = place.facts
    one = _score(Place(facts, facts.people, place.on), question)
    if one.kind == "unknown" or place.scope.unit == "user" or not facts.ground.data.has("user", "account"):
        return UNKNOWN

    def counted(truth: Sql) -> Sql:
        return facts.roll(sql.count_if(facts.people.keep(truth)))

    n = counted(sql.compared(one.expression, "gte", sql.number(0)))
    missing = sql.compared(n, "lt", sql.number(question.min_n or 1))
    if _survey_kind(question) == "nps":
        promoters, detractors = counted(sql.compared(one.expression, "gte", sql.number(_PROMOTER))), counted(sql.compared(one.expression, "lte", sql.number(_DETRACTOR)))
        above = sql.times(sql.minus(promoters, detractors), sql.number(100))
    else:
        above = sql.times(counted(sql.compared(one.expression, "gte", sql.number(_SATISFIED))), sql.number(100))
    return Answer("ratio", above, missing, n)


def _rank(place: Place, question: Question) -> Answer:
    """The percentile of the rank of the first use among all entities of the unit; who has not used it has none.

    Those who began on one day share the mean of their ranks; of fewer than forty entities no rank means anything.
    """
    wanted = filter_of(place, question)
    first = measured(place, "first", wanted, Days(None, place.on))
    if first is None:
        return UNKNOWN
    twice = place.facts.rank(place.scope.unit, Rank(first.name))
    missing = sql.any_of([sql.is_null(twice), sql.compared(sql.column("everybody"), "lt", sql.number(FEWEST))])
    share = Answer("ratio", sql.times(twice, sql.number(100)), missing, sql.times(sql.column("everybody"), sql.number(2)))
    if question.dimension == "adopt.rank_pct":
        return share
    branches = [(_up_to(share, limit), sql.word(name)) for limit, name in ROGERS]
    label = sql.case((missing, sql.null("TEXT")), *branches, default=sql.word("laggard"))
    return Answer("text", label, missing)


def _up_to(share: Answer, limit: Fraction) -> Sql:
    below = share.below if not isinstance(share.below, int) else sql.number(share.below)
    return sql.compared(sql.times(share.expression, sql.number(limit.denominator)), "lte", sql.times(below, sql.number(limit.numerator)))


_SPECIAL: MappingProxyType[str, Callable[[Place, Question], Answer]] = MappingProxyType(
    {
        **dict.fromkeys(_COUNTED, _count),
        "acct.active_users": _active_users,
        "use.minutes_per_visit": _per_visit,
        "tech.platform": _platforms,
        "adopt.feature": _features,
        "adopt.rank_pct": _rank,
        "adopt.rogers": _rank,
        "sent.nps_score": _score,
        "sent.csat_score": _score,
        "sent.nps": _opinion,
        "sent.csat": _opinion,
    }
)
