"""The criteria of a segment as a tree of plain immutable values: what every reader of criteria works on.

Positions (`start`, `end`: characters of the file) point at the word that names the criterion: a dimension, `users`,
`any`, the name behind `use`. They take no part in equality. All values are tuples, texts, bools, ints, Fractions,
dates and NamedTuples, so a codec can turn a tree into plain tuples and back from the field types alone.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from fractions import Fraction

from microseg.criteria.values import Duration, Value
from microseg.record import NamedTuple, aside, record, replace


class Window(NamedTuple):
    """When: `last` so long up to today, or from `first` to `until` (either may be open), or `ever`."""

    last: Duration | None = None
    first: dt.date | None = None
    until: dt.date | None = None
    ever: bool = False


class Regularity(NamedTuple):
    """How regularly: in at least `at_least` of the last `of` periods of length `in_each`."""

    in_each: Duration
    at_least: int
    of: int


class Bound(NamedTuple):
    """An operator (lt lte gt gte between) with its one or two numbers."""

    operator: str
    values: tuple[Fraction, ...]


@record
class Relative:
    """Fewer ("below") or more ("above") users than `share` times a number of the account."""

    side: str
    dimension: str
    share: Fraction


@record
class Test:
    """One question about one dimension.

    `values` holds one value for most operators, two for `between`, any number for lists, (True,) or (False,) for
    `is_set`. `missing` is None (a missing value makes the test unknown), "exclude" or "include".
    """

    __test__ = False  # not a test for pytest

    dimension: str
    operator: str
    values: tuple[Value, ...]
    window: Window | None = None
    event: str | None = None
    feature: str | None = None
    platform: tuple[str, ...] = ()
    min_n: int | None = None
    missing: str | None = None
    regularity: Regularity | None = None
    start: int = aside(0)
    end: int = aside(0)


@record
class All:
    """Every part must hold."""

    parts: tuple["Criterion", ...]
    start: int = aside(0)
    end: int = aside(0)


@record
class AnyOf:
    """At least one part must hold."""

    parts: tuple["Criterion", ...]
    start: int = aside(0)
    end: int = aside(0)


@record
class NoneOf:
    """No part may hold."""

    parts: tuple["Criterion", ...]
    start: int = aside(0)
    end: int = aside(0)


@record
class Not:
    """The part must not hold; unknown stays unknown."""

    part: "Criterion"
    start: int = aside(0)
    end: int = aside(0)


@record
class Users:
    """How many people inside the account meet `where` (None: all its users). Everything given must hold."""

    where: "Criterion | None" = None
    at_least: int | None = None
    at_most: int | None = None
    share: tuple[Bound, ...] = ()
    relative: Relative | None = None
    every: bool = False
    none: bool = False
    start: int = aside(0)
    end: int = aside(0)


@record
class Trend:
    """Growth of a behaviour: the last `over` against the same length before it, as a share (0.05 is 5 % more)."""

    of: str
    over: Duration
    bounds: tuple[Bound, ...]
    event: str | None = None
    feature: str | None = None
    platform: tuple[str, ...] = ()
    missing: str | None = None
    start: int = aside(0)
    end: int = aside(0)


@record
class Use:
    """A named definition of microseg.yaml, or one of the ready-made ones."""

    name: str
    start: int = aside(0)
    end: int = aside(0)


@record
class InSegment:
    """Whether the member is in another segment (`member` True: `is`, False: `is_not`)."""

    segment: str
    member: bool = True
    start: int = aside(0)
    end: int = aside(0)


Criterion = All | AnyOf | NoneOf | Not | Test | Users | Trend | Use | InSegment


class Reference(NamedTuple):
    """A name that must exist elsewhere: kind "definition" or "segment"."""

    kind: str
    name: str
    start: int
    end: int


def children(criterion: Criterion) -> tuple[Criterion, ...]:
    """The criteria that stand directly inside another."""
    if isinstance(criterion, All | AnyOf | NoneOf):
        return criterion.parts
    if isinstance(criterion, Not):
        return (criterion.part,)
    if isinstance(criterion, Users) and criterion.where is not None:
        return (criterion.where,)
    return ()


def tests_in(criterion: Criterion) -> list[Test] | None:
    """The tests of a criterion that does nothing but join tests, as most do; None for any other."""
    if criterion.__class__ is Test:
        return [criterion]
    if criterion.__class__ is not All:
        return None
    found: list[Test] = []
    for part in criterion.parts:
        inner = [part] if part.__class__ is Test else tests_in(part)
        if inner is None:
            return None
        found += inner
    return found


def walk(criterion: Criterion) -> Iterator[Criterion]:
    """The criterion and everything inside it, `users:` included, in the order it was typed."""
    waiting = [criterion]
    while waiting:
        found = waiting.pop()
        yield found
        waiting.extend(reversed(children(found)))


def rebuild(criterion: Criterion, change: Callable[[Criterion], Criterion]) -> Criterion:
    """The criterion with `change` applied to every part of it, the innermost first."""
    if isinstance(criterion, All | AnyOf | NoneOf):
        return change(replace(criterion, parts=tuple(rebuild(part, change) for part in criterion.parts)))
    if isinstance(criterion, Not):
        return change(replace(criterion, part=rebuild(criterion.part, change)))
    if isinstance(criterion, Users) and criterion.where is not None:
        return change(replace(criterion, where=rebuild(criterion.where, change)))
    return change(criterion)


def references(criterion: Criterion) -> tuple[Reference, ...]:
    """The definitions and segments a criterion names, in the order they were typed, repeats included."""
    found = []
    for part in walk(criterion):
        if isinstance(part, Use):
            found.append(Reference("definition", part.name, part.start, part.end))
        elif isinstance(part, InSegment):
            found.append(Reference("segment", part.segment, part.start, part.end))
    return tuple(found)


def dimensions_used(criterion: Criterion) -> tuple[str, ...]:
    """The ids of the dimensions a criterion asks about, each once, in the order it was typed."""
    found: dict[str, None] = {}
    for part in walk(criterion):
        if isinstance(part, Test):
            found[part.dimension] = None
        elif isinstance(part, Trend):
            found[part.of] = None
        elif isinstance(part, Users) and part.relative is not None:
            found[part.relative.dimension] = None
    return tuple(found)
