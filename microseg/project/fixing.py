"""Mending: fixes applied as text edits, round by round until nothing is left to mend."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from microseg.project.discover import read_bytes
from microseg.project.writing import encode_like, write_atomically
from microseg.record import NamedTuple
from microseg.source.edits import TextEdit, apply, overlap
from microseg.source.text import clean, decode

if TYPE_CHECKING:
    from microseg.lint.engine import Options
    from microseg.lint.finding import Fix
    from microseg.project.project import Project

_MOST_ROUNDS = 20


class Mended(NamedTuple):
    """One finding that was mended: where it stood, and what was done."""

    path: str
    line: int
    title: str


class Outcome(NamedTuple):
    """What mending did: each finding that went, in which files, which files it left alone and why, and the patch."""

    fixed: tuple[Mended, ...]
    files: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    diff: str


def fix_all(project: Project, options: Options, *, unsafe: bool = False, infos: bool = False, write: bool = True) -> Outcome:
    """Apply fixes until still, in memory; then write each changed file, unless it changed on the disk meanwhile.

    Only what is shown is mended: infos are left alone unless `infos` says so.
    """
    before: dict[str, bytes] = {}
    fixed: list[Mended] = []
    for _ in range(_MOST_ROUNDS):
        edits, mended = _round(project, options, unsafe=unsafe, infos=infos)
        if not edits:
            break
        changed: dict[str, bytes | None] = {}
        for path, of_file in edits.items():
            data = project.data(path)
            before.setdefault(path, data)
            changed[path] = encode_like(data, apply(decode(data).text, of_file))
        project.refresh((), changed)
        fixed += mended
    after = {path: project.data(path) for path in before}
    diff = "".join(patch(path, before[path], after[path]) for path in sorted(before))
    if not write:
        project.refresh((), dict.fromkeys(before))
        return Outcome(tuple(fixed), tuple(sorted(before)), (), diff)
    refused = tuple((path, why) for path in sorted(before) if (why := put(project, path, before[path], after[path])))
    kept = tuple(path for path in sorted(before) if path not in dict(refused))
    project.refresh((), dict.fromkeys(before))
    return Outcome(tuple(one for one in fixed if one.path in kept), kept, refused, diff)


def _round(project: Project, options: Options, *, unsafe: bool, infos: bool) -> tuple[dict[str, list[TextEdit]], list[Mended]]:
    """The edits of all fixes that do not touch each other, by file; the first by place wins."""
    edits: dict[str, list[TextEdit]] = {}
    mended = []
    for finding in project.findings(options).findings:
        fix = finding.fix
        if fix is None or not (fix.safe or unsafe) or (finding.severity == "info" and not infos) or not _fits(fix, edits):
            continue
        for edit in fix.edits:
            edits.setdefault(edit.path, []).append(TextEdit(edit.start, edit.end, edit.text))
        mended.append(Mended(finding.location.path, finding.location.line, fix.title))
    return edits, mended


def _fits(fix: Fix, edits: dict[str, list[TextEdit]]) -> bool:
    return not any(overlap(TextEdit(edit.start, edit.end, edit.text), other) for edit in fix.edits for other in edits.get(edit.path, ()))


def put(project: Project, path: str, before: bytes, after: bytes) -> str:
    """Write a file; why it was left alone, if it was."""
    held = read_bytes(project.root / path)
    if held != before:
        return "it changed while it was being mended; run again"
    if after != before:
        write_atomically(project.root / path, after)
    return ""


def patch(path: str, before: bytes, after: bytes) -> str:
    """The change of one file as a unified diff, clean for a terminal."""
    old, new = (decode(data).text.splitlines() for data in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}", lineterm="")
    return "".join(f"{clean(line)}\n" for line in lines)
