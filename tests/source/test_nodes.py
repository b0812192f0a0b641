import pytest
from hypothesis import given
from hypothesis import strategies as st

from microseg.source.nodes import Limits, Scalar, Sequence, find_duplicate_keys, read_document


def _shown(text, node):
    """A node as nested tuples: its kind, what its span covers, and what is in it."""
    typed = text[node.start : node.end]
    if isinstance(node, Scalar):
        return (node.style or "plain", typed, node.value)
    if isinstance(node, Sequence):
        return ("flow list" if node.flow else "list", typed, [_shown(text, item) for item in node.items])
    return ("flow map" if node.flow else "map", typed, [(_shown(text, key), _shown(text, value)) for key, value in node.pairs()])


def _value(text):
    """The node behind `a:`, shown."""
    document = read_document(text)
    assert document.problems == ()
    return _shown(text, document.root.get("a"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: plain text  # note\n", ("plain", "plain text", "plain text")),
        ("a: 'it''s'\n", ("'", "'it''s'", "it's")),
        ('a: "x\\ty" # note\n', ('"', '"x\\ty"', "x\ty")),
        ("a: one\n  two\n\n  three\nb: 1\n", ("plain", "one\n  two\n\n  three", "one two\nthree")),
        ("a: |\n  one\n  two\n\n# note\nb: 1\n", ("|", "|\n  one\n  two", "one\ntwo\n")),
        ("a: >-  # note\n  one\n  two\n\n\n\nb: 1\n", (">", ">-  # note\n  one\n  two", "one two")),
        ("a: |\nb: 1\n", ("|", "|", "")),
        ("a:\nb: 1\n", ("plain", "", "")),
        ("a: # note\nb: 1\n", ("plain", "", "")),
        ("a: [x, 'y']\n", ("flow list", "[x, 'y']", [("plain", "x", "x"), ("'", "'y'", "y")])),
        ("a: {x: 1}\n", ("flow map", "{x: 1}", [(("plain", "x", "x"), ("plain", "1", "1"))])),
        ("a:\n  - x\n  - y  # note\n\n# note\nb: 1\n", ("list", "- x\n  - y", [("plain", "x", "x"), ("plain", "y", "y")])),
        ("a:\n  - - x\nb: 1\n", ("list", "- - x", [("list", "- x", [("plain", "x", "x")])])),
        ("a:\n- x\nb: 1\n", ("list", "- x", [("plain", "x", "x")])),
        ("a:\n  x:\n    y: 1\n\nb: 1\n", ("map", "x:\n    y: 1", [(("plain", "x", "x"), ("map", "y: 1", [(("plain", "y", "y"), ("plain", "1", "1"))]))])),
        ("a: []\n", ("flow list", "[]", [])),
        ("a:\n  - x: 1\n    y:\n  -\nb: 1\n", ("list", "- x: 1\n    y:\n  -", [("map", "x: 1\n    y:", [(("plain", "x", "x"), ("plain", "1", "1")), (("plain", "y", "y"), ("plain", "", ""))]), ("plain", "", "")])),
        ("a: &x one\nb: *x\n", ("plain", "&x one", "one")),
        ("a:\r\n  - x\r\n  - y\r\nb: 1\r\n", ("list", "- x\r\n  - y", [("plain", "x", "x"), ("plain", "y", "y")])),
        ("a: 企業 😀 x\n", ("plain", "企業 😀 x", "企業 😀 x")),
        ("😀: 1\na: 企業\n", ("plain", "企業", "企業")),
    ],
)
def test_spans_cover_what_was_typed_and_nothing_after_it(text, expected):
    assert _value(text) == expected


def test_an_absent_value_stands_at_its_key():
    text = "- ? a key alone\n\n# note\n- next\n"

    assert _shown(text, read_document(text).root.items[0]) == ("map", "? a key alone", [(("plain", "a key alone", "a key alone"), ("plain", "", ""))])


def test_an_alias_is_the_node_of_its_anchor():
    document = read_document("a: &x [1, 2]\nb: *x\nc: &y 3\n")

    assert document.root.get("a") is document.root.get("b")
    assert document.aliased == frozenset({"x"})
    assert [document.root.get(name).anchor for name in "ac"] == ["x", "y"]


def test_foreign_tags_are_kept_and_core_tags_dropped():
    document = read_document("a: !!str 1\nb: !mine 2\nc: !!binary 3\n")

    assert [value.tag for value in document.root.values] == [None, "!mine", "tag:yaml.org,2002:binary"]


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n"])
def test_an_empty_text_is_no_mistake(text):
    document = read_document(text)

    assert document.problems == ()
    assert document.broken_at is None
    assert document.root is None or document.root.value == ""


def _problems(text, limits=None):
    return [(one.code, one.message, text[one.start : one.end]) for one in read_document(text, limits).problems]


@pytest.mark.parametrize(
    ("text", "limits", "message", "place"),
    [
        ("[" * 100_000, Limits(), "nesting is deeper than 64 levels", "["),
        ("- " * 100_000, Limits(), "nesting is deeper than 64 levels", "-"),
        ("{a: " * 100_000, Limits(), "nesting is deeper than 64 levels", "{"),
        ("a: [b, [c, [d]]]\n", Limits(depth=3), "nesting is deeper than 3 levels", "["),
        ("a: [1, 2, 3]\n", Limits(nodes=4), "more than 4 nodes", "2"),
        ("a: &x 1\nb: [*x, *x, *x]\n", Limits(aliases=2), "more than 2 aliases", "*x"),
        ("a: &x [*x]\n", Limits(), "the alias *x stands inside its own anchor, so it would never end", "*x"),
        ("&x {a: *x}\n", Limits(), "the alias *x stands inside its own anchor, so it would never end", "*x"),
    ],
)
def test_bounds_are_kept_while_reading(text, limits, message, place):
    assert _problems(text, limits) == [("MS007", message, place)]
    assert read_document(text, limits).root is None


def test_an_alias_bomb_is_refused():
    bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 9))

    assert [(code, message) for code, message, _ in _problems(bomb)] == [("MS007", "more than 200,000 nodes once aliases are followed")]


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("a: 1\n---\nb: 1\n", "a second document starts here (`---`)", "---"),
        ("a: *nowhere\n", "the alias *nowhere has no anchor &nowhere before it", "*nowhere"),
        ("a:\n\tb: 1\n", "a tab stands where spaces are due", "\t"),
        ("a: @home\n", "YAML cannot read on from this character", "@"),
        ("a: b: c\n", "YAML takes this colon for a key and cannot go on", ":"),
        ("a: 1\n b: 2\n", "YAML takes this colon for a key and cannot go on", ":"),
        ("a:\n  - x\n - y\n", "YAML cannot read on from here", "-"),
        ("a: [x\nb: 1\n", "a `[` or `{` is opened and not closed", "["),
        ("a: {x: 1\nb: 1\n", "a `[` or `{` is opened and not closed", "{"),
        ("a: [x\n", "a `[` or `{` is opened and not closed", "["),
        ("a: 'x\nb: 1\n", "a quote is opened and never closed", "'"),
        ('a: "x\n---\n', "a quote is opened and never closed", '"'),
        ("a: 1\nword\nb: 2\n", "a key without its colon", "w"),
        ("a: - x\n", "a list cannot start on this line", "-"),
        ("a:\n  - 'x' y\n", "the list ends unexpectedly here", "y"),
        ("a:\n  - x\n  - 'tis\n  - y'z\n", "the quote that opens here takes in the lines below it", "'"),
        ("a:\n  - 'tis\n    here' too\n", "the quote that opens here closes in the middle of a later line", "'"),
        ("a:\n  - [x\n  - y]\n", "the bracket that opens here takes in the lines below it", "["),
        ("a: !x!y z\n", "the text begins with `!`, which YAML reads as a tag", "!"),
        ("a: x\n} b\n", "YAML cannot read on from here", "}"),
    ],
)
def test_what_is_not_yaml_is_said_in_plain_words(text, message, place):
    assert _problems(text) == [("MS001", message, place)]


@pytest.mark.parametrize("text", ["%YAML 1.1\n---\na: 1\n", "%YAML 1.2\n---\na: 1\n"])
def test_the_yaml_directive_is_fine(text):
    assert _problems(text) == []


@pytest.mark.parametrize("text", ["%TAG ! tag:x,2000:\n---\na: 1\n", "%YAML 1.0\n---\na: 1\n"])
def test_other_directives_are_not(text):
    assert {code for code, _, _ in _problems(text)} <= {"MS006", "MS001"}
    assert _problems(text) != []


def test_a_list_item_joined_to_the_text_above_is_found():
    text = "a:\n  - one\n    - two\n"

    assert _problems(text) == [("MS009", "YAML joins this line to the text above it", "- ")]


def test_wrapped_texts_are_fine():
    text = 'a: one\n  two - three\nb: "one\n  - two"\nc:\n  - "one\n    two: three"\n  - [x,\n     y]\n  - {k: 1,\n     l: 2}\n'

    assert _problems(text) == []


def test_duplicate_keys_name_the_first():
    text = "a: 1\nb: {c: 1, c: 2}\na: 3\n'a': 4\n"

    found = [(one.message, one.start, [(note.start, note.message) for note in one.notes]) for one in find_duplicate_keys(read_document(text).root)]

    assert sorted(found) == [
        ("the key `a` stands twice here; YAML would keep one and lose the other", 21, [(0, "the first one")]),
        ("the key `a` stands twice here; YAML would keep one and lose the other", 26, [(0, "the first one")]),
        ("the key `c` stands twice here; YAML would keep one and lose the other", 15, [(9, "the first one")]),
    ]


def test_duplicates_behind_an_alias_are_found_once():
    assert len(list(find_duplicate_keys(read_document("a: &x {k: 1, k: 2}\nb: [*x, *x]\n").root))) == 1


_PIECES = st.sampled_from(["a", "b: ", "- ", "\n", "\n  ", "\n    ", "[", "]", "{", "}", ", ", "'", '"', "|\n", ">\n", "# c", "&x ", "*x", "!t ", "? ", "é", "😀", "\r\n", "\t", "---\n", "...", "\u0085", "\\"])


@given(st.one_of(st.lists(_PIECES, max_size=30).map("".join), st.text(max_size=80)))
def test_never_raises_and_spans_lie_inside_and_nest(text):
    document = read_document(text)

    assert (document.broken_at is None) or (document.root is None and document.problems)
    assert all(0 <= start <= end <= len(text) for start, end, _ in document.scalars)
    assert all(0 <= one.start <= max(one.end, one.start) <= len(text) + 3 for one in document.problems)
    if document.root is not None:
        _check_spans(document.root, text)


def _check_spans(root, text):
    waiting, met = [root], set()
    while waiting:
        node = waiting.pop()
        assert 0 <= node.start <= node.end <= len(text)
        if id(node) in met or isinstance(node, Scalar):
            continue
        met.add(id(node))
        children = node.items if isinstance(node, Sequence) else [*node.keys, *node.values]
        for child in children:
            if child.anchor is None or "*" not in text:
                assert node.start <= child.start
                assert child.end <= node.end
        waiting += children
