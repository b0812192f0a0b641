"""Facts to records: makes the records out of the plain tuples that binding left."""

from __future__ import annotations

import datetime
from array import array
from binascii import a2b_base64
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from sys import intern
from typing import Any

from microseg.model.fields import ChoiceKind, CriteriaKind, DateKind, DurationKind, Kind, ListKind, MapKind, NestedKind, RecordKind, RefKind, ScoreKind, shape_of
from microseg.model.places import At, Named, Place, field_code
from microseg.model.reference import Reference
from microseg.record import NamedTuple, made

Loader = Callable[[Any, str], Any]
_WORDS = (ScoreKind, ChoiceKind, DurationKind)
_new_object: Any = object.__new__
_SHARED = 1 << 13
_MEMO = 1 << 12
_NUMBERS = tuple(range(_SHARED))  # the same object for a number that is met in every file: positions are most of the objects there are


def load(cls: type, packed: tuple[Any, ...], path: str) -> Any:
    """The record of class `cls` that a packed tuple stands for."""
    start, end, values, fields, spans = packed
    codes, fields, words, loaders = _plan(cls, fields)
    filled = list(values) if type(values) is tuple else [() if value == [] else value for value in values]  # lists come from a cache
    for index in words:
        word: Any = filled[index]
        if word:
            filled[index] = intern(word)
    for index, loader in loaders:
        value = filled[index]
        if value:
            filled[index] = loader(value, path)
    at = _new_object(At)  # with its attributes one by one, for there are hundreds of thousands: a constructor takes twice as long
    at.path = path
    at.start = _NUMBERS[start] if start < _SHARED else start
    at.end = _NUMBERS[end] if end < _SHARED else end
    at.codes = codes
    at.fields = fields
    at.spans = spans if type(spans) is bytes else _small(spans)
    filled.append(at)
    return made(cls, filled)


def _small(spans: Sequence[int] | str) -> Sequence[int]:
    """Numbers in as few bytes as they need; most files are short. A cache has base64 where they were bytes. Raises ValueError for any other text."""
    if isinstance(spans, str):
        return a2b_base64(spans)
    try:
        return array("H", spans)
    except OverflowError:
        return array("i", spans)


class _Plan(NamedTuple):
    """How a record with these fields typed is made: the character of each attribute, the fields once more, which values are words that stand in many places, and what makes those that are no plain values."""

    codes: dict[str, str]
    fields: str
    words: tuple[int, ...]
    loaders: tuple[tuple[int, Loader], ...]


@lru_cache(_MEMO)
def _plan(cls: type, fields: str) -> _Plan:
    codes, words, loaders = _loaders(cls)
    typed = dict.fromkeys(fields or codes.values())  # a key may stand twice; without keys it is the short form, whose one value may be any
    return _Plan(codes, intern(fields), tuple([words[code] for code in typed if code in words]), tuple([loaders[code] for code in typed if code in loaders]))


@cache
def _loaders(cls: type) -> tuple[dict[str, str], dict[str, int], dict[str, tuple[int, Loader]]]:
    """The characters of all attributes, and by them which values are words, and what makes those that are no plain values."""
    shape = shape_of(cls)
    codes = {name: field_code(index) for index, name in enumerate(shape.attributes)}
    words = {field_code(index): index for index, one in enumerate(shape.keys) if isinstance(one.kind, _WORDS)}
    loaders = {field_code(index): (index, loader) for index, one in enumerate(shape.keys) if not isinstance(one.kind, _WORDS) and (loader := _loader(one.kind, cls)) is not None}
    return codes, words, loaders


def _loader(kind: Kind, cls: type) -> Loader | None:
    """What makes a field's value of its packed form, which may hold lists where the value has tuples."""
    if isinstance(kind, CriteriaKind):
        return _criterion
    if isinstance(kind, DateKind):
        return lambda value, _: datetime.date.fromisoformat(value)
    if isinstance(kind, RefKind):
        return lambda value, path: _reference(value, path, kind.inline)
    if isinstance(kind, RecordKind):
        return lambda value, path: load(kind.record, value, path)
    if isinstance(kind, NestedKind):
        return lambda value, path: load(cls, value, path)
    if isinstance(kind, ListKind) and isinstance(kind.item, RefKind):
        return _references(kind.item.inline)
    if isinstance(kind, ListKind):
        return _many(kind.item, cls)
    if isinstance(kind, MapKind):
        inner = _loader(kind.value, cls) or _same
        return lambda value, path: tuple(Named(name, Place(path, start, end), inner(one, path)) for name, start, end, one in value)
    return None


def _many(item: Kind, cls: type) -> Loader:
    if isinstance(item, (RecordKind, NestedKind)):
        record = item.record if isinstance(item, RecordKind) else cls
        return lambda value, path: tuple([load(record, one, path) for one in value])
    inner = _loader(item, cls)
    if inner is None:
        return lambda value, _: tuple(value)
    return lambda value, path: tuple([inner(one, path) for one in value])


def _references(inline: type | None) -> Loader:
    """References, of which nearly all are ids."""

    def load_all(value: Any, path: str) -> tuple[Reference, ...]:
        return tuple(
            [
                made(Reference, (intern(written), is_id, None, path, _NUMBERS[start] if start < _SHARED else start, _NUMBERS[end] if end < _SHARED else end))
                if record is None
                else _reference((written, is_id, record, start, end), path, inline)
                for written, is_id, record, start, end in value
            ]
        )

    return load_all


def _criterion(value: Any, _: str) -> Any:
    from microseg.criteria.packed import unpack

    return unpack(value)


def _same(value: Any, _: str) -> Any:
    return value


def _reference(packed: tuple[Any, ...], path: str, inline: type | None) -> Reference:
    written, is_id, record, start, end = packed
    inlined = None if record is None or inline is None else load(inline, record, path)
    return made(Reference, (intern(written), is_id, inlined, path, _NUMBERS[start] if start < _SHARED else start, _NUMBERS[end] if end < _SHARED else end))
