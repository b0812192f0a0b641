"""The only door to PyYAML: a text becomes a tree of nodes with spans, guarded while its events stream.

Scalars stay the text that was typed: the field that reads them decides what they mean. Nothing here recurses, and
every bound (depth, nodes, aliases) is checked before a node is built, so that a hostile file costs milliseconds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from microseg.errors import MissingPartError
from microseg.record import NamedTuple
from microseg.source.problem import Note, Problem
from microseg.source.syntax import swallowed, syntax_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_CORE_TAGS = frozenset({f"tag:yaml.org,2002:{name}" for name in ("str", "int", "float", "bool", "null", "map", "seq")})
_ONE_FILE_HELP = "split it into several files, or make it flatter"


class Limits(NamedTuple):
    """Bounds of one file: levels of nesting, nodes, aliases, and nodes once aliases are followed."""

    depth: int = 64
    nodes: int = 200_000
    aliases: int = 1_000


class Node:
    """A place in the text, from `start` to `end` in characters. `tag` is None unless a foreign tag was typed."""

    __slots__ = ("anchor", "end", "size", "start", "tag")

    start: int
    end: int
    size: int  # nodes in this subtree, aliases followed
    anchor: str | None
    tag: str | None


class Scalar(Node):
    """A text; `style` is the YAML one: '' plain, ' or " quoted, | or > block. An absent value is '' and plain."""

    __slots__ = ("style", "value")

    def __init__(self, value: str, style: str, start: int, end: int) -> None:
        """Keep the value as it was typed, quotes and folding undone."""
        self.value = value
        self.style = style
        self.start = start
        self.end = end
        self.size = 1
        self.anchor = None
        self.tag = None


class Sequence(Node):
    """A list; `flow` when it was typed in brackets."""

    __slots__ = ("flow", "items")

    def __init__(self, start: int, *, flow: bool) -> None:
        """Start empty; the reader fills it."""
        self.items: list[Node] = []
        self.flow = flow
        self.start = start
        self.end = start
        self.size = 1
        self.anchor = None
        self.tag = None


class Mapping(Node):
    """Keys and values in the order they were typed, duplicates included; `flow` when typed in braces."""

    __slots__ = ("flow", "keys", "values")

    def __init__(self, start: int, *, flow: bool) -> None:
        """Start empty; the reader fills it."""
        self.keys: list[Node] = []
        self.values: list[Node] = []
        self.flow = flow
        self.start = start
        self.end = start
        self.size = 1
        self.anchor = None
        self.tag = None

    def pairs(self) -> Iterator[tuple[Node, Node]]:
        """Each key with its value, as typed."""
        return zip(self.keys, self.values, strict=True)

    def get(self, name: str) -> Node | None:
        """The value of the first key of that name, or None."""
        for key, value in zip(self.keys, self.values, strict=True):
            if type(key) is Scalar and key.value == name:
                return value
        return None


class Document(NamedTuple):
    """What one text holds: its root (None when it is empty or unreadable), and what is wrong with it as YAML."""

    root: Node | None
    problems: tuple[Problem, ...]
    scalars: tuple[tuple[int, int, str], ...]  # start, end, style of every scalar, in order
    broken_at: int | None  # where reading stopped, if it did
    aliased: frozenset[str]  # the anchors that an alias refers to


def read_document(text: str, limits: Limits | None = None) -> Document:
    """Read one YAML document. Never raises for what the text holds; without libyaml: MissingPartError."""
    return _Reader(text, limits or Limits()).read()


class _StoppedError(Exception):
    """Reading cannot go on; the problem says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


def _yaml() -> Any:
    """The yaml package, or a clear word where it was built without libyaml."""
    import yaml

    if not yaml.__with_libyaml__:
        raise MissingPartError(
            "PyYAML is installed without libyaml, which microseg reads YAML with",
            "run: python -m pip install --force-reinstall --only-binary :all: pyyaml",
        )
    return yaml


class _Reader:
    """One pass over the events of one text, with an explicit stack."""

    def __init__(self, text: str, limits: Limits) -> None:
        self.text = text
        self.limits = limits
        self.problems: list[Problem] = []
        self.scalars: list[tuple[int, int, str]] = []
        self.anchors: dict[str, Node] = {}
        self.open_anchors: set[str] = set()
        self.aliased: set[str] = set()
        self.stack: list[Sequence | Mapping] = []
        self.pending: list[Node | None] = []  # the key that waits for its value, one a level
        self.root: Node | None = None
        self.nodes = 0
        self.aliases = 0

    def read(self) -> Document:
        yaml = _yaml()
        broken_at = None
        try:
            self._consume(yaml.cyaml.CParser(self.text), yaml.events)
        except _StoppedError as stop:
            self.problems.append(stop.problem)
            broken_at = stop.problem.start
        except yaml.YAMLError as error:
            open_flow = next((node.start for node in self.stack if node.flow), None)
            problem = syntax_problem(error, self.text, open_flow=open_flow, last_scalar=self.scalars[-1] if self.scalars else None)
            self.problems.append(problem)
            broken_at = problem.start
        root = self.root if broken_at is None else None
        return Document(root, tuple(self.problems), tuple(self.scalars), broken_at, frozenset(self.aliased))

    def _consume(self, parser: Any, events: Any) -> None:
        scalar, alias = events.ScalarEvent, events.AliasEvent
        mapping, sequence = events.MappingStartEvent, events.SequenceStartEvent
        ends = (events.MappingEndEvent, events.SequenceEndEvent)
        get_event = parser.get_event
        while True:
            event = get_event()
            kind = type(event)
            if kind is scalar:
                self._scalar(event)
            elif kind is mapping:
                self._open(Mapping(event.start_mark.index, flow=event.flow_style), event)
            elif kind is sequence:
                self._open(Sequence(event.start_mark.index, flow=event.flow_style), event)
            elif kind in ends:
                self._close(event)
            elif kind is alias:
                self._alias(event)
            elif kind is events.DocumentStartEvent:
                self._document(event)
            elif kind is events.StreamEndEvent:
                return

    def _scalar(self, event: Any) -> None:
        start, end, style = event.start_mark.index, event.end_mark.index, event.style or ""
        if style in {"|", ">"}:
            end = start + len(self.text[start:end].rstrip(" \t\r\n"))
        elif event.start_mark.line != event.end_mark.line:
            self._check_lines(start, end, style)
        elif start == end:
            start = end = self._place_of_nothing(start)
        node = Scalar(event.value, style, start, end)
        self.scalars.append((start, end, style))
        if event.anchor is not None or event.tag is not None:
            self._name(node, event)
        self._add(node)

    def _check_lines(self, start: int, end: int, style: str) -> None:
        """A text over several lines must not take in the items below it: its quote was meant as an apostrophe, say."""
        problem = swallowed(self.text, start, end, style=style, in_block=bool(self.stack) and not self.stack[-1].flow)
        if problem is not None and problem.code == "MS001":
            raise _StoppedError(problem)
        if problem is not None:
            self.problems.append(problem)

    def _place_of_nothing(self, start: int) -> int:
        """Where an absent value stands: at its key, not at the next token, which may be lines away (`? a key alone`)."""
        key = self.pending[-1] if self.pending else None
        if key is None or not any(sign in self.text[key.end : start] for sign in "\r\n"):
            return start
        return key.end

    def _open(self, node: Sequence | Mapping, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            self._name(node, event)
            if event.anchor is not None:
                self.open_anchors.add(event.anchor)
        if len(self.stack) >= self.limits.depth:
            self._stop(f"nesting is deeper than {self.limits.depth} levels", node.start)
        self._add(node, closed=False)
        self.stack.append(node)
        self.pending.append(None)

    def _close(self, event: Any) -> None:
        node = self.stack.pop()
        self.pending.pop()
        node.end = event.end_mark.index if node.flow else _last_end(node)
        if node.flow and not (self.stack and self.stack[-1].flow):
            self._check_lines(node.start, node.end, "[")
        if node.anchor is not None:
            self.open_anchors.discard(node.anchor)
        if self.stack:
            self.stack[-1].size += node.size
            self._check_size(self.stack[-1])

    def _alias(self, event: Any) -> None:
        start, end, name = event.start_mark.index, event.end_mark.index, event.anchor
        self.aliases += 1
        if self.aliases > self.limits.aliases:
            self._stop(f"more than {self.limits.aliases:,} aliases", start, end)
        if name in self.open_anchors:
            self._stop(f"the alias *{name} stands inside its own anchor, so it would never end", start, end)
        self.aliased.add(name)
        target = self.anchors.get(name)
        if target is None:
            raise _StoppedError(Problem("MS001", f"the alias *{name} has no anchor &{name} before it", start, end, "write the text itself; a text that begins with * belongs in quotes"))
        self._add(target, closed=True, grow=target.size)

    def _document(self, event: Any) -> None:
        start = event.start_mark.index
        if self.root is not None:
            raise _StoppedError(Problem("MS001", "a second document starts here (`---`)", start, start + 3, "one document a file: move what follows into a file of its own"))
        if event.tags or event.version not in {None, (1, 1), (1, 2)}:
            self.problems.append(Problem("MS006", "a directive other than %YAML stands before the document", start, start + 3, "delete the line that begins with %"))

    def _name(self, node: Node, event: Any) -> None:
        if event.anchor is not None:
            node.anchor = event.anchor
            self.anchors[event.anchor] = node
        if event.tag is not None and event.tag not in _CORE_TAGS:
            node.tag = event.tag

    def _add(self, node: Node, *, closed: bool = True, grow: int = 1) -> None:
        """Hang a node where it belongs; what is closed counts at once, a collection when it ends."""
        self.nodes += 1
        if self.nodes > self.limits.nodes:
            self._stop(f"more than {self.limits.nodes:,} nodes", node.start)
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if type(top) is Sequence:
            top.items.append(node)
        else:
            self._add_to_mapping(top, node)
        if closed:
            top.size += grow
            self._check_size(top)

    def _add_to_mapping(self, top: Any, node: Node) -> None:
        key = self.pending[-1]
        if key is None:
            self.pending[-1] = node
            return
        top.keys.append(key)
        top.values.append(node)
        self.pending[-1] = None

    def _check_size(self, node: Node) -> None:
        if node.size > self.limits.nodes:
            self._stop(f"more than {self.limits.nodes:,} nodes once aliases are followed", node.start)

    def _stop(self, message: str, start: int, end: int | None = None) -> None:
        raise _StoppedError(Problem("MS007", message, start, start + 1 if end is None else end, _ONE_FILE_HELP))


def _last_end(node: Sequence | Mapping) -> int:
    """Where a block collection really ends: at its last descendant, not at the next token."""
    children = node.items if isinstance(node, Sequence) else node.values
    if not children:
        return node.start
    end = children[-1].end
    if isinstance(node, Mapping):
        end = max(end, node.keys[-1].end)
    return max(end, node.start)


def find_duplicate_keys(root: Node | None) -> Iterator[Problem]:
    """MS002 for each key that stands twice in one mapping; the first place is the note."""
    for mapping in _mappings(root):
        seen: dict[str, Scalar] = {}
        for key in mapping.keys:
            if not isinstance(key, Scalar):
                continue
            first = seen.setdefault(key.value, key)
            if first is not key:
                yield Problem(
                    "MS002",
                    f"the key `{key.value}` stands twice here; YAML would keep one and lose the other",
                    key.start,
                    key.end,
                    "keep one of the two, or join what they hold",
                    (Note(first.start, first.end, "the first one"),),
                )


def _mappings(root: Node | None) -> Iterator[Mapping]:
    """Every mapping of a tree once, aliases not followed twice."""
    waiting: list[Node] = [] if root is None else [root]
    met: set[int] = set()
    while waiting:
        node = waiting.pop()
        if node.anchor is not None:
            if id(node) in met:
                continue
            met.add(id(node))
        if isinstance(node, Mapping):
            yield node
            waiting += [child for child in node.values if type(child) is not Scalar]
            waiting += [child for child in node.keys if type(child) is not Scalar]
        elif isinstance(node, Sequence):
            waiting += [child for child in node.items if type(child) is not Scalar]
