"""What is read by its form is what is read with care."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from microseg.criteria.dimensions import Dimensions
from microseg.model import bind_text
from microseg.model.bind_text import TextBinder
from microseg.model.segment import Segment
from microseg.project import facts
from microseg.source.nodes import Limits

ROOT = Path(__file__).parents[2]
FILES = [path.read_text(encoding="utf-8") for folder in ("sample_workspace/segments", "templates") for path in sorted((ROOT / folder).rglob("*.yaml"))]
ORDINARY = """# yaml-language-server: $schema=../microseg.schema.json

id: tutors
name: Tutors
parent: course-creators
definition: >-
  Those who teach one person
  at a time.

who_they_are:
  - alone
  - Ärzte und Lehrer
pain_points:
  - id: late-pay
    statement: They wait for their money
    importance: 8.50
    evidence: [int-1, int-2]
  - id: no-shows
    statement: "Pupils: they do not come"
    importance: low
    evidence: [int-1, int-2]

  - id: dull-days
    statement: 退屈な日々
    importance: 5
    evidence: int-3
ideal_solutions:
  - Money on the same day
  - statement: A bell
    relieves: late-pay
minimum_expected: [A good UI]
criteria:
  demo.language: {in: [en, x500]}
  use.active_days: {gte: 2, last: 30d}
status: active
"""


def _learned(*texts):
    """A binder that has met the texts often enough."""
    binder = TextBinder(Segment, Dimensions(), Limits())
    for _ in range(4):
        for text in texts:
            binder.bind(text)
    return binder


def _is_bound_alike(text, binder):
    """Whether it was read by its form; then with care the same comes of it."""
    quick = binder.bind(text)
    if quick is None:
        return False
    careful = facts._facts("segments/a.yaml", "segments", text.encode(), Dimensions(), Limits())
    assert careful == facts.FileFacts("segments/a.yaml", "segments", (), (quick,), single=True)
    return True


def test_an_ordinary_file_is_read_by_its_forms(monkeypatch):
    binder = _learned(ORDINARY)
    monkeypatch.setattr(bind_text, "read_lines", None)
    assert binder.bind(ORDINARY) is not None


@pytest.mark.parametrize("text", ["name:A\n", "name: A\nkeyword:b\n", "name: A\n keyword: b\n", "name: A\nname: B\n", "name: A\n---\nname: B\n", "name: A\n# microseg: ignore[x] y\n", "name: A\nKeyword: b\n", "nmae: A\n", "name: A\r\n", "name: A"])
def test_what_is_no_such_file_is_left_to_others(text):
    assert _learned(ORDINARY).bind(text) is None


@pytest.mark.parametrize("times", range(5))
def test_a_form_that_is_learned_changes_nothing(times):
    binder = TextBinder(Segment, Dimensions(), Limits())
    assert all(_is_bound_alike(ORDINARY, binder) for _ in range(times + 1))


def test_files_as_people_write_them_are_bound_alike(monkeypatch):
    monkeypatch.setattr(bind_text, "_ENOUGH", 10_000)
    binder = _learned(*FILES)
    assert sum(_is_bound_alike(text, binder) for text in FILES) > len(FILES) / 2


def test_where_most_sections_are_of_another_kind_the_files_are_left_to_others():
    lists = "".join(f"{name}:\n  - {{id: {name.replace('_', '-')}-1, statement: B}}\n" for name in ("pain_points", "goals", "findings", "ideal_solutions"))
    binder = TextBinder(Segment, Dimensions(), Limits())
    taken = [_is_bound_alike("name: A\n" + lists, binder) for _ in range(40)]
    assert (taken[0], taken[-1]) == (True, False)


OTHER = ["null", "~", "x", "A: B", "A:", "A #b", "'a'", '"a: b"', "''", "-1", "[]", "[a]", "[a, a-b]", "[a,b]", "[ a ]", "[null]", "a-b", "A b", " ", "0", "high", "11", "{a: b}", "> a", "a ", "ä", "é: ü", "a" * 70, "!x", "&a b", "*a", "a\n      b", "\n      - a", "2026-01-01", "|", "a\u00a0", "²", "a\u2028b", "?", "- a"]
PIECES = [":", ": ", " :", "- ", "-", "#", " #", "\n", "\n\n", " ", "  ", "    ", "\t", "\r\n", "[", "]", "{", "}", ", ", ",", ">-", "|", "'", '"', "\\", "---\n", "...\n", "~", "é", "\u2028", "k: v\n", "k:\n", "- a\n", "? ", "&a ", "*a ", "!t ", "<<: ", "%", "@", "`"]
LINES = sorted({line for text in FILES for line in text.split("\n")})


@st.composite
def edited(draw):
    """An ordinary file in which some values or lines are others."""
    lines = ORDINARY.split("\n")
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        how = draw(st.sampled_from(["value", "value", "value", "twice", "away", "deeper", "comment", "blank", "line", "swap"]))
        if how == "value":
            lines[at] = lines[at].split(":")[0] + ": " + draw(st.sampled_from(OTHER)) if ":" in lines[at] else lines[at][:4] + draw(st.sampled_from(OTHER))
        elif how == "twice":
            lines.insert(at, lines[at])
        elif how == "away":
            del lines[at]
        elif how == "deeper":
            lines[at] = draw(st.sampled_from([" ", "  ", "   "])) + lines[at]
        elif how == "comment":
            lines[at] += draw(st.sampled_from([" # b", "  # b", "#b", " # microseg: ignore[x] y"]))
        elif how == "blank":
            lines.insert(at, draw(st.sampled_from(["", "  ", "# a", "  # a", "---", "..."])))
        elif how == "line":
            lines[at] = draw(st.sampled_from(LINES))
        else:
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
    text = "\n".join(lines)
    for _ in range(draw(st.sampled_from([0, 0, 1, 2]))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + draw(st.integers(0, 2)) :]
    return text


@pytest.mark.slow
@given(st.lists(edited(), min_size=1, max_size=3))
@settings(max_examples=200)
@example(["name: A\npain_points:\n  - B\n    c\n"])
def test_what_is_read_by_its_form_is_read_alike(texts):
    binder = _learned(ORDINARY)
    for text in texts * 3:
        _is_bound_alike(text, binder)
