"""A criterion as tools with two truth values need it: where is it certainly true, with `not` pushed down to the tests.

Criteria are true, false or unknown of a member; a segment holds those of whom they are true. A flag service knows no
unknown, so each test comes out as an `Ask`: holds it or not, and does a missing value count. Then `not` is gone:
where `not x` is true, x is false; where `all` is false, some part of it is (see `microseg.criteria.algebra`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from microseg.criteria.ast import All, AnyOf, Criterion, InSegment, NoneOf, Not, Test, Trend, Use, Users
from microseg.exchange.export import CannotSayError


class Ask(NamedTuple):
    """A test that must come out true (`holds`) or false; `with_missing`: a member without the value is in as well."""

    test: Test
    holds: bool
    with_missing: bool


class Every(NamedTuple):
    """All parts hold."""

    parts: tuple[Formula, ...]


class Some(NamedTuple):
    """At least one part holds."""

    parts: tuple[Formula, ...]


Formula = Ask | Every | Some
_OPAQUE: dict[type, str] = {
    Users: "counts people inside an account (`users:`)",
    Trend: "compares two spans of time (`trend:`)",
    InSegment: "asks about another segment",
    Use: "names a definition that is not known",
}


def certain(criterion: Criterion, *, true: bool = True, target: str) -> Formula:
    """Where the criterion is certainly true (or false). Raises CannotSayError for what no product tool counts."""
    match criterion:
        case Test():
            with_missing = criterion.missing == ("include" if true else "exclude")
            return Ask(criterion, true, with_missing)
        case Not():
            return certain(criterion.part, true=not true, target=target)
        case All() | AnyOf() | NoneOf():
            inner = true != isinstance(criterion, NoneOf)
            parts = tuple(certain(part, true=inner, target=target) for part in criterion.parts)
            # all or none of them true, or any of them false: it takes every part; the opposites take but one
            joined = Every if true != isinstance(criterion, AnyOf) else Some
            return parts[0] if len(parts) == 1 else joined(parts)
    raise CannotSayError(f"{_OPAQUE[type(criterion)]}, which {target} does not")


def fold(formula: Formula, *, ask: Callable[[Ask], Any], every: Callable[[list[Any]], Any], some: Callable[[list[Any]], Any]) -> Any:
    """The formula in a target's words, the innermost first."""
    if isinstance(formula, Ask):
        return ask(formula)
    parts = [fold(part, ask=ask, every=every, some=some) for part in formula.parts]
    return every(parts) if isinstance(formula, Every) else some(parts)
