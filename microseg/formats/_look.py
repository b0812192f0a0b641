"""How a report is to look: shared by all formats."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from microseg import __version__
from microseg.lint.finding import Finding, Report
from microseg.source.text import SourceFile

TOOL = f"microseg {__version__}"


@dataclass(frozen=True, slots=True)
class Look:
    """`source` gives a file's text for excerpts; infos are shown only with `show_infos`."""

    source: Callable[[str], SourceFile]
    color: bool = False
    show_infos: bool = False
    prefix: str = ""  # from where the command runs to the workspace, ending in `/`, or empty


def shown(report: Report, look: Look) -> tuple[Finding, ...]:
    """The findings that are listed; counts stay whole."""
    return tuple(one for one in report.findings if look.show_infos or one.severity != "info")


def plural(count: int, word: str) -> str:
    """1 error, 2 errors."""
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"
