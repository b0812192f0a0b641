"""Bad data gives counts and lines: one workspace with everything wrong that we know of."""

import pytest

from measure.tiny import opened, written
from microseg.measure.check import check
from microseg.measure.data import read_data
from microseg.project import Project

BAD = {
    "data/accounts.csv": "id,size,industry,state,tools,since\na1,ten,retail,Paid,,01.02.2026\na1,-5,retail,paid,,2027-01-01\n,3,retail,free,,\na3,7\n",
    "data/users.csv": "id,account,level\nu1,a1,expert\nu2,nobody,master\nu3,,novice\n",
    "data/events.csv": "user,at,what,minutes\nu1,2026-06-30T10:00:00Z,open,5\nu1,2026-06-30 10:00:00,open,-5\nu9,2026-06-29,open,\nu1,2027-01-01,open,1\nu1,soon,open,x\n",
    "data/surveys.csv": "user,at,score\nu1,2026-06-30,11\nu1,2026-06-30,9.5\nu1,2026-06-30,10\n",
    "data/changes.csv": "account,at,what,to\na1,2026-01-01,plan.state,paid\na1,2026-01-01,plan.stat,paid\n",
}


def found_in(root):
    project = Project.open(root)
    data = read_data(project.config.data)
    engine = opened(root, data)
    found = check(data, project.dimensions, engine)
    engine.close()
    return found


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return found_in(written(tmp_path_factory.mktemp("bad"), **BAD))


def test_everything_that_is_wrong_is_told_with_its_lines(found):
    assert [(one.table, one.kind, one.count, one.examples) for one in found if one.serious] == [
        ("account", "no key", 1, ("line 4:",)),
        ("account", "double key", 1, ("line 2: a1",)),
        ("account", "cannot be read", 1, ("line 2: ten",)),
        ("account", "out of range", 1, ("line 3: -5",)),
        ("account", "not in the list", 1, ("line 2: Paid",)),
        ("account", "cannot be read", 1, ("line 2: 01.02.2026",)),
        ("user", "orphans", 1, ("line 3: nobody",)),
        ("user", "not in the list", 1, ("line 3: master",)),
        ("event", "orphans", 1, ("line 4: u9",)),
        ("event", "cannot be read", 1, ("line 6: soon",)),
        ("event", "mixed zones", 1, ()),
        ("event", "cannot be read", 2, ("line 3: -5", "line 6: x")),
        ("survey", "off the scale", 2, ("line 2: 11", "line 3: 9.5")),
        ("", "ragged", 0, ()),
    ]
    assert next(one.message for one in found if one.kind == "orphans") == "data/users.csv: 1 of 3 rows name an account that is not in the table of accounts; 50.0 % match"
    assert next(one.message for one in found if one.kind == "ragged") == "data/accounts.csv: 1 row was left out, for it does not have the columns of the others, or is not UTF-8 (line 5)"


def test_what_is_only_worth_knowing_is_told_apart(found):
    assert [(one.table, one.kind, one.count) for one in found if not one.serious] == [
        ("account", "missing", 3),
        ("account", "missing", 1),
        ("account", "future", 1),
        ("user", "no key", 1),
        ("event", "future", 1),
        ("event", "missing", 1),
        ("history", "dimension", 1),
    ]


def test_columns_that_are_not_there_and_empty_tables(tmp_path):
    found = found_in(written(tmp_path, **{"data/accounts.csv": "id,size,industry,state,tools\n", "data/surveys.csv": "user,at\n"}))

    assert [(one.table, one.kind, one.message) for one in found if one.kind in {"no column", "empty"}] == [
        ("account", "no column", "data/accounts.csv: there is no column `since`, which data.dimensions.acct.since names"),
        ("survey", "no column", "data/surveys.csv: there is no column `score`, which data.tables.survey.score names"),
        ("account", "empty", "data/accounts.csv: the table has no rows"),
        ("survey", "empty", "data/surveys.csv: the table has no rows"),
    ]


def test_good_data_is_not_complained_of(tmp_path):
    assert [one for one in found_in(written(tmp_path, **{"data/surveys.csv": "user,at,score\nu1,2026-06-01,9\n", "data/users.csv": "id,account,level\nu1,a1,expert\n", "data/events.csv": "user,at,what,minutes\nu1,2026-06-24,open,5\n"})) if one.serious] == []
