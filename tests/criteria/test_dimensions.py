"""The table of dimensions agrees with itself, and a workspace's own are read with their mistakes."""

from typing import get_args

import pytest

from microseg.criteria.dimensions import BUILT_IN, CATEGORIES, OPERATORS, Dimension, Dimensions, Type, category_of
from microseg.criteria.own_dimensions import ID_PATTERN, read_dimensions
from microseg.criteria.synonyms import DIMENSION_CALLED
from microseg.source.nodes import read_document
from microseg.source.problem import Problem


def read(text: str) -> tuple[Dimensions, tuple[Problem, ...]]:
    return read_dimensions(read_document(text).root)


def test_the_table_is_whole() -> None:
    assert len({dimension.id for dimension in BUILT_IN}) == len(BUILT_IN) == 42
    assert {dimension.category for dimension in BUILT_IN} == {category.id for category in CATEGORIES}
    assert set(OPERATORS) == set(get_args(Type))
    assert all(bool(dimension.values) == (dimension.type in {"ordinal", "enum", "state"}) for dimension in BUILT_IN)


def test_behaviours_that_need_a_window() -> None:
    assert [dimension.id for dimension in BUILT_IN if dimension.windowed == "always"] == [
        "use.visits",
        "use.active_days",
        "use.events",
        "acct.active_users",
        "use.minutes",
        "use.minutes_per_visit",
        "feature.minutes",
        "sent.nps_score",
        "sent.nps",
        "sent.csat_score",
        "sent.csat",
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("headcount", "firmo.headcount"), ("firmo.headcout", "firmo.headcount"), ("firmo.head", "firmo.headcount"), ("nps", "sent.nps"), ("demo.headcount", "firmo.headcount"), ("zzz", None), ("x" * 100_000, None)],
)
def test_nearest(typed: str, meant: str | None) -> None:
    assert Dimensions().nearest(typed) == meant


@pytest.mark.parametrize(("typed", "meant"), [("country", "demo.location"), ("firmo.Country", "demo.location"), ("employees", "firmo.headcount"), ("signup-date", "acct.since"), ("acct.zzzzzz", None)])
def test_what_people_call_a_dimension(typed: str, meant: str | None) -> None:
    assert Dimensions().nearest(typed) == meant


def test_people_call_nothing_by_the_name_of_another_dimension() -> None:
    ids = {dimension.id for dimension in BUILT_IN}
    last = {one.rpartition(".")[2] for one in ids}

    assert ids.issuperset(DIMENSION_CALLED.values())
    assert last.isdisjoint(DIMENSION_CALLED)


def test_own_dimensions() -> None:
    dimensions, problems = read("plant.count: {type: number, category: firmographic, of: account}\nsite.risk_level: {type: ordinal, values: [low, high]}\n")

    assert problems == ()
    assert dimensions.own == (
        Dimension("plant.count", "number", "firmographic", "account", "plant count"),
        Dimension("site.risk_level", "ordinal", "own", "either", "site risk level", values=("low", "high")),
    )
    assert dimensions.find("plant.count") == dimensions.own[0]
    assert category_of(dimensions.own[1]).id == "own"


@pytest.mark.parametrize("text", ["", "~", "{}"])
def test_no_own_dimensions(text: str) -> None:
    assert read(text) == (Dimensions(), ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[a]", [("MS004", "[a]", "`dimensions` are names with their types, and this is a list")]),
        ("a.b: number", [("MS004", "number", "a dimension is described by its keys, and this is a single value")]),
        ("plants: {type: number}", [("MS006", "plants", '"plants" cannot be the name of a dimension')]),
        ("plan.state: {type: number}", [("MS006", "plan.state", "plan.state is a built-in dimension")]),
        ("a.b: {of: account}", [("MS005", "a.b", 'the dimension "a.b" has no `type`')]),
        ("a.b: {type: nummber}", [("MS006", "nummber", 'type is one of text, enum, ordinal, number, money, duration, date, version, set, state, boolean, and this is "nummber"')]),
        ("a.b: {type: number, off: user}", [("MS003", "off", 'a dimension has no key "off"')]),
        ("a.b: {type: enum}", [("MS005", "a.b", 'the dimension "a.b" is enum and has no `values`')]),
        ("a.b: {type: enum, values: x}", [("MS004", "x", "`values` is a list, and this is a single value")]),
        ("a.b: {type: enum, values: []}", [("MS006", "[]", "`values` is an empty list")]),
        ("a.b: {type: number, values: [1]}", [("MS006", "values", "a dimension of type number has no list of values")]),
    ],
)
def test_own_dimensions_with_mistakes(text: str, expected: list[tuple[str, str, str]]) -> None:
    dimensions, problems = read(text)

    assert [(found.code, text[found.start : found.end], found.message) for found in problems] == expected
    assert all(found.help for found in problems)
    assert dimensions == Dimensions()


def test_no_combinator_can_be_a_dimension() -> None:
    assert ID_PATTERN.count(r"\.") == 1
