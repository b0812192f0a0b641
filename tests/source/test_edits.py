import pytest
from hypothesis import given
from hypothesis import strategies as st

from microseg.source.edits import TextEdit, apply, overlap
from microseg.source.nearest import nearest


def test_applies_in_any_order():
    edits = [TextEdit(4, 9, "slow"), TextEdit(0, 0, "> "), TextEdit(10, 13, "")]

    assert apply("the quick fox", edits) == "> the slow "


def test_two_insertions_at_one_place_would_be_a_guess():
    with pytest.raises(ValueError, match="overlap at 1"):
        apply("abc", [TextEdit(1, 1, "x"), TextEdit(1, 1, "y")])


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (TextEdit(0, 2, ""), TextEdit(2, 4, ""), False),
        (TextEdit(0, 3, ""), TextEdit(2, 4, ""), True),
        (TextEdit(1, 1, "x"), TextEdit(0, 2, ""), True),
        (TextEdit(2, 2, "x"), TextEdit(0, 2, ""), False),
        (TextEdit(0, 0, "x"), TextEdit(0, 2, ""), False),
        (TextEdit(1, 1, "x"), TextEdit(1, 1, "x"), True),
    ],
)
def test_overlap(first, second, expected):
    assert overlap(first, second) is expected
    assert overlap(second, first) is expected


@st.composite
def _text_and_edits(draw):
    text = draw(st.text(max_size=30))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [TextEdit(start, end, draw(st.text(max_size=4))) for start, end in spans]


@given(_text_and_edits())
def test_applying_is_cutting_from_the_end(drawn):
    text, edits = drawn
    expected = text
    for edit in sorted(edits, reverse=True):
        expected = expected[: edit.start] + edit.text + expected[edit.end :]

    assert apply(text, reversed(edits)) == expected


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("pain_point", ["pain_points", "parent"], "pain_points"),
        ("Statment", ["statement", "status"], "statement"),
        ("minimum-expected", ["minimum_expected"], "minimum_expected"),
        ("xyz", ["statement"], None),
        ("abcd", ["abcf", "abce"], "abce"),
        ("a" * 10_000, ["a" * 20], None),
        ("", ["a"], None),
    ],
)
def test_nearest(word, candidates, expected):
    assert nearest(word, candidates) == expected
