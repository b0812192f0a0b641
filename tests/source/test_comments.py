import pytest

from microseg.source.comments import find_comments
from microseg.source.nodes import read_document


def _comments(text):
    return [one.text for one in find_comments(text, read_document(text).scalars)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\n", []),
        ("# first\na: 1 # second\n# last", ["# first", "# second", "# last"]),
        ('a: "#no" # yes\n', ["# yes"]),
        ("a: 'it''s #no'\n", []),
        ("a: C#\nb: x#y\n", []),
        ("a: |  # header\n  # inside\n  text # inside\nb: 1 # after\n", ["# header", "# after"]),
        ("a: >-\n  text\n# between\nb: 1\n", ["# between"]),
        ("a: [x, # one\n  y] # two\n", ["# one", "# two"]),
        ("a: {x: 1}# glued\n", ["# glued"]),
        ("a: # of nothing\nb: 1\n", ["# of nothing"]),
        ("a: 1\r\n# crlf\r\n", ["# crlf"]),
        ("a: &x 1 # anchor\nb: *x # alias\n", ["# anchor", "# alias"]),
        ("? key # of a key\n: value # of a value\n", ["# of a key", "# of a value"]),
    ],
)
def test_finds_comments_between_the_scalars(text, expected):
    assert _comments(text) == expected


def test_each_comment_stands_where_it_says():
    text = "a: 1 # 企業 😀\n"

    assert [(one.start, one.end, text[one.start : one.end]) for one in find_comments(text, read_document(text).scalars)] == [(5, 11, "# 企業 😀")]
