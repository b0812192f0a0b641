"""A rule's page: its headline, why it matters, and examples that are its tests, all read from the rule's docstring."""

from __future__ import annotations

import datetime
import re
from functools import cache
from importlib import import_module

from microseg.record import NamedTuple

DEFAULT_FILE = "segments/example.yaml"

_SECTION = re.compile(r"^## (Flagged|Fixed|Fine)[ ]*$", re.MULTILINE)
_BLOCK = re.compile(r"^```yaml\n(.*?)^```[ ]*$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"#\s*file:\s*(\S+)\s*\Z")
_AS_OF = re.compile(r"#\s*as of:\s*(\d{4}-\d{2}-\d{2})\s*\Z")
_MARK = re.compile(r"[ ]+#\s*(MS\d{3})[ ]*\Z")


class Page(NamedTuple):
    """What `explain` shows. Each example is the text of one YAML block, marks included."""

    headline: str
    reason: str
    flagged: tuple[str, ...]
    fixed: tuple[str, ...]
    fine: tuple[str, ...]


class Mark(NamedTuple):
    """A line of an example on which a rule must report, counted from 1."""

    path: str
    line: int
    code: str


class Example(NamedTuple):
    """An example as a workspace: its files by path without the marks, the marks, and the day it is judged on."""

    files: dict[str, str]
    marks: tuple[Mark, ...]
    as_of: datetime.date | None


@cache
def page_of(module: str) -> Page:
    """The page of the rule in a module, by the module's full name."""
    return read_page(import_module(module).__doc__ or "")


def read_page(docstring: str) -> Page:
    """Take a rule's docstring apart: the first line is the headline, what follows up to the examples the reason."""
    parts = _SECTION.split(docstring.strip())
    headline, _, reason = parts[0].strip().partition("\n")
    blocks: dict[str, tuple[str, ...]] = {}
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        blocks[title] = blocks.get(title, ()) + tuple(_BLOCK.findall(body))
    return Page(headline.strip(), reason.strip(), blocks.get("Flagged", ()), blocks.get("Fixed", ()), blocks.get("Fine", ()))


def read_example(block: str) -> Example:
    """Read a block: `# file:` begins a file, `# as of:` sets the day, `# MS402` at the end of a line marks it."""
    lines: dict[str, list[str]] = {}
    marks = []
    as_of = None
    path = DEFAULT_FILE
    for line in block.splitlines():
        begun, dated = _FILE.match(line), _AS_OF.match(line)
        if begun:
            path = begun[1]
        elif dated:
            as_of = datetime.date.fromisoformat(dated[1])
        else:
            held = lines.setdefault(path, [])
            found = _MARK.search(line)
            if found:
                marks.append(Mark(path, len(held) + 1, found[1]))
            held.append(line[: found.start()] if found else line)
    return Example({name: "\n".join(held) + "\n" for name, held in lines.items()}, tuple(marks), as_of)
