from pathlib import Path

import pytest

from microseg.project.settings import read_settings

LOGIN = "event: {use.events: {gte: 1, ever: true, event: login}}"
ACTIVE = "active: {use.active_days: {gte: 1, last: 28d}}"


def told(metric: str) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in read_settings(Path(), f"metrics:\n  it: {{{metric}}}\n".encode()).problems]


@pytest.mark.parametrize(
    ("metric", "message"),
    [
        (f"type: stickiness, {ACTIVE}, of: licensed", "a metric of type stickiness is not of `licensed`"),
        ("type: adoption, feature: reports, of: week", "a metric of type adoption is not of `week`"),
        ("type: nps, scale: 5", "a net promoter score is asked on 0 to 10, and this says 5"),
        (f"type: retention, {LOGIN}, bracket: [7]", "`bracket` needs a first and a last day"),
        (f"type: retention, {LOGIN}, bracket: [13, 7]", "`bracket` needs a first and a last day"),
        (f"type: retention, {LOGIN}, bracket: [7, 13], day: 7", "`day` and `bracket` ask for different things"),
    ],
)
def test_a_value_that_does_not_fit_the_type_is_told(metric, message):
    assert told(metric) == [("MS006", message)]


@pytest.mark.parametrize("metric", [f"type: stickiness, {ACTIVE}, of: week, days: 30", "type: adoption, feature: reports, of: licensed", "type: nps, scale: 10", "type: csat, scale: 7", f"type: retention, {LOGIN}, bracket: [7, 7]"])
def test_a_value_that_fits_is_not(metric):
    assert told(metric) == []


def test_one_mistake_is_one_finding():
    assert [code for code, _ in told("type: adoption, feature: reports, of: yearly")] == ["MS006"]
    assert [code for code, _ in told(f"type: retention, {LOGIN}, bracket: [a, 13]")] == ["MS004"]
