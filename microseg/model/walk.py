"""Every id and every reference inside a record, found by the kinds its fields declare."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import Any, Literal

from microseg.model.fields import ListKind, NestedKind, RecordKind, RefKind, SlugKind, shape_of
from microseg.model.places import Place
from microseg.model.reference import Reference
from microseg.record import NamedTuple

_Action = Literal["id", "reference", "references", "record", "records"]
_LISTS = frozenset({"references", "records"})
_REFERENCES = frozenset({"reference", "references"})
_AT_ONCE = 100  # records whose fields are looked at one after the other: they stay near the processor meanwhile


class Named(NamedTuple):
    """An id that was typed: the space it must be unique in, the id, and where it stands."""

    space: str
    id: str
    place: Place


ANYWHERE = "*"  # among the spaces of a reference: it need not resolve


class Pointing(NamedTuple):
    """A reference that was typed, and the spaces in which it may resolve."""

    reference: Reference
    spaces: tuple[str, ...]


def ids_in(record: object) -> Iterator[Named]:
    """The ids of a record and of all records inside it (nested segments aside)."""
    held: Any = record
    for index, name, action, extra in _plan(held.__class__, "ids"):
        value = held[index]
        if not value:
            continue
        if action == "id":
            yield Named(extra[0], value, held.at.value(name))
        elif action == "record":
            yield from ids_in(value)
        else:
            for one in value:
                yield from ids_in(one)


def references_in(record: object) -> list[Pointing]:
    """The references of a record and of all records inside it (nested segments aside)."""
    found: list[Pointing] = []
    _gather(record, found)
    return found


def _gather(record: object, found: list[Pointing]) -> None:
    held: Any = record
    for index, _, action, extra in _plan(held.__class__, "references"):
        value = held[index]
        if not value:
            continue
        if action == "reference":
            found.append(Pointing(value, extra))
        elif action == "references":
            found += [Pointing(one, extra) for one in value]
        elif action == "record":
            _gather(value, found)
        else:
            for one in value:
                _gather(one, found)


def words_in(record: object) -> tuple[list[str], list[str]]:
    """The ids in a record and in all records inside it, and what its references say; no places are made, which is most of the work."""
    ids: list[str] = []
    written: list[str] = []
    _note(record, ids, written)
    return ids, written


def _note(record: object, ids: list[str], written: list[str]) -> None:
    held: Any = record
    for index, action in _both(held.__class__):
        value = held[index]
        if not value:
            continue
        if action == "id":
            ids.append(value)
        elif action == "reference":
            written.append(value.written)
        elif action == "references":
            written += [one.written for one in value]
        elif action == "record":
            _note(value, ids, written)
        else:
            for one in value:
                _note(one, ids, written)


class Gathered(NamedTuple):
    """All ids of some records by their space, and all references by the spaces in which they may resolve."""

    ids: dict[str, list[str]]
    references: dict[tuple[str, ...], list[Reference]]


def gathered(records: Iterable[object]) -> Gathered:
    """The ids and references in these records, all of one class, and in all records inside them, without the places of the ids."""
    found = Gathered({}, {})
    held = list(records)
    for start in range(0, len(held), _AT_ONCE):
        _put_together(held[start : start + _AT_ONCE], found)
    return found


def _put_together(records: Sequence[Any], found: Gathered) -> None:
    """Field by field over all of them, which leaves the loop over records to C."""
    for index, action, spaces in _steps(records[0].__class__):
        column = filter(None, map(itemgetter(index), records))
        values = list(chain.from_iterable(column) if action in _LISTS else column)
        if not values:
            continue
        if action == "id":
            found.ids.setdefault(spaces[0], []).extend(values)
        elif action in _REFERENCES:
            found.references.setdefault(spaces, []).extend(values)
        else:
            _put_together(values, found)


@cache
def _steps(cls: type) -> tuple[tuple[int, _Action, tuple[str, ...]], ...]:
    """The fields of either plan, each once, with their spaces."""
    steps = [*_plan(cls, "ids"), *_plan(cls, "references")]
    return tuple(sorted({(index, action, spaces) for index, _, action, spaces in steps}))


@cache
def _both(cls: type) -> tuple[tuple[int, _Action], ...]:
    """The fields of either plan, each once."""
    steps = [*_plan(cls, "ids"), *_plan(cls, "references")]
    return tuple(sorted({(index, action) for index, _, action, _ in steps}))


@cache
def _plan(cls: type, wanted: Literal["ids", "references"]) -> tuple[tuple[int, str, _Action, tuple[str, ...]], ...]:
    """The fields of a record that hold ids or references, or records with some inside: index, name, what to do, the spaces."""
    shape = shape_of(cls)
    steps: list[tuple[int, str, _Action, tuple[str, ...]]] = []
    for index, (attribute, one) in enumerate(zip(shape.attributes, shape.keys, strict=True)):
        kind = one.kind
        inner = kind.item if isinstance(kind, ListKind) else kind
        if isinstance(inner, NestedKind):
            continue
        if isinstance(kind, SlugKind) and wanted == "ids":
            steps.append((index, attribute, "id", (kind.space,)))
        elif isinstance(inner, RefKind) and wanted == "references":
            spaces = (*inner.spaces, ANYWHERE) if inner.loose else inner.spaces
            steps.append((index, attribute, "references" if isinstance(kind, ListKind) else "reference", spaces))
        elif isinstance(inner, RecordKind) and _plan(inner.record, wanted):
            steps.append((index, attribute, "records" if isinstance(kind, ListKind) else "record", ()))
    return tuple(steps)
