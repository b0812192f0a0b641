"""For reviewdog: diagnostics with suggestions that it can commit."""

from __future__ import annotations

from typing import Any

from microseg.formats._look import Look, as_json, shown
from microseg.lint.finding import Edit, Finding, Location, Report

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}


def render(report: Report, look: Look) -> str:
    """One result with all diagnostics; columns count bytes of UTF-8, as reviewdog's do."""
    diagnostics = [_diagnostic(one, look) for one in shown(report, look)]
    return as_json({"source": {"name": "microseg"}, "diagnostics": diagnostics})


def _diagnostic(one: Finding, look: Look) -> dict[str, Any]:
    found: dict[str, Any] = {
        "message": f"{one.message}\n{one.help}" if one.help else one.message,
        "location": _location(one.location, look),
        "severity": _SEVERITIES[one.severity],
        "code": {"value": one.rule},
    }
    if one.related:
        found["relatedLocations"] = [{"message": note.message, "location": _location(note.location, look)} for note in one.related]
    if one.fix is not None and one.fix.safe:
        own = [edit for edit in one.fix.edits if edit.path == one.location.path]
        found["suggestions"] = [_suggestion(edit, look) for edit in own]
    return found


def _location(place: Location, look: Look) -> dict[str, Any]:
    start = {"line": place.line, "column": _bytes_before(place.path, place.line, place.column, look)}
    end = {"line": place.end_line, "column": _bytes_before(place.path, place.end_line, place.end_column, look)}
    return {"path": look.prefix + place.path, "range": {"start": start, "end": end}}


def _suggestion(edit: Edit, look: Look) -> dict[str, Any]:
    source = look.source(edit.path)
    start, end = source.position(edit.start), source.position(edit.end)
    place = Location(edit.path, start.line, start.column, end.line, end.column)
    return {"range": _location(place, look)["range"], "text": edit.text}


def _bytes_before(path: str, line: int, column: int, look: Look) -> int:
    return len(look.source(path).line(line)[: column - 1].encode()) + 1
