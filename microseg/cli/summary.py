"""A summary of findings for the page of a CI job, where annotations are cut off at ten."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from microseg.formats._look import plural

if TYPE_CHECKING:
    from microseg.lint.finding import Finding, Report

_MOST_ROWS = 200


def write_job_summary(report: Report, prefix: str) -> None:
    """Add a table to GitHub's job summary, where there is one; a file that cannot be written is no reason to fail."""
    target = os.environ.get("GITHUB_STEP_SUMMARY")
    if not target:
        return
    listed = [one for one in report.findings if one.severity != "info"]
    counts = report.counts
    said = f"{plural(counts['error'], 'error')}, {plural(counts['warning'], 'warning')} in {plural(report.segments, 'segment')}"
    lines = ["### microseg", "", said, ""]
    if listed:
        lines += ["| where | rule | what |", "|---|---|---|", *(_row(one, prefix) for one in listed[:_MOST_ROWS])]
    if len(listed) > _MOST_ROWS:
        lines.append(f"\nand {len(listed) - _MOST_ROWS} more")
    try:
        with Path(target).open("a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write("\n".join(lines) + "\n")
    except OSError:
        return


def _row(one: Finding, prefix: str) -> str:
    return f"| {_cell(prefix + one.location.path)}:{one.location.line} | {one.rule} {one.name} ({one.severity}) | {_cell(one.message)} |"


def _cell(text: str) -> str:
    for sign in "\\`*_[]<>|#":
        text = text.replace(sign, "\\" + sign)
    return text
