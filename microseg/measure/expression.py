"""What can be summed over the members of a segment: a small algebra of truths and whole numbers of one entity.

An entity is an account or a user, whichever the segment's unit is. A truth is true, false or unknown (Kleene, as
`criteria.evaluate` decides it); a number is an integer or unknown. A `Sum` adds its expression over the members of a
segment: a truth counts 1 where it is true, a number counts as it is, and unknown counts 0 in both; whoever needs to
tell unknown from 0 sums `Not(Known(…))` or `Unknown(…)` beside it. All ratios are made later, from the sums.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from microseg.criteria.ast import Criterion
from microseg.criteria.dimensions import Dimensions
from microseg.criteria.evaluate import Question

Unit = Literal["account", "user"]
Comparison = Literal["eq", "ne", "lt", "lte", "gt", "gte"]


@dataclass(frozen=True, slots=True)
class Holds:
    """Truth: does a resolved criterion hold, as of a day (None: the day of the run)?

    Windows count back from `on`; dimensions with a history are read as they were at the end of that day, the others
    have today's value. Who began after `on` (acct.since) was not there: false.
    """

    criterion: Criterion
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PeopleWho:
    """Number: the users of an account of whom a criterion is certainly true (None: all); of a user 1 or 0."""

    criterion: Criterion | None = None
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PeopleUnknown:
    """Number: the users of an account of whom a criterion is unknown; of a user 1 or 0."""

    criterion: Criterion
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """Number: the value of a numeric dimension times `scale`, rounded half up (away from zero); unknown where it is."""

    question: Question
    scale: int = 1


@dataclass(frozen=True, slots=True)
class PeopleAmount:
    """Number: the sum over an account's users of each user's own value, times `scale`; of a user its own. Unknown adds 0.

    `Amount` of use.active_days counts the days on which any user of an account was active, this counts user-days.
    """

    question: Question
    scale: int = 1


@dataclass(frozen=True, slots=True)
class AdoptionBand:
    """Truth: is its place in the adoption of a feature over `over` and up to `up_to` thousandths of the base?

    The base is everybody of the unit, or those for whom a resolved criterion certainly holds; the place is the rank by
    the day of the first use, divided by the size of the base. Those of one day share the mean of their ranks: with RANK
    r and t of them, 1000 (2r + t - 1) > over * 2N and <= up_to * 2N. False for who has not adopted or is not in the
    base. Unknown for everybody where the base has fewer than 40 members.
    """

    feature: str
    base: Criterion | None
    over: int
    up_to: int


@dataclass(frozen=True, slots=True)
class Known:
    """Truth, never unknown: is there a value?"""

    question: Question


@dataclass(frozen=True, slots=True)
class AmountOn:
    """Number: a numeric dimension as it was at the end of a day (plan.mrr), times `scale`, rounded half up."""

    dimension: str
    on: dt.date | None = None
    scale: int = 1


@dataclass(frozen=True, slots=True)
class FirstDay:
    """Number: the first day, as days since 1970-01-01, with an event that the question's filters match within its days.

    The question's dimension is `use.events`. Unknown where there is no such event. An account's events count together.
    """

    question: Question


@dataclass(frozen=True, slots=True)
class Returned:
    """Truth: was there a `back` event on day `low` to `high` (None: or any later) after the first `start` event?

    Day 0 is the day of the first event (`calendar`), or the 24 hours that begin with it. False where nobody started.
    Unknown, that is not yet matured, where the last day asked for (`low` where `high` is None) is not over at `as_of`
    and there is no such event yet.
    """

    start: Question
    back: Question
    low: int
    high: int | None
    calendar: bool = True


@dataclass(frozen=True, slots=True)
class Eligible:
    """Number: on how many days from `first` to `last` (both included) the account was there (acct.since); all, where that is unknown."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class One:
    """Number: 1 for everybody."""


@dataclass(frozen=True, slots=True, init=False)
class Both:
    """Truth: Kleene's and."""

    parts: tuple["Truth", ...]

    def __init__(self, *parts: "Truth") -> None:
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True, slots=True, init=False)
class Either:
    """Truth: Kleene's or."""

    parts: tuple["Truth", ...]

    def __init__(self, *parts: "Truth") -> None:
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True, slots=True)
class Not:
    """Truth: unknown stays unknown."""

    part: "Truth"


@dataclass(frozen=True, slots=True)
class Unknown:
    """Truth, never unknown: is the part unknown?"""

    part: "Truth | Number"


@dataclass(frozen=True, slots=True)
class When:
    """Number: the number where the truth is true, else 0."""

    truth: "Truth"
    number: "Number"


@dataclass(frozen=True, slots=True)
class Compare:
    """Truth: a number against another; unknown where either is."""

    operator: Comparison
    left: "Number"
    right: "Number | int"


@dataclass(frozen=True, slots=True, init=False)
class Plus:
    """Number: the sum; unknown where a part is."""

    parts: tuple["Number | int", ...]

    def __init__(self, *parts: "Number | int") -> None:
        object.__setattr__(self, "parts", parts)


@dataclass(frozen=True, slots=True)
class Minus:
    """Number: the first less the second; unknown where either is."""

    left: "Number | int"
    right: "Number | int"


@dataclass(frozen=True, slots=True)
class Times:
    """Number: the product; unknown where either is."""

    left: "Number"
    right: "Number"


Truth = Holds | Known | Returned | AdoptionBand | Both | Either | Not | Unknown | Compare
Number = PeopleWho | PeopleUnknown | PeopleAmount | Amount | AmountOn | FirstDay | Eligible | One | When | Plus | Minus | Times
Expression = Truth | Number


class Sum(NamedTuple):
    """A column of the answer: its name within the metric, and what is added up."""

    name: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Setting:
    """What a metric needs to know to say what it sums."""

    as_of: dt.date
    timezone: str
    unit: Unit
    dimensions: Dimensions = field(default_factory=Dimensions)
    definitions: Mapping[str, Criterion] = field(default_factory=dict)  # resolved, the ready-made ones included
    history: frozenset[str] = frozenset()  # the dimensions of which the data says what they were before
    mapped: frozenset[str] | None = None  # the dimensions that the data holds; None: all


def criteria_in(expression: Expression) -> tuple[Criterion, ...]:
    """The criteria that an expression looks at, in their order."""
    own = expression.criterion if isinstance(expression, Holds | PeopleWho | PeopleUnknown) else expression.base if isinstance(expression, AdoptionBand) else None
    inner = tuple(found for part in children(expression) for found in criteria_in(part))
    return inner if own is None else (own, *inner)


def children(expression: Expression) -> tuple[Expression, ...]:
    """The expressions that stand directly inside another."""
    if isinstance(expression, Both | Either):
        return expression.parts
    if isinstance(expression, Not | Unknown):
        return (expression.part,)
    if isinstance(expression, When):
        return (expression.truth, expression.number)
    if isinstance(expression, Compare | Minus):
        return tuple(part for part in (expression.left, expression.right) if not isinstance(part, int))
    if isinstance(expression, Plus):
        return tuple(part for part in expression.parts if not isinstance(part, int))
    if isinstance(expression, Times):
        return (expression.left, expression.right)
    return ()
