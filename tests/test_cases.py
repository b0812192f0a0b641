"""One defect per rule, each in a workspace of its own: the whole text that lint prints, compared with what is in the repository.

`make accept` writes it again after a change that is meant; the difference is then read in the review.
"""

import os
from pathlib import Path

from microseg.formats import text
from microseg.formats._look import Look
from microseg.lint.engine import Options
from microseg.lint.page import page_of, read_example
from microseg.lint.rule import all_rules
from microseg.project import Project

EXPECTED = Path(__file__).parent / "cases" / "one_defect_per_rule.out"


def told_of_every_rule(root: Path) -> str:
    """For each rule, what lint prints of the first example that its page flags, under the rule's name."""
    parts = []
    for rule in all_rules():
        blocks = page_of(rule.module).flagged
        if not blocks:
            continue
        example = read_example(blocks[0])
        project = Project.open(root, {path: held.encode() for path, held in example.files.items()})
        report = project.findings(Options(select=(rule.code,), as_of=example.as_of))
        parts.append(f"== {rule.code} {rule.name}\n{text.render(report, Look(project.source, show_infos=True))}")
    return "\n".join(parts)


def test_the_whole_output_of_every_rule(tmp_path):
    told = told_of_every_rule(tmp_path)
    if os.environ.get("ACCEPT"):
        EXPECTED.write_text(told, encoding="utf-8", newline="\n")

    assert told == EXPECTED.read_text(encoding="utf-8")


def test_every_rule_with_an_example_has_its_finding_there():
    sections = EXPECTED.read_text(encoding="utf-8").split("== ")[1:]
    silent = [section.split("\n", 1)[0] for section in sections if f" {section[:5]} " not in section.split("\n", 1)[1]]

    assert silent == []
