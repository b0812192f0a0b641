"""What stands behind a claim, and how old it is."""

import datetime

NOVEMBER = datetime.date(2026, 11, 12)
SEGMENT = """\
name: Trainers
status: {status}
pain_points:
  - statement: New hires are enrolled by hand, days after their first shift.
    evidence: [{cited}]
"""
SOURCES = """\
evidence:
  - {id: old, kind: interview, date: 2025-01-10, end_user: true, by: research}
  - {id: new, kind: ticket, date: 2026-10-10, end_user: true, by: support}
  - {id: opinion, kind: team_opinion, date: 2026-10-10, by: product}
"""


def _files(cited, *, status="active"):
    return {"segments/a.yaml": SEGMENT.format(cited=cited, status=status), "evidence/e.yaml": SOURCES}


def test_old_evidence_is_stale_only_where_nothing_newer_stands_beside_it(lint):
    [found] = lint(_files("old"), "MS504", as_of=NOVEMBER)

    assert found.message == 'this is more than 180 days old, and "New hires are enrolled by hand, days after their first shift." rests on it'
    assert (found.location.path, found.location.line, found.severity) == ("evidence/e.yaml", 2, "warning")
    assert lint(_files("old, new"), "MS504", as_of=NOVEMBER) == []


def test_stale_evidence_of_drafts_is_an_info(lint):
    assert [one.severity for one in lint(_files("old", status="draft"), "MS504", as_of=NOVEMBER)] == ["info"]


def test_the_team_sets_the_age(lint):
    files = _files("new")
    files["microseg.yaml"] = "lint: {stale_after: 30d}\n"

    assert [one.location.line for one in lint(files, "MS504", as_of=NOVEMBER)] == [3]


def test_opinion_alone_is_one_finding(lint):
    assert [one.rule for one in lint(_files("opinion"), "MS502", "MS503", "MS505")] == ["MS503"]


def test_sources_that_agree_in_one_thing(lint):
    assert [one.message for one in lint(_files("old"), "MS502")] == ["everything known about Trainers comes from one piece of evidence, old"]
    assert lint(_files("old, new"), "MS502", "MS503", "MS505") == []


def test_a_text_that_is_not_defined_yet_leaves_it_open(lint):
    assert lint(_files("old, interviews of last spring"), "MS502", "MS503", "MS505") == []


def test_a_reading_cites_too(lint):
    files = _files("old, new")
    files["microseg.yaml"] = "metrics: {nps: {type: nps, min_n: 30, reading: {value: 27, source: opinion}}}\n"

    assert lint(files, "MS506") == []
    assert [one.item for one in lint(_files("old, new"), "MS506")] == ["opinion"]
