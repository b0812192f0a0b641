"""What templates do with a value beside printing it: names as links, words, code spans, and what is markup already."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

from microseg.briefs.escape import escape_html, escape_markdown, flat
from microseg.briefs.tree_text import mermaid

if TYPE_CHECKING:
    from microseg.briefs.page import Link, Node
    from microseg.briefs.render import Options


class Raw(str):
    """Text that is markup already, such as a picture: nothing in it is escaped any more."""

    __slots__ = ()

    def __html__(self) -> str:
        """What template engines ask for before they escape."""
        return self


class Escaped(dict[object, str]):
    """Typed values as they stand on a page, looked up by value: the same text is met on many pages."""

    def __init__(self, escape: Callable[[str], str], most: int = 50_000) -> None:
        """`most` is how many are kept at once."""
        super().__init__()
        self._escape = escape
        self._most = most

    def __missing__(self, value: object) -> str:
        if type(value) is not str:  # 1, 1.0 and True would be one key
            return self._escape(str(value))
        if len(self) >= self._most:
            self.clear()
        text = self[value] = self._escape(value)
        return text


HTML = Escaped(escape_html)
MARKDOWN = Escaped(escape_markdown)


def linked_html(link: Link, options: Options) -> Raw:
    """A segment by its name, leading to its page where that lies beside this one."""
    return Raw(f'<a href="{HTML[link.id]}.html">{HTML[link.name]}</a>' if options.is_linked and link.id else HTML[link.name])


def linked_markdown(link: Link, options: Options) -> Raw:
    """The same in Markdown."""
    return Raw(f"[{MARKDOWN[link.name]}]({MARKDOWN[link.id]}.md)" if options.is_linked and link.id else MARKDOWN[link.name])


def quoted_for_yaml(text: str) -> Raw:
    """A text as a YAML string in front matter: JSON strings are YAML strings."""
    return Raw(json.dumps(flat(text), ensure_ascii=False))


def code(text: str) -> Raw:
    """A path between backticks, where nothing is escaped and only a backtick could end it."""
    return Raw(flat(text).replace("`", "'"))


def fenced(text: str) -> Raw:
    """A line between two fences, which only a fence of its own could end."""
    return Raw("".join(max(char, " ") for char in text).replace("```", "` ` `"))


def inside(text: str) -> Raw:
    """A typed text in the middle of a line of Markdown, with the blanks around it."""
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    escaped = escape_markdown(text)
    if escaped.endswith("!") and not after:
        escaped = escaped[:-1] + "\\!"  # before a link it would make a picture of it
    return Raw(before + escaped + after if text.strip() else before)


def target(link: str) -> Raw:
    """A safe link as the target of a Markdown link, where only brackets could end it; proof.safe_link let it pass."""
    return Raw(flat(link).replace("(", "%28").replace(")", "%29"))


def indent_list(depth: int) -> Raw:
    """The blanks before an item of a nested list: four a level, which all Markdown readers agree on."""
    return Raw("    " * depth)


def drawn_mermaid(root: Node) -> Raw:
    """The tree as a Mermaid diagram; its own escaping makes typed text harmless there."""
    return Raw(mermaid(root))
