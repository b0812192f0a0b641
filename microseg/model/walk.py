"""Every id and every reference inside a record, found by the kinds its fields declare."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, Literal

from microseg.model.fields import ListKind, NestedKind, RecordKind, RefKind, SlugKind, shape_of
from microseg.model.places import Place
from microseg.model.reference import Reference
from microseg.record import NamedTuple

_Action = Literal["id", "reference", "references", "record", "records"]


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
