"""Small words for building SQL: every name is quoted, every value that somebody typed is bound, never written into the text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import TYPE_CHECKING, Any

from sqlglot import exp

if TYPE_CHECKING:
    Sql = exp.Expr
else:
    Sql = exp.Expression  # the name of the base class until version 30
BIG = "BIGINT"
NUMBER = "DECIMAL(24, 6)"  # 18 digits before the point, six behind it
WIDE = "DECIMAL(38, 0)"
MOMENT = "TIMESTAMPNTZ"  # without a zone: always UTC here


class Parameters:
    """The values of a statement, each bound once under a name of its own."""

    def __init__(self) -> None:
        """None so far."""
        self.values: dict[str, Any] = {}
        self._names: dict[tuple[type, Any], str] = {}

    def bind(self, value: str | int | dt.date) -> Sql:
        """The place that stands for a value; a date comes with its type."""
        name = self._names.setdefault((type(value), value), f"p{len(self._names)}")
        self.values[name] = value.isoformat() if isinstance(value, dt.date) else value
        place = exp.Placeholder(this=name)
        return cast(place, "DATE") if isinstance(value, dt.date) else place


def column(name: str, table: str = "") -> Sql:
    """A column, quoted."""
    return exp.column(name, table=table or None, quoted=True)


def named(what: Sql, name: str) -> Sql:
    """`what AS "name"`."""
    return exp.Alias(this=what, alias=exp.to_identifier(name, quoted=True))


def paren(what: Sql) -> Sql:
    """In brackets."""
    return exp.Paren(this=what)


def select(columns: Iterable[Sql], source: Sql) -> exp.Select:
    """`SELECT columns FROM source`; a node may stand in several places, for the statement is copied before it is written."""
    return exp.Select(expressions=list(columns)).from_(source, copy=False)


def table(name: str) -> exp.Table:
    """A table or a part of the statement, quoted."""
    return exp.to_table(exp.to_identifier(name, quoted=True))  # type: ignore[arg-type]  # takes an identifier too


def number(value: int) -> Sql:
    """A whole number of our own making: a bit, a factor, a length."""
    return exp.Literal.number(value) if value >= 0 else paren(exp.Neg(this=exp.Literal.number(-value)))


def word(value: str) -> Sql:
    """A text of our own making: a pattern, a separator."""
    return exp.Literal.string(value)


def day(value: dt.date) -> Sql:
    """A day of our own reckoning: the first of a window."""
    return cast(word(value.isoformat()), "DATE")


def moment(value: dt.datetime) -> Sql:
    """A moment of our own reckoning, in UTC."""
    return cast(word(value.isoformat(sep=" ")), MOMENT)


def cast(what: Sql, type_: str) -> Sql:
    """`CAST(what AS type)`."""
    return exp.Cast(this=what, to=exp.DataType.build(type_))


def true() -> Sql:
    """TRUE."""
    return exp.true()


def false() -> Sql:
    """FALSE."""
    return exp.false()


def unknown() -> Sql:
    """A truth that is not known."""
    return cast(exp.null(), "BOOLEAN")


def all_of(parts: Iterable[Sql]) -> Sql:
    """Kleene's and, which SQL's AND is; of nothing: true."""
    return _folded(exp.And, parts, true())


def any_of(parts: Iterable[Sql]) -> Sql:
    """Kleene's or, which SQL's OR is; of nothing: false."""
    return _folded(exp.Or, parts, false())


def _folded(kind: type[exp.Binary], parts: Iterable[Sql], empty: Sql) -> Sql:
    """Joined as a balanced tree: a chain of thousands would be too deep for a reader of SQL."""
    held = list(parts)
    if not held:
        return empty
    while len(held) > 1:
        held = [kind(this=paren(held[i]), expression=paren(held[i + 1])) if i + 1 < len(held) else held[i] for i in range(0, len(held), 2)]
    return held[0]


def negated(what: Sql) -> Sql:
    """`NOT (what)`; unknown stays unknown."""
    return exp.Not(this=paren(what))


def is_null(what: Sql) -> Sql:
    """`(what) IS NULL`."""
    return exp.Is(this=_bracketed(what), expression=exp.null())


def not_null(what: Sql) -> Sql:
    """`NOT (what) IS NULL`."""
    return exp.Not(this=is_null(what))


def compared(left: Sql, operator: str, right: Sql) -> Sql:
    """A comparison: eq ne lt lte gt gte."""
    kinds: dict[str, type[exp.Binary]] = {"eq": exp.EQ, "ne": exp.NEQ, "lt": exp.LT, "lte": exp.LTE, "gt": exp.GT, "gte": exp.GTE}
    return kinds[operator](this=_bracketed(left), expression=_bracketed(right))


def within(what: Sql, low: Sql | None, high: Sql | None) -> Sql:
    """Between the two, both included; an end that is None is open."""
    parts = [compared(what, "gte", low)] if low is not None else []
    return all_of([*parts, *([compared(what, "lte", high)] if high is not None else [])])


def among(what: Sql, values: Sequence[Sql]) -> Sql:
    """`what IN (…)`."""
    return exp.In(this=_bracketed(what), expressions=list(values))


def case(*branches: tuple[Sql, Sql], default: Sql | None = None) -> Sql:
    """`CASE WHEN … THEN … ELSE … END`."""
    held = exp.Case()
    for when, then in branches:
        held = held.when(when, then, copy=False)
    return held if default is None else held.else_(default, copy=False)


def as_int(truth: Sql) -> Sql:
    """1 where true, else 0."""
    return case((truth, number(1)), default=number(0))


def plus(*parts: Sql) -> Sql:
    """The sum of the parts."""
    return reduce(lambda left, right: exp.Add(this=left, expression=_bracketed(right)), parts)


def minus(left: Sql, right: Sql) -> Sql:
    """The first less the second."""
    return exp.Sub(this=_bracketed(left), expression=_bracketed(right))


def times(left: Sql, right: Sql) -> Sql:
    """The product."""
    return exp.Mul(this=_bracketed(left), expression=_bracketed(right))


def divided(left: Sql, right: Sql) -> Sql:
    """The whole part of a quotient of two that are not negative."""
    return cast(exp.IntDiv(this=_bracketed(left), expression=_bracketed(right)), BIG)


def function(name: str, *arguments: Sql) -> Sql:
    """A function that every engine calls by this name."""
    return exp.Anonymous(this=name, expressions=list(arguments))


def coalesced(what: Sql, default: Sql) -> Sql:
    """The first, or the second where the first is null."""
    return exp.Coalesce(this=what, expressions=[default])


def total(what: Sql) -> Sql:
    """`SUM`, as a 64-bit number whatever the engine makes of it."""
    return cast(exp.Sum(this=what), BIG)


def position(text: Sql, piece: Sql) -> Sql:
    """Where a piece of text first stands, from 1; 0 where it does not."""
    return exp.StrPosition(this=text, substr=piece)


def matches(text: Sql, pattern: str) -> Sql:
    """Does a pattern of our own fit? Only signs that every engine reads alike."""
    return exp.RegexpLike(this=_bracketed(text), expression=word(pattern))


def interval(amount: int, unit: str) -> Sql:
    """A length of time."""
    return exp.Interval(this=word(str(amount)), unit=exp.var(unit))


def _bracketed(what: Sql) -> Sql:
    return paren(what) if isinstance(what, exp.Binary | exp.Not | exp.Connector | exp.In) and not isinstance(what, exp.Paren) else what
