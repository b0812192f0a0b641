"""Every criterion inside a record, wherever its fields hold one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from microseg.model.fields import CriteriaKind, Kind, ListKind, MapKind, NestedKind, RecordKind, RefKind, shape_of

if TYPE_CHECKING:
    from microseg.criteria.ast import Criterion


def criteria_in(record: object) -> Iterator[Criterion]:
    """The criteria of a record and of all records inside it (nested segments aside), in the order of the fields."""
    for attribute, kind in _plan_of(record):
        value = getattr(record, attribute)
        if value is not None and value != ():
            yield from _of(value, kind)


def _of(value: Any, kind: Kind) -> Iterator[Criterion]:
    if isinstance(kind, CriteriaKind):
        yield value
    elif isinstance(kind, RecordKind):
        yield from criteria_in(value)
    elif isinstance(kind, ListKind):
        for one in value:
            yield from _of(one, kind.item)
    elif isinstance(kind, MapKind):
        for entry in value:
            yield from _of(entry.value, kind.value)
    elif isinstance(kind, RefKind) and value.inline is not None:
        yield from criteria_in(value.inline)


@cache
def _plan(cls: type) -> tuple[tuple[str, Kind], ...]:
    shape = shape_of(cls)
    return tuple((attribute, one.kind) for attribute, one in zip(shape.attributes, shape.keys, strict=True) if _may_hold(one.kind))


def _may_hold(kind: Kind) -> bool:
    if isinstance(kind, NestedKind):
        return False
    if isinstance(kind, CriteriaKind):
        return True
    if isinstance(kind, RecordKind):
        return bool(_plan(kind.record))
    if isinstance(kind, ListKind):
        return _may_hold(kind.item)
    if isinstance(kind, MapKind):
        return _may_hold(kind.value)
    return isinstance(kind, RefKind) and kind.inline is not None and bool(_plan(kind.inline))


def _plan_of(record: object) -> tuple[tuple[str, Kind], ...]:
    cls: type = record.__class__
    return _plan(cls)
