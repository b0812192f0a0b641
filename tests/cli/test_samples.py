"""The samples come with their data, nothing is wrong with them, and their numbers tell what their texts tell."""

import json
from pathlib import Path

import pytest

from microseg.model.criteria_hash import criteria_hashes
from microseg.project import Project
from microseg.project.saved_runs import saved_runs

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("example", "segments"), [("learning", 12), ("equipment", 4)])
def test_a_sample_brings_its_data(run, tmp_path, example, segments):
    run("init", "here", "--example", example)

    told = run("lint", "-C", "here", "--strict")

    assert sorted(path.name for path in (tmp_path / "here" / "data").iterdir() if path.name != "kano.csv") == ["accounts.csv", "changes.csv", "events.csv", "surveys.csv", "users.csv"]
    assert told.code == 0
    assert told.out.splitlines()[-1].startswith(f"0 errors, 0 warnings in {segments} segments")


def measured(run, workspace):
    """Sizes, and metrics rounded as a text would round them."""
    held = json.loads(run("measure", "-C", str(ROOT / workspace), "--format", "json", "-q").out)
    sizes = {one["id"]: (one["size"], one["unknown"]) for one in held["segments"]}
    metrics = {(one["id"], name): round(metric["value"], 3) for one in held["segments"] for name, metric in one["metrics"].items() if metric["value"] is not None}
    return held, sizes, metrics


@pytest.mark.slow
def test_the_learning_platform_comes_out_as_its_texts_tell(run):
    held, sizes, metrics = measured(run, "sample_workspace")

    assert sizes == {
        "online-courses": (790, 0),
        "course-creators": (642, 0),
        "corporate-trainers": (168, 21),
        "trainers-small": (76, 2),
        "trainers-mid": (52, 0),
        "trainers-mid-hr": (36, 2),
        "trainers-mid-dev": (12, 2),
        "trainers-large": (8, 2),
        "higher-ed": (24, 0),
        "k12": (38, 2),
        "social-media-influencers": (94, 4),
        "subject-matter-experts": (215, 0),
    }
    told = {
        ("online-courses", "creator-nps"): 27.0,
        ("online-courses", "free-to-paid"): 0.042,
        ("course-creators", "first-course-live"): 0.222,
        ("corporate-trainers", "audit-record-adoption"): 0.181,
        ("corporate-trainers", "yearly-churn"): 0.062,
        ("trainers-small", "free-to-paid"): 0.029,
        ("trainers-mid", "refreshers-in-time"): 0.519,
        ("trainers-mid-hr", "team-leads-active"): 0.092,
        ("trainers-mid-dev", "course-files-adoption"): 0.0,
        ("trainers-mid-dev", "creator-nps"): 9.091,
        ("trainers-large", "creator-nps"): -8.696,
        ("higher-ed", "course-csat"): 0.605,
        ("social-media-influencers", "back-in-week-two"): 0.314,
        ("subject-matter-experts", "first-course-live"): 0.209,
        ("subject-matter-experts", "yearly-churn"): 0.115,
    }
    assert {key: metrics[key] for key in told} == told
    assert [one for one in held["findings"] if one["severity"] == "warning"] == []


def test_the_saved_result_is_of_the_criteria_as_they_are():
    sample = ROOT / "sample_workspace"
    newest = saved_runs(sample).runs[0]

    assert {one.id: one.criteria_hash for one in newest.segments} == criteria_hashes(Project.open(sample).workspace), "run: microseg measure -C sample_workspace --save"


@pytest.mark.slow
def test_the_saved_result_is_what_measuring_says(run):
    saved = json.loads((ROOT / "sample_workspace" / "measures" / "2026-10-31.json").read_text(encoding="utf-8"))
    now = json.loads(run("measure", "-C", str(ROOT / "sample_workspace"), "--format", "json", "-q").out)

    assert {key: value for key, value in now.items() if key != "tool"} == {key: value for key, value in saved.items() if key != "tool"}, "run: microseg measure -C sample_workspace --save"


@pytest.mark.slow
def test_company_x_comes_out_as_three_segments_with_three_findings(run):
    held, sizes, metrics = measured(run, "templates/starters/equipment")
    by_id = {one["id"]: one for one in held["segments"]}

    assert sizes == {"equipment-management": (240, 4), "large-enterprises": (5, 0), "mid-size-companies": (39, 9), "small-businesses": (152, 0)}
    # large: used most, by many, on phones, and the score is below zero while everybody else's is above
    assert (metrics["large-enterprises", "customer-nps"], metrics["equipment-management", "customer-nps"]) == (-11.875, 22.391)
    assert {one["behaviour"] for one in by_id["large-enterprises"]["drivers"]} & {"acct.active_users", "use.events on android", "use.events on ios"}
    # mid-size: a few gatekeepers, so that few of the others take part
    assert (metrics["mid-size-companies", "site-users-active"], by_id["mid-size-companies"]["metrics"]["site-users-active"]["parent"]) == (0.112, 0.231165)
    # small: hardly anybody turns from free to paid
    assert (metrics["small-businesses", "free-to-paid"], metrics["equipment-management", "free-to-paid"]) == (0.029, 0.041)
