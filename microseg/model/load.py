"""Facts to records: makes the frozen dataclasses out of the plain tuples that binding left."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache
from typing import Any

from microseg.model.fields import DateKind, Kind, ListKind, MapKind, NestedKind, RecordKind, RefKind, shape_of
from microseg.model.places import At, Named, Place
from microseg.model.reference import Reference

Loader = Callable[[Any, str], Any]


def load(cls: type, packed: tuple[Any, ...], path: str, **changed: object) -> Any:
    """The record of class `cls` that a packed tuple stands for; `changed` attributes are given instead of read."""
    start, end, values, marks = packed
    attributes, loaders = _loaders(cls)
    filled = list(values)
    for index, loader in loaders:
        value = filled[index]
        if value is not None and value != ():
            filled[index] = loader(value, path)
    for name, value in changed.items():
        filled[attributes.index(name)] = value
    return cls(*filled, At(path, (start, end), attributes, marks))


@cache
def _loaders(cls: type) -> tuple[tuple[str, ...], tuple[tuple[int, Loader], ...]]:
    """The attributes of a record, and the loader of each that is more than a plain value."""
    shape = shape_of(cls)
    found = ((index, _loader(one.kind, cls)) for index, one in enumerate(shape.keys))
    return shape.attributes, tuple((index, loader) for index, loader in found if loader is not None)


def _loader(kind: Kind, cls: type) -> Loader | None:
    if isinstance(kind, DateKind):
        return lambda value, _: datetime.date.fromisoformat(value)
    if isinstance(kind, RefKind):
        return lambda value, path: _reference(value, path, kind.inline)
    if isinstance(kind, RecordKind):
        return lambda value, path: load(kind.record, value, path)
    if isinstance(kind, NestedKind):
        return lambda value, path: load(cls, value, path)
    if isinstance(kind, ListKind):
        return _many(_loader(kind.item, cls))
    if isinstance(kind, MapKind):
        inner = _loader(kind.value, cls) or _same
        return lambda value, path: tuple(Named(name, Place(path, start, end), inner(one, path)) for name, start, end, one in value)
    return None


def _many(inner: Loader | None) -> Loader | None:
    return None if inner is None else lambda value, path: tuple(inner(one, path) for one in value)


def _same(value: Any, _: str) -> Any:
    return value


def _reference(packed: tuple[Any, ...], path: str, inline: type | None) -> Reference:
    written, is_id, record, start, end = packed
    made = None if record is None or inline is None else load(inline, record, path)
    return Reference(written, is_id, made, Place(path, start, end))
