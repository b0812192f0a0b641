"""Segments that ask about segments: a chain without end, or one that doubles at each step, costs no more than the bound."""

import time

import pytest

from microseg.measure.overgrown import WHY
from microseg.measure.resolved import resolved_segments
from microseg.project import Project

PAID = "criteria: {plan.state: paid}"


def asking(count, criteria):
    """Segments s0, s1, … of which each asks about the next."""
    return {f"segments/s{number}.yaml": f"id: s{number}\nname: S\ncriteria: {criteria % {'next': f's{number + 1}'}}\n" for number in range(count)} | {f"segments/s{count}.yaml": f"id: s{count}\nname: S\n{PAID}\n"}


def broken(root, files):
    return resolved_segments(Project.open(root, {path: text.encode() for path, text in files.items()}).workspace).broken


@pytest.mark.parametrize(
    ("criteria", "fits"),
    [
        ("{segment: {is: %(next)s}}", 95),
        ("{any: [{segment: {is: %(next)s}}, {segment: {is_not: %(next)s}}]}", 8),
        ("{not: {segment: {is: %(next)s}}}", 47),
    ],
)
def test_what_fits_is_counted_and_what_grows_past_the_bound_is_not(tmp_path, criteria, fits):
    files = asking(150, criteria)

    found = broken(tmp_path, files)

    assert set(found.values()) == {WHY}
    assert sorted(found) == sorted(f"s{number}" for number in range(150 - fits))


def test_a_circle_ends_where_it_closes_and_many_circles_end_too(tmp_path):
    names = [f"c{number}" for number in range(14)]
    everybody = {f"segments/{name}.yaml": f"id: {name}\nname: C\ncriteria: {{any: [{', '.join(f'{{segment: {{is: {other}}}}}' for other in names if other != name)}]}}\n" for name in names}
    began = time.process_time()

    assert broken(tmp_path, {"segments/a.yaml": "id: a\nname: A\ncriteria: {segment: {is: b}}\n", "segments/b.yaml": "id: b\nname: B\ncriteria: {segment: {is: a}}\n"}) == {}
    assert set(broken(tmp_path, everybody)) == set(names)
    assert time.process_time() - began < 5


def test_a_child_is_as_large_as_its_parent(tmp_path):
    files = asking(100, "{segment: {is: %(next)s}}")
    files["segments/child.yaml"] = f"id: child\nname: Child\nparent: s0\n{PAID}\n"

    assert {"s0", "child"} <= broken(tmp_path, files).keys()
