"""SARIF, JUnit, GitLab and rdjson: valid, complete, and not to be broken by what a file holds."""

import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import jsonschema
import pytest

from microseg.formats import gitlab, junit, rdjson, sarif
from microseg.formats._look import Look
from microseg.project import Project

OFFICIAL = Path(__file__).parents[3] / "shared" / "schemas" / "sarif-schema-2.1.0.json"
CREATORS = 'name: "Course <creators> & ]]> \u00e9\U0001f600"\nkeywrd: x\nstatus: active\npain_points:\n  - A good UI   # microseg: ignore[minimum-expected] buyers ask for it\n  - id: one\n    statement: \U0001f600 Our #1 complaint\n'


@pytest.fixture
def project(tmp_path):
    (tmp_path / "segments").mkdir()
    (tmp_path / "microseg.yaml").write_text("version: 1\n")
    (tmp_path / "segments" / "my creators.yaml").write_text(CREATORS)
    (tmp_path / "segments" / "my-creators-2.yaml").write_text("id: one\nname: One\nlevel: midtail\n")
    (tmp_path / "segments" / "zwei.yaml").write_text("id: one\nname: Two\n")
    return Project.open(tmp_path)


def rendered(module, project, **more):
    return module.render(project.findings(), Look(project.source, **more))


def test_sarif_lists_rules_places_fixes_and_suppressions(project):
    held = json.loads(rendered(sarif, project))

    run = held["runs"][0]
    first = run["results"][0]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert held["version"] == "2.1.0"
    assert ids == sorted(set(ids))
    assert [ids[one["ruleIndex"]] for one in run["results"]] == [one["ruleId"] for one in run["results"]]
    assert first["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "segments/my%20creators.yaml"}
    assert [one["ruleId"] for one in run["results"] if "suppressions" in one] == ["MS201"]
    assert any("fixes" in one for one in run["results"])
    assert any("relatedLocations" in one for one in run["results"])
    prints = [one["partialFingerprints"]["microseg/v1"] for one in run["results"]]
    assert len(set(prints)) == len(prints)


@pytest.mark.skipif(not OFFICIAL.exists(), reason="the official schema is not beside this checkout")
def test_sarif_is_valid_by_the_official_schema(project):
    schema = json.loads(OFFICIAL.read_text(encoding="utf-8"))

    assert list(jsonschema.Draft7Validator(schema).iter_errors(json.loads(rendered(sarif, project, show_infos=True)))) == []


def test_junit_is_xml_with_a_case_a_finding(project):
    root = ET.fromstring(rendered(junit, project))  # noqa: S314 - our own output

    cases = root.findall("./testsuite/testcase")
    assert int(root.get("tests")) == len(cases)
    assert int(root.get("failures")) == len(root.findall(".//failure"))
    assert cases[0].get("classname") == "segments/my creators.yaml"


def test_junit_of_a_clean_workspace_has_a_case_that_passed(tmp_path):
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "one.yaml").write_text("name: One\n")

    assert 'tests="1" failures="0"' in rendered(junit, Project.open(tmp_path))


def test_gitlab_has_a_fingerprint_of_its_own_for_each(project):
    issues = json.loads(rendered(gitlab, project, show_infos=True))

    assert len({one["fingerprint"] for one in issues}) == len(issues)
    assert {one["severity"] for one in issues} <= {"critical", "minor", "info"}
    assert issues[0]["location"]["positions"]["begin"]["line"] >= 1


def test_rdjson_counts_bytes_and_suggests(project):
    diagnostics = json.loads(rendered(rdjson, project))["diagnostics"]

    lost = next(one for one in diagnostics if one["code"]["value"] == "MS009")
    line = CREATORS.splitlines()[lost["location"]["range"]["start"]["line"] - 1].encode()
    start, end = (lost["location"]["range"][side]["column"] - 1 for side in ("start", "end"))
    assert line[start:end].decode() == "\U0001f600 Our #1 complaint"
    assert lost["suggestions"][0]["text"] == '"\U0001f600 Our #1 complaint"'


@pytest.mark.parametrize("module", [sarif, junit, gitlab, rdjson])
def test_paths_carry_the_way_from_where_the_command_runs(module, project):
    assert "planning/segments/my" in rendered(module, project, prefix="planning/")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["json", "junit", "text"])
def test_formats_for_programs_are_utf_8_in_any_locale(name, project, tmp_path):
    narrow = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PATH": os.environ["PATH"]}
    told = subprocess.run([sys.executable, "-m", "microseg", "lint", "--all", "--no-cache", "--format", name], cwd=tmp_path, env=narrow, capture_output=True, check=False)

    assert told.returncode == 1, told.stderr
    assert ("<creators> & ]]> \u00e9" in told.stdout.decode()) is (name == "json")
    if name == "junit":
        ET.fromstring(told.stdout)  # noqa: S314 - our own output
    elif name == "json":
        json.loads(told.stdout)
