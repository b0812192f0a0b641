"""The parts of the statement that fill the columns of `measure.facts`: one row a user, one row an account.

events (one scan) → a row a day and entity → a row an entity; answers and changes likewise; then users and accounts with
all of it beside their traits. A part that nobody asked for is not written.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from microseg.measure import conversions, sql
from microseg.measure.answers import HIGHEST, SCORE_BITS, STAMP
from microseg.measure.facts import Change, Facts, Measure, Newest, Return, Scope, State, Unit
from microseg.measure.occurrences import Parts, write_events
from microseg.measure.sql import Select, Sql

_SHIFT = 10**17  # keeps moments before 1970 above zero
_SCORES = {"nps": (0, 10), "csat": (1, 5)}


def write_rows(facts: Facts, parts: Parts, unit: Unit) -> str:
    """Write one row a member of that unit, with its layer of tests and everything that this needs; the name of the last part.

    Accounts are counted with what their users add up to; users with what is known of their account.
    """
    data = facts.ground.data
    wants_accounts = unit == "account" or bool(facts.accounts.kept)
    wants_users = unit == "user" or bool(facts.rolled)
    if data.has("account"):
        _write_base(facts, parts, "account")
    if data.has("user") and (wants_users or (facts.account_events and facts.events_know_users)):
        _write_base(facts, parts, "user")
    write_events(facts, parts)
    _write_answers(facts, parts)
    _write_changes(facts, parts)
    users = _write_users(facts, parts) if wants_users else ""
    if facts.rolled:
        write_tests(facts.people, parts, users, "user_tests", ("k", "a"))
        _write_people(facts, parts)
    if wants_accounts:
        _write_accounts(facts, parts)
    return _write_bands(facts, parts, "account_tests" if unit == "account" else _write_members(facts, parts, users))


def _write_bands(facts: Facts, parts: Parts, tests: str) -> str:
    """The rank of each first day within a base that a criterion decides: only now is it known who is in it."""
    if not facts.bands:
        return tests
    columns: list[Sql] = [sql.star()]
    for (first, base), name in facts.bands.items():
        inside, begun = sql.as_int(base), sql.as_int(sql.is_null(first))
        ranked = sql.over(sql.function("RANK"), by=[inside, begun], order=[first])
        tied = sql.over(sql.rows(), by=[inside, first])
        twice = sql.minus(sql.plus(sql.times(ranked, sql.number(2)), tied), sql.number(1))
        columns.append(sql.named(sql.case((sql.all_of([base, sql.not_null(first)]), twice)), f"{name}r"))
        everybody = sql.over(sql.function("SUM", inside))
        columns.append(sql.named(sql.cast(everybody, sql.BIG), f"{name}n"))
    parts.add(f"{tests}_ranked", sql.select(columns, sql.table(tests)))
    return f"{tests}_ranked"


def _write_members(facts: Facts, parts: Parts, users: str) -> str:
    """Users as members themselves, beside the tests of their account."""
    if facts.accounts.kept:
        kept = facts.accounts.kept.values()
        joined = sql.select([sql.star(users), sql.named(sql.column("k", "account_tests"), "its_account"), *_columns("account_tests", kept)], sql.table(users))
        parts.add("members", _left(joined, "account_tests", "k", users, "a"))
        users = "members"
    write_tests(facts.members, parts, users, "member_tests", ("k", "a") if facts.ground.data.has("user", "account") else ("k",))
    return "member_tests"


def _write_base(facts: Facts, parts: Parts, table: Unit) -> None:
    """The traits of a table that are asked for, one row a key; where rows of one key disagree, nothing is known."""
    ground = facts.ground
    columns = {"k": ground.key(table, "key")}
    if table == "user" and ground.data.has("user", "account"):
        columns["a"] = ground.key("user", "account")
    days: dict[str, conversions.Column] = {}
    for alias, dimension in facts.traits.values():
        if ground.data.held[dimension.id].table == table:
            if ground.kind_of(dimension) == "date":
                days[alias] = ground.held_column(dimension)
            elif (trait := ground.trait(dimension)) is not None:
                columns[alias] = trait.expression
    chosen = conversions.dated(columns, days, ground.relation(table), ground.writer(), sql.not_null(ground.key(table, "key")))
    if table in ground.doubled:
        chosen = _agreed(chosen, (*columns, *days))
    parts.add(f"{table}_rows", chosen)


def _agreed(chosen: Select, names: tuple[str, ...]) -> Select:
    columns = [sql.named(sql.column("k"), "k")]
    for name in names[1:]:
        low, high = sql.least(sql.column(name)), sql.greatest(sql.column(name))
        columns.append(sql.named(sql.case((sql.compared(low, "eq", high), low)), name))
    return sql.select(columns, chosen.subquery("rows_of_key")).group_by(sql.column("k"))


def _write_answers(facts: Facts, parts: Parts) -> None:
    """The newest answer of each user in each span of days, packed with its moment."""
    if not facts.answers:
        return
    ground = facts.ground
    first = _earliest(newest.days.first for newest in facts.answers)
    writer = ground.writer(first)
    score = conversions.whole_of(ground.column("survey", "score"))
    at = conversions.micros(conversions.moment_of(ground.column("survey", "at"), writer), ground.dialect)
    kind = sql.lowered(conversions.text_of(ground.column("survey", "kind"))) if ground.data.has("survey", "kind") else sql.word("nps")
    columns = {"u": ground.key("survey", "user"), "k": kind, "s": score, "m": at}
    raw = conversions.dated(columns, {"d": ground.column("survey", "at")}, ground.relation("survey"), writer)
    packed = sql.plus(sql.times(sql.plus(sql.column("m"), sql.number(_SHIFT)), sql.number(SCORE_BITS)), sql.minus(sql.number(HIGHEST), sql.column("s")))
    parts.add("answers", sql.select([*map(sql.column, "udks"), sql.named(packed, "w")], raw.subquery("given")).where(sql.not_null(sql.column("u"))))
    newest = [sql.named(sql.greatest(sql.case((_is_answer(one), sql.column("w")))), alias) for one, alias in facts.answers.items()]
    parts.add("user_answers", sql.select([sql.column("u"), *newest], sql.table("answers")).group_by(sql.column("u")))


def _is_answer(newest: Newest) -> Sql:
    low, high = _SCORES[newest.kind]
    fits = [sql.compared(sql.column("k"), "eq", sql.word(newest.kind)), sql.within(sql.column("s"), sql.number(low), sql.number(high)), in_days(newest.days.first, newest.days.last)]
    return sql.all_of(fits)


def in_days(first: dt.date | None, last: dt.date) -> Sql:
    """Does the day of the row lie within the two, both included?"""
    return sql.within(sql.column("d"), None if first is None else sql.day(first), sql.day(last))


def _earliest(days: Iterable[dt.date | None]) -> dt.date | None:
    """The earliest of the days; None where one of them has no beginning."""
    found = list(days)
    return None if not found or None in found else min(one for one in found if one is not None)


def _write_changes(facts: Facts, parts: Parts) -> None:
    """What each dimension of an account was at the end of a day, and what it turned into within days."""
    if not facts.history:
        return
    ground = facts.ground
    writer = ground.writer()
    at = conversions.micros(conversions.moment_of(ground.column("history", "at"), writer), ground.dialect)
    columns = {
        "a": ground.key("history", "account"),
        "q": conversions.text_of(ground.column("history", "dimension")),
        "v": conversions.text_of(ground.column("history", "value")),
        "m": at,
    }
    raw = conversions.dated(columns, {"d": ground.column("history", "at")}, ground.relation("history"), writer)
    kept = [sql.not_null(sql.column("a")), sql.not_null(sql.column("v")), sql.compared(sql.column("d"), "lte", sql.day(ground.data.as_of))]
    parts.add("changes", sql.select(map(sql.column, "adqvm"), raw.subquery("written")).where(*kept))
    found = [sql.named(_past(one, facts), alias) for one, alias in facts.history.items()]
    parts.add("account_changes", sql.select([sql.column("a"), *found], sql.table("changes")).group_by(sql.column("a")))


def _past(what: State | Change, facts: Facts) -> Sql:
    dimension = sql.compared(sql.column("q"), "eq", facts.ground.parameters.bind(what.dimension))
    if isinstance(what, Change):
        became = sql.compared(sql.column("v"), "eq", facts.ground.parameters.bind(what.to))
        return sql.greatest(sql.as_int(sql.all_of([dimension, became, in_days(what.days.first, what.days.last)])))
    if what.what == "any":
        return sql.greatest(sql.case((dimension, sql.number(1))))
    stamp = sql.function("LPAD", sql.cast(sql.plus(sql.column("m"), sql.number(_SHIFT)), "TEXT"), sql.number(STAMP), sql.word("0"))
    stamped = sql.function("CONCAT", stamp, sql.column("v"))
    if facts.ground.dialect == "postgres":
        stamped = sql.in_order_of_bytes(stamped)
    newest = sql.greatest(sql.case((sql.all_of([dimension, in_days(None, what.on)]), stamped)))
    return sql.function("SUBSTR", newest, sql.number(STAMP + 1))


def _write_users(facts: Facts, parts: Parts) -> str:
    """Users with their own traits, their account's, and everything counted of them; the name of the part."""
    of_account, of_history = _asked_of_account(facts)
    joined = sql.select([sql.named(sql.column("k", "user_rows"), "k"), *_columns("user_rows", _own(facts, "user"))], sql.table("user_rows"))
    if facts.ground.data.has("user", "account"):
        joined = joined.and_columns(sql.named(sql.column("a", "user_rows"), "a"))
        if (of_account or of_history) and facts.ground.data.has("account"):
            joined = _left(joined, "account_rows", "k", "user_rows", "a").and_columns(sql.named(sql.column("k", "account_rows"), "account"), *_columns("account_rows", of_account))
        if of_history and facts.ground.data.has("account"):
            joined = _left(joined, "account_changes", "a", "account_rows", "k").and_columns(*_columns("account_changes", facts.history.values()))
    joined = _with_events(facts, parts, joined, "user")
    if facts.answers:
        joined = _left(joined, "user_answers", "u", "user_rows", "k").and_columns(*_columns("user_answers", facts.answers.values()))
    parts.add("users", joined)
    return _write_ranks(facts, parts, "user", "users")


def _asked_of_account(facts: Facts) -> tuple[list[str], bool]:
    """The columns of an account's traits that are asked of its users, and whether its past is."""
    seen = facts.traits_seen.get("user", {})
    names = [alias for alias, dimension in facts.traits.values() if dimension.id in seen and facts.ground.data.held[dimension.id].table == "account"]
    return names, "user" in facts.history_seen


def _own(facts: Facts, table: str) -> list[str]:
    return [alias for alias, dimension in facts.traits.values() if facts.ground.data.held[dimension.id].table == table]


def _columns(table: str, names: Iterable[str]) -> list[Sql]:
    return [sql.named(sql.column(name, table), name) for name in names]


def _left(select: Select, table: str, key: str, other: str, by: str) -> Select:
    return select.join(sql.table(table), sql.compared(sql.column(key, table), "eq", sql.column(by, other)), is_left=True)


def _with_events(facts: Facts, parts: Parts, joined: Select, unit: Unit) -> Select:
    rows, asked = f"{unit}_rows", facts.user_events if unit == "user" else facts.account_events
    for table in (f"{unit}_events", f"{unit}_visits"):
        names = [alias for measure, alias in asked.items() if _is_of(measure, table)]
        if names:
            names += parts.also.get(table, [])
            joined = _left(joined, table, "u", rows, "k").and_columns(*_columns(table, names))
    return joined


def _is_of(measure: Measure | Return, table: str) -> bool:
    return table.endswith("_visits") == (isinstance(measure, Measure) and measure.what == "visits")


def _write_ranks(facts: Facts, parts: Parts, unit: Unit, source: str) -> str:
    """The rank of each first day among all; the name of the part that has it."""
    asked = [(rank, alias) for (whose, rank), alias in facts.ranks.items() if whose == unit]
    if not asked:
        return source
    columns: list[Sql] = [sql.star(), sql.named(sql.over(sql.rows()), "everybody")]
    for rank, alias in asked:
        first = sql.column(rank.first)
        tied = sql.over(sql.rows(), by=[first])
        ranked = sql.over(sql.function("RANK"), order=[sql.as_int(sql.is_null(first)), first])
        columns.append(sql.named(sql.case((sql.not_null(first), sql.minus(sql.plus(sql.times(ranked, sql.number(2)), tied), sql.number(1)))), alias))
    parts.add(f"{source}_ranked", sql.select(columns, sql.table(source)))
    return f"{source}_ranked"


def write_tests(scope: Scope, parts: Parts, source: str, name: str, keys: tuple[str, ...]) -> None:
    """The layer of tests of a scope: its keys, and one column for each that is kept."""
    kept = [sql.named(what, alias) for what, alias in scope.kept.items()]
    parts.add(name, sql.select([*map(sql.column, keys), *kept], sql.table(source)))


def _write_people(facts: Facts, parts: Parts) -> None:
    """The users of each account added up."""
    rolled = [sql.named(what, alias) for what, alias in facts.rolled.items()]
    parts.add("people", sql.select([sql.column("a"), *rolled], sql.table("user_tests")).where(sql.not_null(sql.column("a"))).group_by(sql.column("a")))


def _write_accounts(facts: Facts, parts: Parts) -> None:
    """Accounts with their traits, their people and everything counted of them; then their tests."""
    joined = sql.select([sql.named(sql.column("k", "account_rows"), "k"), *_columns("account_rows", _own(facts, "account"))], sql.table("account_rows"))
    if facts.rolled:
        joined = _left(joined, "people", "a", "account_rows", "k").and_columns(*(sql.named(sql.coalesced(sql.column(name, "people"), sql.number(0)), name) for name in facts.rolled.values()))
    joined = _with_events(facts, parts, joined, "account")
    if facts.history:
        joined = _left(joined, "account_changes", "a", "account_rows", "k").and_columns(*_columns("account_changes", facts.history.values()))
    parts.add("accounts", joined)
    source = _write_ranks(facts, parts, "account", "accounts")
    write_tests(facts.accounts, parts, source, "account_tests", ("k",))
