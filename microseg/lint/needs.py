"""What segments need, compared: which pains or solutions say the same among siblings, and which siblings are twins."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from microseg.lint.likeness import groups
from microseg.lint.statements import Statement, statements_of
from microseg.model.places import NOWHERE

if TYPE_CHECKING:
    from microseg.lint.rule import Context, Family
    from microseg.model.segment import Segment

Kind = Literal["pain", "solution"]
KINDS: tuple[Kind, ...] = ("pain", "solution")


class Held(NamedTuple):
    """A statement and the segment that has it."""

    segment: Segment
    statement: Statement


def own(segment: Segment, kind: Kind) -> Iterator[Statement]:
    """The segment's own items of one kind, those typed as plain texts included; texts behind `solved_by` are none.

    A retired segment is history, and has none to speak of.
    """
    if segment.status == "retired":
        return
    records = segment.pain_points if kind == "pain" else segment.ideal_solutions
    for one in records:
        if one.statement:
            yield Statement(one.statement, one.at.value("statement"), kind, one.id, one.at.is_plain_text)


def shared_needs(family: Family, kind: Kind, context: Context) -> Iterator[tuple[Held, ...]]:
    """Statements of one kind that two or more of the siblings have, one of each sibling, in the order typed."""
    together: dict[int, dict[str, Held]] = {}
    for one, group in _grouped(family, kind, context):
        together.setdefault(group, {}).setdefault(one.segment.id or "", one)
    return (tuple(by_segment.values()) for by_segment in together.values() if len(by_segment) > 1)


def twins_of(family: Family, kind: Kind, context: Context) -> Iterator[tuple[Segment, ...]]:
    """Groups of two or more siblings whose items of one kind all say the same."""
    said: dict[str, set[int]] = {}
    by_id: dict[str, Segment] = {}
    for one, group in _grouped(family, kind, context):
        said.setdefault(one.segment.id or "", set()).add(group)
        by_id[one.segment.id or ""] = one.segment
    alike: dict[frozenset[int], list[Segment]] = {}
    for name, needs in said.items():
        alike.setdefault(frozenset(needs), []).append(by_id[name])
    return (tuple(found) for found in alike.values() if len(found) > 1)


def _grouped(family: Family, kind: Kind, context: Context) -> tuple[tuple[Held, int], ...]:
    """Every statement of the siblings with the number of its group; worked out once a run."""
    at = family.parent.at if family.parent is not None else NOWHERE
    name = f"needs {kind} {at.path} {at.start}"
    found: tuple[tuple[Held, int], ...] | None = context.memo.get(name)
    if found is None:
        held = [Held(child, one) for child in family.children if child.status != "retired" for one in statements_of(child) if one.kind == kind]
        found = context.memo[name] = tuple(zip(held, groups([one.statement.text for one in held]), strict=True))
    return found
