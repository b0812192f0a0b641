"""Planes of bits add up as plain Python does, whatever the numbers; coverage and overlaps follow Kleene."""

from hypothesis import given
from hypothesis import strategies as st

from microseg.criteria.ast import Test as One
from microseg.measure.blocks import Subject, blocks_of
from microseg.measure.counted import Coverage, Overlap
from microseg.measure.fold import coverage, everybody, folded, overlap, overlaps_of, planes, read_blocks
from microseg.measure.plan import Plan

NUMBERS = st.lists(st.integers(-(2**70), 2**70), max_size=40)


@given(NUMBERS, st.integers(0, 2**40 - 1))
def test_a_total_over_planes_is_the_sum_of_the_chosen_numbers(numbers, chosen):
    members = chosen & ((1 << len(numbers)) - 1)

    assert planes(numbers).total(members) == sum(number for place, number in enumerate(numbers) if members >> place & 1)


def plan_of(*blocks, width=1):
    subjects = tuple(Subject(name, ()) for name in dict.fromkeys(name for block in blocks for name in block))
    return Plan("account", None, {}, subjects, blocks, {}, {}, {}, width, ())


GROUPS = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7), st.integers(1, 9), st.integers(-99, 99)), min_size=1, max_size=30)


@given(GROUPS)
def test_groups_become_sizes_sums_overlaps_and_coverage(drawn):
    """Three segments, p with its children a and b; a bit of *unknown* beside one of *in* means nothing."""
    rows = [(inside, unsure & ~inside, count, total) for inside, unsure, count, total in drawn]
    [block] = read_blocks(plan_of(("p", "a", "b")), rows)

    def count(holds):
        return sum(row[2] for row in rows if holds(row))

    def is_in(row, bit):
        return row[0] >> bit & 1

    def may_be(row, bit):
        return (row[0] | row[1]) >> bit & 1

    for bit, name in enumerate("pab"):
        found = folded(block, name)

        assert (found.size, found.unknown) == (count(lambda row, bit=bit: is_in(row, bit)), count(lambda row, bit=bit: may_be(row, bit) and not is_in(row, bit)))
        assert found.sums == (sum(row[3] for row in rows if is_in(row, bit)),)
    assert everybody(block).size == count(lambda _: True)

    both = count(lambda row: is_in(row, 1) and is_in(row, 2))

    assert overlap(block, "a", "b") == Overlap("a", "b", both, count(lambda row: may_be(row, 1) and may_be(row, 2)) - both)

    members = [row for row in rows if is_in(row, 0)]
    kinds = {"none": 0, "one": 0, "several": 0, "unknown": 0}
    for row in members:
        certain, possible = is_in(row, 1) + is_in(row, 2), may_be(row, 1) + may_be(row, 2)
        kinds["several" if certain > 1 else "unknown" if possible > certain else "one" if certain else "none"] += row[2]

    assert coverage(block, "p", "p", ("a", "b")) == Coverage("p", **kinds)


def test_no_rows_are_nobody():
    [block] = read_blocks(plan_of(("a", "b")), [])

    assert folded(block, "a") == folded(block, "b") == (0, 0, (0,), (0,))
    assert overlaps_of(block, ("a", "b")) == ()


def test_blocks_that_are_grouped_apart_are_read_apart():
    """Rows of the first block have no words of the second, and the other way round; words of 60 bits, of which the second block needs two."""
    many = tuple(f"s{number}" for number in range(61))
    rows = [(1, 0, None, None, None, None, 5, 50), (None, None, 0, 1, 0, 0, 5, 50)]
    first, second = read_blocks(plan_of(("a",), many), rows)

    assert folded(first, "a").sums == (50,)
    assert [name for name in many if folded(second, name).size] == ["s60"]


def asked(name, bound=0):
    return (One(name, "gte", (bound,)),)


def test_few_segments_are_one_block_and_many_are_family_by_family():
    head = Subject("head", ())
    families = [Subject(f"f{one}", asked("firmo.headcount", one), "head", "head") for one in range(10)]
    parts = [Subject(f"f{one}-{two}", asked(f"own.d{two % 5}", two), f"f{one}", f"f{one}") for one in range(10) for two in range(11)]
    few, many = blocks_of((head, *families)), blocks_of((head, *families, *parts), [("f0-0", "f9-9")])

    assert few == (("head", *(one.id for one in families)),)
    assert max(map(len, many)) <= 60
    assert {name for block in many for name in block} == {one.id for one in (head, *families, *parts)}
    assert all(any({f"f{one}", *(f"f{one}-{two}" for two in range(11))} <= set(block) for block in many) for one in range(10))
    assert any({"f0-0", "f9-9"} <= set(block) for block in many)


def test_many_bounds_of_few_questions_are_kept_together_by_question():
    """Two hundred children of one head: too many to compare each with each, so each question has its own block."""
    head = Subject("head", ())
    children = [Subject(f"c{number}", asked(f"own.d{number % 4}", number), "head", "head") for number in range(200)]
    found = blocks_of((head, *children))

    assert sorted(name for block in found for name in block) == sorted(one.id for one in (head, *children))
    assert all(len({int(name[1:]) % 4 for name in block if name != "head"}) <= 2 for block in found)
    assert len(found) <= 5
