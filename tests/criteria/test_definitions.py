"""Ready-made definitions, and `use:` replaced by what it names."""

import pytest

from microseg.criteria.ast import All, Criterion, Not, Test, Use, walk
from microseg.criteria.definitions import MAX_PARTS, PRESETS, find_cycles, resolve, resolve_all, with_presets
from microseg.criteria.dimensions import Dimensions
from microseg.criteria.parse import parse_criteria
from microseg.source.nodes import Mapping, Scalar, read_document

PRESETS_AS_TYPED = """
legacy: {acct.joined_version: {v_lt: current}}
wait-and-see: {acct.age: {lt: 1y}}
promoter: {sent.nps_score: {between: [9, 10], last: 1y}}
passive: {sent.nps_score: {between: [7, 8], last: 1y}}
detractor: {sent.nps_score: {between: [0, 6], last: 1y}}
satisfied: {sent.csat_score: {gte: 4, last: 1y}}
free: {plan.state: free}
paid: {plan.state: paid}
rogers-innovator: {adopt.rank_pct: {lte: 2.5}}
rogers-early-adopter: {adopt.rank_pct: {gt: 2.5, lte: 16}}
rogers-early-majority: {adopt.rank_pct: {gt: 16, lte: 50}}
rogers-late-majority: {adopt.rank_pct: {gt: 50, lte: 84}}
rogers-laggard: {adopt.rank_pct: {gt: 84}}
growing: {trend: {of: acct.active_users, over: 90d, gt: 0.05}}
static: {trend: {of: acct.active_users, over: 90d, between: [-0.05, 0.05]}}
shrinking: {trend: {of: acct.active_users, over: 90d, lt: -0.05}}
"""


def definitions(text: str) -> dict[str, Criterion]:
    root = read_document(text).root
    assert isinstance(root, Mapping)
    found = {}
    for key, value in root.pairs():
        assert isinstance(key, Scalar)
        criterion = parse_criteria(value, Dimensions()).criterion
        assert criterion is not None
        found[key.value] = criterion
    return found


def test_presets_are_what_one_could_type() -> None:
    assert definitions(PRESETS_AS_TYPED) == dict(PRESETS)


def test_a_workspace_replaces_a_preset() -> None:
    assert with_presets(definitions("legacy: {plan.tier: old}"))["legacy"] == Test("plan.tier", "eq", ("old",))


def test_resolve_goes_all_the_way_and_keeps_the_place_of_the_use() -> None:
    named = with_presets(definitions("a: {all: [{use: b}, {not: {use: free}}]}\nb: {plan.tier: gold}\n"))
    resolved = resolve(Use("a", 7, 8), named)

    assert resolved == All((Test("plan.tier", "eq", ("gold",)), Not(Test("plan.state", "eq", ("free",)))))
    assert {(part.start, part.end) for part in walk(resolved)} == {(7, 8)}


def test_resolve_all() -> None:
    named = definitions("a: {not: {use: b}}\nb: {plan.tier: gold}\n")

    assert resolve_all(named) == {"a": Not(Test("plan.tier", "eq", ("gold",))), "b": Test("plan.tier", "eq", ("gold",))}


def test_a_name_that_is_nowhere_stays() -> None:
    assert resolve(All((Use("free"), Use("fre"))), PRESETS) == All((PRESETS["free"], Use("fre")))


def test_the_current_version() -> None:
    assert resolve(Use("legacy"), PRESETS, current=(4, 2)) == Test("acct.joined_version", "v_lt", ((4,),))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: {plan.tier: x}\nb: {any: [{use: a}, {use: a}, {use: free}]}", []),
        ("a: {use: a}", [("a", "definitions go in a circle: a → a", [])]),
        ("a: {use: b}\nb: {not: {use: c}}\nc: {use: a}\nd: {use: a}\n", [("b", "definitions go in a circle: a → b → c → a", ["uses `c`", "uses `a`"])]),
    ],
)
def test_cycles(text: str, expected: list[tuple[str, str, list[str]]]) -> None:
    problems = find_cycles(definitions(text))

    assert [(text[found.start : found.end], found.message, [note.message for note in found.notes]) for found in problems] == expected
    assert all(found.code == "MS610" for found in problems)


def test_a_cycle_does_not_hang_resolve() -> None:
    resolved = resolve(Use("a"), definitions("a: {use: b}\nb: {any: [{use: a}, {plan.tier: x}]}"))

    assert [part.name for part in walk(resolved) if isinstance(part, Use)] == ["a"]


def test_a_bomb_is_told_once_and_not_put_in() -> None:
    text = "d0: {plan.tier: x}\n" + "".join(f"d{i}: {{any: [{{use: d{i - 1}}}, {{use: d{i - 1}}}, {{use: d{i - 1}}}]}}\n" for i in range(1, 15))
    named = definitions(text)

    assert [(found.code, text[found.start : found.end]) for found in find_cycles(named)] == [("MS007", "d5")]
    assert sum(1 for _ in walk(resolve(Use("d14"), named))) <= MAX_PARTS


@pytest.mark.slow
def test_a_long_chain_is_not_followed_too_deep() -> None:
    text = "d0: {plan.tier: x}\n" + "".join(f"d{i}: {{not: {{use: d{i - 1}}}}}\n" for i in range(1, 300))

    assert resolve(Use("d299"), definitions(text)) is not None
    assert [found.code for found in find_cycles(definitions(text))] == ["MS007"]
