"""How many of the people inside an account: counts that may grow by those of whom it is not known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from microseg.criteria.ast import Bound, Relative, Users
from microseg.measure import sql
from microseg.measure.answers import Answer
from microseg.measure.compare import decimal_multiplied, multiplied
from microseg.measure.sql import Parameters, Sql


@dataclass(frozen=True, slots=True)
class People:
    """Of how many it is true, of how many it is not known (None: it always is), and how many there are."""

    yes: Sql
    unsure: Sql | None
    everybody: Sql

    @property
    def most(self) -> Sql:
        """The most of whom it may be true."""
        return self.yes if self.unsure is None else sql.plus(self.yes, self.unsure)

    def at_least(self, wanted: Sql) -> Sql:
        """True where enough are certain, unknown where enough are possible."""
        if self.unsure is None:
            return sql.compared(self.yes, "gte", wanted)
        branches = [(sql.compared(self.yes, "gte", wanted), sql.true()), (sql.compared(self.most, "gte", wanted), sql.unknown())]
        return sql.case(*branches, default=sql.false())

    def agreed(self, holds: Callable[[Sql], Sql]) -> Sql:
        """A demand that only ever turns once as the count grows: known where both ends agree."""
        if self.unsure is None:
            return holds(self.yes)
        low, high = holds(self.yes), holds(self.most)
        return sql.case((sql.all_of([low, high]), sql.true()), (sql.any_of([low, high]), sql.unknown()), default=sql.false())


def about_users(criterion: Users, people: People, relative: Answer | None, parameters: Parameters) -> Sql:
    """Everything that `users:` demands, over the counts; `relative` is the number of the account that they are held against."""
    return sql.all_of(_demands(criterion, people, relative, parameters))


def _demands(criterion: Users, people: People, relative: Answer | None, parameters: Parameters) -> Iterator[Sql]:
    nobody = sql.compared(people.everybody, "eq", sql.number(0))
    if criterion.at_least is not None:
        yield people.at_least(parameters.bind(criterion.at_least))
    if criterion.at_most is not None:
        yield sql.negated(people.at_least(parameters.bind(criterion.at_most + 1)))
    if criterion.none:
        yield sql.negated(people.at_least(sql.number(1)))
    if criterion.every:
        yield sql.case((nobody, sql.unknown()), default=people.at_least(people.everybody))
    for bound in criterion.share:
        yield sql.case((nobody, sql.unknown()), default=_share(bound, people, parameters))
    if criterion.relative is not None:
        yield sql.unknown() if relative is None or relative.kind == "unknown" else _relative(criterion.relative, people, relative, parameters)


def _share(bound: Bound, people: People, parameters: Parameters) -> Sql:
    """A share of the users, by multiplying out: count * denominator against numerator * everybody."""
    if bound.operator == "between":
        return _between(bound, people, parameters)
    return people.agreed(lambda count: _is_share(count, bound.operator, bound.values[0], people, parameters))


def _is_share(count: Sql, operator: str, value: Fraction, people: People, parameters: Parameters) -> Sql:
    return sql.compared(multiplied(count, value.denominator, parameters), operator, multiplied(people.everybody, value.numerator, parameters))


def _between(bound: Bound, people: People, parameters: Parameters) -> Sql:
    """Two bounds: surely not where the counts lie beside them, or where no whole number lies between them."""
    low, high = bound.values

    def inside(count: Sql) -> Sql:
        return sql.all_of([_is_share(count, "gte", low, people, parameters), _is_share(count, "lte", high, people, parameters)])

    lowest = sql.plus(multiplied(people.everybody, low.numerator, parameters), sql.number(low.denominator - 1))
    none_between = sql.compared(sql.divided(multiplied(people.everybody, high.numerator, parameters), sql.number(high.denominator)), "lt", sql.divided(lowest, sql.number(low.denominator)))
    beside = [_is_share(people.most, "lt", low, people, parameters), _is_share(people.yes, "gt", high, people, parameters), none_between]
    return sql.case((sql.all_of([inside(people.yes), inside(people.most)]), sql.true()), (sql.any_of(beside), sql.false()), default=sql.unknown())


def _relative(relative: Relative, people: People, value: Answer, parameters: Parameters) -> Sql:
    """Fewer or more than a share of a number of the account; a number of 0 has no share."""
    share = relative.share
    times = decimal_multiplied if value.kind == "decimal" else multiplied
    line = times(value.expression, share.numerator, parameters)
    below = value.below if not isinstance(value.below, int) else sql.number(value.below)
    operator = "lt" if relative.side == "below" else "gt"

    def holds(count: Sql) -> Sql:
        return sql.compared(sql.times(multiplied(count, share.denominator, parameters), below), operator, line)

    lost = [value.missing] if value.missing is not None else []
    lost += [sql.compared(value.expression, "eq", sql.number(0)), sql.is_null(line)]
    return sql.case((sql.any_of(lost), sql.unknown()), default=people.agreed(holds))
