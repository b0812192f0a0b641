"""The first line of a YAML file that tells editors which schema it follows."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from microseg.errors import cannot_write

_FOLDER = ".microseg"
_NAMES = ("segment", "evidence", "workspace")
_MARK = "# yaml-language-server: $schema="


def modeline(path: Path) -> str:
    """The line for a file at this path below the workspace's root."""
    up = "../" * (len(path.parts) - 1)
    return f"{_MARK}{up}{schema_of(path).as_posix()}\n"


def schema_of(path: Path) -> Path:
    """Where the schema of a file lies, below the workspace's root."""
    return _place({"segments": "segment", "evidence": "evidence"}.get(path.parts[0], "workspace"))


def schema_files() -> dict[Path, str]:
    """The schemas that first lines point to: path below the workspace's root, and text."""
    from microseg.cli.schema import schema_text

    return {_place(name): schema_text(name, indent=None) for name in _NAMES}


def write_missing_schemas(root: Path, wanted: Collection[Path]) -> None:
    """Write those of these schemas that are not there. Raises OutputError where that fails."""
    for path, text in schema_files().items():
        target = root / path
        try:
            if path in wanted and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise cannot_write(path, error, "check the folder and its permissions") from None


def _place(name: str) -> Path:
    return Path(_FOLDER) / f"{name}.schema.json"


def with_modeline(path: Path, text: str) -> str:
    """The text with its line, unless it has one."""
    return text if text.startswith(_MARK) else modeline(path) + text
