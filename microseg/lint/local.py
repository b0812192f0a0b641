"""Rules that look at one chain or one family, family by family: the part of a run that can be shared out, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from microseg.lint.rule import Chain, Family
from microseg.record import NamedTuple, made

if TYPE_CHECKING:
    from microseg.lint.rule import Context, Found, Rule
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace

_DEEPEST = 64  # as in Workspace.ancestors
_Told = list[tuple[str, "Found"]]  # what was found by which rule, in the order of the rules
AT_ONCE = 40
"""So many segments are judged together, rule by rule: some milliseconds of work."""


class Hit(NamedTuple):
    """What a rule found, its code, and in what: the number of the segment or of the parent it was handed (-1: the roots)."""

    code: str
    where: int
    found: Found


Judge = Callable[[Sequence[Family]], list[list[Hit]]]
Local = Callable[[Sequence[Family], Judge], Iterable[list[Hit]]]
"""Shares families out: what the judge says of each slice of them, in order. It is called before the other rules run, and read after."""


class _Asked(NamedTuple):
    """A family, or a segment with those above it, as rules are asked about it."""

    thing: Any
    where: int
    filled: int  # the fields that are filled in, a bit each
    near: dict[Any, Any]  # what rules share about the family
    said: _Told


class Results:
    """What rules said of what they were handed, kept from one run to the next. Removing it only costs time."""

    __slots__ = ("asked", "numbers", "told")

    def __init__(self) -> None:
        """Begin with nothing."""
        self.asked: tuple[Any, ...] = ()  # the rules and the day of the last run; of others nothing is kept
        self.numbers: dict[tuple[Any, ...], int] = {}  # of segments as they were: a key of numbers is quick to look up
        self.told: dict[tuple[int, ...], _Told] = {}  # by those handed


def families(workspace: Workspace) -> list[Family]:
    """The roots as a family without a parent, then each parent with its children; every segment is a child in one of them."""
    found = [Family(None, (), workspace.roots)]
    for parent in workspace.segments:
        children = workspace.children(parent)
        if children:
            found.append(Family(parent, workspace.ancestors(parent), children))
    return found


class Work:
    """The rules of a run, made ready to judge families."""

    def __init__(self, workspace: Workspace, context: Context, rules: Iterable[Rule], kept: Kept | None = None) -> None:
        """`kept` is what may be said again without asking a rule."""
        self._workspace = workspace
        self._context = context
        self._kept = kept
        self._numbers = {id(segment): number for number, segment in enumerate(workspace.segments)}
        local = [one for one in rules if one.scope in {"chain", "family"}]
        self._fields = tuple(dict.fromkeys(name for one in local for name in one.needs))
        bits = {name: 1 << place for place, name in enumerate(self._fields)}
        self._rules = {scope: [(one.code, one.check, sum(bits[name] for name in one.needs)) for one in local if one.scope == scope and one.check is not None] for scope in ("chain", "family")}

    def __call__(self, families: Sequence[Family]) -> list[list[Hit]]:
        """What the rules say of each of these families, and of its children with those above them.

        They are asked rule by rule: what a rule looks up stays near the processor while it looks at all of them. Some
        dozens of segments at once take an eighth less time than one by one; many more would not stay near themselves.
        """
        together = [self._asked(family) for family in families]
        self._ask("family", [those[0] for those in together])
        chains = [one for those in together for one in those[1:]]
        for start in range(0, len(chains), AT_ONCE):
            self._ask("chain", chains[start : start + AT_ONCE])
        return [[made(Hit, (code, one.where, found)) for one in those for code, found in one.said] for those in together]

    def _asked(self, family: Family) -> list[_Asked]:
        """The family, then each of its children with those above it."""
        parent, numbers = family.parent, self._numbers
        near: dict[Any, Any] = {}
        filled = [self._filled(child) for child in family.children]
        any_filled = 0
        for mask in filled:
            any_filled |= mask
        above = () if parent is None else (parent, *family.ancestors)[:_DEEPEST]
        names = {one.id for one in above}
        chains = [
            made(_Asked, (Chain(child, above if child.id not in names else self._workspace.ancestors(child)), numbers[id(child)], mask, near, []))
            for child, mask in zip(family.children, filled, strict=True)
            if self._workspace.parent(child) is parent  # of two parents with one id, the first
        ]
        return [made(_Asked, (family, -1 if parent is None else numbers[id(parent)], any_filled, near, [])), *chains]

    def _filled(self, segment: Segment) -> int:
        """Which of the fields that rules speak of are filled in, a bit each."""
        mask, bit = 0, 1
        for name in self._fields:
            if getattr(segment, name):
                mask |= bit
            bit <<= 1
        return mask

    def _ask(self, scope: str, asked: list[_Asked]) -> None:
        """Ask the rules of a scope; what was said of a thing before, unchanged, is said again."""
        if self._kept is not None:
            asked = [one for one in asked if not self._kept.says(one.thing, one.said)]
        context = self._context
        for code, check, needs in self._rules[scope]:
            for thing, _, filled, near, said in asked:
                if not needs or needs & filled:
                    context.near = near
                    for found in check(thing, context):
                        said.append((code, found))


class Kept:
    """What was said in the last run, and what is said in this one."""

    def __init__(self, results: Results, asked: tuple[Any, ...], contents: Mapping[str, bytes]) -> None:
        """`asked` names the rules and the day; `contents` are the bytes of the files."""
        is_same = results.asked == asked
        self._results = results
        self._asked = asked
        self._contents = contents
        self._known = results.numbers
        self._next = max(results.numbers.values(), default=0) + 1
        self._numbers: dict[tuple[Any, ...], int] = {}
        self._number_of: dict[int, int] = {}
        self._before = results.told if is_same else {}
        self._now: dict[tuple[int, ...], _Told] = {}

    def says(self, thing: Chain | Family, said: _Told) -> bool:
        """Was this thing judged before? Then `said` is filled with what was said; else whoever asks the rules fills it."""
        key = self._key_of(thing)
        before = self._before.get(key)
        said += before or ()
        self._now[key] = said
        return before is not None

    def _key_of(self, thing: Chain | Family) -> tuple[int, ...]:
        """Those handed, as numbers that change with a segment's file, its place there, and what the tree gave it."""
        if isinstance(thing, Chain):
            return (0, *map(self._number, (thing.segment, *thing.ancestors)))
        parent = 0 if thing.parent is None else self._number(thing.parent)
        return (1, parent, *map(self._number, (*thing.ancestors, *thing.children)))

    def _number(self, segment: Segment) -> int:
        found = self._number_of.get(id(segment))
        if found is None:
            at = segment.at
            key = (at.path, self._contents.get(at.path), at.start, segment.id, segment.level, segment.parent and segment.parent.written)
            found = self._known.get(key)
            if found is None:
                found = self._next
                self._next += 1
            self._numbers[key] = self._number_of[id(segment)] = found
        return found

    def hand_on(self) -> None:
        """Keep what this run said for the next one, and nothing else."""
        self._results.asked = self._asked
        self._results.numbers = self._numbers
        self._results.told = self._now


def batches(families: Iterable[Family], least: int = AT_ONCE) -> Iterator[list[Family]]:
    """Neighbouring families together, so that each batch has so many segments at least."""
    batch: list[Family] = []
    held = 0
    for family in families:
        batch.append(family)
        held += len(family.children)
        if held >= least:
            yield batch
            batch, held = [], 0
    if batch:
        yield batch


def in_this_process(families: Sequence[Family], work: Judge) -> Iterator[list[Hit]]:
    """The plain way: all of them, one batch after the other."""
    for batch in batches(families):
        yield from work(batch)
