"""Is a user or an account in, out, or unknown? Kleene's three-valued logic over whatever knows their values.

True is in, False is out, None is unknown. A missing value makes its test unknown, unless the test says `missing:
exclude` (out) or `include` (in); unknown spreads only as far as it matters: `all` with one False is False all the same.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import Any, Protocol

from microseg.criteria.ast import All, AnyOf, Bound, Criterion, InSegment, NoneOf, Not, Regularity, Relative, Test, Trend, Users, Window
from microseg.criteria.dimensions import Dimensions
from microseg.criteria.values import CURRENT_VERSION, Duration, Value, Version, back, days_back, version_of
from microseg.record import NamedTuple

_DAY = dt.timedelta(days=1)

Answer = Value | int | frozenset[str] | tuple[str, ...]


class Days(NamedTuple):
    """Whole days, both ends included; `first` None: since the beginning."""

    first: dt.date | None
    last: dt.date


class Question(NamedTuple):
    """What a criterion asks about one dimension. `days` is None for what is known as of today."""

    dimension: str
    days: Days | None = None
    event: str | None = None
    feature: str | None = None
    platform: tuple[str, ...] = ()
    min_n: int | None = None


class Entity(Protocol):
    """A user or an account, as far as criteria need to know it. None always means: not known."""

    def value(self, question: Question, /) -> Answer | None:
        """The value of a dimension: a number, text, bool, date, version tuple; of a set, its members.

        A user answers for its account's dimensions too; an account sums or unites `use.*`, `feature.minutes`,
        `tech.platform`, `adopt.feature` over its users. A duration is a Duration, or the day on which it began.
        Fewer answers than `min_n`: None.
        """

    def changed(self, question: Question, to: str, /) -> bool | None:
        """Did a state become `to` within the days of the question?"""

    def users(self) -> "Iterable[Entity] | None":
        """The people of an account."""

    def in_segment(self, segment: str, /) -> bool | None:
        """Is it a member of another segment?"""


class Tally(NamedTuple):
    """Of how many users a criterion is true, false, unknown; or of how many periods."""

    yes: int
    no: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a criterion, the value it was decided by (a Tally for users and periods), and its parts."""

    criterion: Criterion
    result: bool | None
    value: Answer | Tally | None = None
    parts: tuple["Outcome", ...] = ()


@dataclass(frozen=True, slots=True)
class _Setting:
    entity: Entity
    as_of: dt.date
    dimensions: Dimensions


def evaluate(criterion: Criterion, entity: Entity, *, as_of: dt.date, dimensions: Dimensions) -> bool | None:
    """True (in), False (out) or None (unknown) as of a day, which is itself included. `criterion` is resolved."""
    return explain(criterion, entity, as_of=as_of, dimensions=dimensions).result


def explain(criterion: Criterion, entity: Entity, *, as_of: dt.date, dimensions: Dimensions) -> Outcome:
    """The result with each test's own result and value, in the order of the criterion."""
    return _outcome(criterion, _Setting(entity, as_of, dimensions))


def all_of(results: Iterable[bool | None]) -> bool | None:
    """Kleene's and: False as soon as one is False, else unknown as soon as one is unknown."""
    seen = set(results)
    return False if False in seen else None if None in seen else True


def any_of(results: Iterable[bool | None]) -> bool | None:
    """Kleene's or: True as soon as one is True, else unknown as soon as one is unknown."""
    seen = set(results)
    return True if True in seen else None if None in seen else False


def negate(result: bool | None) -> bool | None:
    """Kleene's not: unknown stays unknown."""
    return None if result is None else not result


def days_of(window: Window, as_of: dt.date) -> Days:
    """The days of a window: `last: 30d` is today and the 29 days before; hours count as whole days begun."""
    if window.last is not None:
        return Days(days_back(as_of, window.last) + _DAY, as_of)
    return Days(window.first, as_of if window.until is None else window.until)


def periods(regularity: Regularity, as_of: dt.date) -> Iterator[Days]:
    """The periods of a regularity, the newest first, each touching the next."""
    return (period_of(regularity.in_each, number, as_of) for number in range(regularity.of))


def period_of(length: Duration, number: int, as_of: dt.date) -> Days:
    """The span of that length which lies `number` lengths back."""
    last = days_back(as_of, Duration(length.amount * number, length.unit)) if number else as_of
    return Days(days_back(as_of, Duration(length.amount * (number + 1), length.unit)) + _DAY, last)


def _outcome(criterion: Criterion, setting: _Setting) -> Outcome:
    decide = _DECIDE.get(type(criterion))
    # a definition that could not be put in
    return Outcome(criterion, None) if decide is None else decide(criterion, setting)


def _parts(criterion: All | AnyOf | NoneOf, setting: _Setting) -> Outcome:
    parts = tuple(_outcome(part, setting) for part in criterion.parts)
    results = [part.result for part in parts]
    if isinstance(criterion, All):
        return Outcome(criterion, all_of(results), parts=parts)
    some = any_of(results)
    return Outcome(criterion, some if isinstance(criterion, AnyOf) else negate(some), parts=parts)


def _not(criterion: Not, setting: _Setting) -> Outcome:
    part = _outcome(criterion.part, setting)
    return Outcome(criterion, negate(part.result), parts=(part,))


def _membership(criterion: InSegment, setting: _Setting) -> Outcome:
    member = setting.entity.in_segment(criterion.segment)
    return Outcome(criterion, member if criterion.member else negate(member), member)


def _unless_missing(missing: str | None) -> bool | None:
    """What a missing value makes of a test."""
    return {"exclude": False, "include": True}.get(missing or "")


def _test(test: Test, setting: _Setting) -> Outcome:
    if test.regularity is not None:
        return _regular(test, test.regularity, setting)
    question = Question(
        test.dimension,
        days_of(test.window, setting.as_of) if test.window else None,
        test.event,
        test.feature,
        test.platform,
        test.min_n,
    )
    if test.operator == "changed_to":
        changed = setting.entity.changed(question, str(test.values[0]))
        return Outcome(test, _unless_missing(test.missing) if changed is None else changed, changed)
    value = setting.entity.value(question)
    if test.operator == "is_set":
        return Outcome(test, (value is not None) is test.values[0], value)
    if value is None:
        return Outcome(test, _unless_missing(test.missing))
    return Outcome(test, _compare(test, value, setting), value)


def _regular(test: Test, regularity: Regularity, setting: _Setting) -> Outcome:
    tally = [0, 0, 0]
    for days in periods(regularity, setting.as_of):
        value = setting.entity.value(Question(test.dimension, days, test.event, test.feature, test.platform, test.min_n))
        tally[_place(_compare_or_missing(test, value, setting))] += 1
    counted = Tally(*tally)
    return Outcome(test, _at_least(counted, regularity.at_least), counted)


def _compare_or_missing(test: Test, value: Answer | None, setting: _Setting) -> bool | None:
    if test.operator == "is_set":
        return (value is not None) is test.values[0]
    return _unless_missing(test.missing) if value is None else _compare(test, value, setting)


def _place(result: bool | None) -> int:
    return 2 if result is None else 0 if result else 1


def _at_least(tally: Tally, wanted: int) -> bool | None:
    if tally.yes >= wanted:
        return True
    return None if tally.yes + tally.unknown >= wanted else False


def _compare(test: Test, value: Answer, setting: _Setting) -> bool | None:
    """The test on a value that is there; None only for the version `current` where nobody said which that is."""
    if CURRENT_VERSION in test.values:
        return None
    if test.operator in _ON_SETS:
        return _ON_SETS[test.operator](frozenset(value), frozenset(test.values))  # type: ignore[arg-type]  # a set dimension
    if test.operator in {"at_least", "at_most"}:
        return _on_scale(test, value, setting)
    operands = tuple(_comparable(operand, setting) for operand in test.values)
    # the value of a duration may be the day on which it began
    given = _age(value, setting) if isinstance(test.values[0], Duration) and isinstance(value, dt.date) else _comparable(value, setting)
    return _OPERATORS[test.operator](given, operands)


def _on_scale(test: Test, value: Answer, setting: _Setting) -> bool | None:
    dimension = setting.dimensions.find(test.dimension)
    scale = dimension.values if dimension else ()
    if value not in scale or test.values[0] not in scale:
        return None
    here, there = scale.index(str(value)), scale.index(str(test.values[0]))
    return here >= there if test.operator == "at_least" else here <= there


def _comparable(value: Answer, setting: _Setting) -> Any:
    """Durations as lengths counted back from today, versions without trailing zeros, moments as days."""
    if isinstance(value, Duration):
        now = _midnight(setting.as_of)
        return now - back(now, value)
    if isinstance(value, tuple):
        return version_of(_version(value))
    return value.date() if isinstance(value, dt.datetime) else value


def _version(value: tuple[Any, ...]) -> Version:
    return tuple(int(part) for part in value)


def _age(began: dt.date, setting: _Setting) -> dt.timedelta:
    return _midnight(setting.as_of) - _midnight(began)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day)


_ON_SETS: MappingProxyType[str, Callable[[frozenset[Any], frozenset[Any]], bool]] = MappingProxyType(
    {
        "includes_any": lambda given, wanted: bool(given & wanted),
        "includes_all": lambda given, wanted: wanted <= given,
        "includes_none": lambda given, wanted: not given & wanted,
    }
)
_OPERATORS: MappingProxyType[str, Callable[[Any, tuple[Any, ...]], bool]] = MappingProxyType(
    {
        "eq": lambda given, wanted: given == wanted[0],
        "ne": lambda given, wanted: given != wanted[0],
        "in": lambda given, wanted: given in wanted,
        "not_in": lambda given, wanted: given not in wanted,
        "lt": lambda given, wanted: given < wanted[0],
        "lte": lambda given, wanted: given <= wanted[0],
        "gt": lambda given, wanted: given > wanted[0],
        "gte": lambda given, wanted: given >= wanted[0],
        "between": lambda given, wanted: wanted[0] <= given <= wanted[1],
        "v_lt": lambda given, wanted: given < wanted[0],
        "v_lte": lambda given, wanted: given <= wanted[0],
        "v_gt": lambda given, wanted: given > wanted[0],
        "v_gte": lambda given, wanted: given >= wanted[0],
        "contains": lambda given, wanted: wanted[0] in given,
        "starts_with": lambda given, wanted: given.startswith(wanted[0]),
        "ends_with": lambda given, wanted: given.endswith(wanted[0]),
        "matches": lambda given, wanted: re.search(wanted[0], given) is not None,
    }
)


def _within(value: Fraction | int, bound: Bound) -> bool:
    return _OPERATORS[bound.operator](value, bound.values)


def _trend(trend: Trend, setting: _Setting) -> Outcome:
    """Growth = (now - before) / before; nothing before is no basis to compare with, so unknown."""
    now, before = (_amount(trend, setting, number) for number in (0, 1))
    if now is None or not before:
        return Outcome(trend, _unless_missing(trend.missing))
    growth = (now - before) / before
    return Outcome(trend, all(_within(growth, bound) for bound in trend.bounds), growth)


def _amount(trend: Trend, setting: _Setting, number: int) -> Fraction | None:
    days = period_of(trend.over, number, setting.as_of)
    value = setting.entity.value(Question(trend.of, days, trend.event, trend.feature, trend.platform))
    return None if value is None else Fraction(value)  # type: ignore[arg-type]  # a number dimension


def _users(criterion: Users, setting: _Setting) -> Outcome:
    people = setting.entity.users()
    if people is None:
        return Outcome(criterion, None)
    tally = [0, 0, 0]
    for person in people:
        setting_of_one = _Setting(person, setting.as_of, setting.dimensions)
        tally[0 if criterion.where is None else _place(_outcome(criterion.where, setting_of_one).result)] += 1
    counted = Tally(*tally)
    return Outcome(criterion, all_of(_about_users(criterion, counted, setting)), counted)


def _about_users(criterion: Users, tally: Tally, setting: _Setting) -> Iterator[bool | None]:
    """What a count that may grow by its unknowns says of each demand."""
    total = sum(tally)
    if criterion.at_least is not None:
        yield _at_least(tally, criterion.at_least)
    if criterion.at_most is not None:
        yield negate(_at_least(tally, criterion.at_most + 1))
    if criterion.none:
        yield negate(_at_least(tally, 1))
    if criterion.every:
        yield _at_least(tally, total) if total else None
    for bound in criterion.share:
        yield _over_range(tally, partial(_is_share, total, bound)) if total else None
    if criterion.relative is not None:
        yield _relative(criterion.relative, tally, setting)


def _is_share(total: int, bound: Bound, count: int) -> bool:
    return _within(Fraction(count, total), bound)


def _relative(relative: Relative, tally: Tally, setting: _Setting) -> bool | None:
    """Fewer (or more) than that share of a number of the account; a number of 0 has no share."""
    value = setting.entity.value(Question(relative.dimension))
    if not value:
        return None
    line = relative.share * Fraction(value)  # type: ignore[arg-type]  # a number dimension
    return _over_range(tally, lambda count: count < line if relative.side == "below" else count > line)


def _over_range(tally: Tally, holds: Callable[[int], bool]) -> bool | None:
    """A demand over every count that is still possible: known where they all agree."""
    results = {holds(count) for count in range(tally.yes, tally.yes + tally.unknown + 1)}
    return results.pop() if len(results) == 1 else None


_DECIDE: MappingProxyType[type, Callable[[Any, _Setting], Outcome]] = MappingProxyType(
    {All: _parts, AnyOf: _parts, NoneOf: _parts, Not: _not, Test: _test, Users: _users, Trend: _trend, InSegment: _membership}
)
