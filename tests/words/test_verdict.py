"""Verdicts, what outranks them, and how they explain themselves."""

from math import inf

import pytest

from microseg.words.analyse import analyse
from microseg.words.context import NO_CONTEXT, Context, context_for
from microseg.words.explain import explain
from microseg.words.verdict import Verdict, verdict


def judged(text: str, context: Context = NO_CONTEXT) -> tuple[str, str | None]:
    found = verdict(analyse(text), context)
    return found.label, found.confidence


@pytest.mark.parametrize("text", ["A good UI", "A bug-free experience", "Stable software", "Fast and reliable app", "Easy to use"])
def test_what_every_product_owes(text: str) -> None:
    assert judged(text) == ("mer", "sure")


@pytest.mark.parametrize(
    "text",
    [
        "Fast re-certification of crane operators between shifts",
        "Enrol new hires into the courses of their role straight from the HR system, before the first shift.",
        "New hires are enrolled into mandatory courses by hand, days after their first shift.",
    ],
)
def test_a_need_of_one_segment(text: str) -> None:
    assert judged(text) == ("specific", None)


def test_what_is_not_english_is_left_alone() -> None:
    found = verdict(analyse("Das Login funktioniert nicht"), NO_CONTEXT)

    assert found == Verdict("not_english", None, "", -inf)
    assert found.score == 0


def test_the_groups_own_words_are_struck_out() -> None:
    context = context_for(["Crane operators at container ports"])

    assert judged("Stable software for crane operators at container ports", context) == ("mer", "sure")


def test_the_team_outranks_the_words() -> None:
    context = context_for(accept=["good UI"], expected=["gamification"], must_be=["Badges in the break room"])

    assert judged("A good UI", context) == ("specific", None)
    assert judged("Gamification", context) == ("mer", "sure")
    assert judged("Badges in the break room", context) == ("mer", "sure")


def test_an_explanation_shows_every_word() -> None:
    found = explain("Stable software for crane operators", context_for(["Crane operators"]), kind="solution")

    assert [(word.text, word.word_class, word.family) for word in found.words] == [
        ("Stable", "quality", "reliability"),
        ("software", "generic", ""),
        ("for", "function", ""),
        ("crane", "group", ""),
        ("operators", "group", ""),
    ]
    assert found.family == "reliability"
    assert found.reason == "every product owes this (reliability); nothing is left once quality, product and group words are struck out"
    assert found.question == "which segment would not want this?"
    assert found.rewrite.startswith("rewrite it as a situation of this segment: say what this segment loses")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Gamification", 'the workspace lists "Gamification" as expected of every product (`wording.expected`)'),
        ("Better learner experience", 'the workspace accepts "learner experience" as a selling point (`wording.accept`)'),
        ("Das Login funktioniert nicht", "it is not English, so it is left unjudged"),
    ],
)
def test_reasons(text: str, reason: str) -> None:
    assert explain(text, context_for(expected=["gamification"], accept=["learner experience"])).reason == reason


@pytest.mark.parametrize("text", ["Fast", "Easy to use", "Secure and reliable"])
def test_praise_and_nothing_else_is_sure(text: str) -> None:
    assert judged(text) == ("mer", "sure")


def test_nothing_at_all_is_not_owed() -> None:
    assert judged("...") == ("specific", None)


GUESSED = "Tills that come back without a call to head office"


def test_most_siblings_and_the_head_make_a_guess_surer() -> None:
    alone = verdict(analyse(GUESSED), NO_CONTEXT, kind="solution")
    shared = verdict(analyse(GUESSED), context_for(shared=True), kind="solution")
    at_head = verdict(analyse(GUESSED), context_for(at_head=True), kind="solution")

    assert alone.confidence == "maybe"
    assert shared.confidence == "sure"
    assert alone.score < at_head.score < shared.score
    assert explain(GUESSED, context_for(shared=True)).reason.endswith("; most siblings have it too")


def test_where_an_item_stands_makes_no_need_a_guess() -> None:
    need = "Fast re-certification of crane operators between shifts"

    assert judged(need, context_for(shared=True, at_head=True)) == ("specific", None)


def test_what_the_members_do_speaks_for_their_need() -> None:
    context = context_for(traits=["ring head office from the till, fast"])

    assert context.traits == frozenset({"ring", "head", "offic"})
    assert judged(GUESSED, context) == ("specific", None)
