"""Every criterion inside a record, wherever its fields hold one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from microseg.model.fields import CriteriaKind, Kind, ListKind, MapKind, NestedKind, RecordKind, RefKind, shape_of

if TYPE_CHECKING:
    from microseg.criteria.ast import Criterion


def criteria_in(record: object) -> list[Criterion]:
    """The criteria of a record and of all records inside it (nested segments aside), in the order of the fields."""
    found: list[Criterion] = []
    _gather(record, found)
    return found


def _gather(record: object, found: list[Criterion]) -> None:
    for attribute, kind in _plan_of(record):
        value = getattr(record, attribute)
        if value:
            _take(value, kind, found)


def _take(value: Any, kind: Kind, found: list[Criterion]) -> None:
    if isinstance(kind, CriteriaKind):
        found.append(value)
    elif isinstance(kind, RecordKind):
        _gather(value, found)
    elif isinstance(kind, ListKind):
        for one in value:
            _take(one, kind.item, found)
    elif isinstance(kind, MapKind):
        for entry in value:
            _take(entry.value, kind.value, found)
    elif isinstance(kind, RefKind) and value.inline is not None:
        _gather(value.inline, found)


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
