"""Who is certainly in a segment: ids only, some thousands at a time, so that a segment of millions fits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from microseg.errors import UsageError, short
from microseg.measure import sql
from microseg.measure.blocks import Subject
from microseg.measure.compile import World, truth
from microseg.measure.facts import Facts, Unit
from microseg.measure.occurrences import Parts
from microseg.measure.rows import write_rows
from microseg.measure.run import Session
from microseg.measure.sql import Select
from microseg.source.nearest import nearest


def members(session: Session, segment: str) -> Iterator[Sequence[str]]:
    """The ids of a segment's certain members in their order, batch by batch. Raises UsageError where it is not counted."""
    subject, unit = _subject(session, segment)
    facts = Facts(replace(session.ground, parameters=sql.Parameters()))
    scope = facts.accounts if unit == "account" else facts.members
    world = World(facts, session.resolved.members, session.matching, opened=(subject.id,))
    inside = sql.all_of([truth(one, scope, session.request.data.as_of, world) for one in subject.chain])
    parts = Parts()
    tests = write_rows(facts, parts, unit)
    key = sql.cast(sql.column("k"), "TEXT")
    chosen = sql.select([sql.named(key, "id")], sql.table(tests)).where(inside).order_by(sql.column("k"))
    return _read(session, chosen.with_parts(parts.names), facts)


def _read(session: Session, statement: Select, facts: Facts) -> Iterator[Sequence[str]]:
    for rows in session.engine.stream(statement, facts.ground.parameters.values):
        yield [row[0] for row in rows]


def _subject(session: Session, segment: str) -> tuple[Subject, Unit]:
    for unit, subjects in session.resolved.subjects.items():
        for one in subjects:
            if one.id == segment:
                return one, unit
    if segment in session.resolved.unmeasured:
        raise UsageError(f"{segment} has no criteria of its own, so its members are those of its parent", "ask for the parent's")
    if segment in session.resolved.broken:
        raise UsageError(f"{segment} is not counted, for {session.resolved.broken[segment]}", "mend the criteria, and ask again")
    if segment in session.resolved.members:
        raise UsageError(f"{segment} is retired, and nobody is counted in it", "give it another `status:` to see who is in")
    near = nearest(segment, session.resolved.members)
    raise UsageError(f"there is no segment {short(segment)} that can be counted", f"did you mean `{near}`?" if near else "microseg tree shows them all")
