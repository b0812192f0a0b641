"""What must hold for any criteria at all: nothing raises, and logic is Kleene's."""

import datetime as dt
import random
import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.criteria.ast import All, AnyOf, Bound, Criterion, InSegment, NoneOf, Not, Relative, Test, Trend, Use, Users, Window, references, walk
from microseg.criteria.definitions import find_cycles, resolve, with_presets
from microseg.criteria.dimensions import ALL_OPERATORS, BUILT_IN, Dimensions
from microseg.criteria.evaluate import Answer, Question, evaluate, negate
from microseg.criteria.own_dimensions import KEYS, TYPES, read_dimensions
from microseg.criteria.parse import COMBINATORS, parse_criteria
from microseg.criteria.parse_users import TREND_KEYS, USERS_KEYS
from microseg.criteria.parse_windows import REGULARITY_KEYS, WINDOW_KEYS
from microseg.criteria.units import check_unit
from microseg.criteria.values import Duration, Value
from microseg.criteria.words import built_using, lines, words
from microseg.source.nodes import Mapping, Node, Scalar, Sequence

pytestmark = pytest.mark.slow  # many examples: the fast suite leaves them to CI

DIMENSIONS = Dimensions()
TODAY = dt.date(2026, 6, 30)
IDS = [dimension.id for dimension in BUILT_IN]
KNOWN = [*COMBINATORS, *IDS, *ALL_OPERATORS, *USERS_KEYS, *TREND_KEYS, *WINDOW_KEYS, *REGULARITY_KEYS, *KEYS, "event", "min_n", "missing"]
SAID = [
    "free",
    "true",
    "false",
    "yes",
    "30d",
    "1y",
    "0d",
    "2026-01-01",
    "2026-13-01",
    "3.1",
    "current",
    "-5",
    "0.5",
    "10",
    "1e3",
    "~",
    "",
    "null",
    "exclude",
    "firmo.headcount",
    "expert",
    "(",
    *TYPES,
]


def random_node(seed: int) -> Node:
    """A tree of known and unknown words, far quicker than a composed strategy; the seed is what hypothesis draws."""
    return _node(random.Random(seed), 4)  # noqa: S311 - a test


def _node(chance: random.Random, depth: int) -> Node:
    kind = chance.random()
    if depth == 0 or kind < 0.3:
        return _scalar(chance, SAID)
    if kind < 0.5:
        items = Sequence(0, flow=True)
        items.items = [_node(chance, depth - 1) for _ in range(chance.randrange(4))]
        return items
    found = Mapping(0, flow=True)
    for _ in range(chance.randrange(5)):
        found.keys.append(_scalar(chance, KNOWN) if chance.random() < 0.95 else _node(chance, 1))
        found.values.append(_node(chance, depth - 1))
    return found


def _scalar(chance: random.Random, said: list[str]) -> Node:
    text = chance.choice(said) if chance.random() < 0.9 else "".join(chr(chance.randrange(0xD7FF)) for _ in range(chance.randrange(6)))
    start = chance.randrange(1000)
    return Scalar(text, chance.choice(["", "", "'", "|"]), start, start + len(text))


nodes = st.integers(0, 2**64).map(random_node)


@settings(max_examples=200, deadline=None)
@given(nodes)
def test_parse_never_raises_and_says_nothing_without_a_reason(node: Node) -> None:
    parsed = parse_criteria(node, DIMENSIONS)

    assert parsed.criterion is None or not parsed.problems
    assert all(re.fullmatch(r"MS\d{3}", found.code) and found.message and found.help for found in parsed.problems)
    if parsed.criterion is not None:
        assert sorted(references(parsed.criterion)) == sorted(parsed.references)
        words(parsed.criterion, dimensions=DIMENSIONS)


@settings(max_examples=40, deadline=None)
@given(nodes)
def test_reading_own_dimensions_never_raises(node: Node) -> None:
    _, problems = read_dimensions(node)

    assert all(found.message and found.help for found in problems)


def number_test(dimension: str, operator: str, value: int) -> Test:
    return Test(dimension, operator, (Fraction(value),))


def state_test(values: list[str]) -> Test:
    return Test("plan.state", "in", tuple(values))


windows = st.sampled_from([Window(ever=True), Window(last=Duration(30, "d")), Window(first=TODAY)])
counts = st.integers(0, 3)
leaves = st.one_of(
    st.builds(number_test, st.sampled_from(["firmo.headcount", "firmo.revenue", "demo.age"]), st.sampled_from(["eq", "lt", "gte"]), counts),
    st.builds(state_test, st.lists(st.sampled_from(["free", "paid"]), min_size=1, unique=True)),
    st.builds(lambda value, window: Test("use.visits", "gte", (Fraction(value),), window), counts, windows),
    st.builds(lambda value: Test("acct.age", "lt", (Duration(value, "mo"),)), counts),
    st.builds(InSegment, st.sampled_from(["a", "b"]), st.booleans()),
    st.builds(lambda value: Trend("acct.active_users", Duration(30, "d"), (Bound("gt", (Fraction(value),)),)), counts),
    st.builds(Use, st.sampled_from(["legacy", "free", "own", "other"])),
)


def combined(inner: st.SearchStrategy[Criterion]) -> st.SearchStrategy[Criterion]:
    parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
    relative = st.one_of(st.none(), st.just(Relative("below", "firmo.headcount", Fraction(1, 2))))
    return st.one_of(
        st.builds(All, parts),
        st.builds(AnyOf, parts),
        st.builds(NoneOf, parts),
        st.builds(Not, inner),
        st.builds(lambda where, count, few: Users(where, at_least=count, relative=few), inner, counts, relative),
    )


criteria: st.SearchStrategy[Criterion] = st.recursive(leaves, combined, max_leaves=12)


class Someone:
    """An account whose values are drawn, some of them missing."""

    def __init__(self, values: dict[str, Value | int | None], people: "list[Someone] | None", segments: dict[str, bool | None]) -> None:
        self.values, self.people, self.segments = values, people, segments

    def value(self, question: Question, /) -> Answer | None:
        return self.values.get(question.dimension)

    def changed(self, question: Question, to: str, /) -> bool | None:
        return None if question.dimension not in self.values else to == "paid"

    def users(self) -> "list[Someone] | None":
        return self.people

    def in_segment(self, segment: str, /) -> bool | None:
        return self.segments.get(segment)


known = st.fixed_dictionaries(
    {
        "firmo.headcount": st.one_of(st.none(), counts),
        "demo.age": st.one_of(st.none(), counts),
        "plan.state": st.sampled_from([None, "free", "paid", "trial"]),
        "use.visits": st.one_of(st.none(), counts),
        "acct.active_users": st.one_of(st.none(), counts),
        "acct.age": st.sampled_from([None, TODAY, dt.date(2026, 5, 1), Duration(40, "d")]),
    }
)
membership = st.fixed_dictionaries({"a": st.sampled_from([None, True, False]), "b": st.just(None)})
people = st.one_of(st.none(), st.lists(st.builds(Someone, known, st.none(), membership), max_size=3))
someone = st.builds(Someone, known, people, membership)


def told(criterion: Criterion, who: Someone) -> bool | None:
    return evaluate(criterion, who, as_of=TODAY, dimensions=DIMENSIONS)


@settings(max_examples=30, deadline=None)
@given(st.lists(criteria, min_size=1, max_size=3).map(tuple), someone)
def test_de_morgan_and_not(parts: tuple[Criterion, ...], who: Someone) -> None:
    assert told(Not(parts[0]), who) is negate(told(parts[0], who))
    assert told(Not(All(parts)), who) is told(AnyOf(tuple(Not(part) for part in parts)), who)
    assert told(Not(AnyOf(parts)), who) is told(All(tuple(Not(part) for part in parts)), who)
    assert told(NoneOf(parts), who) is told(Not(AnyOf(parts)), who)


@settings(max_examples=30, deadline=None)
@given(criteria, someone, st.sampled_from([0, 1, 2, 3]))
def test_what_is_certain_stays_when_more_becomes_known(criterion: Criterion, who: Someone, value: int) -> None:
    before = told(criterion, who)
    filled = {name: (value if found is None and name in {"firmo.headcount", "demo.age", "use.visits"} else found) for name, found in who.values.items()}

    if before is not None:
        assert told(criterion, Someone(filled, who.people, who.segments)) is before


@settings(max_examples=30, deadline=None)
@given(criteria, criteria.filter(lambda found: not any(isinstance(part, Use) for part in walk(found))))
def test_resolve_removes_every_use(criterion: Criterion, own: Criterion) -> None:
    definitions = with_presets({"own": own, "other": All((Use("own"), Use("free")))})

    assert not any(isinstance(part, Use) for part in walk(resolve(criterion, definitions)))
    assert find_cycles(definitions) == ()


@settings(max_examples=30, deadline=None)
@given(criteria)
def test_words_are_words(criterion: Criterion) -> None:
    said = [words(criterion, dimensions=DIMENSIONS), *(line.text for line in lines(criterion, dimensions=DIMENSIONS))]

    assert all(text.strip() == text != "" for text in said)
    assert not re.search(r"Fraction|Duration|None|True|False|=|\bdatetime\b|['\"_<>{}\[\]]|  ", " ".join(said))
    assert all(family.words and family.dimensions for family in built_using(criterion, dimensions=DIMENSIONS))
    assert all(found.help for unit in ("user", "account") for found in check_unit(criterion, unit, dimensions=DIMENSIONS))
