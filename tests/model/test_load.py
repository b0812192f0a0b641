"""Records are made of what binding left, whether it comes as it was, from another process or from the cache."""

import json

from microseg.criteria.dimensions import Dimensions
from microseg.model.load import load
from microseg.model.segment import Segment
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

    assert repr(load(Segment, json.loads(json.dumps(packed)), "a.yaml")) == repr(load(Segment, packed, "a.yaml"))
