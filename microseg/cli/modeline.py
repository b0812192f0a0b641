"""The first line of a YAML file that tells editors which schema it follows."""

from __future__ import annotations

from pathlib import Path

_FOLDER = ".microseg"
_MARK = "# yaml-language-server: $schema="


def modeline(path: Path) -> str:
    """The line for a file at this path below the workspace's root."""
    name = {"segments": "segment", "evidence": "evidence"}.get(path.parts[0], "workspace")
    up = "../" * (len(path.parts) - 1)
    return f"{_MARK}{up}{_FOLDER}/{name}.schema.json\n"


def with_modeline(path: Path, text: str) -> str:
    """The text with its line, unless it has one."""
    return text if text.startswith(_MARK) else modeline(path) + text
