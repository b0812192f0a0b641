import json

import pytest

from microseg.errors import UsageError
from microseg.project.measures import rename_in_measures

SAVED = """{
 "segments": [{"id": "nps", "metrics": {"nps" : {"value": 3, "note": "nps"}, "csat": {"value": null}}, "suggested_goal": {"metric": "nps", "baseline": {"value": 3}}}],
 "findings": [{"segment": "nps", "message": "\\"nps\\": {"}]
}
"""


def test_a_metric_is_a_key_and_a_value():
    told = rename_in_measures(SAVED, "nps", "customer-nps", path="m.json", space="metric")

    assert told == SAVED.replace('"nps" : {', '"customer-nps" : {').replace('"metric": "nps"', '"metric": "customer-nps"')
    assert json.loads(told)["segments"][0]["id"] == "nps"


def test_a_segment_of_that_name_is_another_thing():
    told = rename_in_measures(SAVED, "nps", "all", path="m.json")

    assert told == SAVED.replace('"id": "nps"', '"id": "all"').replace('"segment": "nps"', '"segment": "all"')


@pytest.mark.parametrize("name", ["baseline", "suggested_goal"])
def test_a_key_of_the_form_itself_is_no_metric(name):
    assert rename_in_measures(SAVED, name, "x", path="m.json", space="metric") == SAVED


def test_what_is_not_json_is_refused():
    with pytest.raises(UsageError):
        rename_in_measures("{nope", "a", "b", path="m.json", space="metric")
