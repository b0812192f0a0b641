"""The named criteria of a workspace: its own definitions, the ready-made ones, and how criteria read with them put in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microseg.criteria.ast import Use, tests_in, walk
from microseg.criteria.definitions import find_cycles, resolve, with_presets
from microseg.criteria.plain import KnownTests, plain_of
from microseg.lint.rule import Found, Note
from microseg.model.places import Place
from microseg.record import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from microseg.config import Config
    from microseg.criteria.ast import Criterion
    from microseg.criteria.plain import Plain
    from microseg.lint.rule import Context
    from microseg.source.problem import Problem


_MOST_PLAIN = 500


def definitions_of(context: Context) -> dict[str, Criterion]:
    """Everything that `use:` may name; worked out once a run."""
    found: dict[str, Criterion] | None = context.memo.get("definitions")
    if found is None:
        found = context.memo["definitions"] = with_presets(own_definitions(context.config))
    return found


def own_definitions(config: Config) -> dict[str, Criterion]:
    """The workspace's own definitions, the first of each name."""
    found: dict[str, Criterion] = {}
    for entry in config.definitions:
        found.setdefault(entry.name, entry.value)
    return found


def resolved(criterion: Criterion, context: Context) -> Criterion:
    """The criterion with its definitions put in; what comes out of one keeps the place of its `use:`."""
    if tests_in(criterion) is not None:
        return criterion
    known: dict[int, tuple[Criterion, Criterion]] = context.memo.setdefault("resolved", {})  # asked by five rules, for every ancestor
    held = known.get(id(criterion))
    if held is None:
        has_uses = any(isinstance(part, Use) for part in walk(criterion))
        held = known[id(criterion)] = (criterion, resolve(criterion, definitions_of(context)) if has_uses else criterion)
    return held[1]


class _Known(NamedTuple):
    """The tests that were met, and by criterion (told by its id, and held for that to stay its own) the tests that it joins."""

    tests: KnownTests
    plains: dict[int, tuple[Plain | None, Criterion]]


def plainly(criterion: Criterion, context: Context) -> Plain | None:
    """The tests of a criterion that does nothing but join tests, definitions put in; None for any other. Asked about one family, the same tests are the same objects."""
    known: _Known = context.near.get("plain") or _known_in(context)
    held = known.plains.get(id(criterion))
    if held is None:
        held = known.plains[id(criterion)] = (_plainly(criterion, known.tests, context), criterion)
    return held[0]


def _known_in(context: Context) -> _Known:
    """What families share, for neighbours have those above in common; a new one for the next family where it has grown large."""
    known: _Known | None = context.memo.get("plain")
    if known is None or len(known.plains) > _MOST_PLAIN:
        known = context.memo["plain"] = _Known(KnownTests(context.dimensions), {})
    context.near["plain"] = known
    return known


def _plainly(criterion: Criterion, known: KnownTests, context: Context) -> Plain | None:
    found = plain_of(criterion, known)
    return plain_of(resolved(criterion, context), known) if found is None else found


def found_in_definitions(config: Config, code: str) -> Iterator[Found]:
    """What is wrong with the definitions taken together: circles (MS610), or growth past all bounds (MS007)."""
    for problem in find_cycles(own_definitions(config)):
        if problem.code == code:
            yield found_of(problem, config.at.path)


def found_of(problem: Problem, path: str) -> Found:
    """A problem that the criteria's own room found, as a finding in a file."""
    notes = tuple(Note(Place(path, note.start, note.end), note.message) for note in problem.notes)
    return Found(Place(path, problem.start, problem.end), problem.message, problem.help, notes)
