"""Every rule file is its own test: what its page flags is flagged, what it shows as fixed or fine is silent."""

import re

import pytest

from microseg.lint.engine import Options
from microseg.lint.page import page_of, read_example, read_page
from microseg.lint.rule import all_rules
from microseg.project import Project
from microseg.source.edits import TextEdit, apply, overlap

# The contract: codes are never reused, names never change.
CODES = {
    "MS001": "yaml-syntax",
    "MS002": "duplicate-key",
    "MS003": "unknown-key",
    "MS004": "wrong-type",
    "MS005": "missing-key",
    "MS006": "bad-value",
    "MS007": "over-limit",
    "MS008": "encoding",
    "MS009": "lost-text",
    "MS010": "unreadable",
    "MS011": "skipped",
    "MS012": "held-back",
    "MS013": "not-judged",
    "MS101": "duplicate-id",
    "MS102": "unknown-reference",
    "MS103": "cycle",
    "MS104": "level-order",
    "MS105": "no-head",
    "MS106": "keyword-not-narrower",
    "MS107": "stops-early",
    "MS108": "no-split",
    "MS109": "only-child",
    "MS110": "twins",
    "MS111": "adds-nothing",
    "MS112": "everyone-targeted",
    "MS201": "minimum-expected",
    "MS202": "already-expected",
    "MS203": "wanted-by-all-siblings",
    "MS204": "satisfied-already",
    "MS205": "must-be-by-survey",
    "MS206": "nothing-to-sell",
    "MS207": "value-is-minimum",
    "MS208": "expected-but-specific",
    "MS301": "no-pain",
    "MS302": "no-solution",
    "MS303": "unrelieved-pain",
    "MS304": "relieves-nothing",
    "MS305": "solution-in-disguise",
    "MS306": "vague",
    "MS307": "restates-parent",
    "MS308": "near-duplicate",
    "MS309": "mirror-solution",
    "MS310": "draft-item",
    "MS311": "no-value",
    "MS401": "person-not-group",
    "MS402": "stereotype",
    "MS403": "occupation-only",
    "MS404": "speaks-to-everyone",
    "MS405": "useless-detail",
    "MS501": "no-evidence",
    "MS502": "one-source",
    "MS503": "opinion-only",
    "MS504": "stale",
    "MS505": "no-end-user",
    "MS506": "unused-evidence",
    "MS601": "unknown-dimension",
    "MS602": "missing-window",
    "MS603": "impossible",
    "MS604": "not-narrower",
    "MS605": "siblings-overlap",
    "MS606": "gap",
    "MS607": "demographic-only",
    "MS608": "no-minimum-n",
    "MS609": "unused-definition",
    "MS610": "definition-cycle",
    "MS701": "metric-count",
    "MS702": "experiment-unmeasured",
    "MS703": "metric-before-value",
    "MS704": "same-goal",
    "MS705": "goal-from-nowhere",
    "MS706": "overdue",
    "MS801": "no-owner",
    "MS901": "unused-suppression",
    "MS902": "unknown-rule",
    "MS903": "bad-suppression",
    "MS904": "suppression-without-reason",
}
# what no example in a docstring can hold: bytes, folders, links, a thousand findings
NO_EXAMPLE = {"MS008", "MS010", "MS011", "MS905"}
RULES = all_rules()
MOST_ROUNDS = 5


def _examples(section: str):
    for rule in RULES:
        for number, block in enumerate(getattr(page_of(rule.module), section), start=1):
            yield pytest.param(rule, block, id=f"{rule.code}-{number}")


def _findings(example, root):
    project = Project.open(root, {path: text.encode() for path, text in example.files.items()})
    return project.findings(Options(as_of=example.as_of)).findings


def _lines(findings, code):
    return sorted({(one.location.path, one.location.line) for one in findings if one.rule == code})


def _told(findings):
    return [f"{one.location.path}:{one.location.line} {one.rule} {one.message}" for one in findings]


@pytest.mark.parametrize(("rule", "block"), list(_examples("flagged")))
def test_flags_exactly_the_marked_lines(rule, block, tmp_path):
    example = read_example(block)

    found = _findings(example, tmp_path)

    assert {mark.code for mark in example.marks} == {rule.code}
    assert _lines(found, rule.code) == sorted({(mark.path, mark.line) for mark in example.marks}), _told(found)
    assert all(one.message and not re.search(r"<\w+\.|\bNone\b|\bTrue\b|\bFalse\b|Fraction\(", one.message + one.help) for one in found)


@pytest.mark.parametrize(("rule", "block"), [*_examples("fixed"), *_examples("fine")])
def test_says_nothing_of_what_is_fixed_or_fine(rule, block, tmp_path):
    example = read_example(block)

    found = _findings(example, tmp_path)

    assert example.marks == ()
    assert _told(one for one in found if one.rule == rule.code or one.severity == "error") == []


@pytest.mark.parametrize(("rule", "block"), list(_examples("flagged")))
def test_safe_fixes_silence_the_rule(rule, block, tmp_path):
    example = read_example(block)
    found = [one for one in _findings(example, tmp_path) if one.rule == rule.code and one.fix is not None and one.fix.safe]
    if not found:
        pytest.skip("no safe fix")
    errors = _errors_of_others(example, rule, tmp_path)
    for _ in range(MOST_ROUNDS):
        if not found:
            break
        example = example._replace(files=_fixed(example.files, found))
        found = [one for one in _findings(example, tmp_path) if one.rule == rule.code and one.fix is not None and one.fix.safe]

    assert _told(found) == []
    assert _errors_of_others(example, rule, tmp_path) <= errors


def _errors_of_others(example, rule, root):
    return {one.rule for one in _findings(example, root) if one.severity == "error" and one.rule != rule.code}


def _fixed(files, findings):
    """The files after every fix that touches nothing an earlier one touches."""
    chosen = {path: [] for path in files}
    for one in findings:
        edits = [(edit.path, TextEdit(edit.start, edit.end, edit.text)) for edit in one.fix.edits]
        if not any(overlap(edit, other) for path, edit in edits for other in chosen[path]):
            for path, edit in edits:
                chosen[path].append(edit)
    return {path: apply(text, chosen[path]) for path, text in files.items()}


def test_every_rule_of_the_contract_has_a_file():
    assert {rule.code: rule.name for rule in RULES if rule.code in CODES} == CODES


def test_codes_and_names_are_unique():
    assert len({rule.code for rule in RULES}) == len(RULES)
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_page_says_what_and_why(rule):
    page = page_of(rule.module)

    assert rule.module.rsplit(".", 1)[-1].replace("_", "-") == rule.name
    assert re.fullmatch(r"[A-Z0-9].*[.]", page.headline)
    assert len(page.reason.split()) >= 8
    assert rule.code in NO_EXAMPLE or (page.flagged and page.fixed)


def test_reads_a_page():
    page = read_page("Headline.\n\nWhy,\nand why.\n\n## Flagged\n```yaml\na: 1   # MS001\n```\n\n## Fixed\n```yaml\na: 2\n```\nor\n```yaml\na: 3\n```\n")

    assert page == ("Headline.", "Why,\nand why.", ("a: 1   # MS001\n",), ("a: 2\n", "a: 3\n"), ())


def test_reads_an_example():
    example = read_example("# as of: 2026-06-30\na: 1   # MS001\n# file: evidence/e.yaml\nb:\n  - c   # kept   # MS501\n")

    assert example.files == {"segments/example.yaml": "a: 1\n", "evidence/e.yaml": "b:\n  - c   # kept\n"}
    assert example.marks == (("segments/example.yaml", 1, "MS001"), ("evidence/e.yaml", 2, "MS501"))
    assert example.as_of.isoformat() == "2026-06-30"
