"""The baseline: findings that a team has decided to live with for now, named by what they are about and never by a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from microseg.errors import UsageError
from microseg.lint.finding import Finding, Identity

FILE_NAME = "microseg-baseline.json"
_ALGORITHM = "rule, owner, subject, rank: v1"


class Entry(NamedTuple):
    """One finding to live with, and the span of its line in the file."""

    identity: Identity
    start: int
    end: int


def write_baseline(findings: Iterable[Finding]) -> str:
    """A baseline of all these findings: one a line, sorted, so that a review sees what comes and goes."""
    rows = sorted({one.identity for one in findings if one.severity != "info"})
    lines = ",\n".join("  " + json.dumps(row._asdict(), ensure_ascii=False) for row in rows)
    return f'{{"version": 1, "algorithm": {json.dumps(_ALGORITHM)}, "findings": [\n{lines}\n]}}\n'


def read_baseline(text: str, path: str = FILE_NAME) -> tuple[Entry, ...]:
    """The entries of a baseline. Raises UsageError where it is not one, for silence would hide every finding or none."""
    help_ = "write it again: microseg lint --write-baseline"
    try:
        held = json.loads(text)
        rows = [Identity(str(row["rule"]), str(row["owner"]), str(row["subject"]), int(row["rank"])) for row in held["findings"]]
    except (ValueError, TypeError, KeyError, RecursionError):
        raise UsageError(f"{path} is not a baseline", help_) from None
    if held.get("algorithm") != _ALGORITHM:
        raise UsageError(f"{path} was written by another version of microseg", help_)
    return tuple(_placed(text, rows))


def _placed(text: str, rows: list[Identity]) -> Iterable[Entry]:
    position = 0
    for row in rows:
        found = text.find(json.dumps(row._asdict(), ensure_ascii=False), position)
        start = max(found, 0)
        end = text.find("\n", start) if found >= 0 else 1
        position = end if found >= 0 else position
        yield Entry(row, start, end if end != -1 else len(text))


def rename_in_baseline(text: str, space: str, old: str, new: str) -> str:
    """The baseline after an id has been renamed."""
    findings = [_renamed(entry.identity, space, old, new) for entry in read_baseline(text)]
    lines = ",\n".join("  " + json.dumps(row._asdict(), ensure_ascii=False) for row in sorted(findings))
    return f'{{"version": 1, "algorithm": {json.dumps(_ALGORITHM)}, "findings": [\n{lines}\n]}}\n'


def _renamed(row: Identity, space: str, old: str, new: str) -> Identity:
    owner = new if space == "segment" and row.owner == old else row.owner
    subject = "/".join(new if part == old else part for part in row.subject.split("/")) if row.subject.startswith(f"{space}/") else row.subject
    return row._replace(owner=owner, subject=subject)
