"""What is bound quickly is what is bound with care."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.criteria.dimensions import Dimensions
from microseg.project import facts
from microseg.source.nodes import Limits

ROOT = Path(__file__).parents[2]
FILES = [("evidence" if "evidence" in path.parts else "segments", path.read_text(encoding="utf-8")) for folder in ("sample_workspace", "templates", "tests/model") for path in sorted((ROOT / folder).rglob("*.yaml"))]
LINES = sorted({line for _, text in FILES for line in text.split("\n")})
VALUES = ["x", "5", "-1", "0.50", "null", "~", "A B", "low", "2026-01-01", "2026-1-1", "1,000", "30d", "[a]", "[a, b]", "{in: [a]}", "'null'", '"a"', "a-b", "yes", "true"]


def _is_bound_alike(kind, text):
    """Whether it was bound quickly; then with care the same comes of it."""
    quick = facts._ordinary_facts("segments/a.yaml", kind, text, Dimensions(), Limits())
    assert quick is None or quick == facts._facts("segments/a.yaml", kind, text.encode(), Dimensions(), Limits())
    return quick is not None


def test_files_as_people_write_them_are_mostly_bound_quickly():
    assert sum(_is_bound_alike(*file) for file in FILES) > len(FILES) / 2


def test_a_mistake_is_for_the_careful_reader():
    for text in ("nmae: A\n", "name: A\nlevel: top\n", "pain_points: [a b]\n", "name: A\nparent: B C\n", "name: A\nreviewed: 2026-1-1\n", "name: A\ncriteria: {x.y: 1}\n", "name: A\nkeyword: ~\n"):
        assert not _is_bound_alike("segments", text)


@pytest.mark.parametrize("value", ["{in: [en, de, en]}", "{in: ['a b', \"null\", de]}", "{in: [en], missing: include}", "[en, de]", "{not_in: [en]}"])
def test_texts_in_criteria_are_bound_quickly(value):
    assert _is_bound_alike("segments", f"name: A\ncriteria:\n  demo.language: {value}\n  use.active_days: {{gte: 2, last: 30d}}\n")


@pytest.mark.parametrize("value", ["{in: [null, en]}", "{in: ['']}", "{in: [[en]]}", "{in: en}", "{in: [en], last: 30d}"])
def test_texts_that_are_none_are_for_the_careful_reader(value):
    assert not _is_bound_alike("segments", f"name: A\ncriteria: {{demo.language: {value}}}\n")


def test_a_list_of_segments_is_bound_quickly():
    assert _is_bound_alike("segments", "segments:\n  - name: A\n    segments:\n      - name: B\n  - {name: C, parent: a}\n")
    assert not _is_bound_alike("segments", "segments: A\n")


@st.composite
def edited(draw):
    kind, text = draw(st.sampled_from(FILES))
    lines = text.split("\n")
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        how = draw(st.sampled_from(["other", "value", "twice", "away"]))
        if how == "other":
            lines[at] = draw(st.sampled_from(LINES))
        elif how == "value" and ":" in lines[at]:
            lines[at] = lines[at].split(":")[0] + ": " + draw(st.sampled_from(VALUES))
        elif how == "twice":
            lines.insert(at, lines[at])
        elif len(lines) > 1:
            del lines[at]
    return kind, "\n".join(lines)


@pytest.mark.slow
@given(edited())
@settings(max_examples=80)
def test_what_is_bound_quickly_is_bound_alike(file):
    _is_bound_alike(*file)
