"""Criteria that look at many values: `users:` (the people inside an account) and `trend:` (growth over time)."""

from collections.abc import Callable
from fractions import Fraction

from microseg.criteria.ast import Bound, Criterion, Relative, Trend, Users
from microseg.criteria.dimensions import TYPE_WORDS, Dimension
from microseg.criteria.parse_tests import MISSING
from microseg.criteria.parse_windows import read_filters
from microseg.criteria.reading import Fields, Reading, form, is_absent, read_choice, read_count, read_duration, read_fields, read_number, read_text, read_true, shown
from microseg.source.nodes import Mapping, Node, Scalar, Sequence

USERS_KEYS = ("where", "at_least", "at_most", "share", "every", "none", "below_share_of", "above_share_of")
BOUNDS = ("lt", "lte", "gt", "gte", "between")
TREND_KEYS = ("of", "over", *BOUNDS, "event", "feature", "platform", "missing")

_HOW_MANY = "say how many: `at_least: 10`, `at_most: 3`, `share: {gte: 0.5}`, `every: true` or `none: true`"
_TWO = 2

Read = Callable[[Node, Reading], Criterion | None]


def read_users(key: Scalar, value: Node, reading: Reading, *, read: Read) -> Users | None:
    """How many people inside the account; None where it is broken. `read` reads the criteria under `where`."""
    if not isinstance(value, Mapping):
        reading.report("MS004", f"`users` takes `where:` and a count, and this is {form(value)}", value, help="write {where: …, at_least: 10}; several `users` go under `all:`")
        return None
    before = len(reading.problems)
    fields = read_fields(value, reading, known=USERS_KEYS, what="`users`")
    where = read(fields["where"][1], reading) if "where" in fields else None
    at_least, at_most = (read_count(fields[name][1], reading, what=name) if name in fields else None for name in ("at_least", "at_most"))
    relative = _read_relative(fields, reading)
    shares = read_bounds_of_share(fields, reading) if relative is None else ()
    every, none = (name in fields and read_true(fields[name][1], reading, what=name) for name in ("every", "none"))
    if len(reading.problems) == before:
        _check_users(key, fields, reading, counts=(at_least, at_most))
    if len(reading.problems) > before:
        return None
    return Users(where, at_least, at_most, shares, relative, every, none, key.start, key.end)


def _check_users(key: Scalar, fields: Fields, reading: Reading, *, counts: tuple[int | None, int | None]) -> None:
    at_least, at_most = counts
    if not fields.keys() - {"where"}:
        reading.report("MS005", "`users` does not say how many", key, help=_HOW_MANY)
    elif "where" not in fields and fields.keys() & {"every", "none", "share"} and not _relative_key(fields):
        reading.report("MS005", "`users` does not say which ones: `where:` is missing", key, help="add `where:` with criteria")
    elif "every" in fields and "none" in fields:
        reading.report("MS006", "`every` and `none` cannot both hold", fields["none"][0], help="keep one of them")
    elif at_least is not None and at_most is not None and at_least > at_most:
        reading.report("MS006", f"at least {at_least} and at most {at_most} cannot both hold", fields["at_most"][1], help="let `at_most` be the larger number")


def _relative_key(fields: Fields) -> str | None:
    return next((name for name in ("below_share_of", "above_share_of") if name in fields), None)


def _read_relative(fields: Fields, reading: Reading) -> Relative | None:
    """Few or many relative to a number of the account: `below_share_of: firmo.headcount, share: 0.02`."""
    name = _relative_key(fields)
    if name is None:
        return None
    key, node = fields[name]
    if "below_share_of" in fields and "above_share_of" in fields:
        reading.report("MS006", "`below_share_of` and `above_share_of` share one `share:`", fields["above_share_of"][0], help="write two `users:` under `all:`")
    if "share" not in fields:
        reading.report("MS005", f"`{name}` needs `share:`, the fraction it is compared with", key, help="add `share: 0.02` (2 %)")
        return None
    dimension = _read_dimension(node, reading, what=name)
    share = read_number(fields["share"][1], reading, what="share", low=0, high=1)
    if dimension is None or share is None:
        return None
    if dimension.type != "number" or dimension.windowed == "always":
        reading.report("MS601", f"{dimension.id} ({dimension.words}) is not a plain number to take a share of", node, help="name a number of the account, such as firmo.headcount")
        return None
    return Relative(name.removesuffix("_share_of"), dimension.id, share)


def _read_dimension(node: Node, reading: Reading, *, what: str) -> Dimension | None:
    name = read_text(node, reading, what=f"`{what}`")
    if name is None:
        return None
    dimension = reading.dimensions.find(name)
    if dimension is None:
        near = reading.dimensions.nearest(name)
        help_ = f"did you mean `{near}`?" if near else "name a dimension, such as firmo.headcount"
        reading.report("MS601", f"there is no dimension {shown(name)}", node, help=help_)
    return dimension


def read_bounds_of_share(fields: Fields, reading: Reading) -> tuple[Bound, ...]:
    """The bounds of a share of the account's users, from 0 to 1."""
    if "share" not in fields or _relative_key(fields):
        return ()
    node = fields["share"][1]
    if not isinstance(node, Mapping):
        value = node.value if isinstance(node, Scalar) and not is_absent(node) else None
        seen = form(node) if value is None else shown(value)
        help_ = "write a bound: share: {gte: 0.5}; or name what it is a share of: below_share_of: firmo.headcount"
        reading.report("MS004", f"`share` takes an operator and a number, and this is {seen}", node, help=help_)
        return ()
    bounds = read_fields(node, reading, known=BOUNDS, what="`share`")
    if not bounds and not node.keys:
        reading.report("MS005", "`share` has no operator", node, help="write {gte: 0.5}")
    return read_bounds(bounds, reading, low=0, high=1)


def read_bounds(fields: Fields, reading: Reading, *, low: int | None, high: int | None) -> tuple[Bound, ...]:
    """Every operator among the keys with its numbers, in the order they were typed."""
    bounds = []
    for name, (_, node) in fields.items():
        if name not in BOUNDS:
            continue
        values = _read_numbers(name, node, reading, low=low, high=high)
        if values is not None:
            bounds.append(Bound(name, values))
    return tuple(bounds)


def _read_numbers(name: str, node: Node, reading: Reading, *, low: int | None, high: int | None) -> tuple[Fraction, ...] | None:
    items = [node]
    if name == "between":
        if not isinstance(node, Sequence) or len(node.items) != _TWO:
            reading.report("MS004", "`between` takes a list of two numbers", node, help="write [lowest, highest]; both ends are included")
            return None
        items = node.items
    numbers = [read_number(item, reading, what=name, low=low, high=high) for item in items]
    values = tuple(value for value in numbers if value is not None)
    if len(values) < len(items):
        return None
    if len(values) == _TWO and values[0] > values[1]:
        reading.report("MS006", "`between` has its higher value first, so nobody can match", node, help="write [lowest, highest]")
        return None
    return values


def read_trend(key: Scalar, value: Node, reading: Reading) -> Trend | None:
    """Growth of a behaviour against the same length of time before; None where it is broken."""
    if not isinstance(value, Mapping):
        help_ = "write {of: acct.active_users, over: 90d, gt: 0.05}; several trends go under `all:`"
        reading.report("MS004", f"`trend` takes `of:`, `over:` and an operator, and this is {form(value)}", value, help=help_)
        return None
    before = len(reading.problems)
    fields = read_fields(value, reading, known=TREND_KEYS, what="`trend`")
    for name, example in (("of", "acct.active_users"), ("over", "90d")):
        if name not in fields:
            reading.report("MS005", f"`trend` needs `{name}:`", key, help=f"add `{name}: {example}`")
    dimension = _read_trended(fields, reading)
    over = read_duration(fields["over"][1], reading, what="over") if "over" in fields else None
    bounds = read_bounds(fields, reading, low=-1, high=None)
    if not any(name in fields for name in BOUNDS):
        reading.report("MS005", "`trend` does not say how much", key, help="add an operator: `gt: 0.05` (more than 5 % up), `between: [-0.05, 0.05]` (static)")
    event, feature, platform = read_filters(fields, reading)
    missing = read_choice(fields["missing"][1], reading, what="missing", choices=MISSING) if "missing" in fields else None
    if dimension is None or over is None or len(reading.problems) > before:
        return None
    return Trend(dimension.id, over, bounds, event, feature, platform, missing, key.start, key.end)


def _read_trended(fields: Fields, reading: Reading) -> Dimension | None:
    """The behaviour of a trend, with the filters that fit it."""
    if "of" not in fields:
        return None
    dimension = _read_dimension(fields["of"][1], reading, what="of")
    if dimension is None:
        return None
    if dimension.type != "number" or dimension.windowed != "always":
        message = f"{dimension.id} ({dimension.words}) is {TYPE_WORDS[dimension.type]} without a history, so it has no trend"
        reading.report("MS601", message, fields["of"][1], help="name a behaviour that is counted over time, such as acct.active_users")
        return None
    for name in ("event", "feature", "platform"):
        if name in fields and name not in dimension.extras:
            reading.report("MS601", f"`{name}` does not belong to {dimension.id} ({dimension.words})", fields[name][0], help=f"leave `{name}` out")
        elif name not in fields and name in dimension.required:
            reading.report("MS005", f"{dimension.id} needs `{name}:`", fields["of"][1], help=f"add `{name}:` with its name")
    return dimension
