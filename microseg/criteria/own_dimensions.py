"""A workspace's own dimensions: `dimensions:` of microseg.yaml, read into the table of built-in ones."""

import re
from typing import cast, get_args

from microseg.criteria.dimensions import CATEGORIES, OWN_CATEGORY, Dimension, Dimensions, Of, Type
from microseg.criteria.reading import Fields, Reading, form, is_absent, pairs, read_choice, read_fields, read_texts, shown
from microseg.source.nodes import Mapping, Node, Scalar, Sequence
from microseg.source.problem import Problem

ID_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$"
KEYS = ("type", "category", "of", "values")
TYPES: tuple[str, ...] = get_args(Type)
OWNERS = ("user", "account", "user or account")

_ID = re.compile(ID_PATTERN)
_WITH_VALUES = frozenset({"enum", "ordinal"})
_MAY_HAVE_VALUES = frozenset({"enum", "ordinal", "state", "set"})
_LONGEST = 64


def read_dimensions(node: Node | None) -> tuple[Dimensions, tuple[Problem, ...]]:
    """The dimensions of a workspace and what is wrong with them; a broken one is left out. Never raises."""
    if node is None or is_absent(node):
        return Dimensions(), ()
    reading = Reading(Dimensions())
    if not isinstance(node, Mapping):
        reading.report("MS004", f"`dimensions` are names with their types, and this is {form(node)}", node, help="write plant.count: {type: number, of: account}")
        return Dimensions(), tuple(reading.problems)
    found = [dimension for key, value in pairs(node, reading) if (dimension := _read_dimension(key, value, reading)) is not None]
    problems = sorted(dict.fromkeys(reading.problems), key=lambda problem: (problem.start, problem.end))
    return Dimensions(tuple(found)), tuple(problems)


def _read_dimension(key: Scalar, value: Node, reading: Reading) -> Dimension | None:
    before = len(reading.problems)
    if not _ID.fullmatch(key.value) or len(key.value) > _LONGEST:
        reading.report("MS006", f"{shown(key.value)} cannot be the name of a dimension", key, help="write a group and a name with a point between, in small letters: plant.count")
    elif reading.dimensions.find(key.value):
        reading.report("MS006", f"{key.value} is a built-in dimension", key, help="choose another name, or use the built-in one as it is")
    if not isinstance(value, Mapping):
        reading.report("MS004", f"a dimension is described by its keys, and this is {form(value)}", value, help="write {type: number, category: firmographic, of: account}")
        return None
    fields = read_fields(value, reading, known=KEYS, what="a dimension")
    type_ = _read_type(key, fields, reading)
    values = _read_values(key, fields, reading, type_=type_)
    category = _read_one_of("category", fields, reading, choices=tuple(category.id for category in CATEGORIES))
    of = _read_one_of("of", fields, reading, choices=OWNERS)
    if type_ is None or len(reading.problems) > before:
        return None
    whose = "either" if of in {None, "user or account"} else of
    return Dimension(key.value, cast("Type", type_), category or OWN_CATEGORY.id, cast("Of", whose), _words(key.value), values=values)


def _words(name: str) -> str:
    """plant.count is "plant count"."""
    return name.replace(".", " ").replace("_", " ")


def _read_type(key: Scalar, fields: Fields, reading: Reading) -> str | None:
    if "type" not in fields:
        reading.report("MS005", f"the dimension {shown(key.value)} has no `type`", key, help=f"add `type:`, one of: {', '.join(TYPES)}")
        return None
    return read_choice(fields["type"][1], reading, what="type", choices=TYPES)


def _read_one_of(name: str, fields: Fields, reading: Reading, *, choices: tuple[str, ...]) -> str | None:
    if name not in fields or is_absent(fields[name][1]):
        return None
    return read_choice(fields[name][1], reading, what=name, choices=choices)


def _read_values(key: Scalar, fields: Fields, reading: Reading, *, type_: str | None) -> tuple[str, ...]:
    if type_ is None:
        return ()
    if "values" not in fields:
        if type_ in _WITH_VALUES:
            reading.report("MS005", f"the dimension {shown(key.value)} is {type_} and has no `values`", key, help="add `values: [first, second]`, in order")
        return ()
    name, node = fields["values"]
    if type_ not in _MAY_HAVE_VALUES:
        reading.report("MS006", f"a dimension of type {type_} has no list of values", name, help="leave `values` out, or make it an enum or an ordinal")
        return ()
    if not isinstance(node, Sequence):
        reading.report("MS004", f"`values` is a list, and this is {form(node)}", node, help="write [first, second]")
        return ()
    return read_texts(node, reading, what="`values`")
