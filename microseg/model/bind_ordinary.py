"""Ordinary nodes to facts: what `microseg.model.bind` makes of a file in which nothing is wrong, in a fraction of the time.

It reads what `microseg.source.ordinary` leaves, by the same kinds and the same readers of single values, and gives up at
the first thing that would be a problem, so that every message has one place where it is written: `bind`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING, Any

from microseg.model import bind_scalars
from microseg.model.bind import SLUG
from microseg.model.fields import AnyKind, CriteriaKind, Kind, ListKind, MapKind, NestedKind, RecordKind, RefKind, SlugKind, TextKind, shape_of
from microseg.model.places import field_code, packed_spans
from microseg.record import NamedTuple
from microseg.source.ordinary import as_node

if TYPE_CHECKING:
    from microseg.criteria.dimensions import Dimensions
    from microseg.source.nodes import Node
    from microseg.source.ordinary import Ordinary

NULLS = frozenset({"~", "null", "Null", "NULL"})
_MEMO = 1 << 12
_ANY_TEXT = ("{", ("in", ("[", ("a", True))))  # the shape (see `_shape`) of `{in: [a]}`
_VALUES = 3  # where a packed test has its values
Packed = Any  # as in `bind`
_Binder = Callable[["Ordinary", "Dimensions"], Packed]


class OddError(Exception):
    """Something is wrong, or out of the ordinary; `bind` says what."""


class Plan(NamedTuple):
    """How a record is read: its keys with their index, character and reader, values where nothing is typed, and what must be typed."""

    keys: dict[str, tuple[int, str, _Binder]]
    nothing: tuple[Packed, ...]
    required: tuple[int, ...]
    short: tuple[int, _Binder] | None


def bind_ordinary(node: Ordinary, cls: type, dimensions: Dimensions) -> Packed:
    """The packed record of class `cls`. Raises OddError where `bind` should read instead."""
    keys, nothing, required, short = plan_of(cls)
    start, end, content = node[:3]
    values = list(nothing)
    if type(content) is not dict:
        if short is None:
            raise OddError
        index, read = short
        values[index] = read(node, dimensions)
        return (start, end, tuple(values), "", b"")
    fields = ""
    spans: list[int] = []
    behind: list[int] = []
    for name, (key_start, key_end, value) in content.items():
        found = keys.get(name)
        if found is None:
            raise OddError
        index, code, read = found
        said = value[2]
        spans += (key_start - start, key_end - start, value[0] - start, value[1] - start)
        if read is read_text and type(said) is str and value[3] and said not in NULLS:  # as there, without its calls: most fields are such
            values[index] = said
        else:
            values[index] = read(value, dimensions)
            if type(said) is list:
                behind += (len(fields), len(said))
                for item in said:
                    behind += (item[0] - start, item[1] - start)
        fields += code
    for index in required:
        if not values[index]:
            raise OddError
    return (start, end, tuple(values), fields, packed_spans([*spans, *behind], end - start))


@cache
def plan_of(cls: type) -> Plan:
    """How a record of class `cls` is read; without keys where it has rules of its own, for then others read it."""
    shape = shape_of(cls)
    keys = {}
    for index, one in enumerate(shape.keys):
        nested = isinstance(one.kind, ListKind) and isinstance(one.kind.item, NestedKind)
        keys[one.name] = (index, field_code(index), _binder(ListKind(RecordKind(cls)) if nested else one.kind))
    nothing = tuple(() if isinstance(one.kind, (ListKind, MapKind)) else None for one in shape.keys)
    required = tuple(index for index, one in enumerate(shape.keys) if one.required)
    short = next(((index, _binder(one.kind)) for index, one in enumerate(shape.keys) if shape.attributes[index] == shape.short), None)
    return Plan({} if shape.check is not None else keys, nothing, required, short)


@cache
def _binder(kind: Kind) -> _Binder:
    """The function that reads one kind."""
    if isinstance(kind, TextKind):
        return read_text
    if isinstance(kind, RefKind):
        return lambda node, _: _reference(node, kind)
    if isinstance(kind, ListKind):
        return _list(kind.item, single=kind.single)
    if isinstance(kind, MapKind):
        return lambda node, dimensions: _map(node, kind, dimensions)
    if isinstance(kind, RecordKind):
        return lambda node, dimensions: bind_ordinary(node, kind.record, dimensions)
    if isinstance(kind, CriteriaKind):
        return _criteria
    if isinstance(kind, (AnyKind, NestedKind)):
        return _odd
    return _scalar(kind)


def said_plainly(text: str) -> bool:
    """Is what stands behind a key a plain text that says something? It begins and ends as one does."""
    return ": " not in text and text[-1] not in " :" and text not in NULLS


def _odd(*_: object) -> Packed:
    raise OddError


def _typed(node: Ordinary) -> str:
    """The text of a leaf that says something."""
    if type(node[2]) is not str or (node[3] and node[2] in NULLS):
        raise OddError
    text: str = node[2]
    return text


def read_text(node: Ordinary, _: Dimensions) -> str:
    """The text that a node says. Raises OddError for any other node, and for a blank one."""
    text = _typed(node)
    if not text.strip():
        raise OddError
    return text


def _scalar(kind: Kind) -> _Binder:
    read: Callable[[str], tuple[Any, bind_scalars.Mistake | None]] = partial(bind_scalars.READERS[type(kind)], kind)
    if not isinstance(kind, SlugKind):  # ids are all different
        read = lru_cache(_MEMO)(read)

    def bind(node: Ordinary, _: Dimensions) -> Packed:
        text = node[2]
        value, mistake = read(text if type(text) is str and text not in NULLS else _typed(node))
        if mistake is not None:
            raise OddError
        return value

    return bind


def _list(item: Kind, *, single: bool) -> _Binder:
    if isinstance(item, RefKind):
        return _references(item, single=single)
    read = _binder(item)

    def bind(node: Ordinary, dimensions: Dimensions) -> Packed:
        if type(node[2]) is list:
            return tuple([read(one, dimensions) for one in node[2]])
        if not single:
            raise OddError
        return (read(node, dimensions),)

    return bind


def _references(kind: RefKind, *, single: bool) -> _Binder:
    """Lists of references, the commonest of all."""
    is_slug = SLUG.match

    def bind(node: Ordinary, _: Dimensions) -> Packed:
        if type(node[2]) is not list:
            return (_reference(node, kind),) if single else _odd()
        return tuple([(one[2], True, None, one[0], one[1]) if type(one[2]) is str and is_slug(one[2]) and one[2] not in NULLS else _reference(one, kind) for one in node[2]])

    return bind


def _map(node: Ordinary, kind: MapKind, dimensions: Dimensions) -> Packed:
    if type(node[2]) is not dict:
        raise OddError
    read = _binder(kind.value)
    if kind.slugs and not all(map(_is_slug, node[2])):
        raise OddError
    return tuple([(name, start, end, read(value, dimensions)) for name, (start, end, value) in node[2].items()])


def _reference(node: Ordinary, kind: RefKind) -> Packed:
    written = read_text(node, None)  # type: ignore[arg-type]  # a text needs no dimensions
    is_id = _is_slug(written) or not kind.texts or (" " not in written and "dimension" in kind.spaces)
    if is_id and "dimension" not in kind.spaces and not _is_slug(written):
        raise OddError
    return (written, is_id, None, node[0], node[1])


def _is_slug(text: str) -> bool:
    return SLUG.match(text) is not None


def _criteria(node: Ordinary, dimensions: Dimensions) -> Packed:
    """Criteria, read by their own room; a test that many segments have is read once."""
    if type(node[2]) is dict:
        tests = [(test_of(dimensions, name, value), start, end) for name, (start, end, value) in node[2].items()]
        if all(test for test, _, _ in tests):
            parts = [(*test[:-2], start, end) for test, start, end in tests if test]
            return parts[0] if len(parts) == 1 else ("All", ("()", *parts), node[0], node[1])
    return _parsed(as_node(node), dimensions)


def test_of(dimensions: Dimensions, name: str, value: Ordinary) -> Packed | None:
    """The packed test that a node is of a dimension, its place left out; None where the entry is more than one test, or broken."""
    listed = value[2].get("in") if type(value[2]) is dict and len(value[2]) == 1 else None
    texts = [text for _, _, text, *_ in listed[2][2]] if listed is not None and type(listed[2][2]) is list else []
    if all(type(text) is str and text for text in texts) and NULLS.isdisjoint(texts) and (test := any_of(dimensions, name, texts)) is not None:
        return test
    return _test(dimensions, name, _shape(value))


def any_of(dimensions: Dimensions, name: str, texts: Sequence[str]) -> Packed | None:
    """The packed test `{in: texts}` of a dimension that takes any text, made of that of one of them, for they are all different; None for other dimensions."""
    test = _test(dimensions, name, _ANY_TEXT) if texts and _takes_any_text(dimensions, name) else None
    return None if test is None else (*test[:_VALUES], ("()", *dict.fromkeys(texts)), *test[_VALUES + 1 :])


@lru_cache(_MEMO)
def _takes_any_text(dimensions: Dimensions, name: str) -> bool:
    dimension = dimensions.find(name)
    return dimension is not None and dimension.type == "text"


@lru_cache(_MEMO)
def _test(dimensions: Dimensions, name: str, shape: Any) -> Packed | None:
    """The packed test of a dimension, its place left out; None where the entry is more than one test, or broken."""
    try:
        packed = _parsed(as_node((0, 0, {name: (0, 0, _unshaped(shape))})), dimensions)
    except OddError:
        return None
    return packed if packed[0] == "Test" else None


def _shape(node: Ordinary) -> Any:
    """What a node says, without its places."""
    content = node[2]
    if type(content) is str:
        return (content, node[3])
    if type(content) is list:
        return ("[", *map(_shape, content))
    return ("{", *[(name, _shape(value)) for name, (_, _, value) in content.items()])


def _unshaped(shape: Any) -> Ordinary:
    """A node that says it, at no place."""
    first, *rest = shape
    if rest and type(rest[0]) is bool:
        return (0, 0, first, rest[0])
    return (0, 0, [_unshaped(one) for one in rest] if first == "[" else {name: (0, 0, _unshaped(one)) for name, one in rest})


def _parsed(node: Node, dimensions: Dimensions) -> Packed:
    from microseg.criteria.packed import pack
    from microseg.criteria.parse import parse_criteria

    parsed = parse_criteria(node, dimensions)
    if parsed.problems:
        raise OddError
    return pack(parsed.criterion)
