"""The kinds of value a field can hold: binding, the JSON Schema and docs/format.md all read this one table.

A record (`microseg.record`) has its fields declared with `key(kind, doc)`. The kind says what may be typed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, Literal

from microseg.record import Declared, notes_of, record, replace

Tier = Literal["seven", "rest", "advanced"]


@record
class TextKind:
    """A text as it was typed. `judged` texts go to the judge; `verbatim` ones may be empty, blank, or the word null."""

    judged: bool = False
    verbatim: bool = False


@record
class SlugKind:
    """An id: lower-case letters, digits and single dashes, at most 64 characters. `space` is where it must be unique."""

    space: str


@record
class RefKind:
    """A reference to an id in one of `spaces`; `texts` may stand in for what is not defined yet, `inline` may be typed out in place.

    `loose`: a word that is no id is taken as it stands, such as `source: crm`.
    """

    spaces: tuple[str, ...]
    texts: bool = False
    inline: type | None = None
    loose: bool = False


@record
class NumberKind:
    """A base-10 number in a range, both ends included; `only` lists the values allowed, if few."""

    low: float | None = None
    high: float | None = None
    whole: bool = False
    only: tuple[str, ...] = ()


@record
class ScoreKind:
    """0 to 10, or low, medium, high (kept as words, never turned into numbers)."""


@record
class BooleanKind:
    """true or false."""


@record
class DateKind:
    """YYYY-MM-DD."""


@record
class DurationKind:
    """A whole number and h, d, w, mo or y: 30d, 12w, 6mo, 1y, 4h."""


@record
class QuantityKind:
    """A number with an optional unit word or %: 41 %, 12, 3.5 hours."""


@record
class ChoiceKind:
    """One of a closed list of words; `docs` explains each, in the same order."""

    values: tuple[str, ...]
    docs: tuple[str, ...] = ()


@record
class CriteriaKind:
    """Criteria: who is in."""


@record
class AnyKind:
    """Settings of another room, read there (the tables of `data:`)."""


@record
class RecordKind:
    """A mapping with the fields of `record`; where the record has a short form, a plain text fills that field."""

    record: type


@record
class NestedKind:
    """A record of the same class as the one it stands in: a segment inside a segment."""


@record
class ListKind:
    """A list of one kind; `single`: one value without the list is a list of one."""

    item: Kind
    single: bool = False


@record
class MapKind:
    """A mapping from names to one kind. `slugs`: the names are ids."""

    value: Kind
    slugs: bool = False


Kind = (
    TextKind
    | SlugKind
    | RefKind
    | NumberKind
    | ScoreKind
    | BooleanKind
    | DateKind
    | DurationKind
    | QuantityKind
    | ChoiceKind
    | CriteriaKind
    | AnyKind
    | RecordKind
    | NestedKind
    | ListKind
    | MapKind
)


@record
class Key:
    """What a person may type for one field: its name, kind and one sentence of help."""

    name: str
    kind: Kind
    doc: str
    required: bool
    tier: Tier
    example: str


def key(kind: Kind, doc: str, *, name: str = "", required: bool = False, tier: Tier = "rest", example: str = "") -> Any:
    """Declare a field of a record; what is left out is None, or an empty tuple for lists and maps."""
    default: Any = () if isinstance(kind, (ListKind, MapKind)) else None
    return Declared(default, note=Key(name, kind, doc, required, tier, example))


@record
class Shape:
    """How a record is typed: its keys in order, the field a plain text fills, and a check of the whole, if any."""

    record: type
    keys: tuple[Key, ...]
    attributes: tuple[str, ...]
    short: str | None
    check: Callable[..., None] | None

    def names(self) -> list[str]:
        """All keys, sorted, as a message lists them."""
        return sorted(one.name for one in self.keys)


@cache
def shape_of(cls: type) -> Shape:
    """The shape of a record class, from how its fields are declared."""
    keys, attributes = [], []
    for name, declared in notes_of(cls):
        if isinstance(declared, Key):
            keys.append(declared if declared.name else replace(declared, name=name))
            attributes.append(name)
    return Shape(cls, tuple(keys), tuple(attributes), getattr(cls, "SHORT", None), getattr(cls, "check", None))
