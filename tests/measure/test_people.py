"""Data that does not say whose the users are: nothing is known of what an account's people do, and nothing breaks."""

import pytest

from measure.tiny import FILES
from microseg.measure.data import read_data
from microseg.measure.engines import engine_for
from microseg.measure.result import build
from microseg.measure.run import Request, measure
from microseg.project import Project

METRICS = """\
metrics:
  people: {type: active_users}
  part: {type: participation, active: {use.events: {gte: 1, last: 28d}}}
  back: {type: retention, event: {use.events: {gte: 1, ever: true}}}
  score: {type: nps, min_n: 1}
"""


@pytest.mark.parametrize("users", ["", "    user: {from: data/users.csv, key: id}\n"], ids=["no table", "no account"])
def test_people_without_an_account_count_for_none(tmp_path, users):
    files = dict(FILES)
    line = "    user: {from: data/users.csv, key: id, account: account}\n"
    settings = files["microseg.yaml"].replace(line, users) + METRICS
    files["microseg.yaml"] = settings if users else settings.replace("    exp.technical: user.level\n", "")
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    project = Project.open(tmp_path)
    engine = engine_for(data := read_data(project.config.data), tmp_path)
    try:
        found = measure(Request(project.workspace, project.dimensions, data), engine)
    finally:
        engine.close()

    held = build(found, project.workspace, {str(unit): one for unit, one in found.settings.items()}).segments[0]
    assert {one.id: (one.found.value, one.found.note.partition(":")[0]) for one in held.metrics} == dict.fromkeys(("people", "part", "back", "score"), (None, "n/a"))
