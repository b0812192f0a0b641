"""Pushed down to its tests, a criterion holds of the same people, and nothing unknown is left in it."""

import pytest
from measure.draws import OWN, scene
from measure.oracle import User, World

from exchange.conftest import drawn
from microseg.criteria.ast import Test, walk
from microseg.criteria.evaluate import evaluate
from microseg.exchange.export import CannotSayError
from microseg.exchange.formula import Ask, Formula, certain, fold
from microseg.record import replace

MAPPED = frozenset({"account", "user", "event", "survey", "history", *(f"event.{name}" for name in ("name", "minutes", "platform", "feature", "visit")), *(one.id for one in OWN.all() if one.windowed != "always")})


def holds(formula: Formula, one: User, world: World) -> bool:
    """Two truth values: an `Ask` is in or out, whatever is missing."""

    def asked(part: Ask) -> bool:
        if part.test.operator == "is_set":
            return bool(evaluate(part.test, one, as_of=world.as_of, dimensions=OWN)) is part.holds
        plain = evaluate(replace(part.test, missing=None), one, as_of=world.as_of, dimensions=OWN)
        return part.with_missing if plain is None else plain is part.holds

    return fold(formula, ask=asked, every=all, some=any)


@pytest.mark.parametrize("seed", range(6))
def test_a_formula_holds_where_the_criterion_is_certainly_true(seed):
    held = scene(seed, accounts=8, users=14, events=60, surveys=30, changes=20)
    world = World(held.rows, held.as_of, held.zone, OWN, MAPPED)
    compared = 0
    for number in range(30):
        whole = drawn(seed * 100 + number, "user")
        try:
            formula = certain(whole, target="a test")
        except CannotSayError:
            continue
        # a regularity is unknown by periods, so `missing` is no matter of one value there
        if any(isinstance(part, Test) and part.regularity is not None for part in walk(whole)):
            continue
        compared += 1

        assert [holds(formula, one, world) for one in world.everybody("user")] == [one.holds(whole) is True for one in world.everybody("user")], whole
    assert compared > 10


@pytest.mark.parametrize(("seed", "reason"), [(1, "counts people inside an account (`users:`), which X does not")])
def test_what_counts_people_is_refused_with_the_reason(seed, reason):
    whole = next(found for number in range(99) if type(found := drawn(number, "account", depth=0)).__name__ == "Users")

    with pytest.raises(CannotSayError) as told:
        certain(whole, target="X")

    assert str(told.value) == reason
