"""Facts to records: makes the records out of the plain tuples that binding left."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from sys import intern
from typing import Any

from microseg.model.fields import ChoiceKind, CriteriaKind, DateKind, DurationKind, Kind, ListKind, MapKind, NestedKind, RecordKind, RefKind, ScoreKind, shape_of
from microseg.model.places import At, Named, Place, field_code
from microseg.model.reference import Reference
from microseg.record import made

Loader = Callable[[Any, str], Any]
_new: Any = tuple.__new__
_SHARED = 1 << 13
_MEMO = 1 << 12
_NUMBERS = tuple(range(_SHARED))


def load(cls: type, packed: tuple[Any, ...], path: str, **changed: object) -> Any:
    """The record of class `cls` that a packed tuple stands for; `changed` attributes are given instead of read."""
    start, end, values, fields, spans = packed
    attributes, codes, loaders = _plan(cls, fields)
    filled = list(values) if type(values) is tuple else [() if value == [] else value for value in values]  # lists come from a cache
    for index, loader in loaders:
        value = filled[index]
        if value:
            filled[index] = loader(value, path)
    for name, value in changed.items():
        filled[attributes.index(name)] = value
    filled.append(At(path, (_once_a_number(start), _once_a_number(end)), codes, intern(fields), _small(spans)))
    return made(cls, filled)


def _once_a_number(number: int) -> int:
    """The same object for a number that is met in every file; positions are most of the objects there are."""
    return _NUMBERS[number] if number < _SHARED else number


def _small(spans: Sequence[int]) -> array[int]:
    """Numbers in as few bytes as they need; most files are short."""
    try:
        return array("H", spans)
    except OverflowError:
        return array("i", spans)


@lru_cache(_MEMO)
def _plan(cls: type, fields: str) -> tuple[tuple[str, ...], dict[str, str], tuple[tuple[int, Loader], ...]]:
    """The attributes of a record, the character of each, and the loaders of those among `fields` that are no plain values."""
    attributes, codes, loaders = _loaders(cls)
    typed = dict.fromkeys(fields or codes.values())  # a key may stand twice; without keys it is the short form, whose one value may be any
    return attributes, codes, tuple([loaders[code] for code in typed if code in loaders])


@cache
def _loaders(cls: type) -> tuple[tuple[str, ...], dict[str, str], dict[str, tuple[int, Loader]]]:
    """The same for all fields, the loaders by the field's character."""
    shape = shape_of(cls)
    codes = {name: field_code(index) for index, name in enumerate(shape.attributes)}
    loaders = {field_code(index): (index, loader) for index, one in enumerate(shape.keys) if (loader := _loader(one.kind, cls)) is not None}
    return shape.attributes, codes, loaders


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
    if isinstance(kind, ListKind) and isinstance(kind.item, RefKind):
        inline = kind.item.inline
        return lambda value, path: tuple([_reference(one, path, inline) for one in value])
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
    made_of = (intern(written), is_id, inlined, path, _NUMBERS[start] if start < _SHARED else start, _NUMBERS[end] if end < _SHARED else end)
    found: Reference = _new(Reference, made_of)  # as `made`, and numbers as in `_once_a_number`, without their calls: references are the commonest of all
    return found
