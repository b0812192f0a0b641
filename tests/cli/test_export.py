"""microseg export: the result on standard output, what was left out beside it, and an exit code that says so."""

import json

TREE = """
name: Learners
unit: user
criteria: {plan.state: paid}
segments:
  - {name: Weekly, criteria: {use.visits: {gte: 3, last: 30d}}}
"""


def test_what_is_left_out_is_said_and_the_exit_code_is_1(run, tree):
    tree({"segments/learners.yaml": TREE})

    told = run("export", "--to", "growthbook")

    assert (told.code, [one["id"] for one in json.loads(told.out)["saved_groups"]]) == (1, ["learners"])
    assert told.err.splitlines()[-1] == "left out: weekly: use.visits is counted over a time, and GrowthBook knows attributes, not events"


def test_a_segment_that_lost_its_parent_is_not_exported_without_a_word(run, tree):
    tree({"segments/learners.yaml": TREE, "segments/paying.yaml": "name: Paying\nparent: learner\nunit: user\ncriteria: {plan.state: paid}\n"})

    told = run("export", "paying", "--to", "growthbook", "--quiet")

    assert told.err == "warning: segments/paying.yaml:2: there is no segment `learner`; what is wrong is left out of the export, `microseg lint` says what to do\n"


def test_nothing_left_to_export_is_an_error(run, tree):
    tree({"segments/learners.yaml": TREE})

    told = run("export", "--to", "growthbook", "weekly")

    assert (told.code, told.out) == (2, "")
    assert told.err.splitlines()[0] == "error: weekly cannot be exported to growthbook: use.visits is counted over a time, and GrowthBook knows attributes, not events"


def test_sql_needs_to_know_the_tables(run, tree):
    tree({"segments/learners.yaml": TREE})

    told = run("export", "--to", "sql")

    assert (told.code, told.out) == (2, "")
    assert told.err.splitlines()[0] == "error: microseg.yaml names no data to measure"


def test_a_file_and_a_part_of_the_tree(run, tree, tmp_path):
    tree({"segments/learners.yaml": TREE})

    told = run("export", "weekly", "--to", "mermaid", "--output", "weekly.mmd")

    assert (told.code, told.out, told.err) == (0, "", "")
    assert (tmp_path / "weekly.mmd").read_text().splitlines()[:2] == ["flowchart LR", '  s0["Weekly"]:::longtail']


def test_an_unknown_target_names_the_nearest(run, tree):
    tree({"segments/learners.yaml": TREE})

    told = run("export", "--to", "mermaids")

    assert (told.code, told.err.splitlines()) == (2, ["error: there is no target `mermaids`", "help: did you mean `mermaid`?"])
