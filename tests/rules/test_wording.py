"""Rules that read statements: where each one stops, so that one defect has one code."""

import pytest

from microseg.lint.expected import Expected, ExpectedItems
from microseg.lint.pain_wording import fault_of
from microseg.model.places import Place
from microseg.words.analyse import analyse

EVERYBODY = [
    "Everyone who uses our software.",
    "People who need a better tool",
    "Companies of all sizes",
    "Businesses of any size in any industry",
    "Those who use LearnDash",
    "Anyone who needs online courses",
    "Whoever wants to learn",
    "People and companies from all over the world",
]
SOMEBODY = [
    "Those who sell what they know as online courses.",
    "Anyone who lost a licence in the last year",
    "Everyone in a company of fewer than ten",
    "Universities that offer online training and courses.",
    "Classroom based training for junior schools, middle schools and high schools.",
    "Companies with power users on mobile",
    "Alle, die unsere Software nutzen wollen",
]


def _defined(*definitions):
    children = "".join(f"  - name: Group {number}\n    definition: {one}\n" for number, one in enumerate(definitions))
    head = "name: Online courses\nkeyword: online courses\ndefinition: Those who want something taught or learned over the internet.\nsplit_by: need\nsegments:\n"
    return {"microseg.yaml": "product: {name: LearnDash, category: learning management system}\n", "segments/a.yaml": head + children}


def test_a_definition_that_leaves_nobody_out(lint):
    assert [one.item for one in lint(_defined(*EVERYBODY), "MS404")] == EVERYBODY


def test_a_definition_that_leaves_somebody_out(lint):
    assert lint(_defined(*SOMEBODY), "MS404") == []


def test_the_head_may_speak_to_everyone(lint):
    assert lint("name: Online courses\ndefinition: Everyone who uses our software.\n", "MS404") == []


@pytest.mark.parametrize(
    ("expected", "text", "is_same"),
    [
        ("SCORM import", "Import of SCORM packages", True),
        ("SCORM import", "We need SCORM import", True),
        ("SCORM import", "Keep the scores of learners who move between editions when a SCORM import runs", False),
        ("Single sign-on", "Support for single sign-on", True),
        ("Gamification", "Gamification", True),
        ("Gamification", "Gamification with badges for ladders", False),
    ],
)
def test_what_is_expected_already(expected, text, is_same):
    items = ExpectedItems([Expected(expected, Place("", 0, 0), None)], {}, ())

    assert (items.find(text) is not None) is is_same


def test_says_where_it_is_expected(lint):
    text = """\
name: Head
minimum_expected: [Single sign-on]
segments:
  - name: Child
    minimum_expected: [PDF certificates]
    pain_points: [No single sign-on, No PDF certificates, No SCORM import]
"""
    found = lint({"microseg.yaml": "minimum_expected: [SCORM import]\n", "segments/a.yaml": text}, "MS202")

    assert [one.message for one in found] == [
        '"No single sign-on" is a minimum expected requirement of Head',
        '"No PDF certificates" is a minimum expected requirement here as well',
        '"No SCORM import" is a minimum expected requirement of the whole category, in microseg.yaml',
    ]
    assert [one.related[0].location.path for one in found] == ["segments/a.yaml", "segments/a.yaml", "microseg.yaml"]


def test_scores_in_words_are_never_numbers(lint):
    pain = "name: A\npain_points:\n  - {statement: Cranes wait for the foreman., importance: %s, satisfaction: %s}\n"

    assert [len(lint(pain % scores, "MS204")) for scores in (("8", "8.0"), ("7.9", "9"), ("high", "high"))] == [1, 0, 0]


def test_what_a_survey_calls_must_be_has_one_code(lint):
    text = "name: A\nideal_solutions:\n  - statement: Keep a record of who passed which edition of a course.\n    kano: {M: 61, O: 10, A: 8, I: 20}\n"

    assert [one.message for one in lint(text, "MS201", "MS205")] == ["those asked take this for granted (Worse -0.72, Better 0.18)"]


def test_an_inherited_solution_is_something_to_sell(lint):
    text = """\
name: Head
{0}segments:
  - name: Child
    focus: now
    ideal_solutions: [A good UI, Bug-free software]
"""
    above = "ideal_solutions: [Count a badge scanned at the classroom door as a lesson done.]\n"

    assert [one.message for one in lint(text.format(""), "MS206")] == ["nothing is left to sell to Child: all 2 solutions planned for them are what every product owes"]
    assert lint(text.format(above), "MS206") == []


@pytest.mark.parametrize(("text", "kind"), [("We need SSO", "cure"), ("No bulk edit", "cure"), ("Reporting is a nightmare", "vague"), ("New hires are enrolled by hand, days after their first shift.", None)])
def test_a_pain_has_one_fault_at_most(text, kind):
    fault = fault_of(text, analyse(text))

    assert (fault and fault.kind) == kind


@pytest.mark.parametrize(
    ("pain", "solution", "is_mirror"),
    [
        ("New hires are enrolled by hand.", "No more enrolling new hires by hand", True),
        ("Nobody can tell who passed which version of a course.", "Everybody can tell who passed which version of a course", True),
        ("Invoices get lost between shifts", "Stop losing invoices between shifts", True),
        ("New hires are enrolled by hand, days after their first shift.", "Enrol new hires from the HR system before their first shift.", False),
        ("Nobody can tell who passed which version of a course.", "Show who passed which version of a course, on one sheet.", False),
    ],
)
def test_a_solution_that_only_denies(lint, pain, solution, is_mirror):
    text = f"name: A\npain_points:\n  - id: hurt\n    statement: {pain}\nideal_solutions:\n  - statement: {solution}\n    relieves: [hurt]\n"

    assert (lint(text, "MS309") != []) is is_mirror


def test_a_bare_job_title_as_the_name_of_a_longtail(lint):
    text = "name: Head\nsplit_by: need\nsegments:\n  - name: Developers\n  - name: Business owners\n  - name: Course creators\n  - name: Dentists\n    keyword: software for dentists\n"

    assert [one.item for one in lint(text, "MS403")] == ["Developers", "Business owners"]


def test_nothing_is_said_of_the_retired(lint):
    text = "name: John Doe\nstatus: retired\ndefinition: Developers\nvalue: A good UI\npain_points: [We need SSO, We need SSO]\nideal_solutions: [A good UI]\ngoals: [Grow]\n"

    assert [one.rule for one in lint(text)] == []


def _siblings(*solutions):
    children = "".join(f"  - name: Branch {number}\n    ideal_solutions:\n      - {one}\n" for number, one in enumerate(solutions))
    return f"name: Shops\nsplit_by: need\nsegments:\n{children}"


def test_a_guess_is_sure_where_most_siblings_have_it(lint):
    guess, other = "Tills that come back without a call to head office", "Price tags of the bakery printed in the order of its shelves"

    assert [one.severity for one in lint(_siblings(guess, other, other), "MS201")] == ["info"]
    assert [one.severity for one in lint(_siblings(guess, guess, other), "MS201")] == ["warning", "warning"]


def test_what_members_do_speaks_for_their_need(lint):
    text = _siblings("Tills that come back without a call to head office")

    assert lint(text + "    what_they_do: [call head office from the till]\n", "MS201") == []
