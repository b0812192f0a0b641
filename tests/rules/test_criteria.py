"""Criteria of a family: who is shared, who is left out, what is impossible."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

SETTINGS = "product: {name: LearnDash, business_model: b2b}\n"


def _family(*criteria, parent=""):
    children = "".join(f"  - name: Child {number}\n    criteria: {one}\n" for number, one in enumerate(criteria))
    return {"microseg.yaml": SETTINGS, "segments/example.yaml": f"name: Head\nsplit_by: size\n{parent}segments:\n{children}"}


def test_overlaps_are_told_once_a_segment(lint):
    found = lint(_family("{firmo.headcount: {lt: 60}}", "{firmo.headcount: {lt: 90}}", "{firmo.headcount: {gte: 50}}", "{firmo.headcount: {gte: 40}}", "{firmo.headcount: 55}"), "MS605")

    assert [one.message for one in found] == [
        "Child 1 can share members with Child 0, and neither says so",
        "Child 2 can share members with Child 0, Child 1, and neither says so",
        "Child 3 can share members with Child 0, Child 1, Child 2, and neither says so",
        "Child 4 can share members with Child 0, Child 1, Child 2, and 1 more, and neither says so",
    ]
    assert len(found[3].related) == 3


LINES = st.sampled_from(
    [
        "{demo.language: [de, en]}",
        "{demo.language: {in: [en, fr], missing: include}, firmo.headcount: {lt: 50}}",
        "{demo.language: {not_in: [de]}, firmo.headcount: {gte: 50}}",
        "{demo.language: {is_set: false}}",
        "{firmo.headcount: {between: [10, 60]}}",
        "{firmo.headcount: {gte: 40, missing: include}}",
        "{any: [{demo.language: de}, {firmo.headcount: {lt: 20}}]}",
        "{plan.state: trial, demo.language: en}",
    ]
)


@pytest.mark.slow
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(LINES, min_size=2, max_size=6))
def test_among_many_siblings_the_same_ones_overlap_as_among_a_few(lint, lines):
    few = lint(_family(*lines), "MS605")
    many = lint(_family(*lines, *[f"{{firmo.headcount: {{between: [{number}00, {number}50]}}, demo.language: z{number}, plan.state: free}}" for number in range(70, 90)]), "MS605")

    assert [one.message for one in few] == [one.message for one in many if int(one.message.split()[1]) < len(lines)]


def test_a_set_dimension_alone_never_overlaps(lint):
    assert lint(_family("{job.use_case: {includes_any: [a]}}", "{job.use_case: {includes_any: [b]}}"), "MS605") == []


def test_what_hangs_on_something_opaque_is_not_told(lint):
    users = "{firmo.headcount: {gte: 50}, users: {where: {exp.subject: expert}, at_least: 1}}"
    windows = "{use.visits: {gte: 3, last: 30d}, firmo.headcount: {gte: 50}}"
    other_window = "{use.visits: {lt: 3, last: 90d}, firmo.headcount: {gte: 50}}"

    assert lint(_family("{firmo.headcount: {gte: 50}}", users), "MS605") == []
    assert lint(_family(windows, other_window), "MS605") == []


def test_the_parents_criteria_keep_siblings_apart(lint):
    children = ("{firmo.headcount: {lt: 60}}", "{firmo.headcount: {gte: 50}}")

    assert [one.rule for one in lint(_family(*children), "MS605")] == ["MS605"]
    assert lint(_family(*children, parent="criteria: {firmo.headcount: {gte: 60}}\n"), "MS605") == []


def test_definitions_are_put_in_before_anything_is_compared(lint):
    files = _family("{use: small}", "{firmo.headcount: {gte: 40}}")
    files["microseg.yaml"] += "definitions: {small: {firmo.headcount: {lt: 50}}}\n"

    assert [one.message for one in lint(files, "MS605", "MS601")] == ["Child 1 can share members with Child 0, and neither says so"]


def test_a_gap_is_an_info_unless_the_split_is_exhaustive(lint):
    children = ("{firmo.headcount: {between: [50, 499]}}", "{firmo.headcount: {gte: 1000, lt: 5000}}")
    [open_end] = lint(_family(*children), "MS606")
    [exhaustive] = lint(_family(*children, parent="exhaustive: true\ncriteria: {firmo.headcount: {gte: 50}}\n"), "MS606")

    assert (open_end.severity, open_end.message) == ("info", "no segment of Head takes company size 500 to 999")
    assert (exhaustive.severity, exhaustive.message) == ("warning", "no segment of Head takes company size 500 to 999, from 5,000")


def test_no_gap_where_one_sibling_takes_every_number(lint):
    assert lint(_family("{firmo.headcount: {lt: 50}}", "{firmo.headcount: {gte: 90}}", "{plan.state: free}"), "MS606") == []


def test_impossible_names_what_contradicts(lint):
    files = _family("{firmo.headcount: {lt: 50}, plan.state: free}", parent="criteria: {firmo.headcount: {gte: 50}}\n")
    [found] = lint(files, "MS603", "MS604")

    assert found.message == "nobody can be in Child 0: what it asks about company size contradicts Head, of which it is a part"
    assert [(one.location.line, one.message) for one in found.related] == [(3, "these hold as well")]


def test_impossible_points_at_the_bounds_that_exclude_each_other(lint):
    [found] = lint(_family("{plan.state: free, firmo.headcount: {gte: 50, lte: 9}}"), "MS603")

    assert found.message == "nobody can be in Child 0: its criteria contradict each other about company size"
    assert (found.location.line, found.location.column) == (5, 34)


def test_impossible_points_at_the_criteria_where_a_definition_is_a_part_of_it(lint):
    files = _family("{all: [{use: small}, {firmo.headcount: {gte: 50}}]}")
    [found] = lint({**files, "microseg.yaml": f"{SETTINGS}definitions:\n  small: {{firmo.headcount: {{lt: 50}}}}\n"}, "MS603")

    assert found.message == "nobody can be in Child 0: its criteria contradict each other about company size"
    assert (found.location.line, found.location.column) == (5, 5)


def test_what_lies_below_something_impossible_is_left_alone(lint):
    text = """\
name: Head
criteria: {firmo.headcount: {gte: 50}}
segments:
  - name: Child
    criteria: {firmo.headcount: {lt: 50}}
    segments:
      - name: Grandchild
        criteria: {plan.state: free}
"""

    assert [(one.rule, one.location.line) for one in lint({"microseg.yaml": SETTINGS, "segments/a.yaml": text}, "MS603", "MS604")] == [("MS603", 5)]


def test_the_unit_is_inherited(lint):
    text = "name: Head\nunit: {0}\nsegments:\n  - name: Child\n    criteria: {{exp.subject: expert}}\n"

    assert [one.rule for one in lint(text.format("account"), "MS601")] == ["MS601"]
    assert lint(text.format("user"), "MS601") == []
