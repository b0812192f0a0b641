"""One random workspace over nasty rows, counted by an engine and by the oracle: every number must be the same."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from measure.draws import EVENTS, FEATURES, MEMBERS, OWN, Scene, columns_of, criterion
from measure.oracle import World, summed
from measure.written import EVERYTHING, workspace
from microseg.criteria.ast import Criterion, Window
from microseg.criteria.definitions import resolve, resolve_all, with_presets
from microseg.criteria.evaluate import Days, Question, days_of
from microseg.criteria.parse import parse_criteria
from microseg.criteria.values import Duration
from microseg.measure import expression as ex
from microseg.measure.counted import Counted
from microseg.measure.data import read_data
from microseg.measure.engines import Engine
from microseg.measure.expression import Setting, Sum
from microseg.measure.metric import Ask
from microseg.measure.run import Request, measure
from microseg.project import Project
from microseg.source.nodes import read_document
from microseg.source.text import clean

CURRENT = (3, 1)
UNITS = ("account", "user")
_STRAYS = re.compile(r".*: (from (?P<since>\S+) on, )?(?P<rows>[\d,]+) rows? names? (?P<whom>no user|a user).*")
OPERATORS = ("eq", "ne", "lt", "lte", "gt", "gte")


_BY_DAY = re.compile(r"visit|\"ever\"|\"to\"|\"1y\"")  # what is counted by a row a user and day: visits, and days without a beginning, or too many


def segments(seed: int, count: int, *, depth: int = 3, is_at_once: bool = False) -> list[dict[str, Any]]:
    """Two heads, one a unit, and below each so many segments with random criteria, some of them below each other.

    `is_at_once`: only criteria for which events are added up by user or account at once, not by day first.
    """
    chance = Random(f"segments {seed}")  # noqa: S311
    found: list[dict[str, Any]] = []
    for unit in UNITS:
        found.append({"name": unit, "id": unit, "unit": unit})
        names: list[str] = []
        for number in range(count):
            parent = chance.choice(names) if names and chance.random() < 0.2 else unit
            held = criterion(chance, unit, depth=depth, segments=tuple(names[:5]))
            while is_at_once and _BY_DAY.search(json.dumps(held)):
                held = criterion(chance, unit, depth=depth, segments=tuple(names[:5]))
            found.append({"name": f"{unit} {number}", "id": f"{unit}-{number}", "parent": parent, "criteria": held})
            names.append(f"{unit}-{number}")
    return found


def chains(typed: list[dict[str, Any]]) -> dict[str, tuple[str, tuple[Criterion, ...]]]:
    """For each segment its unit, and its criteria with those above it, read and resolved without the compiler."""
    definitions = resolve_all(with_presets({"team-default": _read({"plan.state": "free"})}), current=CURRENT)
    held = {one["id"]: one for one in typed}
    found = {}
    for one in typed:
        line, above = [], one
        while above is not None:
            line.append(above)
            above = held.get(above.get("parent"))
        found[one["id"]] = (line[-1]["unit"], tuple(resolve(_read(step["criteria"]), definitions, current=CURRENT) for step in line if "criteria" in step))
    return found


def _read(typed: Mapping[str, Any]) -> Criterion:
    document = read_document(json.dumps(typed, ensure_ascii=False))
    parsed = parse_criteria(document.root, OWN) if document.root is not None else None
    assert parsed is not None
    assert parsed.criterion is not None, (typed, parsed.problems)
    return parsed.criterion


def world(scene: Scene, typed: list[dict[str, Any]]) -> World:
    """The oracle's view of the same rows, with every table and column mapped."""
    return World(scene.rows, scene.as_of, scene.zone, OWN, EVERYTHING | columns_of("account").keys() | columns_of("user").keys(), chains(typed))


def drawn_sums(seed: int, setting: Setting, count: int = 12) -> tuple[Sum, ...]:
    """Random expressions of the algebra, each as a sum."""
    chance = Random(f"sums {seed} {setting.unit}")  # noqa: S311
    return tuple(Sum(f"x{number}", _truth(chance, setting, 2) if number % 2 else _number(chance, setting, 2)) for number in range(count))


def _criterion(chance: Random, unit: str) -> Criterion:
    return resolve(_read(criterion(chance, unit, depth=1)), resolve_all(with_presets({"team-default": _read({"plan.state": "free"})}), current=CURRENT), current=CURRENT)


def _day(chance: Random, setting: Setting) -> Any:
    return chance.choice((None, setting.as_of, *(days_of(Window(last=Duration(length, "d")), setting.as_of).first for length in (2, 31, 60))))


def _question(chance: Random, setting: Setting, name: str = "use.events") -> Question:
    first = chance.choice((None, days_of(Window(last=Duration(chance.choice((1, 30, 90)), "d")), setting.as_of).first))
    return Question(name, Days(first, setting.as_of), chance.choice((None, *EVENTS)), chance.choice((None, None, *FEATURES)), chance.choice(((), (chance.choice(MEMBERS[:5]),))))


def _truth(chance: Random, setting: Setting, depth: int) -> ex.Truth:
    kind = chance.randrange(9 if depth else 4)
    if kind == 0:
        return ex.Holds(_criterion(chance, setting.unit), _day(chance, setting))
    if kind == 1:
        return ex.Known(Question(chance.choice(("firmo.headcount", "plan.state", "acct.since"))))
    if kind == 2:
        low = chance.randrange(3)
        high = chance.choice((None, low, low + 7, low + 30))
        return ex.Returned(_question(chance, setting), _question(chance, setting), low, high, chance.random() < 0.5)
    if kind == 3:
        base = None if chance.random() < 0.5 else _criterion(chance, setting.unit)
        over = chance.choice((0, 25, 160))
        return ex.AdoptionBand(chance.choice(FEATURES), base, over, over + chance.choice((25, 340, 1000)))
    if kind == 4:
        return ex.Both(*(_truth(chance, setting, depth - 1) for _ in range(2)))
    if kind == 5:
        return ex.Either(*(_truth(chance, setting, depth - 1) for _ in range(2)))
    if kind == 6:
        return ex.Not(_truth(chance, setting, depth - 1))
    if kind == 7:
        return ex.Unknown(chance.choice((_truth, _number))(chance, setting, depth - 1))
    right: Any = chance.randrange(4) if chance.random() < 0.5 else _number(chance, setting, depth - 1)
    return ex.Compare(chance.choice(OPERATORS), _number(chance, setting, depth - 1), right)


def _number(chance: Random, setting: Setting, depth: int) -> ex.Number:
    kind = chance.randrange(12 if depth else 8)
    if kind == 0:
        return ex.PeopleWho(None if chance.random() < 0.3 else _criterion(chance, "user"), _day(chance, setting))
    if kind == 1:
        return ex.PeopleUnknown(_criterion(chance, "user"), _day(chance, setting))
    if kind == 2:
        return ex.Amount(_question(chance, setting, chance.choice(("use.events", "use.active_days"))), chance.choice((1, 100)))
    if kind == 3:
        return ex.Amount(Question(chance.choice(("plan.mrr", "firmo.headcount", "firmo.growth_rate"))), chance.choice((1, 10, 100)))
    if kind == 4:
        return ex.PeopleAmount(_question(chance, setting, "use.active_days"))
    if kind == 5:
        return ex.AmountOn(chance.choice(("plan.mrr", "firmo.headcount")), _day(chance, setting), chance.choice((1, 100)))
    if kind == 6:
        return ex.FirstDay(_question(chance, setting))
    if kind == 7:
        last = _day(chance, setting) or setting.as_of
        return ex.Eligible(days_of(Window(last=Duration(30, "d")), last).first, last)  # type: ignore[arg-type]
    if kind == 8:
        return ex.When(_truth(chance, setting, depth - 1), _number(chance, setting, depth - 1))
    if kind == 9:
        return ex.Plus(_number(chance, setting, depth - 1), chance.randrange(3))
    if kind == 10:
        return ex.Minus(_number(chance, setting, depth - 1), ex.One())
    return ex.Times(_number(chance, setting, 0), ex.One())


def count(root: Path, scene: Scene, places: Mapping[str, str], typed: list[dict[str, Any]], engine: Engine, *, seed: int | None = None) -> Counted:
    """What an engine counts in the workspace; `seed` draws sums for every segment too."""
    return measure(request_of(root, scene, places, typed, seed=seed), engine)


def request_of(root: Path, scene: Scene, places: Mapping[str, str], typed: list[dict[str, Any]], *, seed: int | None = None) -> Request:
    """What is asked of an engine."""
    project = Project.open(workspace(root, scene, places, typed))
    assert [one.message for one in project.findings().findings if one.severity == "error" and one.rule[:3] in {"MS0", "MS1"}] == []
    data = read_data(project.config.data)

    def asking(_: Any, settings: Mapping[str, Setting]) -> tuple[Ask, ...]:
        return () if seed is None else tuple(Ask("drawn", setting.unit, drawn_sums(seed, setting)) for setting in settings.values())

    return Request(project.workspace, project.dimensions, data, asking)


def differences(counted: Counted, oracle: World, *, seed: int | None = None) -> list[str]:
    """Every number of the engine that is not the oracle's."""
    found = []
    inside: dict[str, set[str]] = {}
    for one in counted.segments:
        unit, chain = oracle.segments[one.id]
        told = {member.row["id"]: member.in_segment(one.id) for member in oracle.everybody(unit)}
        inside[one.id] = {name for name, result in told.items() if result is True}
        wanted = (len(inside[one.id]), sum(result is None for result in told.values()))
        if (one.size, one.unknown) != wanted:
            found.append(f"{one.id}: {(one.size, one.unknown)}, and the oracle says {wanted}: {chain}")
    shared = ((both, len(inside[both.a] & inside[both.b])) for both in counted.overlaps)
    found += [f"overlap of {both.a} and {both.b}: {both.both}, and the oracle says {wanted}" for both, wanted in shared if both.both != wanted]
    if seed is not None:
        found += _sums_that_differ(counted, oracle, inside, seed)
    return found + _strays_that_differ(counted, oracle)


def _strays_that_differ(counted: Counted, oracle: World) -> list[str]:
    """What a run says of events that belong to nobody, of the days that it names."""
    told = [_STRAYS.fullmatch(one) for one in counted.notices if one.startswith(next(f"{clean(one.origin)}: " for one in counted.tables if one.table == "event"))]
    since = next((dt.date.fromisoformat(one["since"]) for one in told if one and one["since"]), dt.date.min)
    users = [row["user"] for row in oracle._dated(oracle.rows.events) if row["day"] >= since]
    wanted = {"no user": users.count(None), "a user": sum(one is not None and one not in oracle.people for one in users)}
    said = {one["whom"]: int(one["rows"].replace(",", "")) for one in told if one}
    return [] if said == {whom: rows for whom, rows in wanted.items() if rows} else [f"of events of nobody since {since} it is said {said}, and the oracle says {wanted}"]


def _sums_that_differ(counted: Counted, oracle: World, inside: Mapping[str, set[str]], seed: int) -> list[str]:
    found = []
    for unit in UNITS:
        members = {one.row["id"]: one for one in oracle.everybody(unit)}
        for one in drawn_sums(seed, Setting(oracle.as_of, oracle.zone, unit, OWN)):  # type: ignore[arg-type]
            worth = {name: summed(one.expression, (member,)) for name, member in members.items()}
            for segment in counted.segments:
                wanted = sum(worth[name] for name in inside[segment.id]) if segment.unit == unit else None
                if wanted is not None and segment.sums["drawn"][one.name] != wanted:
                    found.append(f"{segment.id}, {one.name}: {segment.sums['drawn'][one.name]}, and the oracle says {wanted}: {one.expression}")
                    break
    return found
