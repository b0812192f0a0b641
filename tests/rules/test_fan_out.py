"""Rules that compare siblings stay near-linear: four times the children cost about four times the time, not sixteen."""

import random
import time

import pytest

from microseg.lint.engine import Options
from microseg.project import Project

RULES = ("MS108", "MS110", "MS203", "MS307", "MS308", "MS603", "MS604", "MS605", "MS606", "MS704")
FEW, MANY = 500, 2_000
WORDS = [first + second + third for first in ("ka", "mo", "ti", "re", "su") for second in ("lan", "ber", "dor", "fin") for third in ("ta", "gel", "rum", "vis", "pol")]


def _same(number, _):
    return "New hires are enrolled by hand, days after their first shift.", "{firmo.headcount: {gte: 5}}"


def _numbered(number, _):
    return f"Recruiters in region {number} chase five panel members by mail for days.", f"{{plan.state: paid, firmo.headcount: {{gte: {number}, lt: {number * 10 + 5000}}}}}"


def _different(number, chance):
    return " ".join(chance.choice(WORDS) for _ in range(9)), f"{{plan.state: paid, firmo.headcount: {{gte: {number * 10}, lt: {number * 10 + 10}}}}}"


def _seconds(kind, count, root):
    chance = random.Random(count)  # noqa: S311 - words, not secrets
    lines = ["name: Head", "split_by: firmo.headcount", "criteria: {firmo.headcount: {gte: 1}}", "segments:"]
    for number in range(count):
        text, criteria = kind(number, chance)
        lines += [f"  - name: Child {number}", f"    criteria: {criteria}", f"    pain_points: [{{statement: {text!r}, solved_by: {text + ' then'!r}}}]", f"    goals: [{{statement: {text!r}}}]"]
    project = Project.open(root, {"microseg.yaml": b"product: {business_model: b2b}\n", "segments/a.yaml": "\n".join(lines).encode()})
    assert len(project.workspace.segments) == count + 1
    begun = time.process_time()
    project.findings(Options(select=RULES))
    return time.process_time() - begun


@pytest.mark.slow
@pytest.mark.parametrize("kind", [_same, _numbered, _different])
def test_four_times_the_siblings(kind, tmp_path):
    few = min(_seconds(kind, FEW, tmp_path) for _ in range(2))

    many = min(_seconds(kind, MANY, tmp_path) for _ in range(2))
    assert many < 9 * few + 0.2
