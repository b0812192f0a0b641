"""Do two records differ in wording and numbers alone? Then whatever is decided by ids, references, days, choices and criteria stays as it was."""

from __future__ import annotations

from functools import cache
from typing import Any

from microseg.model.fields import Kind, ListKind, MapKind, NestedKind, NumberKind, QuantityKind, RecordKind, ScoreKind, TextKind, shape_of

_NAME = "name"  # quoted in what is said of other records


def alike(old: Any, new: Any) -> bool:
    """Do two records of a class have the same fields filled in, and the same in all that is no sentence and no number?

    What was typed without keys is nothing but its wording, so there the wording counts.
    """
    if old.at.typed != new.at.typed:
        return False
    if old.at.is_plain_text:
        return bool(old == new)
    return all(_same(one, old[index], new[index]) for index, one in enumerate(_kinds(old.__class__)))


@cache
def _kinds(cls: type) -> tuple[Kind | None, ...]:
    """The kinds of a record's fields, None where nothing may differ."""
    shape = shape_of(cls)
    return tuple(None if attribute == _NAME else one.kind for attribute, one in zip(shape.attributes, shape.keys, strict=True))


def _same(kind: Kind | None, old: Any, new: Any) -> bool:
    if isinstance(kind, (TextKind, NumberKind, ScoreKind, QuantityKind)):
        return (old is None) == (new is None)
    if isinstance(kind, (RecordKind, NestedKind)):
        return old is new is None or (old is not None and new is not None and alike(old, new))
    if isinstance(kind, ListKind):
        return len(old) == len(new) and all(_same(kind.item, *pair) for pair in zip(old, new, strict=True))
    if isinstance(kind, MapKind):
        return [one.name for one in old] == [one.name for one in new] and all(_same(kind.value, one.value, other.value) for one, other in zip(old, new, strict=True))
    return bool(old == new)
