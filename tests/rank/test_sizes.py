"""What a saved run says of two segments: it lists no pair that shares nobody, and that is known all the same."""

import datetime as dt

import pytest

from microseg.measure.blocks import SIZE
from microseg.model.saved import Run, SavedCoverage, SavedOverlap, SavedSegment
from microseg.project import Project
from microseg.rank.sizes import COMPARED, SizeOf, Sizes, compared_families, overlaps_among

TREE = "id: all\nname: All\nsegments:\n  - {id: a, name: A, segments: [{id: a1, name: A one}, {id: a2, name: A two}]}\n  - {id: b, name: B}\n  - {id: c, name: C}\n"


@pytest.fixture
def workspace(tmp_path):
    (tmp_path / "segments").mkdir()
    (tmp_path / "microseg.yaml").write_text("version: 1\ndefaults: {unit: account}\n")
    (tmp_path / "segments" / "all.yaml").write_text(TREE)
    return Project.open(tmp_path).workspace


def among(names, workspace, *, overlaps=(), coverage=(), measured=("all", "a", "a1", "a2", "b", "c")):
    run = Run("measures/x.json", dt.date(2026, 6, 30), segments=tuple(SavedSegment(one, "account", 10) for one in measured), overlaps=overlaps, coverage=coverage)
    sizes = Sizes({one: SizeOf(10, "account", "measured") for one in measured}, {frozenset({one.a, one.b}): one.both for one in overlaps}, compared_families(run, workspace))
    return {"-".join(sorted(pair)): both for pair, both in overlaps_among(names, sizes, workspace).items()}


def test_siblings_that_are_not_listed_share_nobody(workspace):
    assert among("abc", workspace, overlaps=(SavedOverlap("a", "b", 3),), coverage=(SavedCoverage("all", 1, 5, 3, 0),)) == {"a-b": 3, "a-c": 0, "b-c": 0}


def test_what_lies_below_two_that_share_nobody_shares_nobody(workspace):
    whole = (SavedCoverage("all", 0, 20, 0, 0),)

    assert among(("a1", "b"), workspace, coverage=whole) == {"a1-b": 0}
    assert among(("a1", "b"), workspace, overlaps=(SavedOverlap("a", "b", 3),), coverage=whole) == {}
    assert among(("a1", "a2"), workspace, coverage=whole) == {}


def test_nothing_is_taken_for_granted_of_what_was_not_measured(workspace):
    assert among("ab", workspace) == {}
    assert among("ab", workspace, coverage=(SavedCoverage("all", 0, 20, 0, 0),), measured=("all", "a", "c")) == {}


def test_measure_compares_families_of_that_size():
    assert COMPARED == SIZE
