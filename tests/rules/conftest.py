import pytest

from microseg.lint.engine import Options
from microseg.project import Project
from microseg.source.edits import TextEdit, apply


@pytest.fixture
def lint(tmp_path):
    """Lint files given by path, or one segment file; the findings of some rules, in order."""

    def run(files, *rules, as_of=None):
        named = {"segments/example.yaml": files} if isinstance(files, str) else files
        found = Project.open(tmp_path, {path: text.encode() for path, text in named.items()}).findings(Options(as_of=as_of)).findings
        return [one for one in found if not rules or one.rule in rules]

    return run


@pytest.fixture
def fix(lint):
    """Apply the fixes of one rule to a segment file, one after the other, until it has none left."""

    def run(text, rule):
        for _ in range(20):
            found = next((one for one in lint(text, rule) if one.fix is not None), None)
            if found is None:
                return text
            text = apply(text, [TextEdit(edit.start, edit.end, edit.text) for edit in found.fix.edits])
        return text

    return run
