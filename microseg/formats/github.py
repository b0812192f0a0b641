"""For GitHub Actions: annotations on the changed lines of a pull request."""

from __future__ import annotations

from microseg.formats._look import Look, shown
from microseg.lint.finding import Finding, Report
from microseg.source.text import clean

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, look: Look) -> str:
    """One workflow command a line; nothing a file holds can make another one of it."""
    return "".join(f"{_command(one, look)}\n" for one in shown(report, look))


def _command(one: Finding, look: Look) -> str:
    place = one.location
    properties = {"file": clean(look.prefix + place.path), "line": str(place.line), "endLine": str(place.end_line)}
    if place.line == place.end_line:  # GitHub refuses columns on a span of several lines
        properties |= {"col": str(place.column), "endColumn": str(place.end_column)}
    properties["title"] = f"{one.rule} {one.name}"
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    text = one.message + (f"\n{one.help}" if one.help else "")
    return f"::{_COMMANDS[one.severity]} {listed}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
