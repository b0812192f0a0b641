"""From YAML nodes to criteria: combinators, and the door that the rest of the house calls.

Nothing here raises for what a user typed: every mistake is a `Problem` with the characters it stands on. Checks that
need the unit of the segment (user or account) are in `units.py`, because a unit is inherited and known only later.
"""

import re
from collections.abc import Callable
from types import MappingProxyType

from microseg.criteria.ast import All, AnyOf, Criterion, InSegment, NoneOf, Not, Reference, Use
from microseg.criteria.dimensions import Dimensions
from microseg.criteria.parse_tests import read_test
from microseg.criteria.parse_users import USERS_KEYS, read_trend, read_users
from microseg.criteria.reading import Reading, bracket_mend, form, is_absent, pairs, read_fields, read_text, shown
from microseg.record import NamedTuple
from microseg.source.nodes import Mapping, Node, Scalar, Sequence
from microseg.source.problem import Problem

_COMPARISON = re.compile(r"([A-Za-z_][\w.-]{0,40})\s*(>=|<=|=>|=<|<>|!=|>|<|==?)\s*([\w.%+-]{1,40})")
_SIGNS = {">=": "gte", "=>": "gte", "<=": "lte", "=<": "lte", ">": "gt", "<": "lt", "!=": "ne", "<>": "ne"}
_EXAMPLE = "for example `plan.state: free`"


class Parsed(NamedTuple):
    """What one `criteria:` says.

    `criterion` is None when nothing is asked (absent or `{}`), or when anything in it is broken: half a criterion
    would let in members that the writer keeps out. `references` are complete either way.
    """

    criterion: Criterion | None
    problems: tuple[Problem, ...]
    references: tuple[Reference, ...]


def parse_criteria(node: Node, dimensions: Dimensions) -> Parsed:
    """Read the value of a `criteria:` key, a definition, or any other place where criteria stand. Never raises."""
    if is_absent(node) or (isinstance(node, Mapping) and not node.keys):
        return Parsed(None, (), ())
    reading = Reading(dimensions)
    criterion = _read(node, reading)
    # what an alias repeats is one mistake, at one place
    problems = tuple(sorted(dict.fromkeys(reading.problems), key=lambda problem: (problem.start, problem.end)))
    return Parsed(None if problems else criterion, problems, tuple(sorted(reading.references, key=lambda found: found.start)))


def _read(node: Node, reading: Reading) -> Criterion | None:
    """A mapping of criteria, all of which must hold; None where it is broken."""
    if not isinstance(node, Mapping):
        help_ = "write one `- ` in front of each under `all:` or `any:`" if isinstance(node, Sequence) else _meant_by(node, reading)
        reading.report("MS004", f"criteria are dimensions with values, and this is {form(node)}", node, help=help_)
        return None
    if not node.keys:
        reading.report("MS006", "empty criteria say nothing", node, help=f"name a dimension, {_EXAMPLE}, or take this part out")
        return None
    parts = tuple(part for key, value in pairs(node, reading) if (part := _read_entry(key, value, reading)) is not None)
    if len(parts) == 1:
        return parts[0]
    return All(parts, node.start, node.end) if parts else None


def _meant_by(node: Node, reading: Reading) -> str:
    """How a comparison that was typed as in a spreadsheet (`headcount >= 10`) is written here."""
    compared = _COMPARISON.fullmatch(node.value.strip()) if isinstance(node, Scalar) else None
    if compared is None:
        return f"write dimensions with values, {_EXAMPLE}"
    name, sign, value = compared.groups()
    dimension = reading.dimensions.find(name) or reading.dimensions.find(reading.dimensions.nearest(name) or "")
    typed = f"{name if dimension is None else dimension.id}: {f'{{{_SIGNS[sign]}: {value}}}' if sign in _SIGNS else value}"
    return f"write it as `{typed}`" + (f", with a dimension that there is, or declare `{name}` under `dimensions:` in microseg.yaml" if dimension is None else "")


def _read_entry(key: Scalar, value: Node, reading: Reading) -> Criterion | None:
    combinator = _COMBINATORS.get(key.value)
    if combinator is not None:
        return combinator(key, value, reading)
    dimension = reading.dimensions.find(key.value)
    if dimension is not None:
        return read_test(key, value, reading, dimension)
    near = reading.dimensions.nearest(key.value, tuple(_COMBINATORS))
    help_ = f"did you mean `{near}`?" if near else "see the list of dimensions in the format's documentation, or add your own under `dimensions:` in microseg.yaml"
    if key.value in USERS_KEYS:
        help_ = f"`{key.value}` stands inside `users:`"
    reading.report("MS601", f"there is no dimension {shown(key.value)}", key, help=help_)
    _look_inside(value, reading)
    return None


def _look_inside(value: Node, reading: Reading) -> None:
    """Under a mistyped `anyy:` the names of definitions still count as used."""
    items = value.items if isinstance(value, Sequence) else []
    for item in items:
        if isinstance(item, Mapping):
            _read(item, Reading(reading.dimensions, [], reading.references))


def _read_list(key: Scalar, value: Node, reading: Reading) -> tuple[Criterion, ...] | None:
    """The parts under `all`, `any`, `none`; None where one of them is broken."""
    if not isinstance(value, Sequence):
        help_ = f"put each criterion on a line of its own under `{key.value}:`, with `- ` in front"
        reading.report("MS004", f"`{key.value}` takes a list of criteria, and this is {form(value)}", value, help=help_)
        if isinstance(value, Mapping):
            _read(value, Reading(reading.dimensions, [], reading.references))
        return None
    if not value.items:
        reading.report("MS006", f"`{key.value}` has an empty list", value, help="name at least one criterion, or take it out")
        return None
    parts = [_read(item, reading) for item in value.items]
    whole = tuple(part for part in parts if part is not None)
    return whole if len(whole) == len(parts) else None


def _read_all(key: Scalar, value: Node, reading: Reading) -> Criterion | None:
    parts = _read_list(key, value, reading)
    return None if parts is None else All(parts, key.start, key.end)


def _read_any(key: Scalar, value: Node, reading: Reading) -> Criterion | None:
    parts = _read_list(key, value, reading)
    return None if parts is None else AnyOf(parts, key.start, key.end)


def _read_none(key: Scalar, value: Node, reading: Reading) -> Criterion | None:
    parts = _read_list(key, value, reading)
    return None if parts is None else NoneOf(parts, key.start, key.end)


def _read_not(key: Scalar, value: Node, reading: Reading) -> Criterion | None:
    if isinstance(value, Sequence):
        reading.report("MS004", "`not` takes one criterion, and this is a list", value, help="write `none:` for a list of which nothing may hold")
        for item in value.items:
            _read(item, Reading(reading.dimensions, [], reading.references))
        return None
    part = _read(value, reading)
    return None if part is None else Not(part, key.start, key.end)


def _read_use(key: Scalar, value: Node, reading: Reading) -> Criterion | None:
    items = value.items if isinstance(value, Sequence) else [value]
    if not items:
        reading.report("MS006", "`use` has an empty list", value, help="name a definition, for example `use: power-user`")
        return None
    uses = tuple(use for item in items if (use := _read_name(item, reading)) is not None)
    if len(uses) < len(items):
        return None
    return uses[0] if len(uses) == 1 else All(uses, key.start, key.end)


def _read_name(node: Node, reading: Reading) -> Use | None:
    name = read_text(node, reading, what="`use`")
    if name is None:
        return None
    reading.references.append(Reference("definition", name, node.start, node.end))
    return Use(name, node.start, node.end)


def _read_segment(key: Scalar, value: Node, reading: Reading) -> Criterion | None:
    if not isinstance(value, Mapping):
        name = bracket_mend(value)
        mend = f"{{is: {name[1:-1]}}}" if name else None
        reading.report("MS004", f"`segment` takes `is:` or `is_not:`, and this is {form(value)}", value, help=f"write {mend or '{is: other-segment}'}", replacement=mend)
        return None
    fields = read_fields(value, reading, known=("is", "is_not"), what="`segment`")
    parts = tuple(part for name, (_, node) in fields.items() if (part := _read_membership(name, node, reading)) is not None)
    if not fields and not value.keys:
        reading.report("MS005", "`segment` names no segment", key, help="write {is: other-segment} or {is_not: other-segment}")
    if len(parts) == 1:
        return parts[0]
    return All(parts, key.start, key.end) if parts else None


def _read_membership(name: str, node: Node, reading: Reading) -> InSegment | None:
    segment = read_text(node, reading, what=f"`{name}`")
    if segment is None:
        return None
    reading.references.append(Reference("segment", segment, node.start, node.end))
    return InSegment(segment, name == "is", node.start, node.end)


def _read_users(key: Scalar, value: Node, reading: Reading) -> Criterion | None:
    return read_users(key, value, reading, read=_read)


_COMBINATORS: MappingProxyType[str, Callable[[Scalar, Node, Reading], Criterion | None]] = MappingProxyType(
    {
        "all": _read_all,
        "any": _read_any,
        "none": _read_none,
        "not": _read_not,
        "use": _read_use,
        "segment": _read_segment,
        "users": _read_users,
        "trend": read_trend,
    }
)
COMBINATORS = tuple(_COMBINATORS)
