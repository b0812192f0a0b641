"""The one statement of a unit: who is in which segment as words of bits, and every sum, grouped by those words.

Each member gets, for each block of segments, a word for *in* and a word for *unknown*; `GROUP BY` them brings back a
small table of whole numbers, from which `measure.fold` makes the sizes, overlaps, coverage and sums of every segment.
A block holds whole families, so that siblings are compared within it; many segments are several blocks, grouped apart,
for the ways in which a member can be in hundreds of segments at once are too many to list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from microseg.criteria.ast import Criterion, Test, Trend, Users, children, dimensions_used
from microseg.criteria.evaluate import Days
from microseg.measure import sql
from microseg.measure.answers import Place, answer
from microseg.measure.blocks import Family, Subject, blocks_of, families_of
from microseg.measure.compile import Member, World, is_about_the_account, questions_of, truth
from microseg.measure.expression import Expression
from microseg.measure.facts import Facts, Scope, Unit
from microseg.measure.ground import Ground
from microseg.measure.occurrences import Parts, write_strays
from microseg.measure.rows import write_rows
from microseg.measure.sql import Select, Sql
from microseg.measure.sums import Summing, summed

WORD = 60  # bits of a word: a signed number of 64 bits holds them without touching its sign


class Reason(NamedTuple):
    """Why a member may be unknown: the dimension that is missing, and the column that counts it (None: for everybody)."""

    dimension: str
    column: int | None


@dataclass(frozen=True, slots=True)
class Plan:
    """The statement with its parameters, and what each column of its rows is.

    A row has, block by block, the words of *in* and then those of *unknown*; then how many members; then the sums.
    In the rows of one block the words of the others are null. `sums` says at which place the sum of an expression
    stands, `reasons` those of a subject's missing dimensions, `covered` how many members of a large family's parent are in
    none of its children, in one, and in several. Behind the sums stand, where `read` says which days of the events are
    read, how many of these name nobody, and how many somebody who is in no table: the same in each row.
    """

    unit: Unit
    statement: Select
    parameters: Mapping[str, Any]
    subjects: tuple[Subject, ...]
    blocks: tuple[tuple[str, ...], ...]
    sums: Mapping[Expression, int]
    reasons: Mapping[str, tuple[Reason, ...]]
    covered: Mapping[Family, tuple[int, int, int]]
    width: int
    notices: tuple[str, ...]
    read: Days | None = None


def plan(unit: Unit, subjects: Sequence[Subject], sums: Iterable[Expression], *, ground: Ground, segments: Mapping[str, Member], matching: Mapping[tuple[str, str], tuple[str, ...]], pairs: Sequence[tuple[str, str]] = ()) -> Plan:
    """The statement that counts these segments. `pairs` are overlaps asked for besides those of siblings."""
    facts = Facts(replace(ground, parameters=sql.Parameters()))
    scope = facts.accounts if unit == "account" else facts.members
    world = World(facts, segments, matching)
    own = _own_truths(subjects, scope, world)
    columns = list(dict.fromkeys(sums))
    added = [summed(one, Summing(scope, world)) for one in columns]
    reasons, missing = _reasons(subjects, scope, world)
    parts = Parts()
    tests = write_rows(facts, parts, unit)
    read = write_strays(facts, parts)
    blocks = blocks_of(subjects, pairs)
    parts.add("truths", sql.select([sql.star(), *(sql.named(what, alias) for alias, what in own.values())], sql.table(tests)))
    large = [one for one in families_of(subjects) if one.is_large]
    source, covering = _write_coverage(large, subjects, own, facts, parts)
    words = _words(subjects, blocks, own, frozenset(alias for alias, what in own.values() if scope.is_sure(what)))
    slots: dict[Sql, int] = {}  # what is asked for by several names is added up once
    for what in (*added, *missing, *covering):
        slots.setdefault(what, len(slots))
    counted = [sql.named(what, f"s{index}") for what, index in slots.items()]
    parts.add("marked", sql.select([*(sql.named(what, name) for held in words for name, what in held.items()), *counted], sql.table(source)))
    statement = _grouped(words, len(counted), has_strays=read is not None).with_parts(parts.names)
    places = {one: slots[what] for one, what in zip(columns, added, strict=True)}
    found = {one: tuple(Reason(reason.dimension, None if reason.column is None else slots[missing[reason.column]]) for reason in held) for one, held in reasons.items()}
    covered = {one: (slots[covering[3 * place]], slots[covering[3 * place + 1]], slots[covering[3 * place + 2]]) for place, one in enumerate(large)}
    return Plan(unit, statement, facts.ground.parameters.values, tuple(subjects), blocks, places, found, covered, len(counted), tuple(facts.notices), read)


def _own_truths(subjects: Sequence[Subject], scope: Scope, world: World) -> dict[Criterion, tuple[str, Sql]]:
    """Each criterion of any chain once: a child needs no more than its own test and its ancestors' bits."""
    own: dict[Criterion, tuple[str, Sql]] = {}
    on = world.facts.ground.data.as_of
    for subject in subjects:
        inner = replace(world, opened=(subject.id,))
        for criterion in subject.chain:
            if criterion not in own:
                own[criterion] = (f"o{len(own)}", truth(criterion, scope, on, inner))
    return own


def _write_coverage(large: Sequence[Family], subjects: Sequence[Subject], own: Mapping[Criterion, tuple[str, Sql]], facts: Facts, parts: Parts) -> tuple[str, list[Sql]]:
    """Of families too large for one block: in how many children a member of the parent is; the part that knows it, and what is to be summed."""
    if not large:
        return "truths", []
    chains = {one.id: one.chain for one in subjects}
    counted, sums = [], []
    for place, family in enumerate(large):
        facts.notice(f"{family.parent} has {len(family.children):,} counted children: their overlaps are shown for the pairs that are asked for (--pairs)")
        truths = [sql.column(own[chains[child][0]][0]) for child in family.children]
        counted += [sql.named(sql.added([sql.as_int(one) for one in truths]), f"f{place}"), sql.named(sql.added([sql.as_int(sql.is_null(one)) for one in truths]), f"g{place}")]
        inside = sql.all_of(sql.column(own[one][0]) for one in chains[family.whose])
        certain, possible = sql.column(f"f{place}"), sql.column(f"g{place}")
        sure = sql.compared(possible, "eq", sql.number(0))
        none, one, several = sql.compared(certain, "eq", sql.number(0)), sql.compared(certain, "eq", sql.number(1)), sql.compared(certain, "gt", sql.number(1))
        sums += [sql.as_int(sql.all_of(held)) for held in ((inside, sure, none), (inside, sure, one), (inside, several))]
    parts.add("families", sql.select([sql.star(), *counted], sql.table("truths")))
    return "families", sums


def word_names(block: int, count: int) -> tuple[list[str], list[str]]:
    """The columns of a block: its words of *in* and those of *unknown*."""
    words = range((count + WORD - 1) // WORD)
    return [f"i{block}_{word}" for word in words], [f"u{block}_{word}" for word in words]


def _words(subjects: Sequence[Subject], blocks: Sequence[Sequence[str]], own: Mapping[Criterion, tuple[str, Sql]], sure: frozenset[str]) -> list[dict[str, Sql]]:
    """The words of each block; `sure` are the truths that are never unknown, whose bits of *unknown* need not be asked for."""
    chains = {one.id: [sql.column(own[criterion][0]) for criterion in one.chain] for one in subjects}
    certain = {one.id for one in subjects if all(own[criterion][0] in sure for criterion in one.chain)}
    found = []
    for number, block in enumerate(blocks):
        inside, unsure = word_names(number, len(block))
        held: dict[str, Sql] = {}
        for word in range(len(inside)):
            members = [(segment, sql.all_of(chains[segment]), 1 << bit) for bit, segment in enumerate(block[word * WORD : (word + 1) * WORD])]
            held[inside[word]] = _bits([(member, bit) for _, member, bit in members])
            held[unsure[word]] = _bits([(sql.is_null(member), bit) for segment, member, bit in members if segment not in certain])
        found.append({name: held[name] for name in (*inside, *unsure)})
    return found


def _bits(truths: Sequence[tuple[Sql, int]]) -> Sql:
    """The sum of the bits whose truth holds."""
    return sql.added([sql.case((what, sql.number(bit)), default=sql.number(0)) for what, bit in truths])


def _grouped(words: Sequence[Mapping[str, Sql]], count: int, *, has_strays: bool) -> Select:
    """Groups by the words of a block, for each block; the counts and sums of each, and the one row of `strays` beside them."""
    names = [name for held in words for name in held]
    sums = [sql.named(sql.total(sql.column(f"s{index}")), f"s{index}") for index in range(count)]
    chosen = sql.select([*map(sql.column, names), sql.named(sql.rows(), "n"), *sums], sql.table("marked"))
    if has_strays:
        chosen = chosen.and_columns(*(sql.named(sql.greatest(sql.column(name)), name) for name in ("nameless", "strange"))).join(sql.table("strays"), sql.true())
    if len(words) == 1:
        return chosen.group_by(*map(sql.column, names))
    return chosen.group_by(sql.function("GROUPING SETS ", *(sql.function("", *map(sql.column, held)) for held in words)))


def _reasons(subjects: Sequence[Subject], scope: Scope, world: World) -> tuple[dict[str, tuple[Reason, ...]], list[Sql]]:
    """For each segment what may be missing, and the columns that count how often it is."""
    columns: dict[Sql, int] = {}
    found: dict[Criterion, tuple[Reason, ...]] = {}
    for subject in subjects:
        for criterion in subject.chain:
            if criterion not in found:
                found[criterion] = tuple(dict.fromkeys(_missing(criterion, scope, world, columns)))
    each = {one.id: tuple(dict.fromkeys(reason for criterion in one.chain for reason in found[criterion])) for one in subjects}
    return each, list(columns)


def _missing(criterion: Criterion, scope: Scope, world: World, columns: dict[Sql, int]) -> Iterable[Reason]:
    """Each thing that a criterion looks at and that may be missing; of people inside an account, that some are unknown."""
    on = world.facts.ground.data.as_of
    if isinstance(criterion, Users) or (isinstance(criterion, Test | Trend) and is_about_the_account(criterion, scope, world)):
        dimension = next(iter(dimensions_used(criterion)), "users")
        held = sql.as_int(sql.is_null(truth(criterion, scope, on, world)))
        yield Reason(dimension, columns.setdefault(held, len(columns)))
        return
    if isinstance(criterion, Test | Trend) and not is_about_the_account(criterion, scope, world):
        for question in questions_of(criterion, on)[:1]:
            value = answer(Place(world.facts, scope, on), question)
            if value.kind == "unknown":
                yield Reason(question.dimension, None)
            elif value.missing is not None:
                held = sql.as_int(scope.keep(value.missing))
                yield Reason(question.dimension, columns.setdefault(held, len(columns)))
    for part in children(criterion):
        yield from _missing(part, scope, world, columns)
