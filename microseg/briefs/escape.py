"""Typed text in Markdown: escaped so that it comes back as it was typed and never turns into structure.

As little as possible is escaped, so that a brief also reads well where nobody renders it. What counts as structure is
CommonMark with GitHub's tables, strike-through and task lists; the same text is safe in Python-Markdown.
"""

from __future__ import annotations

import re
from html import escape

_SPACE = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_RISKY = re.compile(r"[`*\[\]|~_\\<&#]|\A(?:[-+=>:]|\d)")  # without any of these there is nothing to escape
_TAME = re.compile(r"[^&<>'\"]*")
_ANYWHERE = re.compile(r"[`*\[\]|~]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # inside a word it is only an underscore
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|\Z)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
_FIRST = re.compile(r"(?:[-+=](?=[ \t-]|\Z|[-+=])|#(?=[# ]|\Z)|>|:(?=[ -])|(?=\d{1,9}[.)](?:\s|\Z)))")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|\Z)")
_CLOSING = re.compile(r"(?<=\s)(?=#+\Z)")


def flat(text: str) -> str:
    """A text on one line, with single blanks, without control characters."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    clean = "".join("\ufffd" if char == "\0" else char for char in text if char >= " " or char in "\t\n\r\f\v" or char == "\0")
    return _SPACE.sub(" ", clean).strip()


def escape_html(text: str) -> str:
    """A typed text for HTML, in attributes too, as the template engine would escape it."""
    return text if _TAME.fullmatch(text) else escape(text, quote=True).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def escape_markdown(text: str) -> str:
    """A typed text, flat, with what Markdown would read as structure escaped; it may stand anywhere, in a table too."""
    line = flat(text)
    if not _RISKY.search(line):
        return line
    line = _BACKSLASH.sub(r"\\\\", line)
    line = _ANYWHERE.sub(lambda found: "\\" + found[0], line)
    line = _UNDERSCORE.sub(r"\\_", line)
    line = _TAG.sub("&lt;", _ENTITY.sub("&amp;", line))
    return _escape_ends(line)


def _escape_ends(line: str) -> str:
    """What only means something at the beginning (lists, headings, quotes, rules) or at the end (a closed heading) of a line."""
    numbered = _NUMBERED.match(line)
    if numbered is not None:
        line = f"{numbered[1]}\\{line[numbered.end(1):]}"
    elif _FIRST.match(line):
        line = "\\" + line
    return _CLOSING.sub(lambda _: "\\", line)
