"""Facts to records: makes the records out of the plain tuples that binding left."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from sys import intern
from typing import Any

from microseg.model.fields import ChoiceKind, CriteriaKind, DateKind, DurationKind, Kind, ListKind, MapKind, NestedKind, RecordKind, RefKind, ScoreKind, SlugKind, shape_of
from microseg.model.places import At, Named, Place, field_code
from microseg.model.reference import Reference
from microseg.record import made

Loader = Callable[[Any, str], Any]


def load(cls: type, packed: tuple[Any, ...], path: str, **changed: object) -> Any:
    """The record of class `cls` that a packed tuple stands for; `changed` attributes are given instead of read."""
    start, end, values, fields, spans = packed
    attributes, codes, loaders = _loaders(cls)
    filled = list(values)
    for index, loader in loaders:
        value = filled[index]
        if value:
            filled[index] = loader(value, path)
    for name, value in changed.items():
        filled[attributes.index(name)] = value
    filled.append(At(path, (start, end), codes, fields, _small(spans)))
    return made(cls, filled)


def _small(spans: Sequence[int]) -> array[int]:
    """Numbers in as few bytes as they need; most files are short."""
    try:
        return array("H", spans)
    except OverflowError:
        return array("i", spans)


@cache
def _loaders(cls: type) -> tuple[tuple[str, ...], dict[str, str], tuple[tuple[int, Loader], ...]]:
    """The attributes of a record, the characters that stand for them, and the loader of each that is more than a plain value."""
    shape = shape_of(cls)
    found = ((index, _loader(one.kind, cls)) for index, one in enumerate(shape.keys))
    codes = {name: field_code(index) for index, name in enumerate(shape.attributes)}
    return shape.attributes, codes, tuple((index, loader) for index, loader in found if loader is not None)


def _loader(kind: Kind, cls: type) -> Loader | None:
    """What makes a field's value of its packed form, which may hold lists where the value has tuples."""
    if isinstance(kind, CriteriaKind):
        return _criterion
    if isinstance(kind, (ScoreKind, ChoiceKind, DurationKind)):
        return _once
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


def _many(inner: Loader | None) -> Loader:
    if inner is None:
        return lambda value, _: tuple(value)
    return lambda value, path: tuple([inner(one, path) for one in value])


def _once(value: str, _: str) -> str:
    """A word that stands in many places is kept once."""
    return intern(value)


def _criterion(value: Any, _: str) -> Any:
    from microseg.criteria.packed import unpack

    return unpack(value)


def _same(value: Any, _: str) -> Any:
    return value


def _reference(packed: tuple[Any, ...], path: str, inline: type | None) -> Reference:
    written, is_id, record, start, end = packed
    inlined = None if record is None or inline is None else load(inline, record, path)
    return made(Reference, (intern(written), is_id, inlined, made(Place, (path, start, end))))
