"""What a page shows is decided here: ranks, gaps, words for scores, what is inherited and from where."""

import datetime

from microseg.briefs.page import Fact, Gaps, Link, Rules, Source, Target
from microseg.briefs.pains import rank
from microseg.briefs.view import BLOCKS, view_brief

TREE = """
    name: Trainers
    definition: Those who train others.
    size: {accounts: 200, share_of_revenue: 80 %, as_of: 2026-10-31, source: crm}
    minimum_expected: [A good UI]
    pain_points:
      - {id: shared, statement: All of them wait., importance: 9, satisfaction: 2, scored_by: survey, n: 90, felt_by: [small]}
    facts: [{label: NPS, value: 20, overall: 27}]
    segments:
      - id: small
        name: Small teams
        size: {accounts: 50, as_of: 2026-10-31}
        facts: [{label: NPS, value: -4.0, n: 12, source: survey-oct, as_of: 2026-10-20}, {label: Churn, value: 6.10 %, overall: 8 %}]
        pain_points:
          - {statement: In words., importance: high, satisfaction: low, quote: '"Ouch."'}
          - {statement: Guessed., importance: 6, satisfaction: 5, scored_by: team}
          - {statement: Sourced., importance: 7, satisfaction: 3, scored_by: interviews, n: 8, solved_by: [Do it by night.]}
          - {statement: Proved., evidence: [{kind: interview, n: 14, date: 2026-10-01}, {kind: ticket, n: 61, says: 44, date: 2026-10-02}]}
"""


def small(material_of):
    material = material_of({"segments/trainers.yaml": TREE})
    return view_brief(material, material.workspace.by_id["small"])


def test_pains_are_ranked_own_first_then_by_score_then_by_evidence(material_of):
    brief = small(material_of)

    assert [(one.number, one.statement, one.score, one.is_guess, one.origin) for one in brief.pains] == [
        (1, "Sourced.", "11", False, None),
        (2, "Guessed.", "7", True, None),
        (3, "Proved.", "", True, None),
        (4, "In words.", "", True, None),
        (5, "All of them wait.", "16", False, Link("trainers", "Trainers")),
    ]
    assert [one.scored for one in brief.pains] == ["interviews, n 8", "the team's guess", "", "nobody was asked yet", "survey, n 90"]
    assert (brief.pains[3].importance, brief.pains[3].satisfaction, brief.pains[3].quote) == ("high", "low", "Ouch.")
    assert brief.pains[2].evidence == "14 interviews, 44 of 61 tickets"
    assert brief.has_map is False


def test_pains_from_above_are_numbered_behind_the_own_and_lend_their_cures(material_of):
    top = {"segments/top.yaml": "name: Top\npain_points:\n  - {id: late, statement: It is late., importance: 9, satisfaction: 2}\n  - {id: dear, statement: It is dear., importance: 5, satisfaction: 5}\n"}
    cure = "ideal_solutions:\n  - {id: earlier, statement: Come earlier., relieves: [late]}\n"
    below = {f"segments/{name}.yaml": f"name: {name}\nparent: top\n{more}" for name, more in (("a", ""), ("b", "pain_points: [Own.]\n"), ("c", "pain_points: [Own too.]\n" + cure))}
    material = material_of({**top, **below})
    pains = {name: view_brief(material, material.workspace.by_id[name]).pains for name in "abc"}

    assert {name: [(one.number, one.statement) for one in shown] for name, shown in pains.items()} == {
        "a": [(1, "It is late."), (2, "It is dear.")], "b": [(1, "Own."), (2, "It is late."), (3, "It is dear.")], "c": [(1, "Own too."), (2, "It is late."), (3, "It is dear.")],
    }  # fmt: skip
    assert [[cure.origin and cure.origin.id for one in shown for cure in one.solutions] for shown in pains.values()] == [["c"], ["c"], [None]]
    assert [one.origin.name for one in pains["b"][1:]] == ["Top", "Top"]
    assert pains["b"][2] is pains["c"][2], "the same on the pages of all siblings, and so written once"


def test_facts_stand_beside_the_parents(material_of):
    assert small(material_of).facts == (
        Fact("accounts", "50", "25% of Trainers", "Oct 2026"),
        Fact("NPS", "\N{MINUS SIGN}4", "Trainers 20", "Survey oct, Oct 2026, n 12"),
        Fact("Churn", "6.1%", "8% overall", ""),
    )


def test_the_bet_is_made_of_the_top_pain_where_nobody_wrote_one(material_of):
    brief = small(material_of)

    assert (brief.bet.headline, brief.bet.is_written) == ("Do it by night", False)
    assert brief.bet.targeting == "We're targeting Small teams with “Do it by night”."


def test_focus_keeps_the_sentence_honest(material_of):
    files = {f"segments/{focus}.yaml": f"name: N\nfocus: {focus}\npain_points: [{{statement: It hurts., solved_by: [Cure it.]}}]\n" for focus in ("now", "later", "never")}
    material = material_of(files)

    assert [view_brief(material, material.workspace.by_id[focus]).bet.targeting for focus in ("now", "later", "never")] == [
        "We're targeting N with “Cure it”.",
        "Later on, we're targeting N with “Cure it”.",
        "We're not targeting N.",
    ]


def test_a_draft_shows_its_gaps_and_empty_blocks_are_left_out(material_of):
    material = material_of({"segments/a.yaml": "name: A\n"})
    brief = view_brief(material, material.workspace.by_id["a"])

    assert brief.blocks == ("pains", "minimum")
    assert all(getattr(brief.gaps, name) for name in ("definition", "bet", "pains", "minimum"))


def test_a_retired_segment_owes_nothing(material_of):
    material = material_of({"segments/a.yaml": "name: A\nstatus: retired\nreplaced_by: b\n", "segments/b.yaml": "name: B\n"})
    brief = view_brief(material, material.workspace.by_id["a"])

    assert (brief.blocks, brief.gaps, brief.replaced_by) == ((), Gaps(), Link("b", "B"))


def test_the_sample_has_every_block_and_each_reader_gets_their_own(sample):
    segment = sample.workspace.by_id["corporate-trainers"]

    assert {*view_brief(sample, segment).blocks} | {"numbers", "notes"} == {*BLOCKS}
    assert view_brief(sample, segment, audience="support").blocks == ("first", "pains", "minimum", "people", "plan")
    assert view_brief(sample, segment, audience="engineering").blocks == ("first", "pains", "rules", "plan", "minimum", "open", "decisions")


def test_plans_know_what_is_overdue(material_of):
    text = """
        name: A
        goals: [{statement: Faster., metric: free-to-paid, baseline: 2.9 %, target: 6 %, by: 2026-01-31, owners: [growth-team, sales]}]
        assumptions: [{statement: It works, due: 2026-01-31, state: holding}, {statement: It sells, due: 2026-01-31}]
    """
    material = material_of({"segments/a.yaml": text}, datetime.date(2026, 2, 1))
    brief = view_brief(material, material.workspace.by_id["a"])

    assert brief.goals[0].target == Target("Free to paid", "2.9%", "6%", 2.9, 6.0)
    assert (brief.goals[0].owners, brief.goals[0].by, brief.goals[0].is_overdue) == ("Growth team and Sales", "31 Jan 2026", True)
    assert [(one.state, one.is_overdue) for one in brief.assumptions] == [("holding", False), ("untested", True)]


def test_criteria_are_told_in_words(material_of):
    material = material_of({"segments/a.yaml": "name: A\ncriteria: {plan.state: paid}\nsegments:\n  - name: B\n    criteria: {firmo.headcount: {lt: 50}}\n"})
    brief = view_brief(material, material.workspace.by_id["b"])

    assert brief.people.who == ("company size under 50",)
    assert brief.rules == Rules(brief.rules.built_using, ("company size under 50",), ((Link("a", "A"), ("plan is paid",)),))
    assert [(one.name, one.dimensions) for one in brief.rules.built_using] == [("firmographics", ("company size",))]


def test_dangerous_links_are_no_links(material_of):
    links = ["javascript:alert(1)", "data:text/html,x", "https://example.com/a_(b)", "file:///etc/passwd", "https://x.y/ onload=z"]
    sources = ", ".join(f'{{kind: interview, title: "S{number}", link: "{link}"}}' for number, link in enumerate(links))
    material = material_of({"segments/a.yaml": f"name: A\npain_points: [{{statement: P., evidence: [{sources}]}}]\n"})

    assert view_brief(material, material.workspace.by_id["a"]).sources == tuple(
        Source(f"S{number}", "", "", "", link if link.startswith("https://example") else "") for number, link in enumerate(links)
    )


def test_two_items_never_share_an_anchor(material_of):
    material = material_of({"segments/a.yaml": "name: A\npain_points: [Same., Same., {id: x, statement: One.}, {id: x, statement: Two.}]\n"})
    anchors = [one.anchor for one in view_brief(material, material.workspace.by_id["a"]).pains]

    assert len(anchors) == len(set(anchors)) == 4


def test_a_circle_of_parents_ends(material_of):
    material = material_of({"segments/a.yaml": "name: A\nparent: b\n", "segments/b.yaml": "name: B\nparent: a\n"})

    assert view_brief(material, material.workspace.by_id["a"]).path == (Link("b", "B"),)


def test_rank_is_stable(sample):
    segment = sample.workspace.by_id["trainers-mid"]

    assert rank(segment, sample) == rank(segment, sample)


def test_words_from_right_to_left_do_not_turn_the_sentence_around(material_of):
    material = material_of({"segments/a.yaml": "id: a\nname: مدربو\npain_points: [{statement: It hurts., solved_by: [Cure.]}]\n"})

    assert view_brief(material, material.workspace.by_id["a"]).bet.targeting == "We're targeting \u2068مدربو\u2069 with “Cure”."
