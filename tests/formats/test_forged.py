"""Whatever a file and its name hold, each format stays what it is: it parses back, and nothing in it is an order to a terminal or a runner."""

import json
import re
import xml.etree.ElementTree as ET
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.discovery import names_in
from microseg.formats._look import Look
from microseg.project import Project

NASTY = ["\n::error file=a::gotcha", "%0A::warning::x", "\x1b[31m", "]]>", "<!--", "</testsuite>", "\u202eabc", "a\u2028b", "\r\n", "\x85", "\x9b1m", "&lt;", '"', "\\", "\ufeff", "\uffff", "::", ",line=1"]
TEXTS = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=24)).map(lambda text: f"We need {text}")
NAMES = st.one_of(st.sampled_from(["a", "b c", "::error::x", "%0Ax", "\x1b[2J", "\u202ex", "<&\"'>", "\udcff"]), st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=8))
FORBIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
ORDER = re.compile(r"::(error|warning|notice) file=[^\r\n]*,title=[^:,]*::[^\r\n]*")
HERE = Path(__file__).parent


def _project(name, key, texts):
    said = "".join(f"  - {json.dumps(text, ensure_ascii=False)}\n" for text in texts)
    held = f"name: {json.dumps(texts[0], ensure_ascii=False)}\nstatus: active\n{json.dumps(key, ensure_ascii=False)}: x\npain_points:\n{said}minimum_expected:\n{said}"
    return Project.open(HERE, {f"segments/{name}.yaml": held.encode("utf-8", "surrogatepass")})


@pytest.mark.slow
@settings(deadline=None, max_examples=80)
@given(NAMES, TEXTS, st.lists(TEXTS, min_size=1, max_size=3))
def test_every_format_holds(name, key, texts):
    project = _project(name, key, texts)
    report = project.findings()
    look = Look(project.source, show_infos=True)
    told = {one: import_module(f"microseg.formats.{one}").render(report, look) for one in names_in("microseg.formats")}
    count = len(report.findings)

    assert [one for one, text in told.items() if FORBIDDEN.search(text)] == []
    assert len(json.loads(told["json"])["findings"]) == count
    assert len(json.loads(told["sarif"])["runs"][0]["results"]) == count + len(report.suppressed)
    assert len(json.loads(told["gitlab"])) == count
    assert len(json.loads(told["rdjson"])["diagnostics"]) == count
    assert len(ET.fromstring(told["junit"]).findall(".//testcase")) == count  # noqa: S314 - our own output
    assert [line for line in told["github"].splitlines() if not ORDER.fullmatch(line)] == []
    assert len(told["github"].splitlines()) == count
