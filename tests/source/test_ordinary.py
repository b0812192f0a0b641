"""The quick reader says what libyaml says, or nothing."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from microseg.source.nodes import Limits, Scalar, Sequence, find_duplicate_keys, read_document
from microseg.source.ordinary import as_node, read_ordinary

ROOT = Path(__file__).parents[2]
FILES = [path.read_text(encoding="utf-8") for folder in ("sample_workspace", "templates", "tests/model") for path in sorted((ROOT / folder).rglob("*.yaml"))]
PIECES = [": ", "- ", "#", " #", "\n", "\n\n", "  ", "    ", "[", "]", "{", "}", ", ", ">-", "|", "'", '"', "---\n", "~", "é", "k: v\n", "k:\n", "- a\n", "  - b: c\n", ":", "? ", "&a ", "*a ", "!t ", "\t", " \n", "# note\n", "x"]


def _flat(node):
    """A node as the quick reader has it."""
    if isinstance(node, Scalar):
        return (node.start, node.end, node.value, node.style == "")
    if isinstance(node, Sequence):
        return (node.start, node.end, [_flat(item) for item in node.items])
    return (node.start, node.end, {key.value: (key.start, key.end, _flat(value)) for key, value in node.pairs()})


def is_read_alike(text):
    """Whether the quick reader took it; it says what the careful one says, in which nothing is wrong then."""
    found = read_ordinary(text, Limits())
    if found is None:
        return False
    document = read_document(text, Limits())
    assert (document.problems, list(find_duplicate_keys(document.root)), document.aliased) == ((), [], frozenset())
    assert _flat(document.root) == found
    assert _flat(as_node(found)) == found
    return True


@pytest.mark.parametrize(
    "text",
    [
        "a: b\n",
        "a: b",
        "a:\n  b:\n    - c\n    - d: e\n      f: g\nh: i\n",
        "a:\n- b\n- c: d\n  e:\n  - f\nh: i\n",
        "a: >-\n  b\n  c\nd: |\n  e\n\nf: g\n",
        "a: [b, c d, 3]\nd: {e: f, g: [h, i]}\nj: [{k: l}, [m]]\n",
        "# note\na: b\n\n  # another\nc: 'd'\ne: \"f: g\"\n",
        "a:  # note\n  - b  # note\n  - [c, d&e]   # it's\nf: 'g'  # note\nh: {i: j's}  # note\n",
        "a: b:c http://x.y/z?q=1\n",
        "a: über#1\n",
    ],
)
def test_ordinary_texts_are_read(text):
    assert is_read_alike(text)


@pytest.mark.parametrize(
    "text",
    ["", "a\n", "- a\n", "a:\n", "a: b\na: c\n", "a: b # c\n", "a: b  #1\n", "a: b\n  c\n", "a: &b c\n", "a: *b\n", "a: !t b\n", "a: b: c\n", "a:\tb\n", "a: [b\n", "a: []\n", "a: [b,, c]\n", "a: {b}\n", "a: {b: c, b: d}\n",
     "---\na: b\n", "? a\n: b\n", "a: >-\n  b\n\n  c\n", "a: >-\n  b\n   c\n", "a: >\n  b", "a: 'b\n  c'\n", "<<: a\n", "a:\n  - b\n c: d\n", "a: b\n# microseg: ignore[x] y\n", "a: b\r\n", "a: \u2028b\n", "a: -\n", "a: - b\n"],
)
def test_whatever_is_not_ordinary_is_left_alone(text):
    assert read_ordinary(text, Limits()) is None


def test_a_text_that_could_exceed_a_limit_is_left_alone():
    assert read_ordinary("a: [b, c]\n", Limits(nodes=5)) is None
    assert read_ordinary("a: b\n", Limits(depth=8)) is None
    assert read_ordinary("".join(f"{'  ' * depth}a:\n" for depth in range(40)) + "  " * 40 + "b: c\n", Limits()) is None
    assert read_ordinary("a: " + "[" * 5_000 + "b" + "]" * 5_000 + "\n", Limits()) is None


def test_files_as_people_write_them_are_mostly_ordinary():
    assert sum(map(is_read_alike, FILES)) > len(FILES) / 2


@st.composite
def edited(draw):
    """A part of a real file, changed here and there."""
    lines = draw(st.sampled_from(FILES)).split("\n")
    start = draw(st.integers(0, len(lines)))
    text = "\n".join(lines[start : start + draw(st.integers(1, 25))]) + "\n"
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + draw(st.integers(0, 3)) :]
    return text


@pytest.mark.slow
@given(edited())
@settings(max_examples=200)
@example("a: b\n- c\n")
@example("a:\n  - b\n- c\n")
@example("a: b #c\n")
def test_what_is_readis_read_alike(text):
    is_read_alike(text)
