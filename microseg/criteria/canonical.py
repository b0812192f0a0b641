"""Criteria as one text that two equal criteria share, whatever order or spelling they were typed in: what a hash is made of."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from microseg.criteria.ast import All, AnyOf, Bound, Criterion, InSegment, NoneOf, Not, Regularity, Relative, Test, Trend, Use, Users, Window
from microseg.criteria.dimensions import LIST_OPERATORS
from microseg.criteria.values import Duration
from microseg.record import notes_of

_JOINING = (All, AnyOf, NoneOf)
_RECORDS = (*_JOINING, Not, Test, Users, Trend, Use, InSegment, Window, Regularity, Bound, Relative)
_PLACES = frozenset({"start", "end"})


def canonical(criterion: Any) -> str:
    """The text of a criterion, or of any value inside one. Parts of `all`, `any` and `none` are sorted, lists of values too."""
    if isinstance(criterion, _JOINING):
        return _joined(criterion)
    if isinstance(criterion, _RECORDS):
        return _record(criterion)
    if isinstance(criterion, Duration):
        return f"{criterion.amount}{criterion.unit}"
    if isinstance(criterion, dict):
        return f"{{{', '.join(f'{name}: {canonical(held)}' for name, held in sorted(criterion.items()))}}}"
    if isinstance(criterion, tuple):
        return f"[{', '.join(canonical(one) for one in criterion)}]"
    if isinstance(criterion, dt.date):
        return criterion.isoformat()
    return str(criterion) if isinstance(criterion, Fraction) else json.dumps(criterion, ensure_ascii=True)


def demands(criterion: Criterion) -> frozenset[str]:
    """The texts of everything that must hold, `all` inside `all` flat: of a chain of criteria their union is the whole."""
    return frozenset(_parts(criterion.parts, All)) if isinstance(criterion, All) else frozenset({canonical(criterion)})


def all_of(parts: Iterable[str]) -> str:
    """The text of criteria that must all hold, from their demands."""
    held = sorted(set(parts))
    return held[0] if len(held) == 1 else f"All({', '.join(held)})"


def _joined(criterion: All | AnyOf | NoneOf) -> str:
    """`all` inside `all` (and `any` inside `any`) is flat; one part alone stands for itself, save under `none`."""
    if isinstance(criterion, All):
        return all_of(demands(criterion))
    parts = _parts(criterion.parts, AnyOf)
    if len(parts) == 1 and isinstance(criterion, AnyOf):
        return parts.pop()
    return f"{type(criterion).__name__}({', '.join(sorted(parts))})"


def _parts(parts: Iterable[Criterion], inner: type[All | AnyOf]) -> set[str]:
    """The texts of parts, those of the same kind inside them taken apart."""
    found: set[str] = set()
    waiting = list(parts)
    while waiting:
        part = waiting.pop()
        if isinstance(part, inner):
            waiting += part.parts
        else:
            found.add(canonical(part))
    return found


def _record(one: Any) -> str:
    held = {name: getattr(one, name) for name in _names(one) if name not in _PLACES}
    if isinstance(one, Test) and one.operator in LIST_OPERATORS:
        held["values"] = tuple(sorted(set(one.values), key=canonical))
    if isinstance(one, Test | Trend):
        held["platform"] = tuple(sorted(set(one.platform)))
    said = (f"{name}={canonical(value)}" for name, value in held.items() if value is not None and value != () and value is not False)
    return f"{type(one).__name__}({', '.join(said)})"


def _names(one: Any) -> tuple[str, ...]:
    """The fields of a record or of a named tuple."""
    named: tuple[str, ...] | None = getattr(one, "_fields", None)
    return named if named is not None else tuple(name for name, _ in notes_of(type(one)))
