"""A result as tables: a level at a time sizes and metrics beside the segment above, then what children share and leave out, then what follows."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from fractions import Fraction
from itertools import chain

from microseg.criteria.dimensions import Dimensions
from microseg.criteria.values import duration_text
from microseg.measure.counted import TableCount
from microseg.measure.drivers import SPAN
from microseg.measure.experiences import TrialResult
from microseg.measure.metric import SHARE, MetricValue
from microseg.measure.result import MeasuredMetric, MeasuredSegment, MeasureResult
from microseg.measure.said import name_of
from microseg.model.ranking import Pair
from microseg.model.segment import LEVEL_CAPTIONS, LEVELS
from microseg.tables.cells import tenths
from microseg.tables.table import NOT_APPLICABLE, Cell, Column, Figure, Table

_UNITS = {"account": "accounts", "user": "users"}
_TABLES = {"account": "accounts", "user": "users", "event": "events", "survey": "answers", "history": "changes"}
_ONE = {"accounts": "account", "users": "user", "members": "member", "times": "time", "minutes": "minute", "days": "day"}
_MOST_DRIVERS = 3


def tables(result: MeasureResult, dimensions: Dimensions, *, details: bool = False, pairs: Collection[Pair] = ()) -> tuple[Table, ...]:
    """For people. `details`: with the steps behind each figure and every driver, where few segments were asked for.

    `pairs` are overlaps that were asked for: they are shown also where they are nobody.
    """
    shown = chain.from_iterable(_level(level, result, dimensions) for level in LEVELS)
    names = {**{one.id: one.name for one in result.segments}, **{id_: one.name for id_, one in result.totals.items()}}
    after = (*(_parts(result) if details else ()), *_overlaps(result, names, pairs), *_coverage(result, names), *_drivers(result, details=details), *_goals(result), *_experiences(result), *_noticed(result, names))
    return (*shown, *(one for one in after if one.rows), Table("", (), (), tuple(_small_print(result))))


def _level(level: str, result: MeasureResult, dimensions: Dimensions) -> Iterator[Table]:
    held = [one for one in result.segments if one.level == level]
    if not held:
        return
    yield _sizes(f"{level.capitalize()}: {LEVEL_CAPTIONS[level]}", held, result, dimensions)
    rows = tuple(chain.from_iterable(_metric_rows(one, has_before=result.previous_as_of is not None) for one in held))
    if rows:
        before = (Column("Before", "number"),) if result.previous_as_of is not None else ()
        yield Table("", (Column("Segment"), Column("Metric"), Column("Value", "number"), Column("95% range"), Column("n", "int"), Column("Unknown", "int"), Column("Above", "number"), *before, Column("Why", is_sentence=True)), rows)


def _sizes(title: str, held: list[MeasuredSegment], result: MeasureResult, dimensions: Dimensions) -> Table:
    """How many are in each, and which share of the segment above that is."""
    units = {one.unit for one in held}
    counted = Column(_UNITS[held[0].unit].capitalize() if len(units) == 1 else "Members", "int")
    before = (Column("Before", "int"),) if result.previous_as_of is not None else ()
    columns = (Column("Segment"), counted, *before, Column("Of above", "share"), Column("", "bar"), Column("95% range"), Column("May be in", "int"), Column("Why not sure", is_sentence=True))
    rows = tuple(
        (
            one.name,
            one.size if len(units) == 1 else Figure(one.size, "int", _UNITS[one.unit]),
            *((_before_size(one),) if before else ()),
            NOT_APPLICABLE if one.share is None else one.share,
            one.share,
            _range(one.low, one.high, SHARE),
            one.unknown,
            _words(one, dimensions),
        )
        for one in held
    )
    return Table(title, columns, rows)


def _before_size(one: MeasuredSegment) -> Cell:
    return NOT_APPLICABLE if one.previous_size is None or not one.comparable else one.previous_size


def _words(one: MeasuredSegment, dimensions: Dimensions) -> str:
    """What is missing most among those who may be in, or cannot be read; empty where nobody may."""
    if not one.because:
        return ""
    found = dimensions.find(one.because)
    return f"{found.words if found is not None else one.because} {'cannot be read' if one.is_unread else 'is missing most'}"


def _metric_rows(segment: MeasuredSegment, *, has_before: bool) -> Iterator[tuple[Cell, ...]]:
    """The metrics of a segment; its name stands in the first row only."""
    for number, one in enumerate(segment.metrics):
        found = one.found
        before = (_beside(one.previous if segment.comparable else None, found.unit),) if has_before else ()
        above = one.parent.value if one.parent is not None else None
        yield (None if number else segment.name, one.name, _value(found), _range(found.low, found.high, found.unit), found.n, found.unknown, _beside(above, found.unit or (one.parent.unit if one.parent else "")), *before, found.note)


def _value(found: MetricValue) -> Cell:
    return _figure(found.value, found.unit)


def _figure(value: Fraction | None, unit: str) -> Cell:
    """A value with its own unit: metrics of several types stand in one column."""
    if value is None:
        return NOT_APPLICABLE
    if unit == SHARE:
        return Figure(value, "share")
    return Figure(value, "number", "" if unit == "points" else _ONE.get(unit, unit) if value == 1 else unit)


def _beside(value: Fraction | None, unit: str) -> Cell:
    """A value to compare with, without the unit that stands beside it already."""
    return _figure(value, SHARE if unit == SHARE else "")


def _range(low: Fraction | None, high: Fraction | None, unit: str) -> str:
    """Where the true value lies, nineteen times in twenty."""
    if low is None or high is None:
        return ""
    scale, sign = (100, "%") if unit == SHARE else (1, "")
    return f"{tenths(low * scale)} to {tenths(high * scale)}{sign}"


def _parts(result: MeasureResult) -> Iterator[Table]:
    rows = tuple((segment.name, one.name, part.name, _figure(part.value, part.unit), part.n) for segment in result.segments for one in segment.metrics for part in one.found.parts)
    yield Table("Behind the figures", (Column("Segment"), Column("Metric"), Column("Part"), Column("Value", "number"), Column("n", "int")), rows)


def _overlaps(result: MeasureResult, names: Mapping[str, str], pairs: Collection[Pair]) -> Iterator[Table]:
    """Pairs that share members, and those that were asked for."""
    sizes = {**{one.id: one.size for one in result.segments}, **{id_: one.size for id_, one in result.totals.items()}}
    rows = []
    for one in result.overlaps:
        smaller = min(sizes.get(one.a, 0), sizes.get(one.b, 0))
        if one.both or frozenset({one.a, one.b}) in pairs:
            rows.append((names.get(one.a, one.a), names.get(one.b, one.b), one.both, one.unknown, Fraction(one.both, smaller) if smaller else NOT_APPLICABLE))
    yield Table("Who is in two segments", (Column("Segment"), Column("And"), Column("In both", "int"), Column("May be", "int"), Column("Of the smaller", "share")), tuple(rows))


def _coverage(result: MeasureResult, names: Mapping[str, str]) -> Iterator[Table]:
    columns = (Column("Inside"), Column("In one", "int"), Column("In several", "int"), Column("In none", "int"), Column("Cannot be told", "int"), Column("Covered", "share"), Column("", "bar"))
    rows = []
    for one in result.coverage:
        whole = one.none + one.one + one.several + one.unknown
        # where most cannot be told, a share of the whole would look like a small one
        covered = Fraction(one.one + one.several, whole) if whole and one.unknown * 2 <= whole else None
        rows.append((names.get(one.parent, one.parent), one.one, one.several, one.none, one.unknown, NOT_APPLICABLE if covered is None else covered, covered))
    yield Table("How much of each segment its children take", columns, tuple(rows))


def _drivers(result: MeasureResult, *, details: bool) -> Iterator[Table]:
    """What sets each segment apart, the most telling first."""
    columns = (Column("Segment"), Column("In 30 days"), Column("Here", "number"), Column("Others", "number"), Column("Apart by", "number"), Column("n", "int"), Column("", is_sentence=True))
    rows = tuple(
        (segment.name, one.words if one.span == SPAN else f"{one.words} (in {duration_text(one.span)})", _figure(one.mean, one.unit), _figure(one.others_mean, one.unit), one.effect, one.n, f"against {one.against}")
        for segment in result.segments
        for one in segment.drivers[: _MOST_DRIVERS if details else 1]
    )
    yield Table("What sets them apart", columns, rows, ("Apart by: in standard deviations; 0.2 is small, 0.8 large. An association, never a cause.",))


def _goals(result: MeasureResult) -> Iterator[Table]:
    """The usual goal where a segment has none, and baselines that can be filled in."""
    offered = tuple((one.name, one.goal.statement, one.goal.because, one.goal.metric or "none defined", NOT_APPLICABLE if one.goal.baseline is None else _value(one.goal.baseline)) for one in result.segments if one.goal is not None)
    yield Table("Goals to begin with", (Column("Segment"), Column("Goal", is_sentence=True), Column("Because", is_sentence=True), Column("Metric"), Column("Now", "number")), offered)
    open_ = tuple((segment.name, one.goal, one.metric, _value(one.value), one.value.n) for segment in result.segments for one in segment.baselines)
    yield Table("Baselines to fill in", (Column("Segment"), Column("Goal"), Column("Metric"), Column("Now", "number"), Column("n", "int")), open_)


def _experiences(result: MeasureResult) -> Iterator[Table]:
    """Before and after, and against those who were left without it where anybody was."""
    held = [(segment, one) for segment in result.segments for one in segment.experiences]
    has_holdout = any(one.without is not None for _, one in held)
    notes = {one.note for _, one in held}
    shared = notes.pop() if len(notes) == 1 else ""
    columns: tuple[Column, ...] = (Column("Segment"), Column("Experience"), Column("Metric"), Column("Before", "number"), Column("After", "number"))
    columns += (Column("Without it", "number"), Column("Difference", "number"), Column("95% range")) if has_holdout else ()
    rows = tuple((segment.name, *_trial(one, has_holdout=has_holdout), "" if shared else one.note) for segment, one in held)
    yield Table("What experiences have changed", (*columns, Column("Read with care", is_sentence=True)), rows, (f"{shared[:1].upper()}{shared[1:]}.",) if shared else ())


def _trial(one: TrialResult, *, has_holdout: bool) -> Iterator[Cell]:
    """The cells of an experience: what it is measured by, before, after, and the difference to those without it."""
    yield (one.trial.experience.id or "").replace("-", " ")
    yield name_of(one.trial.chosen.id, one.trial.chosen.metric)
    unit = next((found.unit for found in (one.after, one.before) if found is not None and found.unit), "")
    shown = (one.before, one.after, one.without) if has_holdout else (one.before, one.after)
    yield from (NOT_APPLICABLE if found is None else _value(found) for found in shown)
    if has_holdout:
        yield _figure(one.difference, unit)
        yield _range(one.low, one.high, unit)


def _noticed(result: MeasureResult, names: Mapping[str, str]) -> Iterator[Table]:
    rows = tuple((one.severity, names.get(one.segment, one.segment), one.message, one.help) for one in result.noticed)
    yield Table("To look at", (Column("Severity"), Column("Segment"), Column("What", is_sentence=True), Column("What to do", is_sentence=True)), rows)


def _small_print(result: MeasureResult) -> Iterator[str]:
    """The day, where the numbers come from, what they are compared with, and what was left out."""
    read = ", ".join(_rows_read(one) for one in result.tables if one.rows is not None)
    yield f"Data as of {result.as_of.isoformat()} (days in {result.timezone}), read by {result.engine}{': ' + read if read else ''}."
    if result.previous_as_of is not None:
        yield f"Before: {result.previous_as_of.isoformat()}, {result.previous_path}. Where the criteria have changed since, nothing is compared."
    reasons: dict[str, list[str]] = {}
    for id_, reason in result.skipped:
        reasons.setdefault(reason, []).append(id_)
    yield from (f"Not measured ({reason}): {', '.join(held)}." for reason, held in reasons.items() if reason != "it was not asked for")


def _rows_read(one: TableCount) -> str:
    """How many a table holds; where a key stands twice or is missing, how many rows, too."""
    name = _TABLES.get(one.table, one.table)
    return f"{one.rows:,} {name}" if one.members is None or one.members == one.rows else f"{one.rows:,} rows with {one.members:,} {name}"


def tidy(result: MeasureResult) -> Table:
    """One table for a program: a row for the size, the share and each metric of each segment."""
    columns = ("segment", "name", "level", "parent", "unit", "as_of", "measure", "value", "n", "unknown", "value_unit", "low", "high", "parent_value", "previous", "note")
    rows = chain.from_iterable(_tidy_rows(one, result.as_of.isoformat()) for one in result.segments)
    return Table("", tuple(Column(name) for name in columns), tuple(rows))


def _tidy_rows(one: MeasuredSegment, day: str) -> Iterator[tuple[Cell, ...]]:
    head = (one.id, one.name, one.level, one.parent, one.unit, day)
    before = one.previous_size if one.comparable else None
    yield (*head, "size", one.size, None, one.unknown, f"{one.unit}s", None, None, None, before, f"{'cannot be read' if one.is_unread else 'missing most'}: {one.because}" if one.because else "")
    if one.share is not None or one.low is not None:
        yield (*head, "share_of_parent", NOT_APPLICABLE if one.share is None else one.share, None, one.unknown, SHARE, one.low, one.high, None, None, "")
    for held in one.metrics:
        found = held.found
        yield (*head, held.id, NOT_APPLICABLE if found.value is None else found.value, found.n, found.unknown, found.unit, found.low, found.high, _above(held), held.previous if one.comparable else None, found.note)


def _above(held: MeasuredMetric) -> Fraction | None:
    return held.parent.value if held.parent is not None else None
