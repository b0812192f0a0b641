"""The format's own example, every field of it, is read without a word; and nothing of it is lost."""

from pathlib import Path

import pytest

from microseg.config import Config
from microseg.model.evidence import Evidence
from microseg.model.fields import shape_of
from microseg.model.segment import Segment
from microseg.project import Project

HERE = Path(__file__).parent
FILES = {name: (HERE / f"full_{name}.yaml").read_bytes() for name in ("segment", "evidence", "settings")}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    held = {"segments/corporate-trainers.yaml": FILES["segment"], "evidence/2026.yaml": FILES["evidence"], "microseg.yaml": FILES["settings"]}
    return Project.open(tmp_path_factory.mktemp("full"), held)


def test_reading_it_finds_nothing_wrong(project):
    found = [f"{one.location.path}:{one.location.line} {one.message}" for one in project.findings().findings if one.rule.startswith(("MS0", "MS6")) and one.severity == "error"]

    assert found == []


def test_every_field_of_a_segment_is_typed_and_read(project):
    segment = project.workspace.by_id["corporate-trainers"]
    left_out = {"segments", "exhaustive", "replaced_by"}  # empty, false and for the retired in the example

    assert [name for name in shape_of(Segment).attributes if name not in left_out and not getattr(segment, name)] == []
    assert segment.exhaustive is False


def test_what_is_read_is_what_was_typed(project):
    segment = project.workspace.by_id["corporate-trainers"]
    pain, draft = segment.pain_points
    solution = segment.ideal_solutions[0]

    assert (pain.id, pain.importance, pain.satisfaction, pain.scored_by, pain.n, pain.about) == ("manual-enrolment", "8.6", "3.8", "survey", 90, "existing_software")
    assert [(one.written, one.is_id, one.inline and one.inline.kind) for one in pain.evidence] == [("int-2026-03-acme", True, None), ("{kind: ticket, date: 2026-06-30, n: 40}", False, "ticket")]
    assert (draft.statement, draft.at.is_plain_text) == ("Auditors ask who passed which version of a course, and nobody can tell.", True)
    assert (solution.reach, solution.impact, solution.confidence, solution.effort, solution.iteration) == (400, "2", "0.8", "3", 2)
    assert (solution.kano.M, solution.kano.Q, solution.history[0].note) == (41, 2, "three of five asked for it unprompted")
    assert [(one.statement, one.importance) for one in segment.minimum_expected] == [("A good UI", None), ("Single sign-on", "8.8")]
    assert (segment.goals[0].baseline, segment.goals[0].target, segment.goals[0].by.isoformat()) == ("41 %", "90 %", "2027-03-31")
    assert (segment.goals[0].metric.written, segment.goals[0].metric.is_id) == ("compliant on day one", False)
    assert (segment.findings[0].observed.share, segment.findings[0].cause.confidence) == ("0.66", "0.5")
    assert (segment.experiences[0].for_.text, segment.experiences[0].result, segment.experiences[0].owners) == ("team leads who are not admins", None, ("product", "sales"))
    assert (segment.facts[0].value, segment.size.accounts, segment.size.share_of_revenue) == ("18", 1840, "46 %")
    assert (segment.related[0].segment.written, segment.related[0].how) == ("subject-matter-experts", "overlaps")
    assert segment.bet.headline == "Sell proof of training, not course creation"


def test_evidence_and_settings_are_read(project):
    first, second = project.workspace.evidence

    assert (first.id, first.kind, first.end_user, first.n, first.link) == ("int-2026-03-acme", "interview", True, 1, "https://…")
    assert (second.n, second.says) == (40, 37)
    assert isinstance(first, Evidence)
    config = project.config
    assert isinstance(config, Config)
    assert (config.version, config.product.name, config.unit, config.status, config.owner) == (1, "LearnDash", "account", "draft", "learning-team")
    assert ([one.name for one in config.definitions], [one.name for one in config.metrics], config.lint.max_focus, config.lint.stale_after) == (["power-user"], ["free-to-paid"], 5, "180d")
    assert project.dimensions.find("plant.count").type == "number"
