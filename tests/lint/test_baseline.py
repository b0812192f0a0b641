"""Living with findings for now: written, matched by what they are about, told when they are gone."""

import time

import pytest

from microseg.errors import UsageError
from microseg.lint.baseline import read_baseline, rename_in_baseline, write_baseline
from microseg.lint.engine import Options
from microseg.lint.settle import Baseline
from microseg.project import Project

FILES = {"segments/creators.yaml": "name: Creators\nkeywrd: x\npain_points:\n  - A good UI\n  - {id: slow, statement: The software is slow}\n"}


HEAD = '{"version": 1, "algorithm": "rule, owner, subject, rank: v1", "findings": '
WRONG = (
    HEAD.replace("1", "2", 1) + "[]}",
    HEAD.replace('"version": 1, ', "") + "[]}",
    HEAD + "{}}",
    HEAD + '"text"}',
    HEAD + '[{"rule": "MS1", "owner": "a", "subject": "b", "rank": 1e999}]}',
)


def opened(tmp_path, files):
    for path, text in files.items():
        target = tmp_path / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text)
    return Project.open(tmp_path)


def with_baseline(project, text):
    return project.findings(Options(baseline=Baseline("microseg-baseline.json", text, read_baseline(text))))


def test_what_is_written_is_lived_with(tmp_path):
    project = opened(tmp_path, FILES)
    text = write_baseline(project.findings().findings)

    report = with_baseline(project, text)

    assert [one.rule for one in report.findings if one.severity != "info"] == []
    assert len(report.baselined) == text.count('"rule"')


def test_lines_may_move_and_order_may_change(tmp_path):
    text = write_baseline(opened(tmp_path, FILES).findings().findings)
    moved = {"segments/creators.yaml": "# a comment\n\npain_points:\n  - {id: slow, statement: The software is slow}\n  - A good UI\nname: Creators\nkeywrd: x\n"}

    report = with_baseline(opened(tmp_path, moved), text)

    assert [one.rule for one in report.findings if one.severity != "info"] == []


def test_what_is_mended_is_a_stale_entry_with_its_line(tmp_path):
    text = write_baseline(opened(tmp_path, FILES).findings().findings)
    mended = {"segments/creators.yaml": FILES["segments/creators.yaml"].replace("keywrd", "keyword")}

    report = with_baseline(opened(tmp_path, mended), text)

    stale = [one for one in report.findings if one.rule == "MS905"]
    line = next(number for number, row in enumerate(text.splitlines(), 1) if "MS003" in row)
    assert [(one.location.path, one.location.line, one.severity) for one in stale] == [("microseg-baseline.json", line, "warning")]


def test_new_findings_are_told_as_ever(tmp_path):
    text = write_baseline(opened(tmp_path, FILES).findings().findings)
    more = {"segments/creators.yaml": FILES["segments/creators.yaml"] + "onwer: us\n"}

    report = with_baseline(opened(tmp_path, more), text)

    assert [(one.rule, one.item) for one in report.findings if one.severity == "error"] == [("MS003", "onwer")]


def test_rename_keeps_it_true():
    text = '{"version": 1, "algorithm": "rule, owner, subject, rank: v1", "findings": [\n  {"rule": "MS303", "owner": "creators", "subject": "pain/slow", "rank": 1}\n]}\n'

    assert '"owner": "makers", "subject": "pain/slow"' in rename_in_baseline(text, "segment", "creators", "makers")
    assert '"owner": "creators", "subject": "pain/late"' in rename_in_baseline(text, "pain", "slow", "late")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"findings": [1]}', '{"findings": [{"rule": "MS1"}]}', '{"findings": [], "algorithm": "v9"}', *WRONG])
def test_what_is_no_baseline_is_refused(text):
    with pytest.raises(UsageError):
        read_baseline(text)


@pytest.mark.slow
def test_many_stale_entries_cost_little_and_each_has_its_line(tmp_path):
    rows = ",\n".join(f'  {{"rule": "MS201", "owner": "gone-{number}", "subject": "x", "rank": 1}}' for number in range(20_000))
    project = opened(tmp_path, {"segments/a.yaml": "name: A\n"})
    project.findings()
    begun = time.process_time()

    report = with_baseline(project, f"{HEAD}[\n{rows}\n]}}\n")

    stale = [one.location for one in report.findings if one.rule == "MS905"]
    assert [(one.line, one.column) for one in stale] == [(number + 2, 3) for number in range(20_000)]
    assert time.process_time() - begun < 2


def test_entries_on_one_line_are_told_at_the_top(tmp_path):
    text = HEAD + '[{"rule": "MS201", "owner": "gone", "subject": "x", "rank": 1}, {"rule": "MS202", "owner": "gone", "subject": "x", "rank": 1}]}'

    report = with_baseline(opened(tmp_path, {"segments/a.yaml": "name: A\n"}), text)

    assert [one.location.line for one in report.findings if one.rule == "MS905"] == [1, 1]


def test_rename_leaves_a_baseline_that_does_not_name_it_as_it_is():
    text = HEAD + "[ ]}"

    assert rename_in_baseline(text, "segment", "a", "b") == text
