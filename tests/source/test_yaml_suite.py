"""The cases of the YAML test suite, where a checkout of it lies beside this one or $YAML_TEST_SUITE names it: a model or findings with a place, never an exception."""

import os
from pathlib import Path

import pytest
import yaml
from source.test_ordinary import is_read_alike

from microseg.criteria.dimensions import Dimensions
from microseg.project.facts import read_facts
from microseg.source.nodes import Limits, read_document
from microseg.source.text import find_unseen

SUITE = Path(os.environ.get("YAML_TEST_SUITE", Path(__file__).parents[3] / "shared" / "yaml-test-suite")) / "src"
SIGNS = {"␣": " ", "∎": "", "⇔": "\ufeff", "↵": "", "←": "\r"}
pytestmark = [pytest.mark.slow, pytest.mark.skipif(not SUITE.is_dir(), reason="no checkout of the YAML test suite beside this one")]


def _texts():
    for path in sorted(SUITE.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            text = case.get("yaml") or ""
            for sign, meant in SIGNS.items():
                text = text.replace(sign, meant)
            yield path.stem, bool(case.get("fail")), text.replace("———»", "\t").replace("——»", "\t").replace("—»", "\t").replace("»", "\t")


def test_every_case_is_read_or_has_its_findings():
    for name, _, text in _texts():
        for kind in ("segments", "evidence"):
            facts = read_facts(f"{kind}/{name}.yaml", kind, text.encode(), dimensions=Dimensions(), limits=Limits())

            assert all(0 <= one.start <= len(text) and one.message for one in facts.problems), name
            assert facts.problems, name


def test_what_is_no_yaml_is_mostly_refused():
    """libyaml reads a few cases that YAML 1.2 forbids; what it refuses is refused here too."""
    refused = [name for name, fails, text in _texts() if fails and read_document(text).problems]
    failing = [name for name, fails, _ in _texts() if fails]

    assert len(refused) > len(failing) * 0.75


def test_the_quick_reader_says_the_same_or_nothing():
    texts = [text for _, _, whole in _texts() for text in (whole, whole.rstrip("\n"), f"a:\n  {whole}", f"a: [{whole.strip()}]\n") if not find_unseen(text)]

    assert sum(map(is_read_alike, texts)) > 20
