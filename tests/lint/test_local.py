"""Families: every segment is judged once, in whatever slices; what a rule says it needs, it needs."""

import pytest

from microseg.lint.engine import Options, judge
from microseg.lint.finding import SEVERITIES
from microseg.lint.local import Results, Work, families
from microseg.lint.page import page_of, read_example
from microseg.lint.rule import Context, all_rules
from microseg.project import Project
from microseg.record import replace
from microseg.words.analyse import analyse

TREE = {
    "segments/a.yaml": "id: a\nname: A\nsegments:\n  - {id: b, name: B, pain_points: [A good UI], segments: [{id: c, name: C}, {id: d, name: D}]}\n  - {id: e, name: E}\n",
    "segments/circle.yaml": "segments:\n  - {id: x, name: X, parent: y}\n  - {id: y, name: Y, parent: x}\n  - {id: z, name: Z, parent: y}\n",
    "segments/twice.yaml": "segments:\n  - {id: b, name: Another B, parent: a}\n  - {id: lost, name: Lost, parent: nowhere}\n",
}


def _open(root, files):
    return Project.open(root, {path: text.encode() for path, text in files.items()})


def _context(project, as_of=None):
    return Context(project.config, as_of or project.workspace.newest_date, project.dimensions, analyse, project.source)


def _told(report):
    return [(one.rule, one.severity, one.location, one.message) for one in report.findings]


def test_every_segment_is_a_child_of_the_family_of_its_parent(tmp_path):
    workspace = _open(tmp_path, TREE).workspace
    found = families(workspace)

    in_their_own = [child for family in found for child in family.children if workspace.parent(child) is family.parent]
    assert sorted(map(id, in_their_own)) == sorted(map(id, workspace.segments))
    assert [one.parent.id if one.parent else None for one in found] == [None, "a", "b", "x", "y", "b"]


def test_slices_say_what_the_whole_says(tmp_path):
    project = _open(tmp_path, TREE)
    rules = all_rules()
    every = families(project.workspace)
    whole = Work(project.workspace, _context(project), rules)(every)
    sliced = [Work(project.workspace, _context(project), rules)([family])[0] for family in reversed(every)]

    assert any(whole)
    assert sliced[::-1] == whole


def test_shared_out_or_not_the_report_is_the_same(tmp_path):
    project = _open(tmp_path, TREE)
    inputs = project._inputs

    def backwards(slices, work):
        return [hits for one in reversed(slices) for hits in work([one])]

    assert _told(judge(inputs, Options(), None, local=backwards)) == _told(judge(inputs, Options(), Results())) == _told(project.findings())


def test_a_rule_has_nothing_to_say_where_what_it_needs_is_missing(tmp_path):
    blocks = [block for rule in all_rules() for block in page_of(rule.module).flagged]
    eager = [replace(one, needs=()) for one in all_rules()]
    told = []
    for block in blocks:
        example = read_example(block)
        project = _open(tmp_path, example.files)
        context, every = _context(project, example.as_of), families(project.workspace)
        told.append([[hit for hits in Work(project.workspace, context, rules)(every) for hit in hits] for rules in (all_rules(), eager)])

    assert all(spared == asked for spared, asked in told)
    assert {hit.code for spared, _ in told for hit in spared} >= {one.code for one in all_rules() if one.needs}


def test_what_was_said_is_kept_by_what_it_was_said_of(tmp_path):
    project = _open(tmp_path, TREE)
    results = Results()
    first = judge(project._inputs, Options(), results)
    kept = dict(results.told)
    results.told = dict.fromkeys(kept, ())

    assert kept
    assert len(_told(judge(project._inputs, Options(), results))) < len(_told(first))
    assert _told(judge(project._inputs, Options(select=("MS2",)), results)) == _told(project.findings(Options(select=("MS2",))))


@pytest.mark.parametrize("count", [1_000, 1_003])
def test_a_file_with_too_many_findings_shows_those_of_the_first_rules(tmp_path, count):
    pains = "".join(f"  - {{statement: 'Crews in harbour {number} wait for the tide table until noon.', importance: 9, satisfaction: 9}}\n" for number in range(count))
    report = _open(tmp_path, {"segments/a.yaml": f"name: A\nstatus: active\npain_points:\n{pains}"}).findings(Options(select=("MS204", "MS501", "MS012")))
    by_rule = {code: sum(one.rule == code for one in report.findings) for code in ("MS012", "MS204", "MS501")}

    assert sum(report.counts[one] for one in SEVERITIES) == 1_001
    assert by_rule == {"MS012": 1, "MS204": 1_000, "MS501": 0}
