"""Events in one scan, added up by entity for every span of days and every filter at once.

Where something looks from one day to another (visits, coming back), they are added up by entity and day first. Else
days are bits of a word while they are counted, and those of an account are the bits of its users taken together: a row
a user and day would be nearly as many rows as there are events.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from microseg.criteria.evaluate import Days
from microseg.measure import conversions, sql
from microseg.measure.facts import Facts, Filter, Measure, Return, Unit
from microseg.measure.sql import Select, Sql

_GAP_MINUTES = 30
_WORD = 60  # days: a signed number of 64 bits holds them without touching its sign
_MOST_DAYS = 366  # that are worth their bits
_EVERY, _ROWS = "n0", "rows"  # how many events, of a day and of an entity: those of strangers are counted by it, and told
_NAMELESS = "nameless_events"
Asked = Mapping[Measure | Return, str]


class _Scan(NamedTuple):
    """The one pass over the events: the column that counts those which pass each filter, and the days that it reads."""

    names: Mapping[Filter, str]
    days: Days


@dataclass(slots=True)
class Parts:
    """The named parts of a statement, in the order in which they are written; `also` are helping columns of a part."""

    names: dict[str, Select] = field(default_factory=dict)
    also: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, select: Select) -> None:
        """One more part; it may speak of those before it."""
        self.names[name] = select


def write_events(facts: Facts, parts: Parts) -> None:
    """From the table of events to `user_events`, `user_visits` and `account_events`, as far as they are asked for."""
    asked = _asked(facts)
    if not asked:
        return
    base = facts.events_name
    filters = {one: f"n{index}" for index, one in enumerate({Filter(): None} | _filters(asked))}
    scan = _Scan(filters, Days(_first_day(asked), facts.ground.data.as_of))
    in_minutes = {one: f"x{filters[one][1:]}" for measure in asked if isinstance(measure, Measure) and measure.what == "minutes" for one in [measure.filter]}
    has_visits = any(isinstance(one, Measure) and one.what == "visits" for one in asked)
    rolling = {one: alias for one, alias in asked.items() if isinstance(one, Return) and not one.calendar}
    source = _write_scan(facts, parts, asked, rolling)
    if not any(map(_needs_days, asked)):
        _write_at_once(facts, parts, scan)
        return
    columns = {name: _count(facts, one) for one, name in filters.items()} | {name: _minutes(facts, one) for one, name in in_minutes.items()}
    carried = _carried(facts, rolling)
    keys = ("u", "d", "v") if has_visits else ("u", "d")
    parts.add("visit_days" if has_visits else "days", _grouped(source, keys, columns | carried))
    summed = {name: sql.total(sql.column(name)) for name in columns} | {name: (sql.least if name.endswith("f") else sql.greatest)(sql.column(name)) for name in carried}
    if has_visits:
        parts.add("days", _grouped("visit_days", ("u", "d"), summed))
        _write_visits(facts, parts, scan, base)
    _write_entities(facts, parts, summed, scan, base)


def write_strays(facts: Facts, parts: Parts) -> Days | None:
    """Write `strays`: how many of the events that are read name nobody, and how many somebody who is in no table.

    The days that are read; None, and no such part, where no events are.
    """
    asked, base = _asked(facts), facts.events_name
    if not asked or f"{base}_rows" not in parts.names:
        return None
    source, every = (f"{base}_events", _ROWS) if f"{base}_events" in parts.names else ("days", _EVERY)
    count, who = sql.column(every, source), sql.column("u", source)
    nameless, strange = (sql.coalesced(sql.total(sql.case((held, count))), sql.number(0)) for held in (sql.is_null(who), sql.not_null(who)))
    if _NAMELESS in parts.names:
        nameless = sql.value_of(sql.select([sql.column("nameless")], sql.table(_NAMELESS)))
    chosen = sql.select([sql.named(nameless, "nameless"), sql.named(strange, "strange")], sql.table(source))
    known = sql.column("k", f"{base}_rows")
    parts.add("strays", chosen.join(sql.table(f"{base}_rows"), sql.compared(who, "eq", known), is_left=True).where(sql.is_null(known)))
    return Days(_first_day(asked), facts.ground.data.as_of)


def _asked(facts: Facts) -> Asked:
    return {**facts.user_events, **facts.account_events}


def _needs_days(one: Measure | Return) -> bool:
    """Does it look from one day to another, or at too many days for bits?"""
    return isinstance(one, Return) or one.what == "visits" or (one.what == "days" and _first_of_words(one.days) is None)


def _first_of_words(days: Days) -> range | None:
    """The first day of each word of bits that holds these days, by its number; None where there are too many of them."""
    if days.first is None or (days.last - days.first).days >= _MOST_DAYS:
        return None
    return range(days.first.toordinal(), days.last.toordinal() + 1, _WORD)


def _write_at_once(facts: Facts, parts: Parts, scan: _Scan) -> None:
    """One row an entity, straight from the events; a user's row has the pieces of what is asked of the account, too."""
    own, of_accounts = (facts.user_events, facts.account_events) if facts.events_know_users else (facts.account_events, {})
    columns = {alias: _of_pieces(one, _pieces(facts, one, scan)) for one, alias in _measures(own)}
    pieces = {alias: {f"{alias}_{number}": piece for number, piece in enumerate(_pieces(facts, one, scan))} for one, alias in _measures(of_accounts)}
    columns |= {name: piece for held in pieces.values() for name, piece in held.items()} | {_ROWS: sql.rows()}
    parts.add(f"{facts.events_name}_events", _grouped("events", ("u",), columns))
    if pieces:
        parts.add("account_events", _of_users({alias: _of_pieces(one, [_together(one)(sql.column(name)) for name in pieces[alias]]) for one, alias in _measures(of_accounts)}))


def _measures(asked: Asked) -> Iterator[tuple[Measure, str]]:
    return ((one, alias) for one, alias in asked.items() if isinstance(one, Measure))


def _pieces(facts: Facts, one: Measure, scan: _Scan) -> list[Sql]:
    """What is added up of a measure over the events of an entity: days as words of bits, all else as it is."""
    if one.what == "days":
        return [_word(facts, one, dt.date.fromordinal(first), scan) for first in _first_of_words(one.days) or ()]
    meant = _meant(facts, one, one.days, scan)
    if one.what == "minutes":
        return [sql.coalesced(sql.total(sql.case((meant, sql.column("x")))), sql.number(0))]
    return [sql.count_if(meant) if one.what == "events" else sql.least(sql.case((meant, sql.column("d"))))]


def _word(facts: Facts, one: Measure, first: dt.date, scan: _Scan) -> Sql:
    """The days from the first on that fit into a word, a bit for each that is meant."""
    last = min(first + dt.timedelta(days=_WORD - 1), one.days.last)
    meant = _meant(facts, one, Days(first, last), scan)
    return sql.joined_bits(sql.case((meant, sql.bit_of_day(sql.column("d"), sql.day(first))), default=sql.number(0)))


def _meant(facts: Facts, one: Measure, days: Days, scan: _Scan) -> Sql:
    """Is it an event on one of the days that passes the filter of a measure?"""
    passes = _passes(facts, one.filter)
    return sql.all_of([_within(days.first, days.last, scan.days), *([] if passes is None else [passes])])


def _of_pieces(one: Measure, pieces: Sequence[Sql]) -> Sql:
    return sql.added(map(sql.count_bits, pieces)) if one.what == "days" else pieces[0]


def _together(one: Measure) -> Callable[[Sql], Sql]:
    """How the pieces of users become that of their account, which asks for nothing but days: all else is a sum of what users have."""
    return sql.joined_bits if one.what == "days" else sql.least


def _of_users(columns: Mapping[str, Sql]) -> Select:
    """One row an account, of its users' rows."""
    account, its = sql.column("a", "user_rows"), sql.compared(sql.column("u", "user_events"), "eq", sql.column("k", "user_rows"))
    chosen = sql.select([sql.named(account, "u"), *(sql.named(what, name) for name, what in columns.items())], sql.table("user_events"))
    return chosen.join(sql.table("user_rows"), its).where(sql.not_null(account)).group_by(account)


def _filters(asked: Asked) -> dict[Filter, None]:
    found: dict[Filter, None] = {}
    for one in asked:
        if isinstance(one, Measure):
            found[one.filter] = None
        elif one.calendar:
            found |= {one.start: None, one.back: None}
    return found


def _grouped(source: str, keys: tuple[str, ...], columns: Mapping[str, Sql]) -> Select:
    chosen = [*map(sql.column, keys), *(sql.named(what, name) for name, what in columns.items())]
    return sql.select(chosen, sql.table(source)).group_by(*map(sql.column, keys))


def _write_scan(facts: Facts, parts: Parts, asked: Asked, rolling: Mapping[Return, str]) -> str:
    """The events of the days asked for, with no more columns than are looked at; the name of the part."""
    ground = facts.ground
    first = _first_day(asked)
    has_sessions = any(isinstance(one, Measure) and one.what == "visits" for one in asked) and not ground.data.has("event", "visit")
    read = _scan(facts, first, {one.what for one in asked if isinstance(one, Measure)}, is_rolling=bool(rolling))
    if has_sessions or rolling:  # what looks from one event of somebody to the next would take those of nobody for one busy person
        parts.add(_NAMELESS, sql.select([sql.named(sql.rows(), "nameless")], _scan(facts, first, set(), is_rolling=False).subquery("read")).where(sql.is_null(sql.column("u"))))
        read = sql.select([sql.star()], read.subquery("read")).where(sql.not_null(sql.column("u")))
    parts.add("events", read)
    source = "events"
    if has_sessions:
        source = _write_sessions(parts)
    if any(alias in facts.account_events.values() for alias in rolling.values()) and facts.events_know_users:
        joined = sql.select([sql.star(source), sql.column("a", "user_rows")], sql.table(source))
        parts.add("events_of_accounts", joined.join(sql.table("user_rows"), sql.compared(sql.column("u", source), "eq", sql.column("k", "user_rows")), is_left=True))
        source = "events_of_accounts"
    if rolling:
        firsts = [sql.named(_first_moment(facts, one, alias, ground.data.as_of), f"{alias}f") for one, alias in rolling.items()]
        parts.add("events_since", sql.select([sql.star(), *firsts], sql.table(source)))
        source = "events_since"
    return source


def _first_day(asked: Asked) -> dt.date | None:
    days = [one.days.first for one in asked]
    return None if None in days else min(one for one in days if one is not None)


def _scan(facts: Facts, first: dt.date | None, whats: set[str], *, is_rolling: bool) -> Select:
    ground, data = facts.ground, facts.ground.data
    writer = ground.writer(first)
    at = ground.column("event", "at")
    columns = {"u": ground.key("event", facts.events_name)}
    if is_rolling or ("visits" in whats and not data.has("event", "visit")):
        columns["m"] = conversions.moment_of(at, writer)
    if "visits" in whats and data.has("event", "visit"):
        columns["v"] = ground.column("event", "visit").expression
    if "minutes" in whats and data.has("event", "minutes"):
        columns["x"] = conversions.minutes_of(ground.column("event", "minutes"))
    looked_at = {"n": "name", "p": "platform", "f": "feature" if data.has("event", "feature") else "name"}
    columns |= {name: conversions.text_of(ground.column("event", part)) for name, part in looked_at.items() if data.has("event", part) and _looks_at(facts, name)}
    bounds = _raw_bounds(facts, at, first)
    raw = conversions.dated(columns, {"d": at}, ground.relation("event"), writer, bounds)
    if bounds is not None:
        return raw
    within = sql.within(sql.column("d"), None if first is None else sql.day(first), sql.day(data.as_of))
    return sql.select(map(sql.column, (*columns, "d")), raw.subquery("written")).where(within)


def _looks_at(facts: Facts, name: str) -> bool:
    """Does any filter look at the name, the platform, the feature of an event?"""
    filters = _filters({**facts.user_events, **facts.account_events}) | {one: None for held in (facts.user_events, facts.account_events) for ask in held if isinstance(ask, Return) for one in (ask.start, ask.back)}
    return any({"n": one.event is not None, "p": bool(one.platforms) or one.on_a_platform, "f": one.feature is not None}[name] for one in filters)


def _raw_bounds(facts: Facts, at: conversions.Column, first: dt.date | None) -> Sql | None:
    """The span of days said of the column itself, so that an engine can leave out what it need not read."""
    data, after = facts.ground.data, facts.ground.data.as_of + dt.timedelta(days=1)
    if at.physical == "date":
        return sql.within(at.expression, None if first is None else sql.day(first), sql.day(data.as_of))
    if at.physical not in {"timestamp", "instant"}:
        return None

    def start(day: dt.date) -> Sql:
        found = sql.moment(conversions.start_of(day, data.timezone))
        return sql.cast(found, "TIMESTAMPTZ") if at.physical == "instant" else found

    lowest = [] if first is None else [sql.compared(at.expression, "gte", start(first))]
    return sql.all_of([*lowest, sql.compared(at.expression, "lt", start(after))])


def _write_sessions(parts: Parts) -> str:
    """Where events carry no visit, half an hour without one begins a new visit; peers of one moment belong together."""
    before = sql.over(sql.function("LAG", sql.column("m")), by=[sql.column("u")], order=[sql.column("m")])
    pause = sql.plus(before, sql.interval(_GAP_MINUTES, "MINUTE"))
    begins = sql.case((sql.is_null(before), sql.number(1)), (sql.compared(sql.column("m"), "gte", pause), sql.number(1)), default=sql.number(0))
    parts.add("pauses", sql.select([sql.star(), sql.named(begins, "b")], sql.table("events")))
    visit = sql.over(sql.function("SUM", sql.column("b")), by=[sql.column("u")], order=[sql.column("m")])
    parts.add("events_in_visits", sql.select([sql.star(), sql.named(visit, "v")], sql.table("pauses")))
    return "events_in_visits"


def _passes(facts: Facts, wanted: Filter) -> Sql | None:
    """Does an event pass a filter? None: every event does."""
    bind = facts.ground.parameters.bind
    parts = [] if wanted.event is None else [sql.compared(sql.column("n"), "eq", bind(wanted.event))]
    parts += [] if wanted.feature is None else [sql.compared(sql.column("f"), "eq", bind(wanted.feature))]
    parts += [sql.among(sql.column("p"), [bind(one) for one in wanted.platforms])] if wanted.platforms else []
    parts += [sql.not_null(sql.column("p"))] if wanted.on_a_platform else []
    return sql.all_of(parts) if parts else None


def _count(facts: Facts, wanted: Filter) -> Sql:
    passes = _passes(facts, wanted)
    return sql.rows() if passes is None else sql.count_if(passes)


def _minutes(facts: Facts, wanted: Filter) -> Sql:
    passes = _passes(facts, wanted)
    return sql.coalesced(sql.total(sql.column("x") if passes is None else sql.case((passes, sql.column("x")))), sql.number(0))


def _first_moment(facts: Facts, one: Return, alias: str, as_of: dt.date) -> Sql:
    """The moment of an entity's first event that starts the clock, on each of its rows."""
    passes = [found] if (found := _passes(facts, one.start)) is not None else []
    starts = sql.all_of([*passes, _within(one.days.first, min(one.days.last, as_of), Days(None, dt.date.max))])
    by = "a" if alias in facts.account_events.values() and facts.events_know_users else "u"
    return sql.over(sql.least(sql.case((starts, sql.column("m")))), by=[sql.column(by)])


def _carried(facts: Facts, rolling: Mapping[Return, str]) -> dict[str, Sql]:
    """Of each rolling return, whether it came, and when its clock started."""
    found: dict[str, Sql] = {}
    for one, alias in rolling.items():
        passes = [held] if (held := _passes(facts, one.back)) is not None else []
        since = sql.column(f"{alias}f")
        low = sql.compared(sql.column("m"), "gte", sql.plus(since, sql.interval(one.low, "DAY")))
        high = [] if one.high is None else [sql.compared(sql.column("m"), "lt", sql.plus(since, sql.interval(one.high + 1, "DAY")))]
        found[alias] = sql.greatest(sql.as_int(sql.all_of([*passes, low, *high])))
        found[f"{alias}f"] = sql.least(sql.column(f"{alias}f"))
    return found


def _within(first: dt.date | None, last: dt.date, scanned: Days) -> Sql:
    """Is it a day of that span? Ends at which the scan begins or stops need not be asked for again."""
    low, high = first if first != scanned.first else None, last if last < scanned.last else None
    return sql.within(sql.column("d"), None if low is None else sql.day(low), None if high is None else sql.day(high))


def _write_visits(facts: Facts, parts: Parts, scan: _Scan, base: Unit) -> None:
    """Visits: those of an entity that have an event within the days which passes the filter."""
    asked = facts.user_events if base == "user" else facts.account_events
    found = {}
    for one, alias in asked.items():
        if isinstance(one, Measure) and one.what == "visits":
            seen = sql.all_of([sql.compared(sql.column(scan.names[one.filter]), "gt", sql.number(0)), _within(one.days.first, one.days.last, scan.days)])
            found[alias] = sql.greatest(sql.as_int(seen))
    parts.add("visits", _grouped("visit_days", ("u", "v"), found).where(sql.not_null(sql.column("v"))))
    parts.add(f"{base}_visits", _grouped("visits", ("u",), {alias: sql.total(sql.column(alias)) for alias in found}))


def _write_entities(facts: Facts, parts: Parts, summed: Mapping[str, Sql], scan: _Scan, base: Unit) -> None:
    """One row an entity, from the rows a day; an account's days are those of its users taken together."""
    if base == "account":
        _write_entity(parts, "account", "days", facts.account_events, scan)
        return
    if facts.user_events:
        _write_entity(parts, "user", "days", facts.user_events, scan)
    if not facts.account_events:
        return
    joined = sql.select([sql.named(sql.column("a", "user_rows"), "u"), sql.column("d", "days"), *(sql.named(what, name) for name, what in summed.items())], sql.table("days"))
    joined = joined.join(sql.table("user_rows"), sql.compared(sql.column("u", "days"), "eq", sql.column("k", "user_rows")))
    parts.add("account_days", joined.where(sql.not_null(sql.column("a", "user_rows"))).group_by(sql.column("a", "user_rows"), sql.column("d", "days")))
    _write_entity(parts, "account", "account_days", facts.account_events, scan)


def _write_entity(parts: Parts, unit: Unit, source: str, asked: Asked, scan: _Scan) -> None:
    returns = {one: alias for one, alias in asked.items() if isinstance(one, Return)}
    calendar = {one: alias for one, alias in returns.items() if one.calendar}
    if calendar:
        firsts = [sql.named(_first_of_days(one, scan), f"{alias}f") for one, alias in calendar.items()]
        parts.add(f"{source}_since", sql.select([sql.star(), *firsts], sql.table(source)))
        source = f"{source}_since"
    columns = {alias: _over_days(one, alias, scan) for one, alias in asked.items() if not (isinstance(one, Measure) and one.what == "visits")}
    columns |= {f"{alias}f": sql.least(sql.column(f"{alias}f")) for alias in returns.values()}
    parts.also[f"{unit}_events"] = [f"{alias}f" for alias in returns.values()]
    if columns:
        parts.add(f"{unit}_events", _grouped(source, ("u",), columns | {_ROWS: sql.total(sql.column(_EVERY))}))


def _first_of_days(one: Return, scan: _Scan) -> Sql:
    starts = sql.all_of([sql.compared(sql.column(scan.names[one.start]), "gt", sql.number(0)), _within(one.days.first, one.days.last, scan.days)])
    return sql.over(sql.least(sql.case((starts, sql.column("d")))), by=[sql.column("u")])


def _over_days(one: Measure | Return, alias: str, scan: _Scan) -> Sql:
    if isinstance(one, Return):
        return _came_back(one, alias, scan) if one.calendar else sql.greatest(sql.column(alias))
    counted, here = sql.column(scan.names[one.filter]), _within(one.days.first, one.days.last, scan.days)
    if one.what == "minutes":
        return sql.total(sql.case((here, sql.column(f"x{scan.names[one.filter][1:]}")), default=sql.number(0)))
    if one.what == "events":
        return sql.total(sql.case((here, counted), default=sql.number(0)))
    # where nothing is left out, a day that has a row has an event
    there = here if one.filter == Filter() else sql.all_of([here, sql.compared(counted, "gt", sql.number(0))])
    if one.what == "first":
        return sql.least(sql.case((there, sql.column("d"))))
    return sql.count_if(there)


def _came_back(one: Return, alias: str, scan: _Scan) -> Sql:
    since = sql.column(f"{alias}f")
    low = sql.compared(sql.column("d"), "gte", sql.plus(since, sql.interval(one.low, "DAY")))
    high = [] if one.high is None else [sql.compared(sql.column("d"), "lte", sql.plus(since, sql.interval(one.high, "DAY")))]
    return sql.greatest(sql.as_int(sql.all_of([sql.compared(sql.column(scan.names[one.back]), "gt", sql.number(0)), low, *high])))
