"""Random criteria and nasty rows, the same for the same seed: what the engines and the oracle are both asked about.

Criteria are drawn as what a person would type (mappings and lists) and go through the parser like any other. Rows hold
what real tables hold: missing cells, orphans, moments on the very edge of a day or of a window, texts that look like code.
"""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from measure.oracle import Rows
from microseg.criteria.dimensions import LIST_OPERATORS, Dimension, Dimensions, operators_of

ZONES = ("UTC", "Europe/Berlin", "America/Los_Angeles", "Asia/Kathmandu", "Pacific/Apia", "Africa/Casablanca")
DAYS = (dt.date(2026, 6, 30), dt.date(2026, 3, 31), dt.date(2028, 2, 29), dt.date(2025, 10, 27))
TEXTS = (
    "free", "Free", "free ", " free", "paid", "O'Brien", '"; DROP TABLE users; --', "${env:HOME}", "${system:user.name}", "{{ x }}", "%s %(p0)s $p0 :p0 $1 ?",
    "back\\slash", "\\'", "100%", "under_score", "caf\u00e9", "cafe\u0301", "\uff26\uff32\uff25\uff25", "line\nbreak", "tab\there", "NULL", "null", "NA", "None", "nan", "00501",
    "1e3", "true", "\U0001f600", "stra\u00dfe", "\u0131stanbul", "$$", "/* x */", "a,b", "'", "N'x'", "@x", "\u4f01\u696d", "\u0627\u0644",
)  # fmt: skip
PATTERNS = ("^f", "[0-9]+", "free|paid", "^.re", "caf", "(?i)FREE", "a.b", "^$", "\\$", "O'B", "e{2}")
PARTS = ("free", "ree", "'", "%", "_", "\\", "${", "\u00e9", " ", "N", "0", "caf", "A")
MEMBERS = ("ios", "android", "desktop", "O'Brien", "${env:HOME}", "a b", "NULL", "sap", "100%")
VERSIONS = ("1", "2.9", "2.10", "3", "3.0", "3.0.1", "3.10.2", "v3.2", "v3", "12.0.0.1", "999999999")
ODD_VERSIONS = ("abc", "3.1-beta", "", "3.", "1.2.3.4.5.6.7.8.9", "1234567890", "v", "3..1", "current", " 3")
EVENTS = ("login", "report_export", "O'Brien", "${env:HOME}", "lesson")
FEATURES = ("reports", "offline", "${env:HOME}", "lesson")
LENGTHS = ("1d", "7d", "30d", "36h", "2w", "1mo", "3mo", "1y", "90d", "0d")
NUMBERS = ("0", "1", "2", "3", "5", "12", "0.5", "2.25", "100", "0.1", "0.3", "999.99")
OWN = Dimensions(
    (
        Dimension("plant.count", "number", "firmographic", "account", "plant count"),
        Dimension("plant.kind", "enum", "own", "account", "plant kind", values=("cement", "steel", "O'Brien")),
        Dimension("plant.risk", "ordinal", "own", "account", "plant risk", values=("low", "${env:HOME}", "high")),
        Dimension("plant.tags", "set", "own", "account", "plant tags"),
        Dimension("plant.renewal", "date", "own", "account", "plant renewal"),
        Dimension("plant.build", "version", "own", "account", "plant build"),
        Dimension("plant.phase", "state", "own", "account", "plant phase", values=("pilot", "live")),
        Dimension("own.flag", "boolean", "own", "user", "own flag"),
        Dimension("own.note", "text", "own", "user", "own note"),
        Dimension("own.spend", "money", "own", "user", "own spend"),
    )
)
# what is worked out from events, answers and other columns, and so has no column of its own
DERIVED = ("acct.age", "acct.active_users", "adopt.feature")
STATES = ("plan.state", "plant.phase")
COLUMNS = {"demo.gender": "select", "firmo.industry": "in dustry", "plan.tier": 'ti"er', "firmo.headcount": "Gro\u00dfe", "own.note": "it's"}


class Scene(NamedTuple):
    """A day, a zone, and the rows of five tables."""

    as_of: dt.date
    zone: str
    rows: Rows


def columns_of(table: str) -> dict[str, str]:
    """The dimensions that are columns of `account` or `user`, with their columns' names, some of which need quoting."""
    whose = [one for one in OWN.all() if one.windowed != "always" and one.id not in DERIVED and not one.id.startswith("adopt.")]
    mine = [one.id for one in whose if (one.of == "user" or one.id == "job.goal") == (table == "user")]
    return {name: COLUMNS.get(name, name.replace(".", "_")) for name in mine}


def scene(seed: int, *, accounts: int = 60, users: int = 150, events: int = 1_200, surveys: int = 250, changes: int = 150) -> Scene:
    """Rows around a day, most of them on the edges of what criteria ask about."""
    chance = Random(f"rows {seed}")  # noqa: S311 - drawn to be drawn again
    as_of, zone = chance.choice(DAYS), chance.choice(ZONES)
    names = [f"a{number}" if number % 7 else f"a'{number};${{env:HOME}}" for number in range(accounts)]
    people = [f"u{number}" if number % 11 else f'u"{number} --' for number in range(users)]
    return Scene(
        as_of,
        zone,
        Rows(
            tuple({"id": name, **_traits(chance, "account", as_of)} for name in names),
            tuple({"id": name, "account": _or_none(chance, [*names[:-3], "ghost"]), **_traits(chance, "user", as_of)} for name in people),
            tuple(_event(chance, people, as_of, zone) for _ in range(events)),
            tuple(_answer(chance, people, as_of, zone) for _ in range(surveys)),
            tuple(_changes(chance, names, as_of, zone, changes)),
        ),
    )


def _or_none(chance: Random, held: Any, rate: float = 0.15) -> Any:
    return None if chance.random() < rate else chance.choice(held)


def _traits(chance: Random, table: str, as_of: dt.date) -> dict[str, Any]:
    found = {}
    for name in columns_of(table):
        dimension = OWN.find(name)
        assert dimension is not None
        found[name] = None if chance.random() < 0.2 else _cell(chance, dimension, as_of)
    return found


def _cell(chance: Random, dimension: Dimension, as_of: dt.date) -> Any:
    if dimension.type == "set":
        return chance.choice((";", " ; ", "")) + "; ".join(chance.sample(MEMBERS, chance.randrange(4))) or ";"
    if dimension.type == "version":
        return chance.choice(ODD_VERSIONS[:2] + ODD_VERSIONS[3:]) if chance.random() < 0.2 else chance.choice(VERSIONS)
    if dimension.type == "date":
        return as_of - dt.timedelta(days=chance.choice((-3, 0, 1, 29, 30, 31, 90, 364, 365, 366, 800)))
    if dimension.type == "boolean":
        return chance.random() < 0.5
    if dimension.values:
        return chance.choice((*dimension.values, "elsewhere")) if dimension.type == "text" else chance.choice(dimension.values)
    return chance.choice(TEXTS) if dimension.type == "text" else Fraction(_number(chance, dimension))


def _number(chance: Random, dimension: Dimension) -> str:
    fitting = [text for text in (*NUMBERS, "-1", "-0.05") if _fits(Fraction(text), dimension)]
    return chance.choice(fitting)


def _fits(number: Fraction, dimension: Dimension) -> bool:
    return (dimension.low is None or number >= dimension.low) and (dimension.high is None or number <= dimension.high)


def _moment(chance: Random, as_of: dt.date, zone: str) -> dt.datetime | None:
    """On or beside the edge of a day, of the workspace's zone or of UTC, at a distance that windows ask about."""
    if chance.random() < 0.02:
        return None
    day = as_of - dt.timedelta(days=chance.choice((-40, -2, -1, 0, 0, 1, 1, 2, 6, 7, 8, 13, 14, 28, 29, 30, 31, 59, 60, 61, 89, 90, 91, 179, 180, 200, 365, 366, 500)))
    time = chance.choice((dt.time(), dt.time(0, 0, 0, 1), dt.time(23, 59, 59, 999999), dt.time(12), dt.time(12, 10), dt.time(12, 29, 59, 999999), dt.time(12, 40), dt.time(2, 30)))
    return dt.datetime.combine(day, time, chance.choice((ZoneInfo(zone), dt.UTC))).astimezone(dt.UTC)


def _event(chance: Random, people: list[str], as_of: dt.date, zone: str) -> dict[str, Any]:
    return {
        "user": "nobody" if chance.random() < 0.02 else _or_none(chance, people[: len(people) * 3 // 4], 0.03),
        "at": _moment(chance, as_of, zone),
        "name": _or_none(chance, EVENTS, 0.1),
        "minutes": None if chance.random() < 0.2 else Fraction(chance.choice(("0", "1", "0.5", "2.25", "10", "45"))),
        "platform": _or_none(chance, MEMBERS[:5]),
        "feature": _or_none(chance, FEATURES, 0.4),
        "visit": _or_none(chance, [f"v{number}" for number in range(40)]),
    }


def _answer(chance: Random, people: list[str], as_of: dt.date, zone: str) -> dict[str, Any]:
    score = chance.choice((0, 5, 6, 7, 8, 9, 10, 10, 11, -1, None, 3, 4, 1, 2))
    return {
        "user": _or_none(chance, [*people[: len(people) // 2], "nobody"], 0.03),
        "at": _moment(chance, as_of, zone),
        "kind": _or_none(chance, ("nps", "nps", "csat", "csat", "other"), 0.05),
        "score": None if score is None else Fraction(score),
    }


def _changes(chance: Random, names: list[str], as_of: dt.date, zone: str, count: int) -> Iterator[dict[str, Any]]:
    """No two changes of one thing at one moment: nobody could say which came last."""
    met = set()
    for _ in range(count):
        name, dimension = chance.choice((*names[: len(names) // 2], "ghost")), chance.choice((*STATES, "plan.mrr", "firmo.headcount", "plan.tier"))
        at = _moment(chance, as_of, zone)
        if (name, dimension, at) in met:
            continue
        met.add((name, dimension, at))
        held = OWN.find(dimension)
        assert held is not None
        value = _cell(chance, held, as_of)
        yield {"account": name, "at": at, "dimension": dimension, "value": str(Decimal(value.numerator) / value.denominator) if isinstance(value, Fraction) else value}


def criterion(chance: Random, unit: str, *, depth: int = 3, segments: tuple[str, ...] = ()) -> dict[str, Any]:
    """What somebody could type under `criteria:` of a segment of accounts or users; `segments` may be referred to."""
    kind = chance.random()
    if depth == 0 or kind < 0.45:
        return _leaf(chance, unit, segments)
    inner = [criterion(chance, unit, depth=depth - 1, segments=segments) for _ in range(chance.randint(1, 3))]
    if kind < 0.55 and len({key for one in inner for key in one}) == sum(len(one) for one in inner):
        return {key: value for one in inner for key, value in one.items()}
    if kind < 0.9:
        return {chance.choice(("all", "any", "none")): inner}
    return {"not": inner[0]}


def _leaf(chance: Random, unit: str, segments: tuple[str, ...]) -> dict[str, Any]:
    kind = chance.random()
    if kind < 0.05 and segments:
        return {"segment": {chance.choice(("is", "is_not")): chance.choice(segments)}}
    if kind < 0.1:
        fitting = ("wait-and-see", "legacy", "free", "paid", "growing", "static", "shrinking", "team-default") + (() if unit == "account" else ("promoter", "passive", "detractor", "satisfied"))
        return {"use": chance.choice(fitting)}
    if kind < 0.28 and unit == "account":
        return {"users": _users(chance)}
    if kind < 0.36:
        return {"trend": _trend(chance)}
    fitting_ones = [one for one in OWN.all() if _may_stand(one, unit)]
    dimension = chance.choice(fitting_ones)
    return {dimension.id: _test(chance, dimension)}


def _may_stand(dimension: Dimension, unit: str) -> bool:
    return unit == "user" or dimension.of != "user" or dimension.sums_up


def _users(chance: Random) -> dict[str, Any]:
    where = {"where": criterion(chance, "user", depth=chance.randint(0, 2))}
    kind = chance.randrange(7)
    if kind == 0:
        return {**where, "at_least": chance.randrange(4)}
    if kind == 1:
        return {**where, "at_most": chance.randrange(4)}
    if kind == 2:
        return {**where, "share": {chance.choice(("lt", "lte", "gt", "gte")): chance.choice((0, 0.3, 0.5, 1))}}
    if kind == 3:
        return {**where, "share": {"between": [0.25, 0.5]}, "at_least": 1}
    if kind == 4:
        return {**where, chance.choice(("every", "none")): True}
    if kind == 5:
        return {"at_least": chance.randrange(5)}
    side = chance.choice(("below_share_of", "above_share_of"))
    return {**where, side: chance.choice(("firmo.headcount", "plant.count")), "share": chance.choice((0, 0.02, 0.5, 1))}


def _trend(chance: Random) -> dict[str, Any]:
    of = chance.choice(("acct.active_users", "use.events", "use.active_days", "use.minutes", "use.visits", "feature.minutes", "use.minutes_per_visit"))
    bounds: dict[str, Any] = {chance.choice(("lt", "lte", "gt", "gte")): chance.choice((-0.5, -0.05, 0, 0.05, 0.5, 1))}
    if chance.random() < 0.3:
        bounds = {"between": [-0.05, 0.05]}
    return {"of": of, "over": chance.choice(("7d", "30d", "1mo", "90d")), **bounds, **_narrowed(chance, of), **_missing(chance)}


def _narrowed(chance: Random, name: str) -> dict[str, Any]:
    dimension = OWN.find(name)
    assert dimension is not None
    found: dict[str, Any] = {}
    if "event" in dimension.extras and chance.random() < 0.3:
        found["event"] = chance.choice(EVENTS)
    if "feature" in dimension.required or ("feature" in dimension.extras and chance.random() < 0.7):
        found["feature"] = chance.choice(FEATURES)
    if "platform" in dimension.extras and chance.random() < 0.3:
        found["platform"] = chance.sample(MEMBERS[:5], chance.randint(1, 2))
    if "min_n" in dimension.extras and chance.random() < 0.5:
        found["min_n"] = chance.randint(1, 4)
    return found


def _missing(chance: Random) -> dict[str, str]:
    return {"missing": chance.choice(("exclude", "include"))} if chance.random() < 0.2 else {}


def _window(chance: Random) -> dict[str, Any]:
    kind = chance.random()
    if kind < 0.6:
        return {"last": chance.choice(LENGTHS[:-1])}
    if kind < 0.75:
        return {"ever": True}
    first, until = sorted(chance.choice(("2025-10-26", "2026-01-01", "2026-03-29", "2026-06-01", "2026-06-30", "2026-07-15", "2028-02-28", "2028-02-29")) for _ in range(2))
    return chance.choice(({"from": first}, {"to": until}, {"from": first, "to": until}))


def _test(chance: Random, dimension: Dimension) -> Any:
    operator = chance.choice(operators_of(dimension))
    if dimension.windowed == "never" and operator in {"eq", "in"} and chance.random() < 0.5:
        return _operand(chance, dimension, operator)
    found: dict[str, Any] = {operator: _operand(chance, dimension, operator)}
    if operator == "changed_to" or dimension.windowed == "always" or (dimension.windowed == "optional" and chance.random() < 0.6):
        if "in_each" in dimension.extras and chance.random() < 0.25:
            of = chance.randint(1, 5)
            found |= {"in_each": chance.choice(("1d", "7d", "1mo")), "at_least": chance.randint(1, of), "of": of}
        else:
            found |= _window(chance)
    if operator in {"gte", "gt"} and dimension.type == "number" and "in_each" not in found and chance.random() < 0.2:
        found["lt"] = _operand(chance, dimension, "lt")
    return found | _narrowed(chance, dimension.id) | _missing(chance)


def _operand(chance: Random, dimension: Dimension, operator: str) -> Any:
    if operator == "is_set":
        return chance.random() < 0.5
    if operator == "between":
        return sorted((_operand(chance, dimension, "eq") for _ in range(2)), key=_order)
    if operator in LIST_OPERATORS:
        return [_operand(chance, dimension, "eq") for _ in range(chance.randint(1, 3))]
    if operator == "matches":
        return chance.choice(PATTERNS)
    if operator in {"contains", "starts_with", "ends_with"}:
        return chance.choice((*PARTS, *TEXTS[:8]))
    if dimension.values:
        return chance.choice(dimension.values)
    return _VALUES[dimension.type](chance, dimension)


def _order(value: Any) -> Any:
    return _ROUGH.get(value, value)


_ROUGH = {"1d": 24, "7d": 168, "30d": 720, "36h": 36, "2w": 336, "1mo": 730, "3mo": 2190, "1y": 8760, "90d": 2160, "0d": 0}
_VALUES = {
    "text": lambda chance, _: chance.choice(TEXTS),
    "set": lambda chance, _: chance.choice((*MEMBERS, *FEATURES)),
    "number": lambda chance, dimension: _plain(_number(chance, dimension)),
    "money": lambda chance, dimension: _plain(_number(chance, dimension)),
    "duration": lambda chance, _: chance.choice(LENGTHS),
    "date": lambda chance, _: chance.choice(("2024-04-20", "2025-06-30", "2026-06-29", "2026-06-30", "2026-03-30", "2028-02-28", "2027-03-01")),
    "version": lambda chance, _: chance.choice((*VERSIONS, "current")),
    "boolean": lambda chance, _: chance.random() < 0.5,
}


def _plain(text: str) -> int | float:
    return float(text) if "." in text else int(text)
