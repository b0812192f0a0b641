"""Running the command line in this process, as a person would in a folder."""

import io
import sys
from dataclasses import dataclass

import pytest

from microseg.__main__ import main


@dataclass
class Told:
    code: int
    out: str
    err: str


@pytest.fixture
def run(monkeypatch, capsys, tmp_path, tmp_path_factory):
    """`run("lint", "--all")` in an empty folder: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    for name in ("NO_COLOR", "FORCE_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)

    def call(*args: str, stdin: bytes | None = None) -> Told:
        monkeypatch.setattr(sys, "argv", ["microseg", *args])
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        told = capsys.readouterr()
        return Told(code, told.out, told.err)

    return call


@pytest.fixture
def tree(tmp_path):
    """`tree({"segments/a.yaml": "name: A"})` writes files below the current folder."""

    def write(files: dict[str, str | bytes]) -> None:
        for path, text in files.items():
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())

    return write
