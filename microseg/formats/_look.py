"""How a report is to look: shared by all formats."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from microseg import __version__
from microseg.lint.finding import Finding, Report
from microseg.record import record
from microseg.source.text import SourceFile

TOOL = f"microseg {__version__}"


@record
class Look:
    """`source` gives a file's text for excerpts; infos are shown only with `show_infos`."""

    source: Callable[[str], SourceFile]
    color: bool = False
    show_infos: bool = False
    prefix: str = ""  # from where the command runs to the workspace, ending in `/`, or empty


def shown(report: Report, look: Look) -> tuple[Finding, ...]:
    """The findings that are listed; counts stay whole."""
    return tuple(one for one in report.findings if is_shown(one, look))


def is_shown(one: Finding, look: Look) -> bool:
    """Is a finding listed? Infos are when they are asked for."""
    return look.show_infos or one.severity != "info"


def as_json(held: object) -> str:
    r"""A value as indented JSON; what nobody can see (a file may be named so) is written as `\\uXXXX`, like controls."""
    import json

    return in_sight(_written(held, "\n", json.JSONEncoder(ensure_ascii=False).encode)) + "\n"


def in_sight(json: str) -> str:
    """JSON that means the same and holds nothing that nobody can see."""
    return _unseen().sub(lambda match: f"\\u{ord(match.group()):04x}", json)


def _written(held: object, line: str, encode: Callable[[object], str]) -> str:
    """Indented by one; the standard library does so piece by piece, at several times the cost. `line` begins a line of this depth."""
    inner = f"{line} "
    if isinstance(held, dict) and held:
        return f"{{{inner}{f',{inner}'.join([f'{encode(name)}: {_written(value, inner, encode)}' for name, value in held.items()])}{line}}}"
    if isinstance(held, (list, tuple)) and held:
        return f"[{inner}{f',{inner}'.join([_written(value, inner, encode) for value in held])}{line}]"
    return encode(held)


@cache
def _unseen() -> re.Pattern[str]:
    return re.compile("[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def plural(count: int, word: str) -> str:
    """1 error, 2 errors."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
