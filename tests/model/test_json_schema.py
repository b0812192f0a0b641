"""The JSON Schema and the linter agree: what the schema rejects the linter rejects, what is right passes both."""

from pathlib import Path

import jsonschema
import pytest
import yaml

from microseg.lint.engine import Options
from microseg.model.schema import schema_of
from microseg.project import Project

HERE = Path(__file__).parent
SAMPLE = HERE.parents[1] / "sample_workspace"


class _Editor(yaml.CSafeLoader):
    """YAML as editors read it: a date stays text."""


_Editor.yaml_implicit_resolvers = {first: [(tag, pattern) for tag, pattern in held if tag != "tag:yaml.org,2002:timestamp"] for first, held in yaml.CSafeLoader.yaml_implicit_resolvers.items()}

SCHEMAS = {name: schema_of(name) for name in ("segment", "evidence", "workspace")}
PATHS = {"segment": "segments/a.yaml", "evidence": "evidence/a.yaml", "workspace": "microseg.yaml"}


def _rejected(name, text):
    try:
        held = yaml.load(text, _Editor)  # noqa: S506 - a safe loader with fewer resolvers
    except yaml.YAMLError:
        return True
    return not jsonschema.Draft7Validator(SCHEMAS[name]).is_valid(held)


def _has_errors(name, text, root):
    report = Project.open(root, {PATHS[name]: text.encode()}).findings(Options(select=("MS0", "MS601", "MS602")))
    return report.counts["error"] > 0


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_draft_07_schema(name):
    jsonschema.Draft7Validator.check_schema(SCHEMAS[name])


@pytest.mark.parametrize(("name", "file"), [("segment", "full_segment"), ("evidence", "full_evidence"), ("workspace", "full_settings")])
def test_the_format_s_examples_pass(name, file):
    held = yaml.load((HERE / f"{file}.yaml").read_text(), _Editor)  # noqa: S506

    assert [one.message for one in jsonschema.Draft7Validator(SCHEMAS[name]).iter_errors(held)] == []


@pytest.mark.parametrize("path", sorted(SAMPLE.rglob("*.yaml")), ids=lambda path: path.name)
def test_the_sample_passes(path):
    name = {"segments": "segment", "evidence": "evidence"}.get(path.parent.name, "workspace")

    assert [one.message for one in jsonschema.Draft7Validator(SCHEMAS[name]).iter_errors(yaml.load(path.read_text(), _Editor))] == []  # noqa: S506


FINE = [
    ("segment", "name: A\n"),
    ("segment", "name: 2026\ntags: [1, no, on, 12:30]\nid: '2026'\n"),
    ("segment", "name: A\npain_points:\n  - A text\n  - {statement: B, importance: high, n: 3, evidence: [x y, {kind: ticket}], solved_by: c d}\n  -\nsegments:\n"),
    ("segment", "segments:\n  - name: A\n  - {name: B, segments: [{name: C}]}\n"),
    ("segment", "name: A\nreviewed: 2026-11-12\nfacts: [{label: x, value: 41 %}]\n"),
    ("segment", "name: A\nlevel:\nfocus: ~\nowner: null\n"),
    ("evidence", "evidence:\n  - {kind: interview, date: 2026-01-01, end_user: true, n: 3}\n"),
    ("workspace", "version: 1\nlint: {ignore: [MS5], severity: {no-evidence: error}, per_path: {'segments/x/**': {ignore: [MS201]}}}\n"),
    ("workspace", "definitions: {power-user: {use.active_days: {gte: 12, last: 30d}}}\nmetrics: {m: {type: share, where: {plan.state: free}}}\n"),
]
WRONG = [
    ("segment", "keyword: x\n"), ("segment", "- name: A\n"), ("segment", "name: [a, b]\n"), ("segment", "name: A\nnmae: B\n"), ("segment", "name: A\nlevel: top\n"),
    ("segment", "name: A\ntags: word\n"), ("segment", "name: A\nid: Not An Id\n"), ("segment", "name: A\nexhaustive: 1\n"), ("segment", "name: A\nreviewed: tomorrow\n"),
    ("segment", "name: A\npain_points:\n  - {statement: x, importance: 11}\n"), ("segment", "name: A\npain_points:\n  - {statement: x, n: 0}\n"), ("segment", "name: A\npain_points:\n  - {statement: x, n: many}\n"),
    ("segment", "name: A\npain_points:\n  - [x]\n"), ("segment", "name: A\npain_points: {a: b}\n"), ("segment", "name: A\nsize: 12\n"), ("segment", "name: A\nsize: {accounts: -1}\n"), ("segment", "name: A\nsize: {accounts: 1.5}\n"),
    ("segment", "name: A\nideal_solutions:\n  - {statement: x, impact: 4}\n"), ("segment", "name: A\nideal_solutions:\n  - {statement: x, effort: 0.1}\n"), ("segment", "name: A\ngoals:\n  - {id: a}\n"),
    ("segment", "name: A\ncriteria: {firmo.headcount: {gte: many}}\n"), ("segment", "name: A\ncriteria: word\n"), ("segment", "name: A\nsegments:\n  - {keyword: x}\n"), ("segment", "name: A\nmetrics: [{kind: x}]\n"),
    ("segment", "word\n"), ("segment", "name: A\nrelated: [{how: overlaps}]\n"), ("segment", "name: A\nfacts: [x]\n"), ("segment", "name: A\nstatus: done\n"), ("segment", "segments: word\n"), ("segment", "segments: [{name: A}]\nextra: 1\n"),
    ("evidence", "evidence: word\n"), ("evidence", "evidence:\n  - {date: 2026-01-01}\n"), ("evidence", "evidence:\n  - {kind: gossip}\n"), ("evidence", "evidence:\n  - {kind: ticket, end_user: 3}\n"), ("evidence", "sources: []\n"),
    ("workspace", "version: 2\n"), ("workspace", "lint: {severity: {x: loud}}\n"), ("workspace", "lint: {max_focus: 0}\n"), ("workspace", "briefs: {formats: [pdf]}\n"), ("workspace", "limits: {depth: 1000}\n"),
    ("workspace", "definitions: {Power User: {plan.state: free}}\n"), ("workspace", "- a\n"), ("workspace", "metrics: {m: {good: up}}\n"), ("workspace", "product: word\n"), ("workspace", "minimum_expected: word\n"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text"), FINE)
def test_what_is_right_passes_both(name, text, tmp_path):
    assert not _rejected(name, text)
    assert not _has_errors(name, text, tmp_path)


@pytest.mark.parametrize(("name", "text"), WRONG)
def test_what_the_schema_rejects_the_linter_rejects(name, text, tmp_path):
    assert _rejected(name, text)
    assert _has_errors(name, text, tmp_path)
