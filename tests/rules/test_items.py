"""Fixes of draft items and of minimum expected ones: every other byte stays."""

import pytest


def test_a_draft_item_gets_an_id_and_keeps_its_comment(fix):
    before = "name: Trainers\npain_points:\n  - New hires wait for their first course.   # told by three\n  - statement: Kept.\n"

    assert fix(before, "MS310") == (
        'name: Trainers\npain_points:\n  - id: new-hires-wait-first-course\n    statement: "New hires wait for their first course."   # told by three\n  - statement: Kept.\n'
    )


def test_ids_are_unique_over_all_files(lint):
    files = {
        "segments/a.yaml": "name: A\npain_points:\n  - New hires wait.\n  - id: taken\n    statement: Someone waits.\n",
        "segments/b.yaml": "name: B\npain_points:\n  - New hires wait!\n  - Taken\n",
    }

    assert [one.fix.title for one in lint(files, "MS310")] == ["give it the id `new-hires-wait`", "give it the id `new-hires-wait-2`", "give it the id `taken-2`"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('pain_points: [Cranes wait, "two: wait"]\n', 'pain_points: [{id: cranes-wait, statement: "Cranes wait"}, {id: two-wait, statement: "two: wait"}]\n'),
        ("pain_points:\n- 'It''s late'\n", "pain_points:\n- id: late\n  statement: 'It''s late'\n"),
        ("pain_points:\n  - Two lines\n    of one text\n", 'pain_points:\n  - id: two-lines-text\n    statement: "Two lines of one text"\n'),
        ("pain_points:\n  - >\n    Two lines\n    of one text\n", 'pain_points:\n  - id: two-lines-text\n    statement: "Two lines of one text"\n'),
        ("pain_points:\r\n  - Cranes wait\r\n", 'pain_points:\r\n  - id: cranes-wait\r\n    statement: "Cranes wait"\r\n'),
        ("pain_points:\n  - 研修が遅い\n", 'pain_points:\n  - id: pain\n    statement: "研修が遅い"\n'),
        ("pain_points:\n  - |\n    Two lines\n    kept apart\n", "pain_points:\n  - |\n    Two lines\n    kept apart\n"),
    ],
)
def test_a_draft_item_in_every_notation(fix, before, after):
    assert fix(f"name: Trainers\n{before}".replace("name: Trainers\n", "name: Trainers\r\n" if "\r" in before else "name: Trainers\n"), "MS310").partition("\n")[2] == after


def test_moves_an_item_to_the_list_that_is_there(fix):
    before = """\
name: Trainers
minimum_expected:
    - Single sign-on   # asked for
# what would help
ideal_solutions:
  - statement: A good UI # the third time
  - id: scan-at-the-door
    statement: Count a badge scanned at the classroom door as a lesson done.
"""

    assert (
        fix(before, "MS201")
        == """\
name: Trainers
minimum_expected:
    - Single sign-on   # asked for
    - statement: A good UI # the third time
# what would help
ideal_solutions:
  - id: scan-at-the-door
    statement: Count a badge scanned at the classroom door as a lesson done.
"""
    )


def test_renames_the_list_that_holds_nothing_else(fix):
    assert fix("name: Trainers\nideal_solutions:\n  - A good UI\n", "MS201") == "name: Trainers\nminimum_expected:\n  - A good UI\n"


def test_begins_a_list_and_moves_one_after_the_other(fix):
    before = "segments:\n  - name: Trainers\n    ideal_solutions:\n      - A good UI\n      - Bug-free software\n    owner: us\n"

    assert fix(before, "MS201") == "segments:\n  - name: Trainers\n    minimum_expected:\n      - A good UI\n      - Bug-free software\n    owner: us\n"


@pytest.mark.parametrize(
    "text",
    [
        "name: Trainers\nideal_solutions: [A good UI]\n",
        "name: Trainers\nideal_solutions:\n  - id: ui\n    statement: A good UI\n",
        "name: Trainers\nideal_solutions:\n  - statement: A good UI\n    stage: idea\n",
    ],
)
def test_leaves_an_item_that_is_more_than_a_line(lint, text):
    assert [one.fix for one in lint(text, "MS201")] == [None]


def test_a_move_is_unsafe(lint):
    assert [one.fix.safe for one in lint("name: Trainers\nideal_solutions:\n  - A good UI\n", "MS201")] == [False]
