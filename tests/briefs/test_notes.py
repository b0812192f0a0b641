"""Notes: a small part of Markdown, and nothing in it that could do harm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefs.conftest import open_material
from briefs.pages import Page
from microseg.briefs.notes import note_views, spans
from microseg.briefs.page import Note, Span
from microseg.briefs.render import render_brief
from microseg.briefs.view import view_brief
from microseg.record import replace

TEXT = """\
# What we heard #

They *never* open the app,
they open **the mail**.

- one `code`
  goes on here
* two [here](https://example.com/a)
1. first
2) second

```
  as typed: <b>
```
"""


def test_the_parts_of_markdown_that_are_read():
    held = note_views(TEXT)

    assert held == (
        Note("heading", ((Span("What we heard"),),)),
        Note("text", ((Span("They "), Span("never", "em"), Span(" open the app, they open "), Span("the mail", "strong"), Span(".")),)),
        Note("bullets", ((Span("one "), Span("code", "code"), Span(" goes on here")), (Span("two "), Span("here", "", "https://example.com/a")))),
        Note("numbers", ((Span("first"),), (Span("second"),))),
        Note("fenced", ((Span("  as typed: <b>"),),)),
    )


@pytest.mark.parametrize("line", ["[x](javascript:alert(1))", "[x](data:text/html,y)", "[x](file:///etc/passwd)", "[x](//evil.example)", "<a href=x>", "![x](y.png)", "snake_case_word", "2 * 3 * 4", "**", "`", "[]()"])
def test_everything_else_is_text_as_typed(line):
    assert "".join(one.text for one in spans(line)) == line
    assert all(one == Span(one.text) for one in spans(line))


@given(st.text(alphabet=st.sampled_from("a *_`[]()<>#-1.\n~|\\!:/"), max_size=60))
def test_nothing_is_lost_and_nothing_raises(text):
    kept = "".join(one.text for note in note_views(text) for line in note.lines for one in line)

    assert {*kept} <= {*text, " "}
    assert kept.count("a") == text.count("a") or "```" in text or "~~~" in text


PIECES = (*"ab *_`[]()<>#-1.\n~|\\!:/&;", "[x](https://e.x/y)", "![", "**", "```\n", "](", "- ", "<b>", "https://e.x")


@pytest.mark.slow
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_both_kinds_of_page_stay_whole(notes_brief, text):
    brief = notes_brief(text)

    page = Page(render_brief(brief, format="html"))
    assert (page.scripts, [one for one in page.links if not one.startswith(("#main", "https://e.x"))], "img" in page.tags) == (1, [], False)
    tokens = MarkdownIt("gfm-like", {"linkify": False}).enable("strikethrough").parse(render_brief(brief, format="md"))
    found = [one for token in tokens for one in (token, *(token.children or []))]
    assert not [one for one in found if one.type in {"html_block", "html_inline", "image", "blockquote_open", "table_open", "s_open"}]
    assert [one.attrs["href"] for one in found if one.type == "link_open" and not one.attrs["href"].startswith("https://e.x")] == []


@pytest.fixture(scope="module")
def notes_brief(tmp_path_factory):
    material = open_material(tmp_path_factory.mktemp("notes"), {"segments/a.yaml": "name: A\nnotes: x\n"})
    brief = view_brief(material, material.workspace.by_id["a"])
    return lambda text: replace(brief, notes=note_views(text), blocks=("notes",))
