"""Typed text comes back from Markdown as it was typed, and never turns into structure."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from microseg.briefs.escape import escape_markdown, flat

pytestmark = pytest.mark.slow  # many examples: the fast suite leaves them to CI

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
# texts that look like Markdown more often than chance would have it
PIECES = ["*", "**", "_", "__", "`", "```", "#", "# ", "## ", "- ", "+ ", "> ", "1. ", "2) ", "|", "||", "---", "===", "~~", "<b>", "</b>", "<!--", "-->", "<a@b.c>", "<https://x.y>", "&amp;", "&#65;", "&", "[", "]", "](", "](x)", "![", "[x]", "[ ] ", "(", ")", "\\", "\\*", "a", "B", "é", "企業", "مرحبا", " ", "  ", "\n", "\n\n", "\t", "    ", ":", ": ", "1", ".", "word", "snake_case", "C#", '"', "'", "{{ x }}", "{% y %}", "http://a.b/_c_"]
TEXTS = st.one_of(st.lists(st.sampled_from(PIECES), min_size=1, max_size=8).map("".join), st.text(max_size=30)).filter(lambda text: flat(text) != "")
FRAMES = {
    "paragraph": ("{}", {"paragraph"}),
    "list": ("- {}", {"bullet_list", "list_item", "paragraph"}),
    "behind words": ("- **Bold:** {}", {"bullet_list", "list_item", "paragraph", "strong"}),
    "heading": ("## {}", {"heading"}),
    "quote": ("> {}", {"blockquote", "paragraph"}),
    "cell": ("| a | b |\n| --- | --- |\n| {} | c |", {"table", "thead", "tbody", "tr", "th", "td"}),
    "link": ("[{}](a.md)", {"paragraph", "link"}),
    "after a line": ("Before\n{}", {"paragraph"}),
}


def read(markdown: str) -> tuple[str, set[str]]:
    """The texts of a page and the kinds of its elements."""
    texts: list[str] = []
    kinds: set[str] = set()
    for block in MARKDOWN.parse(markdown):
        for token in block.children or [block]:
            if token.type in {"text", "text_special"}:
                texts.append(token.content)
            elif token.type == "softbreak":
                texts.append("\n")
            elif token.type != "inline":
                kinds.add(re.sub("_(open|close)$", "", token.type))
    return "".join(texts), kinds


@pytest.mark.parametrize("frame", FRAMES)
@settings(max_examples=30, deadline=None)
@given(text=TEXTS)
def test_a_text_comes_back_and_nothing_becomes_structure(frame, text):
    form, kinds = FRAMES[frame]

    found, found_kinds = read(form.replace("{}", escape_markdown(text)))
    plain, _ = read(form.replace("{}", "X"))

    assert found == plain.replace("X", flat(text))
    assert found_kinds == kinds


@pytest.mark.parametrize(
    ("typed", "escaped"),
    [
        ("Waits 3 - 5 days, 20 % leave.", "Waits 3 - 5 days, 20 % leave."),
        ("snake_case and a _word_", "snake_case and a \\_word\\_"),
        ("1. first", "1\\. first"),
        ("2026 was bad", "2026 was bad"),
        ("- no", "\\- no"),
        ("# no", "\\# no"),
        ("#1 complaint", "#1 complaint"),
        ("a < b & c", "a < b & c"),
        ("<b>&copy;</b>", "&lt;b>&amp;copy;&lt;/b>"),
        ("a | b", "a \\| b"),
        ("C:\\new", "C:\\new"),
        ("two\nlines", "two lines"),
    ],
)
def test_as_little_as_possible_is_escaped(typed, escaped):
    assert escape_markdown(typed) == escaped
