"""Measured numbers: they outrank what was typed, are never mixed with it, and say when they are of other criteria."""

import json

import pytest

from briefs.conftest import open_material
from briefs.pages import Page
from microseg.briefs.page import Fact, Figure, Link, Numbers, Tie
from microseg.briefs.render import Options, render_brief, render_index
from microseg.briefs.sizes import Size, size_of
from microseg.briefs.view import view_brief
from microseg.briefs.whole_view import view_whole
from microseg.model.criteria_hash import criteria_hashes
from microseg.model.saved import read_run

FILES = {
    "microseg.yaml": "version: 1\nproduct: {business_model: b2b}\n",
    "segments/a.yaml": """
        name: Course creators
        size: {accounts: 905}
        segments:
          - {id: small, name: Small, size: {accounts: 300}, criteria: {firmo.headcount: {lt: 50}}, minimum_expected: [A good UI]}
          - {id: large, name: Large, criteria: {firmo.headcount: {gte: 50}}}
          - {id: guessed, name: Guessed, size: {accounts: 90}}
    """,
}


def run_of(day, sizes, hashes, **more):
    segments = [{"id": id_, "unit": "account", "criteria_hash": hashes[id_], "size": size, "unknown": 0, "metrics": {}} for id_, size in sizes.items()]
    for one in segments:
        one.update(more.pop(one["id"], {}))
    return read_run(f"measures/{day}.json", json.dumps({"version": 1, "as_of": day, "tool": "microseg", "segments": segments, **more}).encode())


@pytest.fixture
def hashes(tmp_path):
    return criteria_hashes(open_material(tmp_path, FILES).workspace)


@pytest.fixture
def measured(tmp_path, hashes):
    metric = {"free-to-paid": {"value": 0.125, "n": 120, "unit": "share", "low": 0.08, "high": 0.17, "parent": 0.1, "previous": 0.09, "note": ""}, "creator-nps": {"value": None, "n": 8, "unit": "points", "note": "refused: only 8 answers"}}
    new = run_of(
        "2026-06-30", {"a": 404, "small": 35, "large": 300}, hashes, small={"unknown": 4, "unknown_because": "firmo.headcount", "metrics": metric},
        overlaps=[{"a": "large", "b": "small", "both": 12}, {"a": "a", "b": "small", "both": 35}], coverage=[{"parent": "a", "none": 3, "one": 390, "several": 2, "unknown": 9}],
    )  # fmt: skip
    old = run_of("2026-05-31", {"a": 400, "small": 30, "large": 301}, hashes)
    return open_material(tmp_path, FILES, runs=(new, old))


def test_the_measured_size_outranks_the_typed_one_which_is_then_an_estimate(measured):
    brief = view_brief(measured, measured.workspace.by_id["small"])

    assert brief.facts[:2] == (
        Fact("accounts", "35", "9% of Course creators", "measured 30 Jun 2026; 4 more may be in; 30 on 31 May 2026; estimate: 300"),
        Fact("Free to paid", "12.5%", "Course creators 10%", "Jun 2026, n 120"),
    )
    assert size_of(measured.workspace.by_id["guessed"], measured) == Size(90, "accounts", is_measured=False)


def test_shares_are_all_measured_or_all_typed(measured):
    brief = view_brief(measured, measured.workspace.by_id["a"])

    assert [(one.link.id, one.share) for one in brief.place.tree.children] == [("large", "74%"), ("small", "9%"), ("guessed", "")]
    assert brief.place.denominator == "share of the 404 accounts of Course creators"
    assert [one.size for one in brief.cards] == ["300 accounts, 74% of Course creators", "35 accounts, 9% of Course creators", "90 accounts (estimate)"]
    assert [(row.link.id, row.size, row.share) for row in view_whole(measured).rows] == [("a", "404 accounts", ""), ("small", "35 accounts", "9%"), ("large", "300 accounts", "74%"), ("guessed", "90 accounts (estimate)", "")]


def test_each_metric_stands_beside_the_parents_and_the_run_before(measured):
    numbers = view_brief(measured, measured.workspace.by_id["small"]).numbers

    assert numbers == Numbers(
        "30 Jun 2026", "35 accounts of the 404 in Course creators (8.7%)", "4 more accounts may be in, for we do not know their company size", "", "Course creators", "31 May 2026",
        (Figure("Free to paid", "12.5%", "10%", "9%", "n 120", "8% to 17%", ""), Figure("Creator NPS", "", "", "", "n 8", "", "refused: only 8 answers")),
        "", (Tie("shares 12 accounts with", Link("large", "Large"), ""),), "measures/2026-06-30.json",
    )  # fmt: skip
    assert view_brief(measured, measured.workspace.by_id["a"]).numbers.coverage == "Of its 404 accounts, 390 are in one of the groups inside, 2 in several, 3 in none; of 9 it cannot be told."


def test_both_kinds_of_page_tell_them(measured):
    brief = view_brief(measured, measured.workspace.by_id["small"])
    page = Page(render_brief(brief, format="html", options=Options(is_linked=True))).text

    assert "What was measured on 30 Jun 2026 35 accounts of the 404 in Course creators (8.7%). 4 more accounts may be in, for we do not know their company size." in page
    assert "Free to paid 12.5% n 120, 8% to 17% 10% 9%" in page
    assert "Creator NPS refused: only 8 answers n/a n/a" in page
    assert "- Free to paid: **12.5%** (n 120, 8% to 17%); Course creators: 10%; on 31 May 2026: 9%\n" in render_brief(brief, format="md")
    assert "300 accounts, 74%" in render_index(view_whole(measured), format="html").replace("</span>", "").replace("<span>", "")


def test_numbers_of_other_criteria_say_so(tmp_path, hashes):
    run = run_of("2026-06-30", {"a": 404, "small": 35}, hashes)
    material = open_material(tmp_path, {**FILES, "segments/a.yaml": FILES["segments/a.yaml"].replace("lt: 50", "lt: 90")}, runs=(run,))
    brief = view_brief(material, material.workspace.by_id["small"])

    assert brief.facts[0].note == "measured 30 Jun 2026, before the criteria changed; estimate: 300"
    assert "Measured before the criteria changed" in Page(render_brief(brief, format="html")).text
    assert view_brief(material, material.workspace.by_id["a"]).numbers.stale == ""


def test_a_head_alone_that_was_measured_leaves_the_typed_shares(tmp_path, hashes):
    material = open_material(tmp_path, FILES, runs=(run_of("2026-06-30", {"a": 404}, hashes),))
    brief = view_brief(material, material.workspace.by_id["a"])

    assert [(one.link.id, one.share) for one in brief.place.tree.children] == [("small", "33%"), ("guessed", "10%"), ("large", "")]
    assert brief.place.denominator == "share of the 905 accounts of Course creators"
    assert "numbers" not in brief.blocks


def test_the_revision_stands_on_every_page_where_it_is_asked_for(tmp_path):
    material = open_material(tmp_path, FILES, revision="0123456789")
    brief = view_brief(material, material.workspace.by_id["a"])

    assert "revision 0123456789 . Edit the YAML" in Page(render_brief(brief, format="html")).text
    assert "revision `0123456789`. " in render_brief(brief, format="md")
    assert "revision 0123456789 ." in Page(render_index(view_whole(material), format="html")).text


def test_what_a_saved_run_says_is_text_and_nothing_else(tmp_path, hashes):
    attack = '"><script>alert(1)</script>'
    metrics = {attack: {"name": attack, "value": 3, "n": 4, "unit": attack, "parent": 2, "note": attack, "low": 1, "high": 4}}
    run = run_of("2026-06-30", {"a": 404, "small": 35}, hashes, small={"metrics": metrics, "unknown": 1, "unknown_because": attack}, tool=attack)
    material = open_material(tmp_path, {**FILES, "segments/a.yaml": FILES["segments/a.yaml"].replace("Course creators", "'\"><script>'")}, runs=(run,))
    page = Page(render_brief(view_brief(material, material.workspace.by_id["small"]), format="html"))

    assert (page.scripts, page.outside) == (1, [])
    assert f"3 {attack}" in page.text
