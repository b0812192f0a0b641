"""Why somebody is in a segment, out of it, or unknown: each test in words with the value that decided it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, NamedTuple

from microseg.criteria.ast import All, Criterion, Test, Trend, Users
from microseg.criteria.dimensions import Dimensions
from microseg.criteria.evaluate import Outcome, Tally
from microseg.criteria.values import Duration, decimal_text, duration_text, percent_text
from microseg.criteria.words import words
from microseg.measure.entity import Placement, Why
from microseg.measure.statistics import rounded
from microseg.model.workspace import Workspace
from microseg.tables.table import Column, Table

VERSION = 1
_IS = {True: "in", False: "out", None: "unknown"}
_HOLDS = {True: "yes", False: "no", None: "unknown"}
_MOST_ITEMS = 8


class Line(NamedTuple):
    """One test: how deep it stands inside `any` and the like, what it asks, what came of it, and the value, in words."""

    depth: int
    text: str
    holds: bool | None
    value: str


class Speaker(NamedTuple):
    """Who puts criteria into words: the workspace's dimensions and the names of its segments."""

    dimensions: Dimensions
    names: Mapping[str, str]

    def lines(self, outcome: Outcome, depth: int = 0) -> Iterator[Line]:
        """The tests of a criterion; what must all hold stands side by side, everything else inside its whole."""
        if isinstance(outcome.criterion, All):
            for part in outcome.parts:
                yield from self.lines(part, depth)
            return
        yield Line(depth, words(outcome.criterion, dimensions=self.dimensions, names=self.names), outcome.result, self.value(outcome))
        for part in outcome.parts:
            yield from self.lines(part, depth + 1)

    def value(self, outcome: Outcome) -> str:
        """The value a test was decided by; "not known" where there is none, nothing where a test has no value."""
        value = outcome.value
        if outcome.parts:
            return ""
        if value is None:
            return "not known" if isinstance(outcome.criterion, Test | Trend | Users) else ""
        if isinstance(value, Tally):
            return _tally(value, outcome.criterion)
        return self._plain(value, outcome.criterion)

    def _plain(self, value: Any, criterion: Criterion) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, frozenset):
            return _items(value)
        if isinstance(value, Duration):
            return duration_text(value)
        if isinstance(value, tuple):
            return ".".join(map(str, value))
        if isinstance(value, dt.date):
            return f"since {value.isoformat()}" if isinstance(criterion, Test) and isinstance(criterion.values[0], Duration) else value.isoformat()
        return str(value) if isinstance(value, str) else self._number(Fraction(value), criterion)

    def _number(self, value: Fraction, criterion: Criterion) -> str:
        dimension = self.dimensions.find(criterion.dimension) if isinstance(criterion, Test) else None
        if isinstance(criterion, Trend) or (dimension is not None and dimension.unit == "share"):
            return percent_text(value)
        return decimal_text(rounded(value, 2))


def _tally(tally: Tally, criterion: Criterion) -> str:
    """3 of 5 people, 1 unknown; of a regularity: 3 of 4 periods."""
    what = "people" if isinstance(criterion, Users) else "periods"
    unknown = f", {tally.unknown:,} unknown" if tally.unknown else ""
    return f"{tally.yes:,} of {sum(tally):,} {what}{unknown}"


def _items(found: frozenset[str]) -> str:
    items = sorted(found)
    more = f" and {len(items) - _MOST_ITEMS:,} more" if len(items) > _MOST_ITEMS else ""
    return ", ".join(items[:_MOST_ITEMS]) + more if items else "none"


def table(found: Why, workspace: Workspace, dimensions: Dimensions) -> Table:
    """The segments from the head down with their own tests; below one that it is out of nothing is asked any more."""
    names = {id_: one.name or id_ for id_, one in workspace.by_id.items()}
    speaker = Speaker(dimensions, names)
    results = {one.segment: one.result for one in found.placements}
    rows: list[tuple[str | None, ...]] = []
    left_out = 0
    for one in found.placements:
        above = next((results[parent.id] for parent in workspace.ancestors(workspace.by_id[one.segment]) if parent.id in results), True)
        if above is False:
            left_out += 1
            continue
        rows += _rows(one, names, speaker)
    of = f" of account {found.account}" if found.account else ""
    notes = (f"{left_out:,} more lie below a segment that it is out of.",) if left_out else ()
    return Table(f"{found.id}, {'an account' if found.unit == 'account' else 'a user'}{of}", (Column("Segment"), Column("It is"), Column("Test"), Column("Holds"), Column("Found")), tuple(rows), notes)


def _rows(one: Placement, names: Mapping[str, str], speaker: Speaker) -> Iterator[tuple[str | None, ...]]:
    """A segment's own tests; its name and result stand in the first row only."""
    own = [line for step in one.steps if step.segment == one.segment for line in speaker.lines(step.outcome)]
    first: tuple[str | None, ...] = (names.get(one.segment, one.segment), _IS[one.result])
    if not own:
        yield (*first, "everybody", _HOLDS[True], "")
    for line in own:
        yield (*first, f"{'- ' * line.depth}{line.text}", _HOLDS[line.holds], line.value)
        first = (None, None)


def as_dict(found: tuple[Why, ...], as_of: dt.date, workspace: Workspace, dimensions: Dimensions) -> dict[str, Any]:
    """Everything as plain values: what docs/schemas/why.schema.json describes."""
    speaker = Speaker(dimensions, {id_: one.name or id_ for id_, one in workspace.by_id.items()})
    entities = [{"id": one.id, "unit": one.unit, "account": one.account, "segments": [_placement(held, speaker) for held in one.placements]} for one in found]
    return {"version": VERSION, "as_of": as_of.isoformat(), "entities": entities}


def _placement(one: Placement, speaker: Speaker) -> dict[str, Any]:
    tests = [{"segment": step.segment, **_line(line)} for step in one.steps for line in speaker.lines(step.outcome)]
    return {"segment": one.segment, "result": _IS[one.result], "tests": tests}


def _line(line: Line) -> dict[str, Any]:
    return {"depth": line.depth, "test": line.text, "holds": _HOLDS[line.holds], "value": line.value}


def tidy(found: tuple[Why, ...], workspace: Workspace, dimensions: Dimensions) -> Table:
    """One table for a program: a row for each test of each segment."""
    held = as_dict(found, dt.date.min, workspace, dimensions)
    columns = ("id", "unit", "segment", "result", "test_of", "depth", "test", "holds", "value")
    rows = tuple(
        (entity["id"], entity["unit"], one["segment"], one["result"], test["segment"], test["depth"], test["test"], test["holds"], test["value"])
        for entity in held["entities"]
        for one in entity["segments"]
        for test in one["tests"] or ({"segment": one["segment"], "depth": 0, "test": "everybody", "holds": "yes", "value": ""},)
    )
    return Table("", tuple(Column(name) for name in columns), rows)
