"""What is certain without data is so on any data: held against every combination of values that criteria can tell apart."""

import datetime as dt
import json
from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest

from measure.draws import OWN
from measure.oracle import Rows, World
from microseg.criteria.algebra import TooManyError, space_of
from microseg.criteria.ast import Criterion
from microseg.criteria.definitions import resolve, with_presets
from microseg.criteria.parse import parse_criteria
from microseg.lint.engine import Options
from microseg.project import Project
from microseg.source.nodes import read_document

TODAY = dt.date(2026, 6, 30)
LINES = (1, 2, 3, 5)
STATES = ("free", "trial", "paid", "lapsed")
MEMBERS = ("ios", "O'Brien")
HEADCOUNTS = (None, 0, 1, 1.5, 2, 2.5, 3, 4, 5, 6)  # each line, and a value between each two
STACKS = (None, ";", "ios", "O'Brien", "ios; O'Brien", "other")


def everybody() -> World:
    """An account for each combination of values."""
    rows = tuple(
        {"id": f"a{number}", "firmo.headcount": None if size is None else Fraction(size), "plan.state": state, "tech.stack": stack}
        for number, (size, state, stack) in enumerate(product(HEADCOUNTS, (None, *STATES), STACKS))
    )
    return World(Rows(accounts=rows), TODAY, dimensions=OWN, mapped=frozenset({"account", "firmo.headcount", "plan.state", "tech.stack"}))


WORLD = everybody()


def typed(chance: Random, depth: int = 2) -> dict:
    """Criteria about three dimensions, on few lines, so that they meet each other often."""
    kind = chance.random()
    if depth == 0 or kind < 0.45:
        return _leaf(chance)
    inner = [typed(chance, depth - 1) for _ in range(chance.randint(1, 3))]
    return {"not": inner[0]} if kind > 0.85 else {chance.choice(("all", "any", "none")): inner}


def _leaf(chance: Random) -> dict:
    missing = {"missing": chance.choice(("include", "exclude"))} if chance.random() < 0.25 else {}
    kind = chance.randrange(3)
    if kind == 0:
        operator = chance.choice(("eq", "ne", "lt", "lte", "gt", "gte", "between", "in", "not_in", "is_set"))
        value = {"between": sorted(chance.choices(LINES, k=2)), "in": chance.sample(LINES, 2), "not_in": chance.sample(LINES, 2), "is_set": chance.random() < 0.5}.get(operator, chance.choice(LINES))
        return {"firmo.headcount": {operator: value, **missing}}
    if kind == 1:
        operator = chance.choice(("eq", "ne", "in", "not_in", "is_set"))
        return {"plan.state": {operator: {"in": chance.sample(STATES, 2), "not_in": chance.sample(STATES, 2), "is_set": chance.random() < 0.5}.get(operator, chance.choice(STATES)), **missing}}
    operator = chance.choice(("includes_any", "includes_all", "includes_none", "is_set"))
    return {"tech.stack": {operator: chance.random() < 0.5 if operator == "is_set" else chance.sample(MEMBERS, chance.randint(1, 2)), **missing}}


def read(held: dict) -> Criterion:
    found = parse_criteria(read_document(json.dumps(held)).root, OWN).criterion
    assert found is not None
    return resolve(found, with_presets({}))


def members(criterion: Criterion) -> set[str]:
    return {one.row["id"] for one in WORLD.everybody("account") if one.holds(criterion) is True}


@pytest.mark.parametrize("seed", range(12))
def test_what_the_algebra_says_of_two_criteria_is_so(seed):
    chance = Random(seed)  # noqa: S311
    first, second = read(typed(chance)), read(typed(chance))
    space = space_of([first, second], OWN)
    try:
        one, other, beyond = space.region(first), space.region(second), space.region(second, "not true")
        both, only_first = space.meet(one, other), space.meet(one, beyond)
    except TooManyError:
        pytest.skip("too many alternatives: nothing is said")
    here, there = members(first), members(second)

    assert (space.is_empty(one), space.is_empty(other)) == (not here, not there)
    assert space.is_empty(both) is not bool(here & there)
    assert space.is_empty(only_first) is (here <= there)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 400))
def test_what_the_algebra_says_of_many_criteria_is_so(seed):
    test_what_the_algebra_says_of_two_criteria_is_so(seed)


@pytest.mark.parametrize("seed", range(4))
def test_what_lint_says_of_a_tree_is_so(seed, tmp_path):
    chance = Random(f"tree {seed}")  # noqa: S311
    text, chains = _tree(chance)
    project = Project.open(tmp_path, {"microseg.yaml": b"version: 1\ndefaults: {unit: account, status: active}\n", "segments/a.yaml": text.encode()})
    found = project.findings(Options(select=("MS603", "MS604", "MS605"))).findings
    inside = {name: set.intersection(*(members(read(held)) for held in chain)) for name, chain in chains.items()}

    for one in found:
        assert one.segment is not None
        if one.rule == "MS603":
            assert inside[one.segment] == set()
        elif one.rule == "MS604":
            assert inside[one.segment] == inside["top"]
        else:
            assert any(inside[one.segment] & inside[other] for other in chains if other not in {"top", one.segment})
    said = {one.segment for one in found if one.rule == "MS603"}
    assert {name for name, held in inside.items() if not held and inside["top"]} <= said


def _tree(chance: Random) -> tuple[str, dict[str, list[dict]]]:
    """A head with criteria and eight children; the criteria of each chain."""
    head = typed(chance, 1)
    while not members(read(head)):
        head = typed(chance, 1)
    children = {f"c{number}": typed(chance, 1) for number in range(8)}
    tree = {"name": "Top", "id": "top", "criteria": head, "segments": [{"name": name, "id": name, "criteria": held} for name, held in children.items()]}
    return json.dumps(tree), {"top": [head], **{name: [head, held] for name, held in children.items()}}


def test_the_grid_tells_apart_what_criteria_tell_apart():
    assert len(WORLD.everybody("account")) == len(HEADCOUNTS) * 5 * len(STACKS)
    assert len({frozenset(members(read({"firmo.headcount": {"gte": low, "lte": high}}))) for low, high in combinations(LINES, 2)}) == 6
