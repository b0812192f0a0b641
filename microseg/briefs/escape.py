"""Typed text in Markdown: escaped so that it comes back as it was typed and never turns into structure.

As little as possible is escaped, so that a brief also reads well where nobody renders it. What counts as structure is
CommonMark with GitHub's tables, strike-through and task lists; the same text is safe in Python-Markdown.
"""

from __future__ import annotations

import json
import re
from html import escape

_as_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_SPACE = re.compile(r"[ \t\r\n\f\v\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]")
_RISKY = re.compile(r"[`*\[\]|~_\\<&]")  # without any of these nothing inside a line means anything
_RISKY_START = re.compile(r"[-+=>:#]|\d+[.)]")  # nor at its ends without one of those, or # behind it
_ANYWHERE = re.compile(r"[`*\[\]|~]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # inside a word it is only an underscore
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|\Z)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
_FIRST = re.compile(r"(?:[-+=](?=[ \t-]|\Z|[-+=])|#(?=[# ]|\Z)|>|:(?=[ -])|(?=\d{1,9}[.)](?:\s|\Z)))")
_NUMBERED = re.compile(r"(\d{1,9})([.)])(?=\s|\Z)")
_CLOSING = re.compile(r"(?<=\s)(?=#+\Z)")


def visible(text: str) -> str:
    """A text in which a mark stands for each control character, and for each that turns the direction of what follows: nobody types them for a reader."""
    return text if text.isprintable() else _UNSEEN.sub("\ufffd", text)


def flat(text: str) -> str:
    """A text on one line, with single blanks, without control characters."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return visible(_SPACE.sub(" ", text)).strip()


def escape_html(text: str) -> str:
    """A typed text for HTML, in attributes too, as the template engine would escape it."""
    is_tame = not ("&" in text or "<" in text or ">" in text or '"' in text or "'" in text)  # a sixth of a pattern's time
    if is_tame and text.isprintable():
        return text
    return escape(visible(text), quote=True).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def escape_markdown(text: str) -> str:
    """A typed text, flat, with what Markdown would read as structure escaped; it may stand anywhere, in a table too."""
    line = flat(text)
    if _RISKY.search(line):
        line = _escape_inside(line)
    return _escape_ends(line) if _RISKY_START.match(line) or line.endswith("#") else line


def _escape_inside(line: str) -> str:
    line = _BACKSLASH.sub(r"\\\\", line)
    line = _ANYWHERE.sub(lambda found: "\\" + found[0], line)
    line = _UNDERSCORE.sub(r"\\_", line)
    return _TAG.sub("&lt;", _ENTITY.sub("&amp;", line))


def _escape_ends(line: str) -> str:
    """What only means something at the beginning (lists, headings, quotes, rules) or at the end (a closed heading) of a line."""
    numbered = _NUMBERED.match(line)
    if numbered is not None:
        line = f"{numbered[1]}\\{line[numbered.end(1):]}"
    elif _FIRST.match(line):
        line = "\\" + line
    return _CLOSING.sub(lambda _: "\\", line)


def script_json(value: object) -> str:
    """JSON that may stand in a script: nothing in it can end the script or a line of it."""
    text = visible(_as_json(value))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
