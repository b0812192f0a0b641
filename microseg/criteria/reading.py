"""Reading one node of criteria: what was typed, what it should have been, and where; shared by all parsers here."""

import re
from collections.abc import Collection, Iterable
from fractions import Fraction

from microseg.criteria.ast import Reference
from microseg.criteria.dimensions import Dimensions
from microseg.criteria.values import ABSENT, Duration, duration, number
from microseg.source.edits import TextEdit
from microseg.source.nearest import nearest
from microseg.source.nodes import Mapping, Node, Scalar, Sequence
from microseg.source.problem import Problem
from microseg.source.text import clean

Fields = dict[str, tuple[Scalar, Node]]

_LONGEST_SHOWN = 60
_PLAIN_ENOUGH = re.compile(r"[\w./%-]+(?: [\w./%-]+)*")


class Reading:
    """What one reading collects: problems and the names that must exist elsewhere, both kept when a part is broken."""

    __slots__ = ("dimensions", "problems", "references")

    def __init__(self, dimensions: Dimensions, problems: list[Problem] | None = None, references: list[Reference] | None = None) -> None:
        """`dimensions` are those of the workspace; lists that are handed over are added to."""
        self.dimensions = dimensions
        self.problems = [] if problems is None else problems
        self.references = [] if references is None else references

    def report(self, code: str, message: str, node: Node, *, help: str = "", replacement: str | None = None, safe: bool = True) -> None:
        """Add a problem at a node; `replacement` mends it (`safe`: it is certain that the writer meant this)."""
        edits = () if replacement is None or not _can_replace(node) else (TextEdit(node.start, node.end, replacement),)
        self.problems.append(Problem(code, message, node.start, node.end, help, edits=edits, safe=safe))


def _can_replace(node: Node) -> bool:
    return isinstance(node, Scalar) and node.style not in {"|", ">"} and node.end > node.start and node.anchor is None


def shown(text: str) -> str:
    """A user's text inside a message: one line, short, in double quotes."""
    flat = clean(text)
    return f'"{flat}"' if len(flat) <= _LONGEST_SHOWN else f'"{flat[: _LONGEST_SHOWN - 1]}…"'


def listed(names: Iterable[str]) -> str:
    """Names for a help line: a, b, c."""
    return ", ".join(names)


def is_absent(node: Node) -> bool:
    """Nothing, `~` and `null` mean absent; in quotes they are text."""
    return isinstance(node, Scalar) and node.style == "" and node.value in ABSENT


def form(node: Node) -> str:
    """What YAML made of a node, in plain words."""
    if isinstance(node, Mapping):
        return "a group of keys"
    if isinstance(node, Sequence):
        return "a list"
    return "nothing" if is_absent(node) else "a single value"


def pairs(node: Mapping, reading: Reading) -> Iterable[tuple[Scalar, Node]]:
    """The keys of a mapping that are plain words; a key that stands twice counts once (MS002 tells of it)."""
    met: set[str] = set()
    for key, value in node.pairs():
        if not isinstance(key, Scalar):
            reading.report("MS004", f"a key must be a plain word, and this is {form(key)}", key, help="write `key: value`")
        elif key.value == "<<" and key.style == "":
            reading.report("MS006", "merge keys (`<<`) are not part of the format", key, help="write the keys out here")
        elif key.value not in met:
            met.add(key.value)
            yield key, value


def read_fields(node: Mapping, reading: Reading, *, known: Collection[str], what: str) -> Fields:
    """The known keys of a mapping; an unknown one is MS003, with the nearest."""
    found: Fields = {}
    for key, value in pairs(node, reading):
        if key.value in known:
            found[key.value] = (key, value)
            continue
        near = nearest(key.value, known)
        meant = f"did you mean `{near}`? " if near else ""
        reading.report(
            "MS003",
            f"{what} has no key {shown(key.value)}",
            key,
            help=f"{meant}known keys: {listed(known)}",
            replacement=near if near not in found else None,
        )
    return found


def read_text(node: Node, reading: Reading, *, what: str) -> str | None:
    """One text, exactly as typed."""
    if isinstance(node, Scalar) and not is_absent(node) and node.value:
        return node.value
    reading.report("MS004", f"{what} is one text, and this is {form(node)}", node, help="write one text")
    return None


def read_texts(node: Node, reading: Reading, *, what: str) -> tuple[str, ...]:
    """One text or a list of texts, each once."""
    items = node.items if isinstance(node, Sequence) else [node]
    if not items:
        reading.report("MS006", f"{what} is an empty list", node, help="name at least one, or leave the key out")
    texts = [read_text(item, reading, what=what) for item in items]
    return tuple(dict.fromkeys(text for text in texts if text is not None))


def read_number(node: Node, reading: Reading, *, what: str, low: int | None = None, high: int | None = None) -> Fraction | None:
    """A number in a range, both ends included."""
    value = number(node.value) if isinstance(node, Scalar) else None
    if value is None:
        help_, replacement = number_mend(node)
        reading.report("MS004", f"{what} is a number, and this is {_seen(node)}", node, help=help_, replacement=replacement)
        return None
    if (low is not None and value < low) or (high is not None and value > high):
        reading.report("MS006", f"{what} is {range_words(low, high)}, and this is {_seen(node)}", node, help=f"write a number: {range_words(low, high)}")
        return None
    return value


def read_count(node: Node, reading: Reading, *, what: str, low: int = 0) -> int | None:
    """A whole number of at least `low`."""
    value = read_number(node, reading, what=what, low=low)
    if value is None:
        return None
    if value.denominator != 1:
        reading.report("MS006", f"{what} is a whole number, and this is {_seen(node)}", node, help="write a number without a decimal part")
        return None
    return value.numerator


def read_duration(node: Node, reading: Reading, *, what: str) -> Duration | None:
    """A duration longer than nothing."""
    if not isinstance(node, Scalar) or is_absent(node):
        reading.report("MS004", f"{what} is a duration, and this is {form(node)}", node, help=DURATION_HELP)
        return None
    value = duration(node.value)
    if value is None or value.amount == 0:
        reading.report("MS006", f"{what} is a duration, and {shown(node.value)} is none", node, help=DURATION_HELP)
        return None
    return value


DURATION_HELP = "write a number and a unit without a space: 30d, 12w, 6mo, 1y or 4h (at most 100y)"


def read_true(node: Node, reading: Reading, *, what: str) -> bool:
    """The word `true`, the only value that says anything here."""
    if isinstance(node, Scalar) and node.value == "true":
        return True
    if isinstance(node, Scalar) and node.value == "false":
        reading.report("MS006", f"{what}: false says nothing", node, help=f"write `{what}: true`, or leave the key out")
        return False
    replacement = "true" if isinstance(node, Scalar) and node.value.lower() in {"yes", "on", "true"} else None
    reading.report("MS004", f"{what} is `true`, and this is {_seen(node)}", node, help=f"write `{what}: true`, or leave the key out", replacement=replacement)
    return False


def read_choice(node: Node, reading: Reading, *, what: str, choices: tuple[str, ...]) -> str | None:
    """One of a few words."""
    text = read_text(node, reading, what=what)
    if text is None or text in choices:
        return text
    near = nearest(text, choices)
    meant = f"did you mean `{near}`? " if near else ""
    reading.report(
        "MS006", f"{what} is one of {listed(choices)}, and this is {shown(text)}", node, help=f"{meant}write one of: {listed(choices)}", replacement=near, safe=alike(text, near)
    )
    return None


def alike(text: str, near: str | None) -> bool:
    """Do two words differ in capitals, spaces and dashes only?"""
    return near is None or re.sub(r"[\W_]", "", text.lower()) == re.sub(r"[\W_]", "", near.lower())


def _seen(node: Node) -> str:
    return shown(node.value) if isinstance(node, Scalar) and not is_absent(node) else form(node)


def range_words(low: Fraction | int | None, high: Fraction | int | None) -> str:
    """A range in words: from 0 to 10, at least 0, at most 100."""
    if low is not None and high is not None:
        return f"from {low} to {high}"
    return f"at least {low}" if high is None else f"at most {high}"


def number_mend(node: Node) -> tuple[str, str | None]:
    """What to write instead of a text that almost is a number: help, and a replacement where it is certain."""
    text = node.value.strip() if isinstance(node, Scalar) else ""
    grouped = text.replace("_", "").replace("'", "")
    if grouped != text and number(grouped) is not None:
        return f"digits are written without grouping: {grouped}", grouped
    if text.endswith("%") and number(text.removesuffix("%").strip()) is not None:
        return "write a plain number, without %: a share of 50 % is 0.5", None
    if number(text.replace(",", "")) is not None:
        return "write digits without commas, and a decimal point: 1000, 0.5", None
    return "write digits, with a point before decimals: 100, 0.5", None


def bracket_mend(node: Node) -> str | None:
    """A single value as a list of one, where brackets around it are certain to mean that."""
    if isinstance(node, Scalar) and node.style == "" and _PLAIN_ENOUGH.fullmatch(node.value):
        return f"[{node.value}]"
    return None
