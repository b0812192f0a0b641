"""Facts to records: makes the records out of the plain tuples that binding left."""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Callable, Sequence
from functools import cache
from sys import intern
from typing import Any

from microseg.model.fields import ChoiceKind, CriteriaKind, DateKind, DurationKind, Kind, ListKind, MapKind, NestedKind, RecordKind, RefKind, ScoreKind, shape_of
from microseg.model.places import At, Named, Place, field_code
from microseg.model.reference import Reference
from microseg.record import made

Loader = Callable[[Any, str], Any]
_new: Any = tuple.__new__
_SHARED = 1 << 13
_NUMBERS = tuple(range(_SHARED))


def load(cls: type, packed: tuple[Any, ...], path: str, **changed: object) -> Any:
    """The record of class `cls` that a packed tuple stands for; `changed` attributes are given instead of read."""
    start, end, values, fields, spans = packed
    attributes, codes, nothing, steps = _steps(cls)
    filled = list(nothing)
    for code in fields or codes.values():  # without keys it is the short form, whose one value may be any
        index, loader = steps[code]
        value = values[index]
        if loader is None:
            filled[index] = value
        elif value:
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


@cache
def _steps(cls: type) -> tuple[tuple[str, ...], dict[str, str], tuple[Any, ...], dict[str, tuple[int, Loader | None]]]:
    """The attributes of a record, the character of each, what each is where it was left out, and the loader of those that are no plain values."""
    shape = shape_of(cls)
    codes = {name: field_code(index) for index, name in enumerate(shape.attributes)}
    nothing = tuple(() if isinstance(one.kind, (ListKind, MapKind)) else None for one in shape.keys)
    steps = {field_code(index): (index, _loader(one.kind, cls)) for index, one in enumerate(shape.keys)}
    return shape.attributes, codes, nothing, steps


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
    made_of = (intern(written), is_id, inlined, path, _once_a_number(start), _once_a_number(end))
    found: Reference = _new(Reference, made_of)  # as `made`, without its call: references are the commonest of all
    return found
