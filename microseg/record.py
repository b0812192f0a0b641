"""Immutable values with named fields, quick to declare: a hundred classes of the standard library's cost as much as reading YAML.

`@record` reads the annotations of a class as a frozen dataclass does, at a fortieth of the cost. What it makes is a
tuple with names, so that binding, a cache or a worker can hand over plain values and `made` turns them into a record
in one step. `NamedTuple` is what `typing.NamedTuple` is, to the type checker by name, at run time at a tenth of the cost.
"""

from __future__ import annotations

import collections
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, TypeVar, dataclass_transform

__all__ = ["Declared", "NamedTuple", "aside", "made", "notes_of", "record", "replace"]

T = TypeVar("T")
_REQUIRED: Any = object()
_OFTEN = 50  # a class of which so many have been made is worth a constructor of its own


class Declared:
    """The right side of a field that is more than a default: `compared` says whether equality looks at it, `note` goes with it."""

    __slots__ = ("compared", "default", "note")

    def __init__(self, default: object, *, compared: bool = True, note: object = None) -> None:
        """`note` is whatever a reader of the declaration (see `notes_of`) wants to know."""
        self.default = default
        self.compared = compared
        self.note = note


def aside(default: object) -> Any:
    """Declare a field that equality, hash and repr leave out, such as a position. Such fields stand last."""
    return Declared(default, compared=False)


class _Row(tuple[Any, ...]):
    """A tuple whose fields have names."""

    __slots__ = ()
    _names: tuple[str, ...] = ()
    _defaults: tuple[Any, ...] = ()
    _made: ClassVar[list[int]] = [0]  # in a list, for a class that is written to forgets what it has looked up
    _needed = 0

    def __new__(cls, *values: object, **named: object) -> Any:
        """Positional values first, then by name, then defaults. Raises TypeError for what does not fit."""
        cls._made[0] += 1
        if cls._made[0] > _OFTEN:
            cls.__new__ = _constructor(cls)  # type: ignore[method-assign]
        count = len(values)
        if named or not cls._needed <= count <= len(cls._names):
            return tuple.__new__(cls, _filled(cls, values, named))
        return tuple.__new__(cls, values + cls._defaults[count:])

    def __getnewargs__(self) -> tuple[Any, ...]:
        return tuple(self)


class _Record(_Row):
    """What all records share. Equality asks for the same class, for two kinds of thing may hold the same values."""

    __slots__ = ()
    _compared = 0

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if self.__class__ is not other.__class__:
            return False
        count = self._compared
        return tuple.__eq__(self, other) if count == len(self) else self[:count] == other[:count]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[: self._compared])

    def __repr__(self) -> str:
        return _told(self, self._names[: self._compared])


@dataclass_transform(frozen_default=True)
def record(cls: type[T]) -> type[T]:
    """Make a class a record: its annotated names are the fields, in that order."""
    held = dict(vars(cls))
    names = _fields_in(held)
    declared = {name: one for name in names if isinstance(one := held.get(name), Declared)}
    for name in ("__dict__", "__weakref__"):
        held.pop(name, None)
    held |= _with_fields({name: declared[name].default if name in declared else held.get(name, _REQUIRED) for name in names})
    held["_notes"] = tuple([(name, declared[name].note if name in declared else None) for name in names])
    held["_compared"] = len(names) - sum([not one.compared for one in declared.values()])
    if not names:
        held["__bool__"] = _yes  # an empty tuple would be false
    if held["_compared"] == len(names):
        held["__hash__"] = tuple.__hash__  # the same, in C
    made_class: type[T] = type(cls.__name__, (_Record,), held)
    return made_class


made: Callable[[type[T], Iterable[object]], T] = tuple.__new__  # type: ignore[assignment]  # at run time a record is a tuple
"""The record of a class with all its values, in the order of its fields; nothing is checked."""


def replace(one: T, **changes: object) -> T:
    """The record with some fields changed. Raises TypeError for a name that it does not have."""
    cls: Any = type(one)
    held = dict(zip(cls._names, one, strict=True))  # type: ignore[call-overload]  # as above
    if changes.keys() - held.keys():
        _refuse(cls, f"there is no field {min(changes.keys() - held.keys())!r}")
    return made(type(one), (held | changes).values())


def notes_of(cls: type) -> tuple[tuple[str, Any], ...]:
    """The names of a record's fields with the notes of their declarations, in order."""
    notes: tuple[tuple[str, Any], ...] = cls._notes  # type: ignore[attr-defined]  # set by `record`
    return notes


if TYPE_CHECKING:
    from typing import NamedTuple
else:

    class _Naming(type):
        """Turns the annotations of a class into the fields of a tuple while it is made."""

        def __new__(cls, name: str, bases: tuple[type, ...], held: dict[str, Any]) -> type:
            if bases:
                held |= _with_fields({one: held.get(one, _REQUIRED) for one in _fields_in(held)})
                held["_fields"] = held["_names"]
            return super().__new__(cls, name, bases or (_Row,), held)

    class NamedTuple(metaclass=_Naming):
        """A tuple whose fields have names, declared as annotations."""

        __slots__ = ()

        @classmethod
        def _make(cls, values: Iterable[object]) -> Any:
            return cls(*values)

        def _replace(self, **changes: object) -> Any:
            return replace(self, **changes)

        def _asdict(self) -> dict[str, Any]:
            return dict(zip(self._names, self, strict=True))

        def __repr__(self) -> str:
            return _told(self, self._names)


def _fields_in(held: dict[str, Any]) -> list[str]:
    return [name for name, kind in held.get("__annotations__", {}).items() if not (kind.startswith("ClassVar") if kind.__class__ is str else getattr(kind, "__origin__", None) is ClassVar)]


def _with_fields(defaults: dict[str, Any]) -> dict[str, Any]:
    """What a class of such tuples holds: a getter for each field, and what is taken where a value is left out."""
    names, values = tuple(defaults), tuple(defaults.values())
    held: dict[str, Any] = {name: _getter(index, "") for index, name in enumerate(names)}
    needed = values.count(_REQUIRED)  # they stand first
    return held | {"__slots__": (), "__match_args__": names, "_names": names, "_defaults": values, "_needed": needed, "_made": [0]}


def _constructor(cls: type[_Row]) -> Any:
    """The `__new__` of a class as written out by hand: quicker to run than the one for all, and slower to make."""
    named = {f"default_{index}": default for index, default in enumerate(cls._defaults) if default is not _REQUIRED}
    taken = ", ".join(f"{name}=default_{index}" if f"default_{index}" in named else name for index, name in enumerate(cls._names))
    given = "".join(f"{name}, " for name in cls._names)
    return eval(f"lambda _cls, {taken}: _new(_cls, ({given}))", {"_new": tuple.__new__, **named})  # noqa: S307 - of names in our own source


def _told(one: _Row, names: Iterable[str]) -> str:
    return f"{one.__class__.__name__}({', '.join(f'{name}={value!r}' for name, value in zip(names, one, strict=False))})"


def _filled(cls: type[_Row], values: tuple[object, ...], named: dict[str, object]) -> list[object]:
    names = cls._names
    given = dict(zip(names, values, strict=False))
    if len(values) > len(names) or given.keys() & named.keys() or named.keys() - set(names):
        _refuse(cls, "the values do not fit its fields")
    given |= named
    filled = [given.get(name, default) for name, default in zip(names, cls._defaults, strict=True)]
    if any(value is _REQUIRED for value in filled):
        _refuse(cls, "a value is missing")
    return filled


def _refuse(cls: type, why: str) -> NoReturn:
    raise TypeError(f"{cls.__name__}: {why}")


def _yes(_: object) -> bool:
    return True


def _property(index: int, doc: str) -> Any:
    return property(itemgetter(index), doc=doc)


_getter: Callable[[int, str], Any] = getattr(collections, "_tuplegetter", _property)  # CPython's own, for named tuples, is twice as quick
