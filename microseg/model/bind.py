"""Nodes to facts: reads a file's nodes by the kinds its records declare. Never raises; what is wrong becomes a problem.

A record becomes a plain tuple `(start, end, values, fields, spans)`, so that facts can be cached and cross processes
(`microseg.model.places` says what the last two are); `microseg.model.load` makes the records of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any

from microseg.model import bind_scalars
from microseg.model.fields import (
    AnyKind,
    ChoiceKind,
    CriteriaKind,
    Key,
    Kind,
    ListKind,
    MapKind,
    NestedKind,
    RecordKind,
    RefKind,
    Shape,
    TextKind,
    shape_of,
)
from microseg.model.places import packed_marks
from microseg.model.synonyms import meant_by
from microseg.source.edits import TextEdit
from microseg.source.nearest import nearest
from microseg.source.nodes import Mapping, Node, Scalar, Sequence
from microseg.source.problem import Note, Problem
from microseg.source.quoting import comment_behind, eaten, lost_text, quote, whole

if TYPE_CHECKING:
    from microseg.criteria.dimensions import Dimensions

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_MOST_SUGGESTIONS = 20
_NOTHING = frozenset({"", "~", "null", "Null", "NULL", '""', "''", "[]"})
Packed = Any  # a plain value: str, int, bool, None, or tuples of these
Binder = Callable[["Binding", Node], Packed]


class Binding:
    """One file while it is bound: its text, what was found wrong, and which texts the judge should read."""

    def __init__(self, text: str, *, dimensions: Dimensions, comment_starts: list[int], aliased: frozenset[str]) -> None:
        """Start with nothing found."""
        self.text = text
        self.dimensions = dimensions
        self.comment_starts = comment_starts
        self.aliased = aliased
        self.problems: list[Problem] = []
        self.judged: dict[str, None] = {}
        self.suggestions = 0

    def add(self, code: str, message: str, node: Node, help_: str = "", *, edits: tuple[TextEdit, ...] = (), notes: tuple[Note, ...] = ()) -> None:
        """Report a problem at a node."""
        self.problems.append(Problem(code, message, node.start, node.end, help_, notes, edits))

    def suggest(self, word: str, candidates: Iterable[str]) -> str | None:
        """The nearest known word, for the first few mistakes of a file."""
        self.suggestions += 1
        return nearest(word, candidates) if self.suggestions <= _MOST_SUGGESTIONS else None

    def sentence(self, node: Node) -> str:
        """What was typed at a node, on one line."""
        return " ".join(self.text[node.start : node.end].split())


def is_absent(node: Node) -> bool:
    """Nothing, `~` and `null` all mean that a field was left out."""
    return type(node) is Scalar and node.style == "" and node.value in {"", "~", "null", "Null", "NULL"} and node.tag is None


def _is_left_out(binding: Binding, node: Node) -> bool:
    """Where a text may stand: was nothing typed? `- #1 complaint` and `- &co` are empty to YAML, and were sentences."""
    return is_absent(node) and eaten(binding.text, node, binding.comment_starts, binding.aliased) is None


@cache
def binder(kind: Kind) -> Binder:
    """The function that reads one kind."""
    if isinstance(kind, TextKind):
        return _judged_text if kind.judged else _verbatim if kind.verbatim else text
    if isinstance(kind, RefKind):
        return lambda binding, node: _reference(binding, node, kind)
    if isinstance(kind, ListKind):
        return lambda binding, node: _list(binding, node, kind)
    if isinstance(kind, MapKind):
        return lambda binding, node: _map(binding, node, kind)
    if isinstance(kind, RecordKind):
        return lambda binding, node: record(binding, node, kind.record)
    if isinstance(kind, CriteriaKind):
        return _criteria
    if isinstance(kind, AnyKind):
        return lambda _, node: node
    read = bind_scalars.READERS[type(kind)]
    return lambda binding, node: _scalar(binding, node, kind, read)


def text(binding: Binding, node: Node) -> str | None:
    """A text as it was typed; a sentence that YAML ate is MS009, and is read as it was meant."""
    if type(node) is Scalar and node.anchor is None and node.tag is None:
        if node.style not in {"", ">", "|"}:
            return node.value if node.value.strip() else None
        span = eaten(binding.text, node, binding.comment_starts, binding.aliased) if _may_be_eaten(binding, node) else None
        if span is None:
            return None if is_absent(node) or not node.value.strip() else node.value
    else:
        span = eaten(binding.text, node, binding.comment_starts, binding.aliased)
    if span is not None:
        sentence = binding.text[span[0] : span[1]]
        binding.problems.append(lost_text(sentence, *span))
        return " ".join(sentence.split())
    if type(node) is Scalar:
        return node.value if node.value.strip() else None
    what = "a list" if isinstance(node, Sequence) else "a mapping"
    binding.add("MS004", f"{what} stands where a text is due", node, "write one text here, in quotes if it holds a colon or a dash")
    return None


def _verbatim(binding: Binding, node: Node) -> str | None:
    """A word as it was typed, whatever it means elsewhere: `null: ["", NULL]`."""
    return node.value if type(node) is Scalar and node.tag is None else text(binding, node)


def _may_be_eaten(binding: Binding, node: Scalar) -> bool:
    return bool(binding.comment_starts) or node.style != ""


def _judged_text(binding: Binding, node: Node) -> str | None:
    value = text(binding, node)
    if value:
        binding.judged[value] = None
    if value and binding.comment_starts and isinstance(node, Scalar) and value == node.value:
        hint = comment_behind(binding.text, node, binding.comment_starts)
        binding.problems += () if hint is None else (hint,)
    return value


def _scalar(binding: Binding, node: Node, kind: Kind, read: bind_scalars.Reader) -> Packed:
    """A single value whose meaning the field decides."""
    if is_absent(node):
        return None
    if not isinstance(node, Scalar):
        what = "a list" if isinstance(node, Sequence) else "a mapping"
        binding.add("MS004", f"{what} stands where {bind_scalars.describe(kind)} is due", node, f"write {bind_scalars.describe(kind)}")
        return None
    if node.tag is not None:
        _refuse_tag(binding, node)
        return None
    value, mistake = read(kind, node.value)
    if mistake is not None:
        edits = (TextEdit(node.start, node.end, mistake.mend),) if mistake.mend else ()
        hint = binding.suggest(node.value, list(kind.values)) if isinstance(kind, ChoiceKind) and not edits else None
        if hint:
            edits = (TextEdit(node.start, node.end, hint),)
        help_ = f"did you mean `{hint}`? {mistake.help}" if hint else mistake.help
        binding.add(mistake.code, mistake.message, node, help_, edits=edits)
    return value


def _refuse_tag(binding: Binding, node: Node) -> None:
    """A text with a tag is a sentence that YAML ate; before a list, a mapping or a key a tag means nothing."""
    if node.tag is not None:
        binding.add("MS006", f"the tag {node.tag} means nothing here", node, "delete the word that begins with !")


def _list(binding: Binding, node: Node, kind: ListKind) -> tuple[Packed, ...]:
    """A list; absent is empty. The mark of a list field keeps the span of each item."""
    if _is_left_out(binding, node) if kind.single else is_absent(node):
        return ()
    read = binder(kind.item)
    if isinstance(node, Sequence):
        _refuse_tag(binding, node)
        values = (read(binding, item) for item in node.items)
        return tuple(value for value in values if value is not None)
    if kind.single:
        value = read(binding, node)
        return () if value is None else (value,)
    written = binding.sentence(node)
    if isinstance(node, Scalar):
        # a text with commas may be several items: that is for the writer to say
        edits = () if "," in node.value else (TextEdit(node.start, node.end, f"[{quote(node.value)}]"),)
        binding.add("MS004", f"one text stands where a list is due: {written}", node, "write it as a list: one `- ` a line, or in [brackets]", edits=edits)
    else:
        binding.add("MS004", "a mapping stands where a list is due", node, "begin each item with `- `")
    value = read(binding, node)
    return () if value is None else (value,)


def _map(binding: Binding, node: Node, kind: MapKind) -> tuple[Packed, ...]:
    """A mapping from names: pairs of (name, start, end, value), in order."""
    if is_absent(node):
        return ()
    if not isinstance(node, Mapping):
        binding.add("MS004", f"{'a list' if isinstance(node, Sequence) else 'a text'} stands where a mapping is due", node, "write `name: …`, one a line")
        return ()
    _refuse_tag(binding, node)
    read = binder(kind.value)
    pairs = []
    for name, value in node.pairs():
        if not isinstance(name, Scalar):
            binding.add("MS004", "a key is due here, a text", name, "write `name: …`")
            continue
        if kind.slugs and not SLUG.match(name.value):
            binding.add("MS006", f"`{bind_scalars.shown(name.value)}` is not an id", name, "use lower-case letters, digits and single dashes")
        packed = read(binding, value)
        if packed is not None:
            pairs.append((name.value, name.start, name.end, packed))
    return tuple(pairs)


def _criteria(binding: Binding, node: Node) -> Packed:
    """Criteria, read by their own room."""
    if is_absent(node):
        return None
    from microseg.criteria.packed import pack
    from microseg.criteria.parse import parse_criteria

    parsed = parse_criteria(node, binding.dimensions)
    binding.problems += parsed.problems
    return pack(parsed.criterion)


def _reference(binding: Binding, node: Node, kind: RefKind) -> Packed:
    """(written, is an id, inline record or None, start, end)."""
    if isinstance(node, Mapping) and kind.inline is not None and not _reads_as_sentence(node, shape_of(kind.inline)):
        return (binding.sentence(node), False, record(binding, node, kind.inline), node.start, node.end)
    written = text(binding, node)
    if written is None or not written.strip():
        return None
    is_id = SLUG.match(written) is not None or not kind.texts or (" " not in written and "dimension" in kind.spaces)
    if is_id and "dimension" not in kind.spaces and not SLUG.match(written):
        binding.add("MS006", f"`{bind_scalars.shown(written)}` is not an id", node, "an id has lower-case letters, digits and single dashes")
        return None
    return (written, is_id, None, node.start, node.end)


def record(binding: Binding, node: Node, cls: type) -> Packed:
    """A mapping with the fields of a record, or its short form. Unknown keys, doubles and gaps are problems."""
    shape = shape_of(cls)
    if is_absent(node) if shape.short is None else _is_left_out(binding, node):
        return None
    if not isinstance(node, Mapping) or (shape.short is not None and _reads_as_sentence(node, shape)):
        return _short_form(binding, node, shape)
    _refuse_tag(binding, node)
    values: list[Packed] = [() if isinstance(one.kind, (ListKind, MapKind)) else None for one in shape.keys]
    marks = []
    guessed: set[str] = set()
    typed: frozenset[str] = frozenset()
    plan = _plan(cls)
    for name, value in node.pairs():
        found = plan.get(name.value) if isinstance(name, Scalar) else None
        if found is None:
            typed = typed or frozenset(one.value for one in node.keys if isinstance(one, Scalar))
            guessed.add(_unknown_key(binding, name, value, shape=shape, typed=typed))
            continue
        index, read = found
        _refuse_tag(binding, name)
        values[index] = read(binding, value)
        marks.append((index, name.start, name.end, value.start, value.end, _item_spans(value, values[index])))
    if shape.short is not None and marks and all(value is None or value == () for value in values) and len(marks) == len(node.keys) and _is_blank(binding, marks):
        return None
    _find_missing(binding, node, shape, values=values, marks=marks, guessed=guessed)
    if shape.check is not None:
        shape.check(binding, node)
    return (node.start, node.end, tuple(values), *packed_marks(node.start, node.end, marks))


def _item_spans(node: Node, values: Packed) -> tuple[tuple[int, int], ...]:
    """The spans of a list's items; none where an item was left out, for then they would not be in step."""
    if not isinstance(node, Sequence) or len(node.items) != len(values or ()):
        return ()
    return tuple((item.start, item.end) for item in node.items)


@cache
def _plan(cls: type) -> dict[str, tuple[int, Binder]]:
    """Each key of a record with its index and its reader."""
    shape = shape_of(cls)
    return {one.name: (index, _field_binder(cls, one)) for index, one in enumerate(shape.keys)}


def _field_binder(cls: type, one: Key) -> Binder:
    if isinstance(one.kind, ListKind) and isinstance(one.kind.item, NestedKind):
        return binder(ListKind(RecordKind(cls)))
    return binder(one.kind)


def _short_form(binding: Binding, node: Node, shape: Shape) -> Packed:
    """A plain text in place of a record fills its short field."""
    if shape.short is None:
        what = "a list" if isinstance(node, Sequence) else f"a text ({binding.sentence(node)})"
        needed = ", ".join(f"`{one.name}:`" for one in shape.keys if one.required) or ", ".join(f"`{name}:`" for name in shape.names()[:4])
        binding.add("MS004", f"{what} stands where a mapping is due", node, f"write it with keys, such as {needed}")
        return None
    index = shape.attributes.index(shape.short)
    value = binder(shape.keys[index].kind)(binding, node)
    if value is None:
        return None
    values = tuple(value if i == index else (() if isinstance(one.kind, (ListKind, MapKind)) else None) for i, one in enumerate(shape.keys))
    return (node.start, node.end, values, "", b"")


def _reads_as_sentence(node: Mapping, shape: Shape) -> bool:
    """`Waits three days: we lose them` is a sentence that YAML took for a mapping, not a record with a mistyped key."""
    if len(node.keys) != 1:
        return False
    name = node.keys[0]
    is_braced = node.flow and name.start > node.start
    return isinstance(name, Scalar) and not is_braced and _is_prose(name, shape)


def _is_prose(name: Scalar, shape: Shape) -> bool:
    """Several words, or one word with a capital, that is no key and near none."""
    names = shape.names()
    if name.value in names or nearest(name.value, names) is not None:
        return False
    return " " in name.value.strip() or name.value[:1].isupper() or not name.value.isascii()


def _unknown_key(binding: Binding, name: Node, value: Node, *, shape: Shape, typed: frozenset[str]) -> str:
    """MS003 with the nearest key, or MS009 where the key is the beginning of a sentence; the key that was meant, if known."""
    if not isinstance(name, Scalar):
        binding.add("MS004", "a key is due here, a text", name, "write `key: value`")
        return ""
    if name.value == "<<":
        binding.add("MS006", "merge keys (`<<`) are not read", name, "write the keys out")
        return ""
    if shape.short is not None and shape.short not in typed and isinstance(value, Scalar) and _is_prose(name, shape):
        start, end = whole(binding.text, name.start, value.end, binding.comment_starts)
        binding.problems.append(lost_text(binding.text[start:end], start, end, lead=f"{shape.short}: "))
        return shape.short
    free = [one for one in shape.names() if one not in typed]
    hint = binding.suggest(name.value, free) or meant_by(name.value, free)
    edits = (TextEdit(name.start, name.end, hint),) if hint else ()
    binding.add("MS003", f"unknown key `{bind_scalars.shown(name.value)}`", name, f"did you mean `{hint}`?" if hint else _known_keys(shape), edits=edits)
    return hint or ""


@cache
def _known_keys(shape: Shape) -> str:
    return f"the keys here are: {', '.join(shape.names())}"


def _is_blank(binding: Binding, marks: list[Any]) -> bool:
    """An item whose keys stand there with nothing behind them is a form that nobody has filled in yet."""
    return all(binding.text[mark[3] : mark[4]].strip() in _NOTHING for mark in marks)


def _find_missing(binding: Binding, node: Node, shape: Shape, *, values: list[Packed], marks: list[Any], guessed: set[str]) -> None:
    """MS005 for each required key, unless a mistyped one has been reported that is probably it."""
    typed = {mark[0] for mark in marks}
    for index, one in enumerate(shape.keys):
        if not one.required or one.name in guessed or (values[index] is not None and values[index] != ""):
            continue
        if index in typed and (values[index] == "" or _typed_empty(binding, marks, index)):
            where = next(mark for mark in marks if mark[0] == index)
            binding.problems.append(Problem("MS005", f"`{one.name}:` is empty", where[1], where[2], one.doc))
        elif index not in typed:
            end = marks[0][2] if marks else node.start + 1
            start = marks[0][1] if marks else node.start
            binding.problems.append(Problem("MS005", f"`{one.name}:` is missing", start, end, f"add `{one.name}: …` ({one.doc})"))


def _typed_empty(binding: Binding, marks: list[Any], index: int) -> bool:
    """Was the field typed with nothing behind it? What was wrong has been reported already."""
    where = next(mark for mark in marks if mark[0] == index)
    return binding.text[where[3] : where[4]].strip() in _NOTHING
