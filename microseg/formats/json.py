"""For programs: everything a finding knows, versioned; a new key keeps the version, a removed one raises it."""

from __future__ import annotations

from typing import Any

from microseg.formats._look import TOOL, Look, as_json, shown
from microseg.lint.finding import Finding, Location, Report

VERSION = 1


def render(report: Report, look: Look) -> str:
    """One object, indented, keys in a fixed order."""
    whole = {
        "version": VERSION,
        "tool": TOOL,
        "workspace": report.workspace,
        "segments": report.segments,
        "counts": report.counts,
        "suppressed": len(report.suppressed),
        "baselined": len(report.baselined),
        "findings": [as_dict(one) for one in shown(report, look)],
    }
    return as_json(whole)


def as_dict(one: Finding) -> dict[str, Any]:
    """A finding as plain values."""
    return {
        "rule": one.rule,
        "name": one.name,
        "severity": one.severity,
        "confidence": one.confidence,
        "message": one.message,
        **_place(one.location),
        "segment": one.segment,
        "item": one.item,
        "help": one.help,
        "url": f"docs/rules.md#{one.rule.lower()}",
        "related": [{**_place(note.location), "message": note.message} for note in one.related],
        "fix": None if one.fix is None else {"title": one.fix.title, "safe": one.fix.safe},
        "fingerprint": one.fingerprint,
    }


def _place(place: Location) -> dict[str, Any]:
    return {"path": place.path, "line": place.line, "column": place.column, "end_line": place.end_line, "end_column": place.end_column}
