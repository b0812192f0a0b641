"""Rules that look at one chain or one family, family by family: the part of a run that can be shared out, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from microseg.lint.rule import Chain, Family
from microseg.record import NamedTuple, made

if TYPE_CHECKING:
    from microseg.lint.rule import Check, Context, Found, Rule
    from microseg.model.segment import Segment
    from microseg.model.workspace import Workspace

_DEEPEST = 64  # as in Workspace.ancestors
_Told = tuple[tuple[str, Any], ...]  # what was found by which rule, in the order of the rules


class Hit(NamedTuple):
    """What a rule found, its code, and in what: the number of the segment or of the parent it was handed (-1: the roots)."""

    code: str
    where: int
    found: Found


Local = Callable[[Sequence[Family], Callable[[Sequence[Family]], list[Hit]]], Iterable[list[Hit]]]
"""Shares families out: what `work` says of each slice of them, in order. It is called before the other rules run, and read after."""


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
    """The rules of a run, made ready to judge one family after the other."""

    def __init__(self, workspace: Workspace, context: Context, rules: Iterable[Rule], kept: Kept | None = None) -> None:
        """`kept` is what may be said again without asking a rule."""
        self._workspace = workspace
        self._context = context
        self._kept = kept
        self._numbers = {id(segment): number for number, segment in enumerate(workspace.segments)}
        local = [one for one in rules if one.scope in {"chain", "family"}]
        self._fields = tuple(dict.fromkeys(name for one in local for name in one.needs))
        bits = {name: 1 << place for place, name in enumerate(self._fields)}
        self._rules = {scope: [(one.code, one.check, sum(bits[name] for name in one.needs)) for one in local if one.scope == scope] for scope in ("chain", "family")}
        self._chosen: dict[tuple[str, int], list[tuple[str, Check]]] = {}

    def __call__(self, families: Sequence[Family]) -> list[Hit]:
        """What the rules say of these families, and of each of their children with those above it."""
        hits: list[Hit] = []
        for family in families:
            self._context.near.clear()
            parent = family.parent
            filled = {id(child): self._filled(child) for child in family.children}
            any_filled = 0
            for mask in filled.values():
                any_filled |= mask
            where = -1 if parent is None else self._numbers[id(parent)]
            hits += [made(Hit, (code, where, found)) for code, found in self._told("family", any_filled, family)]
            above = () if parent is None else (parent, *family.ancestors)[:_DEEPEST]
            names = {one.id for one in above}
            for child in family.children:
                if self._workspace.parent(child) is parent:  # of two parents with one id, the first
                    chain = Chain(child, above if child.id not in names else self._workspace.ancestors(child))
                    told = self._told("chain", filled[id(child)], chain)
                    if told:
                        where = self._numbers[id(child)]
                        hits += [made(Hit, (code, where, found)) for code, found in told]
        return hits

    def _filled(self, segment: Segment) -> int:
        """Which of the fields that rules speak of are filled in, a bit each."""
        mask, bit = 0, 1
        for name in self._fields:
            if getattr(segment, name):
                mask |= bit
            bit <<= 1
        return mask

    def _told(self, scope: str, filled: int, thing: Any) -> _Told:
        """What the rules of a scope say of a thing; what it was said of before, unchanged, is said again."""
        if self._kept is None:
            return self._ask(scope, filled, thing)
        key = self._kept.key_of(thing)
        told = self._kept.before.get(key)
        if told is None:
            told = self._ask(scope, filled, thing)
        self._kept.now[key] = told
        return told

    def _ask(self, scope: str, filled: int, thing: Any) -> _Told:
        checks = self._chosen.get((scope, filled))
        if checks is None:
            checks = self._chosen[scope, filled] = [(code, check) for code, check, needs in self._rules[scope] if check is not None and (not needs or needs & filled)]
        context = self._context
        return tuple([(code, found) for code, check in checks for found in check(thing, context)])


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
        self.before = results.told if is_same else {}
        self.now: dict[tuple[int, ...], _Told] = {}

    def key_of(self, thing: Chain | Family) -> tuple[int, ...]:
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
        self._results.told = self.now


def in_this_process(families: Sequence[Family], work: Callable[[Sequence[Family]], list[Hit]]) -> Iterator[list[Hit]]:
    """The plain way: all of them, one after the other."""
    yield work(families)
