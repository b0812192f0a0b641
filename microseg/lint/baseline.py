"""The baseline: findings that a team has decided to live with for now, named by what they are about and never by a line."""

from __future__ import annotations

from collections.abc import Iterable

from microseg.errors import UsageError
from microseg.lint.finding import Finding, Identity
from microseg.record import NamedTuple
from microseg.resources import BASELINE_FILE

FILE_NAME = BASELINE_FILE
_VERSION = 1
_ALGORITHM = "rule, owner, subject, rank: v1"


class Entry(NamedTuple):
    """One finding to live with, and the span of its line in the file."""

    identity: Identity
    start: int
    end: int


def write_baseline(findings: Iterable[Finding]) -> str:
    """A baseline of all these findings: one a line, sorted, so that a review sees what comes and goes."""
    return _written({one.identity for one in findings if one.severity != "info"})


def _written(rows: Iterable[Identity]) -> str:
    import json

    lines = ",\n".join(f"  {_row(row)}" for row in sorted(rows))
    return f'{{"version": {_VERSION}, "algorithm": {json.dumps(_ALGORITHM)}, "findings": [\n{lines}\n]}}\n'


def _row(row: Identity) -> str:
    import json

    return json.dumps(row._asdict(), ensure_ascii=False)


def read_baseline(text: str, path: str = FILE_NAME) -> tuple[Entry, ...]:
    """The entries of a baseline. Raises UsageError where it is not one, for silence would hide every finding or none."""
    import json

    help_ = "write it again: microseg lint --write-baseline"
    try:
        held = json.loads(text)
        rows = _rows(held["findings"])
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        raise UsageError(f"{path} is not a baseline", help_) from None
    if held.get("version") != _VERSION or held.get("algorithm") != _ALGORITHM:
        raise UsageError(f"{path} was written by another version of microseg", help_)
    return tuple(_placed(text, rows))


def _rows(listed: object) -> list[Identity]:
    if not isinstance(listed, list):
        raise TypeError
    return [Identity(str(row["rule"]), str(row["owner"]), str(row["subject"]), int(row["rank"])) for row in listed]


def _placed(text: str, rows: list[Identity]) -> Iterable[Entry]:
    """Each entry with its line; one that stands in another form, written by hand, is told at the top of the file."""
    places: dict[str, tuple[int, int]] = {}
    position = 0
    for line in text.split("\n"):
        end = position + len(line)
        places.setdefault(line.strip().rstrip(","), (position + len(line) - len(line.lstrip()), end))
        position = end + 1
    for row in rows:
        yield Entry(row, *places.get(_row(row), (0, 1)))


def rename_in_baseline(text: str, space: str, old: str, new: str) -> str:
    """The baseline after an id has been renamed; the same text where it does not name it."""
    held = [entry.identity for entry in read_baseline(text)]
    renamed = [_renamed(row, space, old, new) for row in held]
    return text if renamed == held else _written(renamed)


def _renamed(row: Identity, space: str, old: str, new: str) -> Identity:
    owner = new if space == "segment" and row.owner == old else row.owner
    subject = "/".join(new if part == old else part for part in row.subject.split("/")) if row.subject.startswith(f"{space}/") else row.subject
    return row._replace(owner=owner, subject=subject)
