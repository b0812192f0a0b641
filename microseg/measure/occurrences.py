"""Events in one scan: added up by entity and day, then by entity, for every span of days and every filter at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlglot import exp

from microseg.measure import conversions, sql
from microseg.measure.facts import Facts, Filter, Measure, Return, Unit
from microseg.measure.sql import Sql

_GAP_MINUTES = 30
Asked = Mapping[Measure | Return, str]


@dataclass(slots=True)
class Parts:
    """The named parts of a statement, in the order in which they are written; `also` are helping columns of a part."""

    names: dict[str, exp.Select] = field(default_factory=dict)
    also: dict[str, list[str]] = field(default_factory=dict)

    def add(self, name: str, select: exp.Select) -> None:
        """One more part; it may speak of those before it."""
        self.names[name] = select


def write_events(facts: Facts, parts: Parts) -> None:
    """From the table of events to `user_events`, `user_visits` and `account_events`, as far as they are asked for."""
    asked: Asked = {**facts.user_events, **facts.account_events}
    if not asked:
        return
    base: Unit = "user" if facts.events_know_users else "account"
    filters = {one: f"n{index}" for index, one in enumerate(_filters(asked))}
    in_minutes = {one: f"x{filters[one][1:]}" for measure in asked if isinstance(measure, Measure) and measure.what == "minutes" for one in [measure.filter]}
    has_visits = any(isinstance(one, Measure) and one.what == "visits" for one in asked)
    rolling = {one: alias for one, alias in asked.items() if isinstance(one, Return) and not one.calendar}
    source = _write_scan(facts, parts, asked, rolling)
    columns = {name: _count(facts, one) for one, name in filters.items()} | {name: _minutes(facts, one) for one, name in in_minutes.items()}
    carried = _carried(facts, rolling)
    keys = ("u", "d", "v") if has_visits else ("u", "d")
    parts.add("visit_days" if has_visits else "days", _grouped(source, keys, columns | carried))
    summed = {name: sql.total(sql.column(name)) for name in columns} | {name: (exp.Min if name.endswith("f") else exp.Max)(this=sql.column(name)) for name in carried}
    if has_visits:
        parts.add("days", _grouped("visit_days", ("u", "d"), summed))
        _write_visits(facts, parts, filters, base)
    _write_entities(facts, parts, summed, filters, base)


def _filters(asked: Asked) -> dict[Filter, None]:
    found: dict[Filter, None] = {}
    for one in asked:
        if isinstance(one, Measure):
            found[one.filter] = None
        elif one.calendar:
            found |= {one.start: None, one.back: None}
    return found


def _grouped(source: str, keys: tuple[str, ...], columns: Mapping[str, Sql]) -> exp.Select:
    chosen = exp.select(*map(sql.column, keys), *(sql.named(what, name) for name, what in columns.items()))
    return chosen.from_(sql.table(source), copy=False).group_by(*map(sql.column, keys), copy=False)


def _write_scan(facts: Facts, parts: Parts, asked: Asked, rolling: Mapping[Return, str]) -> str:
    """The events of the days asked for, with no more columns than are looked at; the name of the part."""
    ground = facts.ground
    first = _first_day(asked)
    parts.add("events", _scan(facts, first, {one.what for one in asked if isinstance(one, Measure)}, bool(rolling)))
    source = "events"
    if any(isinstance(one, Measure) and one.what == "visits" for one in asked) and not ground.data.has("event", "visit"):
        source = _write_sessions(parts)
    if any(alias in facts.account_events.values() for alias in rolling.values()) and facts.events_know_users:
        joined = exp.select(exp.Column(this=exp.Star(), table=exp.to_identifier(source, quoted=True)), sql.column("a", "user_rows")).from_(sql.table(source), copy=False)
        parts.add("events_of_accounts", joined.join(sql.table("user_rows"), on=sql.compared(sql.column("u", source), "eq", sql.column("k", "user_rows")), copy=False))
        source = "events_of_accounts"
    if rolling:
        firsts = [sql.named(_first_moment(facts, one, alias, ground.data.as_of), f"{alias}f") for one, alias in rolling.items()]
        parts.add("events_since", exp.select(exp.Star(), *firsts).from_(sql.table(source), copy=False))
        source = "events_since"
    return source


def _first_day(asked: Asked) -> dt.date | None:
    days = [one.days.first for one in asked]
    return None if None in days else min(one for one in days if one is not None)


def _scan(facts: Facts, first: dt.date | None, whats: set[str], is_rolling: bool) -> exp.Select:
    ground, data = facts.ground, facts.ground.data
    writer = ground.writer(first)
    at = ground.column("event", "at")
    columns = {"u": ground.key("event", "user" if facts.events_know_users else "account")}
    if is_rolling or ("visits" in whats and not data.has("event", "visit")):
        columns["m"] = conversions.moment_of(at, writer)
    if "visits" in whats and data.has("event", "visit"):
        columns["v"] = ground.column("event", "visit").expression
    if "minutes" in whats and data.has("event", "minutes"):
        columns["x"] = conversions.minutes_of(ground.column("event", "minutes"))
    looked_at = {"n": "name", "p": "platform", "f": "feature" if data.has("event", "feature") else "name"}
    columns |= {name: conversions.text_of(ground.column("event", part)) for name, part in looked_at.items() if data.has("event", part) and _looks_at(facts, name)}
    key, bounds = sql.not_null(columns["u"]), _raw_bounds(facts, at, first)
    raw = conversions.dated(columns, {"d": at}, ground.relation("event"), writer, key if bounds is None else sql.all_of([key, bounds]))
    if bounds is not None:
        return raw
    within = sql.within(sql.column("d"), None if first is None else sql.day(first), sql.day(data.as_of))
    return sql.select(map(sql.column, (*columns, "d")), raw.subquery("written", copy=False)).where(within, copy=False)


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
    def over() -> exp.Window:
        return exp.Window(this=exp.Lag(this=sql.column("m")), partition_by=[sql.column("u")], order=_by_moment())

    pause = exp.Add(this=over(), expression=sql.interval(_GAP_MINUTES, "MINUTE"))
    begins = sql.case((sql.is_null(over()), sql.number(1)), (sql.compared(sql.column("m"), "gte", pause), sql.number(1)), default=sql.number(0))
    parts.add("pauses", exp.select(exp.Star(), sql.named(begins, "b")).from_(sql.table("events"), copy=False))
    visit = exp.Window(this=exp.Sum(this=sql.column("b")), partition_by=[sql.column("u")], order=_by_moment())
    parts.add("events_in_visits", exp.select(exp.Star(), sql.named(visit, "v")).from_(sql.table("pauses"), copy=False))
    return "events_in_visits"


def _by_moment() -> exp.Order:
    return exp.Order(expressions=[exp.Ordered(this=sql.column("m"), nulls_first=True)])


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
    return exp.Count(this=exp.Star() if passes is None else sql.case((passes, sql.number(1))))


def _minutes(facts: Facts, wanted: Filter) -> Sql:
    passes = _passes(facts, wanted)
    return sql.coalesced(sql.total(sql.column("x") if passes is None else sql.case((passes, sql.column("x")))), sql.number(0))


def _first_moment(facts: Facts, one: Return, alias: str, as_of: dt.date) -> Sql:
    """The moment of an entity's first event that starts the clock, on each of its rows."""
    passes = [found] if (found := _passes(facts, one.start)) is not None else []
    starts = sql.all_of([*passes, _within(one.days.first, min(one.days.last, as_of))])
    by = "a" if alias in facts.account_events.values() and facts.events_know_users else "u"
    return exp.Window(this=exp.Min(this=sql.case((starts, sql.column("m")))), partition_by=[sql.column(by)])


def _carried(facts: Facts, rolling: Mapping[Return, str]) -> dict[str, Sql]:
    """Of each rolling return, whether it came, and when its clock started."""
    found: dict[str, Sql] = {}
    for one, alias in rolling.items():
        passes = [held] if (held := _passes(facts, one.back)) is not None else []
        since = sql.column(f"{alias}f")
        low = sql.compared(sql.column("m"), "gte", exp.Add(this=since, expression=sql.interval(one.low, "DAY")))
        high = [] if one.high is None else [sql.compared(sql.column("m"), "lt", exp.Add(this=since, expression=sql.interval(one.high + 1, "DAY")))]
        found[alias] = exp.Max(this=sql.as_int(sql.all_of([*passes, low, *high])))
        found[f"{alias}f"] = exp.Min(this=sql.column(f"{alias}f"))
    return found


def _within(first: dt.date | None, last: dt.date) -> Sql:
    return sql.within(sql.column("d"), None if first is None else sql.day(first), sql.day(last))


def _write_visits(facts: Facts, parts: Parts, filters: Mapping[Filter, str], base: Unit) -> None:
    """Visits: those of an entity that have an event within the days which passes the filter."""
    asked = facts.user_events if base == "user" else facts.account_events
    found = {}
    for one, alias in asked.items():
        if isinstance(one, Measure) and one.what == "visits":
            seen = sql.all_of([sql.compared(sql.column(filters[one.filter]), "gt", sql.number(0)), _within(one.days.first, one.days.last)])
            found[alias] = exp.Max(this=sql.as_int(seen))
    parts.add("visits", _grouped("visit_days", ("u", "v"), found).where(sql.not_null(sql.column("v")), copy=False))
    parts.add(f"{base}_visits", _grouped("visits", ("u",), {alias: sql.total(sql.column(alias)) for alias in found}))


def _write_entities(facts: Facts, parts: Parts, summed: Mapping[str, Sql], filters: Mapping[Filter, str], base: Unit) -> None:
    """One row an entity, from the rows a day; an account's days are those of its users taken together."""
    if base == "account":
        _write_entity(parts, "account", "days", facts.account_events, filters)
        return
    if facts.user_events:
        _write_entity(parts, "user", "days", facts.user_events, filters)
    if not facts.account_events:
        return
    joined = exp.select(sql.named(sql.column("a", "user_rows"), "u"), sql.column("d", "days"), *(sql.named(what, name) for name, what in summed.items())).from_(sql.table("days"), copy=False)
    joined = joined.join(sql.table("user_rows"), on=sql.compared(sql.column("u", "days"), "eq", sql.column("k", "user_rows")), copy=False)
    parts.add("account_days", joined.where(sql.not_null(sql.column("a", "user_rows")), copy=False).group_by(sql.column("a", "user_rows"), sql.column("d", "days"), copy=False))
    _write_entity(parts, "account", "account_days", facts.account_events, filters)


def _write_entity(parts: Parts, unit: Unit, source: str, asked: Asked, filters: Mapping[Filter, str]) -> None:
    returns = {one: alias for one, alias in asked.items() if isinstance(one, Return)}
    calendar = {one: alias for one, alias in returns.items() if one.calendar}
    if calendar:
        firsts = [sql.named(_first_of_days(one, filters), f"{alias}f") for one, alias in calendar.items()]
        parts.add(f"{source}_since", exp.select(exp.Star(), *firsts).from_(sql.table(source), copy=False))
        source = f"{source}_since"
    columns = {alias: _over_days(one, alias, filters) for one, alias in asked.items() if not (isinstance(one, Measure) and one.what == "visits")}
    columns |= {f"{alias}f": exp.Min(this=sql.column(f"{alias}f")) for alias in returns.values()}
    parts.also[f"{unit}_events"] = [f"{alias}f" for alias in returns.values()]
    if columns:
        parts.add(f"{unit}_events", _grouped(source, ("u",), columns))


def _first_of_days(one: Return, filters: Mapping[Filter, str]) -> Sql:
    starts = sql.all_of([sql.compared(sql.column(filters[one.start]), "gt", sql.number(0)), _within(one.days.first, one.days.last)])
    return exp.Window(this=exp.Min(this=sql.case((starts, sql.column("d")))), partition_by=[sql.column("u")])


def _over_days(one: Measure | Return, alias: str, filters: Mapping[Filter, str]) -> Sql:
    if isinstance(one, Return):
        return _came_back(one, alias, filters) if one.calendar else exp.Max(this=sql.column(alias))
    counted, here = sql.column(filters[one.filter]), _within(one.days.first, one.days.last)
    if one.what == "minutes":
        return sql.total(sql.case((here, sql.column(f"x{filters[one.filter][1:]}")), default=sql.number(0)))
    if one.what == "events":
        return sql.total(sql.case((here, counted), default=sql.number(0)))
    # where nothing is left out, a day that has a row has an event
    there = here if one.filter == Filter() else sql.all_of([here, sql.compared(counted, "gt", sql.number(0))])
    if one.what == "first":
        return exp.Min(this=sql.case((there, sql.column("d"))))
    return exp.Count(this=sql.case((there, sql.number(1))))


def _came_back(one: Return, alias: str, filters: Mapping[Filter, str]) -> Sql:
    since = sql.column(f"{alias}f")
    low = sql.compared(sql.column("d"), "gte", exp.Add(this=since, expression=sql.interval(one.low, "DAY")))
    high = [] if one.high is None else [sql.compared(sql.column("d"), "lte", exp.Add(this=since, expression=sql.interval(one.high, "DAY")))]
    return exp.Max(this=sql.as_int(sql.all_of([sql.compared(sql.column(filters[one.back]), "gt", sql.number(0)), low, *high])))
