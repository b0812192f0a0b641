"""Does a criterion fit what one member of the segment is, a user or an account? Asked once the unit is known.

Run it on resolved criteria: what comes out of a definition then carries the place of its `use:`.
"""

from collections.abc import Iterator

from microseg.criteria.ast import Criterion, Test, Trend, Users, children
from microseg.criteria.dimensions import Dimension, Dimensions
from microseg.source.problem import Problem

USER, ACCOUNT = "user", "account"


def check_unit(criterion: Criterion, unit: str, *, dimensions: Dimensions) -> tuple[Problem, ...]:
    """MS601 for each dimension that a user or an account of this segment does not have, one a place."""
    found = dict.fromkeys(_check(criterion, unit, dimensions))
    return tuple(sorted(found, key=lambda problem: (problem.start, problem.end)))


def is_of_one_user(dimension: Dimension) -> bool:
    """Is it known of one person only, and of no account?"""
    return dimension.of == USER and not dimension.sums_up


def _check(criterion: Criterion, unit: str, dimensions: Dimensions) -> Iterator[Problem]:
    if isinstance(criterion, Users):
        yield from _check_users(criterion, unit, dimensions)
        return
    if isinstance(criterion, Test | Trend) and unit == ACCOUNT:
        name = criterion.dimension if isinstance(criterion, Test) else criterion.of
        dimension = dimensions.find(name)
        if dimension is not None and is_of_one_user(dimension):
            message = f"{name} ({dimension.words}) is known of one person, and a member of this segment is an account"
            help_ = f"say how many of its people: users: {{where: {{{name}: …}}, at_least: 1}}; or set `unit: user`"
            yield Problem("MS601", message, criterion.start, criterion.end, help_)
    for part in children(criterion):
        yield from _check(part, unit, dimensions)


def _check_users(criterion: Users, unit: str, dimensions: Dimensions) -> Iterator[Problem]:
    if unit == USER:
        message = "`users` counts people inside an account, and a member of this segment is a user"
        yield Problem("MS601", message, criterion.start, criterion.end, "write what stands under `where` directly; or set `unit: account`")
        return
    relative = dimensions.find(criterion.relative.dimension) if criterion.relative else None
    if relative is not None and relative.of == USER:
        message = f"{relative.id} ({relative.words}) is known of one person, so the users of an account cannot be a share of it"
        yield Problem("MS601", message, criterion.start, criterion.end, "name a number of the account, such as firmo.headcount")
    if criterion.where is not None:
        yield from _check(criterion.where, USER, dimensions)
