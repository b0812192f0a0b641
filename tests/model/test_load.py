"""Records are made of what binding left, whether it comes as it was, from another process or from the cache."""

import pytest

from microseg.criteria.dimensions import Dimensions
from microseg.model.load import load
from microseg.model.segment import Segment
from microseg.project.encode import decode, encode
from microseg.project.facts import read_facts
from microseg.source.nodes import Limits

TWICE = b"""name: A
tags: [a]
reviewed: 2026-01-01
pain_points:
  - statement: Counts crates by hand
    importance: 7
    evidence: [x, y]
    evidence: [z]
ideal_solutions:
  - Counts crates by itself
"""


def _packed(data):
    (packed,) = read_facts("segments/a.yaml", "segments", data, dimensions=Dimensions(), limits=Limits()).packed
    return packed


def test_a_key_that_stands_twice_is_loaded_once():
    segment = load(Segment, _packed(TWICE), "segments/a.yaml")

    (pain,) = segment.pain_points
    assert [one.written for one in pain.evidence] in (["x", "y"], ["z"])
    assert {one.path for one in pain.evidence} == {"segments/a.yaml"}


def test_lists_of_a_cache_make_the_same_record():
    packed = _packed(TWICE)

    assert repr(load(Segment, decode(encode(packed)), "a.yaml")) == repr(load(Segment, packed, "a.yaml"))


@pytest.mark.parametrize("length", [10, 300, 70_000])
def test_places_are_kept_however_far_away_they_are(length):
    text = f"name: A\npain_points:\n  - statement: {'x' * length}\n    evidence: [y, z]\nnotes: B\n"
    packed = _packed(text.encode())

    for segment in (load(Segment, packed, "a.yaml"), load(Segment, decode(encode(packed)), "a.yaml")):
        (pain,) = segment.pain_points
        places = [pain.at.key("evidence"), pain.at.value("evidence"), pain.at.field("evidence"), pain.at.item("evidence", 1), segment.at.value("notes"), segment.at.item("pain_points", 0)]
        assert [text[one.start : one.end][:20] for one in places] == ["evidence", "[y, z]", "evidence: [y, z]", "z", "B", f"statement: {'x' * 9}"]
