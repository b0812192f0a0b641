import datetime as dt
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.model.saved import Run, SavedMetric, SavedSegment, read_run

WHOLE = {
    "version": 1, "tool": "microseg 0.1.0", "as_of": "2026-06-30", "engine": "duckdb",
    "segments": [
        {
            "id": "small", "unit": "account", "criteria_hash": "00ff", "size": 35, "unknown": 4, "unknown_because": "firmo.headcount", "share_of_parent": 0.0864, "share_low": 0.06, "share_high": 0.12,
            "metrics": {"free-to-paid": {"value": 0.12, "n": 120, "unknown": 3, "unit": "share", "low": 0.08, "high": 0.17, "parent": 0.1, "previous": None, "note": None}},
        },
        {"id": "nps", "unit": "user", "size": 0, "metrics": {"nps": {"value": None, "n": 12, "note": "12 answers, and at least 30 are needed"}}},
    ],
    "overlaps": [{"a": "small", "b": "nps", "both": 2}], "coverage": [{"parent": "all", "none": 3, "one": 400, "several": 2, "unknown": 9}],
}  # fmt: skip


def read(held: object) -> Run | str:
    return read_run("measures/x.json", json.dumps(held).encode())


def test_a_saved_run_is_read_whole():
    run = read(WHOLE)

    metric = SavedMetric("free-to-paid", Fraction("0.12"), 120, 3, "share", Fraction("0.08"), Fraction("0.17"), Fraction("0.1"))
    small = SavedSegment("small", "account", 35, 4, "firmo.headcount", "00ff", Fraction("0.0864"), Fraction("0.06"), Fraction("0.12"), (metric,))
    assert (run.as_of, run.engine, run.tool) == (dt.date(2026, 6, 30), "duckdb", "microseg 0.1.0")
    assert run.segment("small") == small
    assert run.segment("nps").metrics[0].note == "12 answers, and at least 30 are needed"
    assert run.segment("nowhere") is None
    assert (run.overlaps, run.coverage) == ((("small", "nps", 2),), (("all", 3, 400, 2, 9),))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "it is not JSON"),
        (b"{", "it is not JSON"),
        (b"\xff", "it is not UTF-8"),
        (b"[1]", "it holds no saved measure"),
        (b"[" * 100_000, "it is not JSON"),
        (b"{}", "it has no `version: 1`"),
        (b'{"version": true}', "it has no `version: 1`"),
        (b'{"version": 2}', "it was written by a newer microseg (version 2)"),
        (b'{"version": 1}', "it does not say which day it stands for (`as_of`)"),
        (b'{"version": 1, "as_of": "2026-02-30"}', "it does not say which day it stands for (`as_of`)"),
    ],
)
def test_what_is_no_saved_run_says_why(data, why):
    assert read_run("measures/x.json", data) == why


@pytest.mark.parametrize("size", ["-1", "1.5", "true", '"35"', "null", "[]", "1e400", "9" * 5_000, "NaN"])
def test_a_size_that_is_none_leaves_the_segment_out(size):
    data = f'{{"version": 1, "as_of": "2026-06-30", "segments": [{{"id": "a", "unit": "user", "size": {size}}}, {{"id": "b", "unit": "user", "size": 3}}]}}'

    assert [one.id for one in read_run("x", data.encode()).segments] == ["b"]


@pytest.mark.parametrize(("typed", "value"), [("0.000001", Fraction(1, 10**6)), ("1e-06", Fraction(1, 10**6)), ("-12", -12), ("1e300", None), ("0." + "3" * 100, None), ("Infinity", None), ('"1"', None), ("true", None)])
def test_a_value_is_a_number_or_none(typed, value):
    data = f'{{"version": 1, "as_of": "2026-06-30", "segments": [{{"id": "a", "unit": "user", "size": 1, "metrics": {{"m": {{"value": {typed}}}}}}}]}}'

    assert read_run("x", data.encode()).segments[0].metrics[0].value == value


def test_nothing_unseen_gets_through():
    segment = {"id": "a", "unit": "user", "size": 1, "unknown_because": "\x1b[31mred\u202e", "metrics": {"m\x07": {"note": "a\x00b"}}}
    found = read({"version": 1, "as_of": "2026-06-30", "segments": [segment]}).segments[0]

    told = (found.unknown_because, found.metrics[0].id, found.metrics[0].note)
    assert [one for text in told for one in text if one in "\x00\x07\x1b\u202e"] == []


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["id", "unit", "size", "metrics", "value", "parts", "a", "b", "both", "parent"]), inner, max_size=5),
    max_leaves=8,
)


@settings(max_examples=25)
@given(st.lists(anything, max_size=4) | anything, anything, anything)
def test_any_json_is_read_without_a_crash(segments, overlaps, coverage):
    run = read({"version": 1, "as_of": "2026-06-30", "segments": segments, "overlaps": overlaps, "coverage": coverage})

    assert isinstance(run, Run)
    assert all(one.size >= 0 and one.unit in {"account", "user"} for one in run.segments)


@settings(max_examples=25)
@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_refused(data):
    assert isinstance(read_run("x", data), str)
