"""What is wrong with the data, before anything is counted: with numbers, and where a file has lines, with line numbers.

Nothing here changes a number. What cannot be read is unknown or left out when segments are counted; this says how much
of it there is, and where.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from microseg.criteria.dimensions import Dimension, Dimensions
from microseg.measure import conversions, sql
from microseg.measure.data import Data, Described, did_you_mean
from microseg.measure.engines import Engine
from microseg.measure.files import lines_with
from microseg.measure.ground import Ground
from microseg.measure.sql import Sql
from microseg.measure.strays import A_OR_AN, is_strange, may_be_nameless, owners_of
from microseg.source.text import clean

_EXAMPLES = 5
_MOST_NAMES = 1_000
_LONGEST = 80  # of an example
_ZONED = r"(Z|[-+][0-9]{2}(:?[0-9]{2})?)$"


class Complaint(NamedTuple):
    """One thing that is wrong with a table, or worth knowing about it.

    `count` of `rows` are concerned; `examples` are lines of a file ("line 17") or values as they stand there. `serious`:
    numbers are wrong or missing because of it; else it is only worth knowing, such as a share of missing values.
    """

    table: str
    kind: str
    message: str
    help: str
    count: int  # type: ignore[assignment]  # the word of the report; nobody asks this tuple how often it holds a thing
    rows: int | None
    examples: tuple[str, ...]
    serious: bool


@dataclass(slots=True)
class _Table:
    """A table while it is looked at: once to hear what is to be counted, and again with all of it counted in one statement."""

    name: str
    ground: Ground
    engine: Engine
    rows: int
    timezone: str
    asked: dict[Sql, int] = field(default_factory=dict)
    is_counted: bool = False

    def count_all(self) -> None:
        """Count everything that was asked for."""
        self.is_counted = True
        if self.asked:
            counted = sql.select([sql.total(sql.as_int(where)) for where in self.asked], self.ground.relation(self.name))
            found = self.engine.run(counted, self.ground.parameters.values)[0]
            self.asked = {where: int(count or 0) for where, count in zip(self.asked, found, strict=True)}

    def how_many(self, where: Sql) -> int:
        """How many rows a truth holds for; 0 as long as nothing is counted."""
        return self.asked.setdefault(where, 0)

    def complaint(self, kind: str, message: str, count: int, *, help_: str = "", at: tuple[str, Sequence[str]] = ("", ()), serious: bool = True) -> Complaint:
        """`at`: a column and some of its values as they stand there; in a file their lines are told."""
        origin = self.ground.data.sources[self.name].origin
        column, values = at
        lines = lines_with(self.engine.text_files(self.name), column, frozenset(values)) if column else {}
        examples = sorted((clean(f"{lines[one]}: {one}".rstrip() if one in lines else one)[:_LONGEST] for one in values), key=_by_line)
        return Complaint(self.name, kind, f"{clean(origin)}: {message}", help_, count, self.rows, tuple(examples), serious)

    def column(self, part: str) -> str:
        """The name of the column that plays a part."""
        return self.ground.data.sources[self.name].columns[part]

    def some(self, what: Sql, where: Sql) -> list[str]:
        """A few of the values that are meant, in their order."""
        chosen = sql.select([sql.named(sql.cast(what, "TEXT"), "v")], self.ground.relation(self.name)).where(where).distinct()
        rows = self.engine.run(chosen.order_by(sql.column("v")).limit(_EXAMPLES), self.ground.parameters.values)
        return ["" if row[0] is None else str(row[0]) for row in rows]


def _by_line(example: str) -> tuple[int, str]:
    digits = example.removeprefix("line ").partition(":")[0].partition(" ")[0].replace(",", "")
    return (int(digits) if example.startswith("line ") and digits.isdigit() else 0), example


def check(data: Data, dimensions: Dimensions, engine: Engine) -> tuple[Complaint, ...]:
    """Everything that is found, table by table. Raises UsageError where a table cannot be opened at all."""
    opened = engine.open(data)
    lost = tuple(_lost_columns(data, opened.described))
    # whether a cell can be read does not hang on the zone, and without one the statements stay short
    ground = Ground(replace(_without_lost(data, opened.described), timezone="UTC"), opened.described, opened.relations, engine.dialect, dimensions)
    found: list[Complaint] = [*lost]
    for name in ground.data.sources:
        table = _Table(name, ground, engine, _rows(ground, engine, name), data.timezone)
        _looked_at(table)
        table.count_all()
        found += _looked_at(table)
    found += (Complaint("", "ragged", message, "mend the rows, put texts with separators in quotes, and save the file as CSV UTF-8", 0, None, (), serious=True) for message in engine.rejected())
    return tuple(found)


def _looked_at(table: _Table) -> list[Complaint]:
    return [one for look in _LOOKS for one in look(table)]


def _rows(ground: Ground, engine: Engine, name: str) -> int:
    return int(engine.run(sql.select([sql.rows()], ground.relation(name)), {})[0][0])


def _lost_columns(data: Data, described: Described) -> Iterator[Complaint]:
    for table, source in data.sources.items():
        there = described[table]
        wanted = [(f"data.tables.{table}.{part}", column) for part, column in source.columns.items()]
        wanted += [(f"data.dimensions.{name}", held.column) for name, held in data.held.items() if held.table == table]
        for where, column in wanted:
            if column not in there:
                help_ = f"its columns are: {', '.join(clean(one) for one in there)}"
                yield Complaint(table, "no column", f"{clean(source.origin)}: there is no column `{clean(column)}`, which {where} names{clean(did_you_mean(column, there))}", help_, 0, None, (), serious=True)


def _without_lost(data: Data, described: Described) -> Data:
    """The settings without columns that are not there; a table without its key is left out."""
    sources = {}
    for table, source in data.sources.items():
        columns = {part: column for part, column in source.columns.items() if column in described[table]}
        needed = {"key"} if table in {"account", "user"} else {"at"}
        if needed <= columns.keys():
            sources[table] = source._replace(columns=columns)
    held = {name: one for name, one in data.held.items() if one.table in sources and one.column in described[one.table]}
    return replace(data, sources=sources, held=held)


def _empty(table: _Table) -> Iterator[Complaint]:
    if table.is_counted and not table.rows:
        yield table.complaint("empty", "the table has no rows", 0, help_="look at what was exported")


def _keys(table: _Table) -> Iterator[Complaint]:
    """Rows without a key, and keys that stand in several rows."""
    if table.name not in {"account", "user"}:
        return
    key = table.ground.key(table.name, "key")
    without = table.how_many(sql.is_null(key))
    if without:
        yield table.complaint("no key", f"{without:,} of {table.rows:,} rows without a key are left out", without, help_="give each row the id of its account or user", at=(table.column("key"), [""]))
    if not table.is_counted:
        return
    grouped = sql.select([sql.named(sql.cast(key, "TEXT"), "k"), sql.named(sql.rows(), "n")], table.ground.relation(table.name))
    grouped = grouped.where(sql.not_null(key)).group_by(sql.cast(key, "TEXT")).having_that(sql.compared(sql.rows(), "gt", sql.number(1)))
    doubled = table.engine.run(sql.select([sql.rows(), sql.total(sql.column("n"))], grouped.subquery("keys")), table.ground.parameters.values)[0]
    if doubled[0]:
        some = table.engine.run(sql.select([sql.column("k")], grouped.subquery("keys")).order_by(sql.column("k")).limit(_EXAMPLES), table.ground.parameters.values)
        message = f"{doubled[0]:,} {'key stands' if doubled[0] == 1 else 'keys stand'} in more than one row ({doubled[1]:,} rows); each counts once, and where its rows disagree nothing is known"
        yield table.complaint("double key", message, int(doubled[0]), help_="keep one row a key", at=(table.column("key"), [str(row[0]) for row in some]))


def _orphans(table: _Table) -> Iterator[Complaint]:
    """Rows that name a user or an account that its table does not have: how well CRM and usage fit together."""
    data = table.ground.data
    for part in owners_of(table.name, data):
        here, orphan = table.ground.key(table.name, part), is_strange(table.name, part, table.ground)
        without, must = table.how_many(sql.is_null(here)), not may_be_nameless(table.name, data)
        if without:
            yield table.complaint("no key", f"{without:,} of {table.rows:,} rows name no {part}", without, help_=f"these rows count for no {part}", at=(table.column(part), [""]), serious=must)
        lost = table.how_many(orphan)
        if lost:
            some = table.some(here, orphan)
            rate = (table.rows - without - lost) * 100 / max(table.rows - without, 1)
            message = f"{lost:,} of {table.rows:,} rows name {A_OR_AN[part]} that is not in the table of {part}s; {rate:.1f} % match"
            yield table.complaint("orphans", message, lost, help_="check that both come from the same day and the same system", at=(table.column(part), some))


def _moments(table: _Table) -> Iterator[Complaint]:
    """Moments that cannot be read, that lie after the day of the run, or that come with a zone in some rows only."""
    data = table.ground.data
    if not data.has(table.name, "at"):
        return
    held, writer = table.ground.column(table.name, "at"), table.ground.writer()
    text, day = conversions.text_of(held), conversions.day_of(held, writer)
    yield from _unread(table, "moment", "moments", held, day)
    later = table.how_many(_is_later(table, held))
    if later:
        yield table.complaint("future", f"{later:,} of {table.rows:,} rows lie after {data.as_of}, and are not counted", later, help_="pass a later --as-of if they belong to it", serious=False)
    if held.physical == "text":
        with_time = sql.compared(sql.position(text, sql.word(":")), "gt", sql.number(0))
        zoned = table.how_many(sql.all_of([with_time, sql.matches(text, _ZONED)]))
        bare = table.how_many(sql.all_of([with_time, sql.negated(sql.matches(text, _ZONED))]))
        if zoned and bare:
            yield table.complaint("mixed zones", f"{zoned:,} moments say their zone and {bare:,} do not; those are taken for UTC", min(zoned, bare), help_="export all of them in UTC")


def _is_later(table: _Table, held: conversions.Column) -> Sql:
    """Does a day or a moment lie after the day of the run, which ends when it ends in the workspace's zone?"""
    data, writer = table.ground.data, table.ground.writer()
    by_day = sql.compared(conversions.day_of(held, writer), "gt", sql.day(data.as_of))
    if held.physical == "date":
        return by_day
    end = sql.moment(conversions.start_of(data.as_of + dt.timedelta(days=1), table.timezone))
    by_moment = sql.compared(conversions.moment_of(held, writer), "gte", end)
    if held.physical != "text":
        return by_moment
    has_time = sql.compared(sql.position(conversions.text_of(held), sql.word(":")), "gt", sql.number(0))
    return sql.case((has_time, by_moment), default=by_day)


def _unread(table: _Table, kind: str, words: str, held: conversions.Column, read: Sql) -> Iterator[Complaint]:
    """Cells with something in them that is not what it should be."""
    broken = conversions.is_unreadable(held, read)
    count = table.how_many(broken)
    if count:
        at = (held.expression.name, table.some(held.expression, broken))
        yield table.complaint("cannot be read", f"{count:,} of {table.rows:,} {words} cannot be read, and count as missing", count, help_=f"write them as {_WRITTEN[kind]}", at=at)


_WRITTEN = {
    "moment": "2026-06-30T14:05:00Z or 2026-06-30",
    "number": "1234.5, without signs of currency or thousands",
    "date": "2026-06-30",
    "version": "3.10.2",
    "boolean": "true or false",
    "minutes": "minutes of 0 and more",
    "score": "a whole number of the scale",
    "value": "one of the values of the dimension",
}


def _minutes(table: _Table) -> Iterator[Complaint]:
    if table.name != "event" or not table.ground.data.has("event", "minutes"):
        return
    held = table.ground.column("event", "minutes")
    yield from _unread(table, "minutes", "lengths", held, conversions.minutes_of(held))
    missing = table.how_many(sql.is_null(conversions.text_of(held)))
    if missing:
        yield table.complaint("missing", f"{missing:,} of {table.rows:,} events say no minutes, and add none", missing, serious=False)


def _scores(table: _Table) -> Iterator[Complaint]:
    """Answers off the scale: an 11 of 10."""
    if table.name != "survey" or not table.ground.data.has("survey", "score"):
        return
    held = table.ground.column("survey", "score")
    kind = sql.lowered(conversions.text_of(table.ground.column("survey", "kind"))) if table.ground.data.has("survey", "kind") else sql.word("nps")
    score = conversions.whole_of(held)
    fits = sql.any_of([sql.all_of([sql.compared(kind, "eq", sql.word(name)), sql.within(score, sql.number(low), sql.number(high))]) for name, low, high in (("nps", 0, 10), ("csat", 1, 5))])
    known = sql.among(kind, [sql.word("nps"), sql.word("csat")])
    others = table.how_many(sql.coalesced(sql.negated(known), sql.true()))
    if others:
        yield table.complaint("kind", f"{others:,} of {table.rows:,} answers are neither nps nor csat, and are not counted", others, help_="name their kind in the column that `kind:` names", serious=False)
    off = sql.all_of([known, sql.coalesced(sql.negated(fits), sql.true())])
    count = table.how_many(off)
    if count:
        yield table.complaint("off the scale", f"{count:,} of {table.rows:,} answers are off the scale (0 to 10 for nps, 1 to 5 for csat), and are not counted", count, help_="look at how they were asked", at=(table.column("score"), table.some(held.expression, off)))


def _dimensions(table: _Table) -> Iterator[Complaint]:
    """Of each dimension in the table: how many values are missing, unreadable, out of range or not in its list."""
    for name, held in table.ground.data.held.items():
        dimension = table.ground.dimensions.find(name)
        trait = None if dimension is None else table.ground.trait(dimension)
        if held.table != table.name or dimension is None or trait is None or not table.rows:
            continue
        column = conversions.Column(sql.column(held.column), table.ground.described[held.table][held.column], tuple(table.ground.parameters.bind(one) for one in table.ground.data.sources[held.table].nulls))
        text = conversions.text_of(column)
        missing = table.how_many(sql.is_null(text))
        if missing:
            yield table.complaint("missing", f"{name} is missing in {missing:,} of {table.rows:,} rows ({missing * 100 / table.rows:.1f} %)", missing, serious=False)
        word = {"money": "number", "duration": "date"}.get(dimension.type, dimension.type)
        if word in _WRITTEN:
            yield from _unread(table, word, f"values of {name}", column, trait.expression)
        yield from _out_of_range(table, dimension, trait.expression)
        yield from _not_listed(table, dimension, trait.expression)


def _out_of_range(table: _Table, dimension: Dimension, value: Sql) -> Iterator[Complaint]:
    if dimension.type in {"date", "duration"} and table.ground.trait(dimension).kind == "date":  # type: ignore[union-attr]  # it has a column
        later = table.how_many(_is_later(table, table.ground.held_column(dimension)))
        if later:
            yield table.complaint("future", f"{dimension.id} lies after {table.ground.data.as_of} in {later:,} of {table.rows:,} rows", later, help_="look at how the dates were written", serious=False)
    if dimension.type not in {"number", "money"} or (dimension.low is None and dimension.high is None):
        return
    bounds = [] if dimension.low is None else [sql.compared(value, "lt", _bound(dimension.low))]
    bounds += [] if dimension.high is None else [sql.compared(value, "gt", _bound(dimension.high))]
    count = table.how_many(sql.any_of(bounds))
    if count:
        yield table.complaint("out of range", f"{dimension.id} is out of range in {count:,} of {table.rows:,} rows", count, help_="look at its unit", at=_cells(table, dimension, sql.any_of(bounds)))


def _cells(table: _Table, dimension: Dimension, where: Sql) -> tuple[str, list[str]]:
    """The column of a dimension, and some of the cells that are meant."""
    column = table.ground.data.held[dimension.id].column
    return column, table.some(sql.column(column), where)


def _bound(value: object) -> Sql:
    return sql.cast(sql.word(str(value)), sql.NUMBER)


def _not_listed(table: _Table, dimension: Dimension, value: Sql) -> Iterator[Complaint]:
    """Values that no criterion can name: `Paid` where the dimension says `paid`."""
    if not dimension.values or dimension.type == "set":
        return
    bind = table.ground.parameters.bind
    other = sql.all_of([sql.not_null(value), sql.negated(sql.among(value, [bind(one) for one in dimension.values]))])
    count = table.how_many(other)
    if count:
        yield table.complaint("not in the list", f"{dimension.id} has a value that is not in its list in {count:,} of {table.rows:,} rows", count, help_=f"its values are: {', '.join(dimension.values)}", at=_cells(table, dimension, other))


def _history(table: _Table) -> Iterator[Complaint]:
    """Changes of dimensions that nobody knows."""
    if table.name != "history" or not table.is_counted or not table.ground.data.has("history", "dimension"):
        return
    named = conversions.text_of(table.ground.column("history", "dimension"))
    names = sql.select([sql.named(named, "v")], table.ground.relation(table.name)).distinct().limit(_MOST_NAMES)
    rows = table.engine.run(names, table.ground.parameters.values)
    unknown = sorted(str(row[0]) for row in rows if row[0] is not None and table.ground.dimensions.find(str(row[0])) is None)
    if unknown:
        yield table.complaint("dimension", f"{len(unknown):,} names of dimensions are not known, and their changes are not counted", len(unknown), help_="write them as microseg names them, such as plan.state", at=(table.column("dimension"), unknown[:_EXAMPLES]), serious=False)


_LOOKS: tuple[Callable[[_Table], Iterator[Complaint]], ...] = (_empty, _keys, _orphans, _moments, _minutes, _scores, _history, _dimensions)
