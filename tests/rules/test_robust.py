"""Rules meet files that people broke: nothing raises, and a fix changes nothing but what it is for."""

import datetime
import random
import re
from pathlib import Path

import pytest

from microseg.errors import SettingsError
from microseg.lint.engine import Options
from microseg.project import Project
from microseg.source.edits import TextEdit, apply

pytestmark = pytest.mark.slow  # many examples: the fast suite leaves them to CI

SAMPLE = Path(__file__).parents[2] / "sample_workspace"
JUNK = ["", "~", "[]", "{}", "x", "0", "-1", "true", "{a: b}", "[a, [b]]", "9999-12-31", "0001-01-01", "🙂", "研修", "{lt: 5}", "{use: power-user}", "head", "team_opinion"]
STATEMENTS = ["A good UI", "Easy to use", "Count a badge scanned at the classroom door as a lesson done.", 'Waits "three" days', "It's slow", "研修", "x # y", "a: b", "- x", "*a", "1.10", "|", "a\\b", "yes"]
COMMENT = re.compile(r"# (?:why|above)")


@pytest.mark.parametrize("seed", range(12))
def test_nothing_raises_whatever_is_typed(seed, tmp_path):
    chance = random.Random(seed)  # noqa: S311 - files, not secrets
    files = {path.relative_to(SAMPLE).as_posix(): path.read_text(encoding="utf-8") for path in sorted(SAMPLE.rglob("*.yaml"))}
    for _ in range(12):
        name = chance.choice(sorted(files))
        lines = files[name].split("\n")
        _spoil(lines, chance.randrange(len(lines)), chance)
        files[name] = "\n".join(lines)
    try:
        project = Project.open(tmp_path, {path: text.encode() for path, text in files.items()})
    except SettingsError:
        return

    for as_of in (None, datetime.date.min, datetime.date.max):
        assert all(one.location.line >= 1 and one.message for one in project.findings(Options(as_of=as_of)).findings)


def _spoil(lines, number, chance):
    what = chance.random()
    if what < 0.3:
        del lines[number]
    elif what < 0.8 and ": " in lines[number]:
        lines[number] = f"{lines[number].split(': ')[0]}: {chance.choice(JUNK)}"
    else:
        lines.insert(number, lines[chance.randrange(len(lines))])


@pytest.mark.parametrize("seed", range(25))
def test_a_fix_changes_nothing_else(seed, tmp_path):
    before = _segment(random.Random(seed))  # noqa: S311 - files, not secrets
    project = Project.open(tmp_path, {"segments/a.yaml": before.encode()})
    found = project.findings().findings
    assert not [one for one in found if one.rule.startswith("MS00")]

    for one in found:
        if one.rule in {"MS201", "MS310"} and one.fix is not None:
            after = apply(before, [TextEdit(edit.start, edit.end, edit.text) for edit in one.fix.edits])
            fixed = Project.open(tmp_path, {"segments/a.yaml": after.encode()})
            left = fixed.findings().findings

            assert not [other for other in left if other.rule.startswith("MS00")], after
            assert _statements(fixed) == _statements(project)
            assert sorted(COMMENT.findall(after)) == sorted(COMMENT.findall(before))
            assert sum(other.rule == one.rule for other in left) == sum(other.rule == one.rule for other in found) - 1


def _statements(project):
    held = (items for segment in project.workspace.segments for items in (segment.pain_points, segment.ideal_solutions, segment.minimum_expected))
    return sorted(item.statement for items in held for item in items)


def _segment(chance):
    fields = ["owner: us\n", *(_field(name, chance) for name in chance.sample(["pain_points", "ideal_solutions", "minimum_expected"], chance.randint(1, 3)))]
    chance.shuffle(fields)
    text = "name: Trainers\n" + "".join(fields)
    return text.replace("\n", "\r\n") if chance.random() < 0.2 else text


def _field(name, chance):
    if chance.random() < 0.2:
        return f"{name}: [{', '.join(_quoted(chance) for _ in range(chance.randint(1, 3)))}]\n"
    indent = chance.choice(["", "  ", "    "])
    return f"{name}:\n" + "".join(_item(indent, chance) for _ in range(chance.randint(1, 4)))


def _item(indent, chance):
    comment = chance.choice(["", "   # why"])
    return chance.choice(
        [
            f"{indent}- {_quoted(chance)}{comment}\n",
            f"{indent}-  statement: {_quoted(chance)}{comment}\n",
            f"{indent}- statement: {_quoted(chance)}{comment}\n{indent}  evidence: [a text]\n",
            f"{indent}- >-\n{indent}    A good\n{indent}    UI\n",
            f"{indent}# above\n{indent}- Cranes\n{indent}  wait\n\n",
        ]
    )


def _quoted(chance):
    text = chance.choice(STATEMENTS)
    doubled = text.replace("'", "''")
    return f"'{doubled}'" if chance.random() < 0.5 else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
