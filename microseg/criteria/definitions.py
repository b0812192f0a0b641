"""Named criteria: the ready-made ones, and how `use:` is replaced by what it names.

Ready-made definitions, where the articles give no number, take the common one: `wait-and-see` is an account under a
year (the article's own), `promoter`, `passive`, `detractor` and `satisfied` look at the newest answer of the last
year, and `growing`, `static`, `shrinking` compare 90 days with the 90 before, with 5 % as the line. `legacy` is
everyone who joined before the product's current major version: `version:` under `product:` in microseg.yaml, else the
newest major version anyone joined with. A workspace that defines one of these names replaces it.
"""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType

from microseg.criteria.ast import All, Bound, Criterion, Test, Trend, Use, Window, children, rebuild, references, walk
from microseg.criteria.values import CURRENT_VERSION, Duration, Value, Version, version_of
from microseg.record import replace
from microseg.source.problem import Note, Problem

MAX_PARTS = 2_000
MAX_LEVELS = 96

_QUARTER, _YEAR = Duration(90, "d"), Duration(1, "y")
_LINE = Fraction(5, 100)


def _recent(dimension: str, operator: str, *values: int) -> Test:
    return Test(dimension, operator, tuple(Fraction(value) for value in values), Window(last=_YEAR))


def _active_users(operator: str, *values: Fraction) -> Trend:
    return Trend("acct.active_users", _QUARTER, (Bound(operator, values),))


def _rank(*bounds: tuple[str, str]) -> Criterion:
    tests = tuple(Test("adopt.rank_pct", operator, (Fraction(value),)) for operator, value in bounds)
    return tests[0] if len(tests) == 1 else All(tests)


PRESETS: MappingProxyType[str, Criterion] = MappingProxyType(
    {
        "legacy": Test("acct.joined_version", "v_lt", (CURRENT_VERSION,)),
        "wait-and-see": Test("acct.age", "lt", (_YEAR,)),
        "promoter": _recent("sent.nps_score", "between", 9, 10),
        "passive": _recent("sent.nps_score", "between", 7, 8),
        "detractor": _recent("sent.nps_score", "between", 0, 6),
        "satisfied": _recent("sent.csat_score", "gte", 4),
        "free": Test("plan.state", "eq", ("free",)),
        "paid": Test("plan.state", "eq", ("paid",)),
        "rogers-innovator": _rank(("lte", "2.5")),
        "rogers-early-adopter": _rank(("gt", "2.5"), ("lte", "16")),
        "rogers-early-majority": _rank(("gt", "16"), ("lte", "50")),
        "rogers-late-majority": _rank(("gt", "50"), ("lte", "84")),
        "rogers-laggard": _rank(("gt", "84")),
        "growing": _active_users("gt", _LINE),
        "static": _active_users("between", -_LINE, _LINE),
        "shrinking": _active_users("lt", -_LINE),
    }
)


def with_presets(definitions: Mapping[str, Criterion]) -> dict[str, Criterion]:
    """The ready-made definitions, and a workspace's own over them."""
    return {**PRESETS, **definitions}


def resolve(criterion: Criterion, definitions: Mapping[str, Criterion], *, current: Version | None = None) -> Criterion:
    """The criterion with every `use:` replaced by what it names, whose parts take the place of the `use:`.

    `definitions` is what `with_presets` gives. A name that is unknown, that closes a cycle, or that would make
    the whole pass 2,000 parts or 96 levels stays a `Use` (MS102 and `find_cycles` tell of it): it evaluates as unknown.
    `current`, where it is known, stands in for the version `current`.
    """
    known: dict[str, Criterion | None] = {}
    for name in _inside_out(criterion, definitions):
        body = _replaced(definitions[name], known)
        known[name] = body if depth_of(body) <= MAX_LEVELS else None
    resolved = _replaced(criterion, known)
    resolved = resolved if depth_of(resolved) <= MAX_LEVELS else criterion
    return resolved if current is None else with_version(resolved, current)


def resolve_all(definitions: Mapping[str, Criterion], *, current: Version | None = None) -> dict[str, Criterion]:
    """Every definition resolved, once for a whole workspace: criteria then resolve against these without delay."""
    return {name: resolve(criterion, definitions, current=current) for name, criterion in definitions.items()}


def with_version(criterion: Criterion, current: Version) -> Criterion:
    """The criterion with the version `current` replaced by the major version of `current`."""
    major = version_of(current[:1])

    def changed(part: Criterion) -> Criterion:
        if not isinstance(part, Test) or CURRENT_VERSION not in part.values:
            return part
        values: tuple[Value, ...] = tuple(major if value == CURRENT_VERSION else value for value in part.values)
        return replace(part, values=values)

    return rebuild(criterion, changed)


def _names(criterion: Criterion) -> Iterator[str]:
    return (found.name for found in references(criterion) if found.kind == "definition")


def _inside_out(criterion: Criterion, definitions: Mapping[str, Criterion]) -> Iterator[str]:
    """Every definition the criterion needs, each after those it needs itself; a name on a cycle comes too early."""
    met: set[str] = set()
    path = [("", _names(criterion))]
    while path:
        name, needed = path[-1]
        following = next((found for found in needed if found in definitions and found not in met), None)
        if following is not None:
            met.add(following)
            path.append((following, _names(definitions[following])))
            continue
        path.pop()
        if name:
            yield name


def _replaced(criterion: Criterion, known: Mapping[str, Criterion | None]) -> Criterion:
    def changed(part: Criterion) -> Criterion:
        if not isinstance(part, Use):
            return part
        body = known.get(part.name)
        return part if body is None else rebuild(body, lambda inner: replace(inner, start=part.start, end=part.end))

    budget = 0
    for part in walk(criterion):
        body = known.get(part.name) if isinstance(part, Use) else None
        budget += 1 if body is None else sum(1 for _ in walk(body))
        if budget > MAX_PARTS:
            return criterion
    return rebuild(criterion, changed)


def depth_of(criterion: Criterion) -> int:
    """How many levels a criterion has; a test alone has one."""
    levels = 0
    row: tuple[Criterion, ...] = (criterion,)
    while row:
        levels += 1
        row = tuple(part for parent in row for part in children(parent))
    return levels


def find_cycles(definitions: Mapping[str, Criterion]) -> tuple[Problem, ...]:
    """MS610 once for each circle of definitions, MS007 for one that grows past all bounds.

    `definitions` are a workspace's own (with or without the ready-made ones), so all places are in microseg.yaml.
    """
    found: list[Problem] = []
    met: set[str] = set()
    circular: set[str] = set()
    for name in definitions:
        if name not in met:
            found += _circles_from(name, definitions, met, circular)
    found += _oversized(definitions, circular)
    return tuple(sorted(found, key=lambda problem: (problem.start, problem.end)))


def _circles_from(name: str, definitions: Mapping[str, Criterion], met: set[str], circular: set[str]) -> Iterator[Problem]:
    """Depth first without recursion: a name that is met while it is still open closes a circle."""
    met.add(name)
    opened = {name}
    path = [(name, iter(references(definitions[name])))]
    while path:
        found = next((item for item in path[-1][1] if item.kind == "definition" and item.name in definitions), None)
        if found is None:
            opened.discard(path.pop()[0])
            continue
        if found.name in opened:
            names = [step for step, _ in path]
            circle = names[names.index(found.name) :]
            circular.update(circle)
            yield _circle_problem(circle, definitions)
        elif found.name not in met:
            met.add(found.name)
            opened.add(found.name)
            path.append((found.name, iter(references(definitions[found.name]))))


def _circle_problem(circle: list[str], definitions: Mapping[str, Criterion]) -> Problem:
    steps = []
    for name, following in zip(circle, [*circle[1:], circle[0]], strict=True):
        steps.append(next(item for item in references(definitions[name]) if item.kind == "definition" and item.name == following))
    steps.sort(key=lambda item: item.start)
    way = " → ".join((*circle, circle[0]))
    notes = tuple(Note(item.start, item.end, f"uses `{item.name}`") for item in steps[1:4])
    return Problem("MS610", f"definitions go in a circle: {way}", steps[0].start, steps[0].end, "let one of them say what it means without the others", notes)


def _oversized(definitions: Mapping[str, Criterion], circular: set[str]) -> Iterator[Problem]:
    """Definitions whose parts multiply (each uses two of the next); only the innermost that is too big is told."""
    sizes: dict[str, tuple[int, int]] = {}
    whole = All(tuple(Use(name) for name in definitions))
    for name in _inside_out(whole, definitions):
        size, levels, innermost = _size(definitions[name], sizes)
        sizes[name] = (size, levels)
        if name not in circular and innermost and (size > MAX_PARTS or levels > MAX_LEVELS):
            first = next(_uses(definitions[name]), None)
            start, end = (first.start, first.end) if first else (0, 0)
            message = f"the definition `{name}` grows past {MAX_PARTS:,} criteria or {MAX_LEVELS} levels once the definitions it uses are put in"
            yield Problem("MS007", message, start, end, "use fewer definitions inside definitions")


def _uses(criterion: Criterion) -> Iterator[Use]:
    return (part for part in walk(criterion) if isinstance(part, Use))


def _size(criterion: Criterion, sizes: Mapping[str, tuple[int, int]]) -> tuple[int, int, bool]:
    """Parts and levels of a criterion with its definitions put in (an estimate from above), and whether those fit."""
    inner = [sizes.get(use.name, (1, 1)) for use in _uses(criterion)]
    size = sum(1 for _ in walk(criterion)) + sum(size for size, _ in inner)
    levels = depth_of(criterion) + max((levels for _, levels in inner), default=0)
    fits = all(size <= MAX_PARTS and levels <= MAX_LEVELS for size, levels in inner)
    return size, levels, fits
