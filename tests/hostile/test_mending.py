"""Workspaces that people broke: mending twice mends nothing more, and each place lies inside its file."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microseg.errors import SettingsError
from microseg.lint.engine import Options
from microseg.project import Project
from microseg.project.fixing import fix_all

pytestmark = pytest.mark.slow
SAMPLE = Path(__file__).parents[2] / "sample_workspace"
FILES = {path.relative_to(SAMPLE).as_posix(): path.read_text(encoding="utf-8") for path in sorted(SAMPLE.rglob("*.yaml"))}
PIECES = [": ", " #", "- ", "\n", "'", '"', "[", "}", "*a", "&a ", "@x", "!t ", "nmae: x\n", "  - Waits: we lose them\n", "yes", "2026-1-1", "1,000", "\u202e", "\x1b", "::error::", "]]>", "<b>", "%0A", "\r\n", "é"]


EDITS = st.lists(st.tuples(st.sampled_from(sorted(FILES)), st.floats(0, 1), st.sampled_from(PIECES), st.integers(0, 3)), min_size=1, max_size=5)


def _changed(edits):
    """The sample, changed here and there."""
    files = dict(FILES)
    for path, part, piece, gone in edits:
        at = int(part * len(files[path]))
        files[path] = files[path][:at] + piece + files[path][at + gone :]
    return files


@given(EDITS)
@settings(max_examples=15)
def test_broken_workspaces(tmp_path_factory, edits):
    files = _changed(edits)
    root = tmp_path_factory.mktemp("broken")
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(text.encode())
    try:
        project = Project.open(root)
    except SettingsError:
        return
    report = project.findings()
    for one in report.findings:
        lines = files[one.location.path].replace("\r\n", "\n").replace("\r", "\n").split("\n") if one.location.path in files else [""]
        assert 1 <= one.location.line <= len(lines)
        assert 1 <= one.location.column <= len(lines[one.location.line - 1]) + 1

    fix_all(project, Options())
    mended = {path: (root / path).read_bytes() for path in files}
    again = fix_all(Project.open(root), Options())

    assert (again.fixed, {path: (root / path).read_bytes() for path in files}) == ((), mended)
