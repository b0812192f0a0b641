"""Every id and every reference inside a record, found by the kinds its fields declare."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal, NamedTuple

from microseg.model.fields import ListKind, NestedKind, RecordKind, RefKind, SlugKind, shape_of
from microseg.model.places import At, Place
from microseg.model.reference import Reference

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
    for attribute, action, extra in _plan_of(record):
        value = getattr(record, attribute)
        if not value:
            continue
        if action == "id":
            yield Named(extra[0], value, _at(record).value(attribute))
        elif action == "record":
            yield from ids_in(value)
        elif action == "records":
            for one in value:
                yield from ids_in(one)


def references_in(record: object) -> Iterator[Pointing]:
    """The references of a record and of all records inside it (nested segments aside)."""
    for attribute, action, extra in _plan_of(record):
        value = getattr(record, attribute)
        if not value:
            continue
        if action == "reference":
            yield Pointing(value, extra)
        elif action == "references":
            for one in value:
                yield Pointing(one, extra)
        elif action == "record":
            yield from references_in(value)
        elif action == "records":
            for one in value:
                yield from references_in(one)


@cache
def _plan(cls: type) -> tuple[tuple[str, _Action, tuple[str, ...]], ...]:
    """The attributes of a record that hold ids, references or further records, and what to do with each."""
    shape = shape_of(cls)
    steps: list[tuple[str, _Action, tuple[str, ...]]] = []
    for attribute, one in zip(shape.attributes, shape.keys, strict=True):
        kind = one.kind
        inner = kind.item if isinstance(kind, ListKind) else kind
        if isinstance(inner, NestedKind):
            continue
        if isinstance(kind, SlugKind):
            steps.append((attribute, "id", (kind.space,)))
        elif isinstance(inner, RefKind):
            steps.append((attribute, "references" if isinstance(kind, ListKind) else "reference", (*inner.spaces, ANYWHERE) if inner.loose else inner.spaces))
        elif isinstance(inner, RecordKind) and _plan(inner.record):
            steps.append((attribute, "records" if isinstance(kind, ListKind) else "record", ()))
    return tuple(steps)


def _at(record: object) -> At:
    at: At = record.at  # type: ignore[attr-defined]
    return at


def _plan_of(record: object) -> tuple[tuple[str, _Action, tuple[str, ...]], ...]:
    cls: type = record.__class__
    return _plan(cls)
