from pathlib import Path

import pytest

from microseg.model.criteria_hash import criteria_hashes
from microseg.project import Project

SETTINGS = "version: 1\ndefinitions: {power-user: {use.active_days: {gte: 12, last: 30d}}}\n"
HEAD = "id: head\nname: Everybody\ncriteria: {plan.state: paid}\n"
LEAF = "id: leaf\nname: Some\nparent: head\ncriteria:\n  firmo.headcount: {gte: 50, lt: 500}\n  tech.crm: [hubspot, salesforce]\n"


def hashes(root: Path, *, settings: str = SETTINGS, **files: str) -> dict[str, str]:
    (root / "segments").mkdir(exist_ok=True)
    for old in (root / "segments").iterdir():
        old.unlink()
    (root / "microseg.yaml").write_text(settings)
    for name, text in ({"head": HEAD, "leaf": LEAF} | files).items():
        (root / "segments" / f"{name}.yaml").write_text(text)
    return criteria_hashes(Project.open(root).workspace)


@pytest.mark.parametrize(
    "same",
    [
        {"leaf": "id: leaf\nname: Renamed   # and commented\nparent: head\ncriteria:\n  tech.crm: [salesforce, hubspot]\n  firmo.headcount: {lt: 500.0, gte: 50}\n"},
        {"leaf": "id: leaf\nname: Some\nparent: head\ncriteria:\n  all: [{firmo.headcount: {gte: 50}}, {all: [{firmo.headcount: {lt: 500}}]}, {tech.crm: [salesforce, hubspot, hubspot]}]\n"},
        {"head": HEAD.replace("plan.state: paid", "plan.state: {eq: paid}")},
        {"head": HEAD.replace("plan.state: paid", "use: paid")},
    ],
    ids=["order and spelling", "nesting", "short form", "a ready-made definition"],
)
def test_what_means_the_same_has_the_same_hash(tmp_path, same):
    assert hashes(tmp_path, **same)["leaf"] == hashes(tmp_path)["leaf"]


@pytest.mark.parametrize(
    "other",
    [
        {"leaf": LEAF.replace("gte: 50", "gt: 50")},
        {"leaf": LEAF.replace("gte: 50", "gte: 51")},
        {"leaf": LEAF.replace("[hubspot, salesforce]", "{not_in: [hubspot, salesforce]}")},
        {"leaf": LEAF + "unit: account\n"},
        {"head": HEAD.replace("paid", "free")},
        {"leaf": LEAF.replace("parent: head\n", "")},
        {"leaf": LEAF.replace("lt: 500}", "lt: 500, missing: include}")},
    ],
    ids=["operator", "value", "the other way round", "unit", "the parent's", "no parent", "missing"],
)
def test_what_means_something_else_has_another(tmp_path, other):
    assert hashes(tmp_path, **other)["leaf"] != hashes(tmp_path)["leaf"]


def test_what_a_name_means_counts(tmp_path):
    leaf = LEAF + "  users: {where: {use: power-user}, at_least: 3}\n  segment: {is: other}\n"
    other = "id: other\nname: Others\ncriteria: {firmo.industry: banking}\n"
    before = hashes(tmp_path, leaf=leaf, other=other)

    redefined = hashes(tmp_path, leaf=leaf, other=other, settings=SETTINGS.replace("12", "20"))
    moved = hashes(tmp_path, leaf=leaf, other=other.replace("banking", "retail"))

    assert before["leaf"] not in {redefined["leaf"], moved["leaf"]}
    assert before["head"] == redefined["head"] == moved["head"]


def test_segments_that_name_each_other_have_a_hash_too(tmp_path):
    found = hashes(tmp_path, leaf="id: leaf\nname: Some\ncriteria: {segment: {is: head}}\n", head="id: head\nname: All\ncriteria: {segment: {is_not: leaf}}\n")

    assert [len(one) for one in found.values()] == [16, 16]


def test_the_hash_is_a_promise_to_saved_files(tmp_path):
    """A change here makes every saved measure look outdated: raise the version of the saved form instead."""
    assert hashes(tmp_path) == {"head": "12a956d9b6ed4e59", "leaf": "32251815018a3f52"}
