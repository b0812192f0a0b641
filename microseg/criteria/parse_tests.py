"""A test of one dimension: `plan.state: free`, or `use.visits: {gte: 3, last: 30d}`."""


from microseg.criteria.ast import All, Criterion, Regularity, Test, Window
from microseg.criteria.dimensions import ALL_OPERATORS, LIST_OPERATORS, TYPE_WORDS, Dimension, operators_of
from microseg.criteria.parse_windows import REGULARITY_KEYS, WINDOW_KEYS, read_filters, read_regularity, read_window
from microseg.criteria.reading import (
    Fields,
    Reading,
    bracket_mend,
    form,
    listed,
    pairs,
    read_choice,
    read_count,
    shown,
)
from microseg.criteria.typed import read_pattern, read_truth, read_value
from microseg.criteria.values import Duration, Value, longer
from microseg.record import NamedTuple
from microseg.source.nearest import nearest
from microseg.source.nodes import Mapping, Node, Scalar, Sequence

EXTRA_KEYS = ("event", "feature", "platform", "min_n")
MISSING = ("exclude", "include")

_WINDOW_HELP = "say when: `last: 30d`, `from: 2026-01-01` with `to:`, or `ever: true`"
_TWO = 2


class _Extras(NamedTuple):
    """What a test carries beside its operators."""

    window: Window | None
    regularity: Regularity | None
    event: str | None
    feature: str | None
    platform: tuple[str, ...]
    min_n: int | None
    missing: str | None


def read_test(key: Scalar, value: Node, reading: Reading, dimension: Dimension) -> Criterion | None:
    """The test of a dimension, an `All` where several operators stand together; None where it is broken."""
    if isinstance(value, Mapping):
        return _read_long(key, value, reading, dimension)
    operator = _short_operator(value, dimension)
    if dimension.windowed == "always":
        reading.report("MS602", _no_window(dimension), key, help=f"write it with a window: {{{_example(dimension)}, last: 30d}}")
        return None
    values = _read_operand(operator, value, reading, dimension, short=True)
    return Test(dimension.id, operator, values, start=key.start, end=key.end) if values else None


def _short_operator(value: Node, dimension: Dimension) -> str:
    if dimension.type == "set":
        return "includes_any"
    return "in" if isinstance(value, Sequence) else "eq"


def _example(dimension: Dimension) -> str:
    return "includes_any: [a]" if dimension.type == "set" else "gte: 3"


def _no_window(dimension: Dimension) -> str:
    return f"{dimension.id} ({dimension.words}) is a behaviour, so it needs a window: over which time?"


def _read_long(key: Scalar, value: Mapping, reading: Reading, dimension: Dimension) -> Criterion | None:
    before = len(reading.problems)
    fields = _read_keys(value, reading, dimension)
    operators = [name for name in operators_of(dimension) if name in fields]
    extras = _read_extras(key, fields, reading, dimension)
    operands = [(name, _read_operand(name, fields[name][1], reading, dimension)) for name in sorted(operators, key=lambda name: fields[name][0].start)]
    if not operators and len(reading.problems) == before:
        help_ = f"add an operator: {listed(operators_of(dimension))}"
        reading.report("MS005", f"{dimension.id} stands here without a comparison", key, help=help_)
    if extras.regularity is not None and len(operators) > 1:
        reading.report("MS006", "`in_each` goes with one operator", fields[operators[1]][0], help="write `between: [low, high]` for a range")
    if len(reading.problems) > before:
        return None
    tests = tuple(_build(key, dimension, name, values, extras) for name, values in operands)
    return tests[0] if len(tests) == 1 else All(tests, key.start, key.end)


def _build(key: Scalar, dimension: Dimension, operator: str, values: tuple[Value, ...], extras: _Extras) -> Test:
    windowed = dimension.windowed != "never" or operator == "changed_to"
    return Test(
        dimension.id,
        operator,
        values,
        extras.window if windowed else None,
        extras.event,
        extras.feature,
        extras.platform,
        extras.min_n,
        extras.missing,
        extras.regularity,
        key.start,
        key.end,
    )


def allowed_keys(dimension: Dimension) -> tuple[str, ...]:
    """Every key that may stand in a test of a dimension, in the order they are documented."""
    extras = tuple(name for name in dimension.extras if name != "in_each")
    regular = REGULARITY_KEYS if "in_each" in dimension.extras else ()
    windows = WINDOW_KEYS if takes_window(dimension) else ()
    return tuple(dict.fromkeys((*operators_of(dimension), *windows, *regular, *extras, "missing")))


def takes_window(dimension: Dimension) -> bool:
    """May a test of it carry a window? Behaviours, platforms, and states (for `changed_to`)."""
    return dimension.windowed != "never" or dimension.type == "state"


def _read_keys(value: Mapping, reading: Reading, dimension: Dimension) -> Fields:
    allowed = allowed_keys(dimension)
    found: Fields = {}
    for key, node in pairs(value, reading):
        if key.value in allowed:
            found[key.value] = (key, node)
        else:
            _report_key(key, reading, dimension, allowed)
    return found


def _report_key(key: Scalar, reading: Reading, dimension: Dimension, allowed: tuple[str, ...]) -> None:
    name, type_words = key.value, TYPE_WORDS[dimension.type]
    fitting = f"{dimension.id} takes: {listed(operators_of(dimension))}"
    if name in WINDOW_KEYS or name == "in_each":
        message = f"{dimension.id} ({dimension.words}) takes no `{name}`: it is known as of today, not counted over a time"
        reading.report("MS601", message, key, help=f"leave `{name}` out")
    elif name in ALL_OPERATORS:
        reading.report("MS601", f"`{name}` does not fit {dimension.id}, which is {type_words}", key, help=fitting)
    elif name in (*EXTRA_KEYS, *REGULARITY_KEYS):
        reading.report("MS601", f"`{name}` does not belong to {dimension.id} ({dimension.words})", key, help=f"leave it out; known here: {listed(allowed)}")
    else:
        near = nearest(name, allowed)
        meant = f"did you mean `{near}`? " if near else ""
        reading.report("MS601", f"{shown(name)} is not an operator", key, help=meant + fitting)


def _read_operand(operator: str, node: Node, reading: Reading, dimension: Dimension, *, short: bool = False) -> tuple[Value, ...]:
    """The values behind an operator; empty where they are broken (the problem is reported)."""
    if operator == "is_set":
        truth = read_truth(node, reading, what="is_set")
        return () if truth is None else (truth,)
    if operator == "matches":
        pattern = read_pattern(node, reading, dimension=dimension)
        return () if pattern is None else (pattern,)
    if operator == "between":
        return _read_between(node, reading, dimension)
    if operator in LIST_OPERATORS:
        return _read_list(operator, node, reading, dimension, short=short)
    if isinstance(node, Sequence):
        help_ = "for any of several values, write `in: […]`" if operator == "eq" else "write one value"
        reading.report("MS004", f"`{operator}` takes one value, and this is a list", node, help=help_)
        return ()
    value = read_value(node, reading, dimension=dimension, mend=short)
    return () if value is None else (value,)


def _read_list(operator: str, node: Node, reading: Reading, dimension: Dimension, *, short: bool) -> tuple[Value, ...]:
    if isinstance(node, Sequence):
        values = [read_value(item, reading, dimension=dimension) for item in node.items]
        if not values:
            reading.report(
                "MS006",
                f"`{operator}` has an empty list, which nobody can match" if not short else f"{dimension.id} has an empty list of values, which nobody can match",
                node,
                help="name at least one value",
            )
        return () if None in values else tuple(dict.fromkeys(value for value in values if value is not None))
    if short:
        value = read_value(node, reading, dimension=dimension)
        return () if value is None else (value,)
    mend = bracket_mend(node)
    reading.report("MS004", f"`{operator}` takes a list, and this is {form(node)}", node, help=f"write {mend or '[first, second]'}", replacement=mend)
    return ()


def _read_between(node: Node, reading: Reading, dimension: Dimension) -> tuple[Value, ...]:
    if not isinstance(node, Sequence) or len(node.items) != _TWO:
        reading.report("MS004", f"`between` takes a list of two values, and this is {_count(node)}", node, help="write [lowest, highest]; both ends are included")
        return ()
    values = tuple(value for item in node.items if (value := read_value(item, reading, dimension=dimension)) is not None)
    if len(values) < _TWO:
        return ()
    if _above(values[0], values[1]):
        reading.report("MS006", "`between` has its higher value first, so nobody can match", node, help="write [lowest, highest]")
        return ()
    return values


def _above(first: Value, second: Value) -> bool:
    """Is the first certainly more than the second? Both are of one type that has an order."""
    if isinstance(first, Duration) and isinstance(second, Duration):
        return longer(first, second)
    return first > second  # type: ignore[operator]  # numbers or dates, both of one type


def _count(node: Node) -> str:
    return f"a list of {len(node.items)}" if isinstance(node, Sequence) else form(node)


def _read_extras(key: Scalar, fields: Fields, reading: Reading, dimension: Dimension) -> _Extras:
    for name in dimension.required:
        if name not in fields:
            reading.report("MS005", f"{dimension.id} needs `{name}:`", key, help=f"add `{name}:` with its name")
    regularity = read_regularity(fields, reading) if "in_each" in dimension.extras else None
    window = read_window(fields, reading, used="in_each" not in fields)
    _check_window(key, fields, reading, dimension)
    event, feature, platform = read_filters(fields, reading)
    return _Extras(
        window,
        regularity,
        event,
        feature,
        platform,
        read_count(fields["min_n"][1], reading, what="min_n", low=1) if "min_n" in fields else None,
        read_choice(fields["missing"][1], reading, what="missing", choices=MISSING) if "missing" in fields else None,
    )


def _check_window(key: Scalar, fields: Fields, reading: Reading, dimension: Dimension) -> None:
    given = [name for name in (*WINDOW_KEYS, "in_each") if name in fields]
    if "changed_to" in fields or dimension.windowed == "always":
        if not given:
            words = _no_window(dimension) if dimension.windowed == "always" else f"`changed_to` on {dimension.id} needs a window: changed over which time?"
            reading.report("MS602", words, key, help=_WINDOW_HELP)
    elif given and dimension.windowed == "never":
        message = f"{dimension.id} ({dimension.words}) takes no `{given[0]}`: it is known as of today, not counted over a time"
        reading.report("MS601", message, fields[given[0]][0], help=f"leave `{given[0]}` out; a window goes with `changed_to`")
