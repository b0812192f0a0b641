"""What segments need, compared: which pains or solutions say the same among siblings, and which siblings are twins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

from microseg.lint.likeness import doubtful, groups_among, stems_in, stems_of
from microseg.lint.statements import Kind, Statement, said_by
from microseg.record import NamedTuple
from microseg.words.memo import Memo

if TYPE_CHECKING:
    from microseg.lint.rule import Context, Family
    from microseg.model.segment import Segment

KINDS: tuple[Kind, ...] = ("pain", "solution")
_HUNDREDS = 500  # among more statements than that, few have words that no other has
_DOUBTFUL: Mapping[Kind, tuple[str, Kind]] = MappingProxyType({kind: ("doubtful", kind) for kind in KINDS})


class Held(NamedTuple):
    """A statement and the segment that has it."""

    segment: Segment
    statement: Statement


def own(segment: Segment, kind: Kind, context: Context) -> tuple[Statement, ...]:
    """The segment's own items of one kind, those typed as plain texts included; texts behind `solved_by` are none.

    A retired segment is history, and has none to speak of.
    """
    if segment.status == "retired":
        return ()
    said = said_by(segment, context)
    return said.pains if kind == "pain" else said.solutions


def shared_needs(family: Family, kind: Kind, context: Context) -> Iterator[tuple[Held, ...]]:
    """Statements of one kind that two or more of the siblings have, one of each sibling, in the order typed."""
    together: dict[int, dict[str, Held]] = {}
    for one, group in _grouped(family, kind, context):
        together.setdefault(group, {}).setdefault(one.segment.id or "", one)
    return (tuple(by_segment.values()) for by_segment in together.values() if len(by_segment) > 1)


def said_by_most(family: Family, context: Context) -> frozenset[tuple[Kind, str]]:
    """The texts, each with its kind, that say what most of the siblings say; worked out once for a family."""
    return context.once("needs of most", family, lambda: frozenset((kind, text) for kind in KINDS for text in _of_most(family, kind, context)))


def _of_most(family: Family, kind: Kind, context: Context) -> frozenset[str]:
    count = sum(one.status != "retired" for one in family.children)
    if count < 2:  # noqa: PLR2004 - siblings are two
        return frozenset()
    first = {need[0].statement.text for need in shared_needs(family, kind, context) if 2 * len(need) > count}
    if not first:
        return frozenset()
    grouped = _grouped(family, kind, context)
    groups_of_most = {group for one, group in grouped if one.statement.text in first}
    return frozenset(one.statement.text for one, group in grouped if group in groups_of_most)


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
    """Every statement of the siblings with the number of its group, nothing where no two say the same; worked out once for a family."""
    return context.once(f"{kind} needs", family, lambda: _group(family, kind, context))


def _group(family: Family, kind: Kind, context: Context) -> tuple[tuple[Held, int], ...]:
    said = [(child, _meant(child, kind, context)) for child in family.children if child.status != "retired"]
    texts = [one.text for _, those in said for one in those]
    numbers = list(range(len(texts)))
    if len(texts) <= _HUNDREDS:
        above = () if family.parent is None else (family.parent, *family.ancestors)
        words = _stems_of_all(texts, context) + [stems_of(one.text) for origin in above for one in own(origin, kind, context)]
        numbers = [number for number in doubtful(words) if number < len(texts)]
        context.near[_DOUBTFUL[kind]] = frozenset([texts[number] for number in numbers])
    group_of = groups_among(texts, numbers) if numbers else ()
    if group_of == tuple(range(len(group_of))):
        return ()
    return tuple(zip([Held(child, one) for child, those in said for one in those], group_of, strict=True))


def stems_by(context: Context) -> Callable[[str], frozenset[str]]:
    """The content stems of any statement, picked out once while a family is judged."""
    return _stems(context).__getitem__


def _stems_of_all(texts: Sequence[str], context: Context) -> list[frozenset[str]]:
    """The same for statements that are asked about for the first time: quicker than one by one."""
    found = list(map(stems_in, texts, map(context.analyse, texts)))
    _stems(context).update(zip(texts, found, strict=True))
    return found


def _stems(context: Context) -> Memo[str, frozenset[str]]:
    return context.once("stems", context, lambda: Memo(lambda text: stems_in(text, context.analyse(text))))


def doubtful_of(segment: Segment, kind: Kind, context: Context) -> Sequence[Statement]:
    """Those of a segment's own items that may say the same as another one of the family that is judged, or above it.

    That is known where siblings have been compared already; else it may be any of them.
    """
    items = own(segment, kind, context)
    known: frozenset[str] | None = context.near.get(_DOUBTFUL[kind])
    return items if known is None else [one for one in items if one.text in known]


def _meant(segment: Segment, kind: Kind, context: Context) -> tuple[Statement, ...]:
    """The statements of one kind, texts behind `solved_by` included."""
    said = said_by(segment, context)
    return said.pains if kind == "pain" else (*said.solutions, *said.behind)
