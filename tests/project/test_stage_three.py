"""What is settled and shown file by file, in one process or several, is what a report of all files shows."""

import random

import pytest
from edited_trees import POOL, make_ready

from microseg.formats import text
from microseg.formats._look import Look
from microseg.lint.engine import Options
from microseg.project import Project, project, stage_three
from microseg.project.said import Show


def drawn(seed):
    chosen = random.Random(seed)  # noqa: S311 - which files, not a secret
    return {path: chosen.choice(texts) for path, texts in POOL.items()}


def whole(root, options, *, infos=True):
    opened = Project.open(root)
    report = opened.findings(options)
    return report.sums, text.render(report, Look(opened.source, show_infos=infos))


def by_file(root, options, *, cached, infos=True):
    opened = Project.open(root, cached=cached)
    look = Look(opened.source, show_infos=infos)
    said = opened.said(options, Show(lambda findings: text.piece(findings, look), infos))
    opened.close()
    return said, "".join([*said.shown.pieces, text.last(said.shown.sums, look)])


@pytest.mark.parametrize("among", [1, 2])
@pytest.mark.parametrize("cached", [True, False])
@pytest.mark.parametrize(("suppress", "infos"), [(True, True), (True, False), (False, True)])
def test_shown_by_file_is_shown_at_once(among, cached, suppress, infos, *, tmp_path, monkeypatch):
    options = Options(suppress=suppress)
    for seed in range(12):
        make_ready(monkeypatch, tmp_path, drawn(seed))
        monkeypatch.setattr(project, "processes", lambda: 1)
        expected = whole(tmp_path / "w", options, infos=infos)
        monkeypatch.setattr(project, "processes", lambda: among)
        monkeypatch.setattr(stage_three, "_AT_ONCE", 1)
        said, told = by_file(tmp_path / "w", Options(suppress=suppress), cached=cached, infos=infos)
        assert (said.shown.sums, told) == expected, seed


def test_what_another_process_settled_is_there_for_a_report(tmp_path, monkeypatch):
    make_ready(monkeypatch, tmp_path, {path: texts[0] for path, texts in POOL.items()})
    monkeypatch.setattr(project, "processes", lambda: 2)
    monkeypatch.setattr(stage_three, "_AT_ONCE", 1)
    said, _ = by_file(tmp_path / "w", Options(), cached=True)

    assert said.is_by_file
    assert said.report() == Project.open(tmp_path / "w").findings()


def test_more_in_a_file_than_is_shown_is_told_at_once(tmp_path, monkeypatch):
    make_ready(monkeypatch, tmp_path, {"microseg.yaml": "version: 1\n", "segments/a.yaml": "name: A\npain_points:\n" + "  - A good UI\n" * 1_100})
    monkeypatch.setattr(project, "processes", lambda: 2)
    opened = Project.open(tmp_path / "w", cached=True)
    said = opened.said(Options(), Show(lambda findings: "", infos=True))
    opened.close()

    assert said.shown is None
    assert "2,301 more findings in this file are not shown" in text.render(said.report(), Look(opened.source, show_infos=True))
