"""For code scanning: SARIF 2.1.0 with rules, fingerprints, suppressions, related places and fixes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from microseg import __version__
from microseg.formats._look import Look, as_json, shown
from microseg.formats._rules import RuleCard, cards
from microseg.lint.finding import Edit, Finding, Location, Report

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_FINGERPRINT = "microseg/v1"


def render(report: Report, look: Look) -> str:
    """One run. Paths lead from where the command runs, as code scanning wants them, with `/`; suppressed findings are listed as such."""
    listed = [*((one, "") for one in shown(report, look)), *((one, "inSource") for one in report.suppressed), *((one, "external") for one in report.baselined)]
    listed = [(one, kind) for one, kind in listed if look.show_infos or one.severity != "info"]
    rules = cards({one.rule for one, _ in listed})
    index = {card.code: place for place, card in enumerate(rules)}
    run = {
        "tool": {"driver": {"name": "microseg", "semanticVersion": __version__, "rules": [_rule(card) for card in rules]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, kind, index[one.rule], look) for one, kind in listed],
    }
    return as_json({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(card: RuleCard) -> dict[str, Any]:
    return {
        "id": card.code,
        "name": card.name,
        "shortDescription": {"text": card.headline},
        "fullDescription": {"text": card.reason or card.headline},
        "help": {"text": card.page, "markdown": card.page},
        "defaultConfiguration": {"level": _LEVELS[card.severity]},
    }


def _result(one: Finding, kind: str, index: int, look: Look) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": index,
        "level": _LEVELS[one.severity],
        "message": {"text": f"{one.message}. {one.help}" if one.help else one.message},
        "locations": [_place(one.location, look)],
        "partialFingerprints": {_FINGERPRINT: one.fingerprint},
        "properties": {"confidence": one.confidence, **({"segment": one.segment} if one.segment else {})},
    }
    if one.related:
        result["relatedLocations"] = [{**_place(note.location, look), "id": number, "message": {"text": note.message}} for number, note in enumerate(one.related, 1)]
    if one.fix is not None:
        result["fixes"] = [{"description": {"text": one.fix.title}, "artifactChanges": _changes(one.fix.edits, look)}]
    if kind:
        result["suppressions"] = [{"kind": kind}]
    return result


def _place(place: Location, look: Look) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": _file(place.path, look), "region": _region(place)}}


def _file(path: str, look: Look) -> dict[str, str]:
    from urllib.parse import quote

    return {"uri": quote(look.prefix + path, errors="surrogateescape")}


def _region(place: Location) -> dict[str, int]:
    return {"startLine": place.line, "startColumn": place.column, "endLine": place.end_line, "endColumn": place.end_column}


def _changes(edits: Sequence[Edit], look: Look) -> list[dict[str, Any]]:
    """The edits by file, as regions in characters."""
    by_file: dict[str, list[dict[str, Any]]] = {}
    for edit in edits:
        region = {"charOffset": edit.start, "charLength": edit.end - edit.start}
        by_file.setdefault(edit.path, []).append({"deletedRegion": region, "insertedContent": {"text": edit.text}})
    return [{"artifactLocation": _file(path, look), "replacements": replacements} for path, replacements in sorted(by_file.items())]
