"""For GitLab: a code quality report; its check name is repeated in the text, for GitLab does not show it."""

from __future__ import annotations

from microseg.formats._look import Look, as_json, shown
from microseg.lint.finding import Finding, Report

_SEVERITIES = {"error": "critical", "warning": "minor", "info": "info"}


def render(report: Report, look: Look) -> str:
    """A list of issues, each with a fingerprint of its own."""
    return as_json([_issue(one, look) for one in shown(report, look)])


def _issue(one: Finding, look: Look) -> dict[str, object]:
    place = one.location
    return {
        "description": f"{one.rule} {one.name}: {one.message}",
        "check_name": one.name,
        "fingerprint": one.fingerprint,
        "severity": _SEVERITIES[one.severity],
        "location": {"path": look.prefix + place.path, "positions": {"begin": {"line": place.line, "column": place.column}, "end": {"line": place.end_line, "column": place.end_column}}},
    }
